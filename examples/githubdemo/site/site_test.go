package site_test

import (
	"io/fs"
	"maps"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/examples/githubdemo/site"
	"github.com/google/go-cmp/cmp"
)

func TestGitHubAPI(t *testing.T) {
	if got, want := site.GitHubAPI(), "https://api.github.com"; got != want {
		t.Errorf("GitHubAPI() = %q; want %q, the address in a deployment", got, want)
	}
}

func TestFilesOfADeploymentAreTheFilesThemselves(t *testing.T) {
	got, want := contents(t, site.Files(site.GitHubAPI(), "")), contents(t, os.DirFS("."))
	maps.DeleteFunc(want, isGo)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Files(GitHubAPI(), \"\") (-want +got):\n%s", diff)
	}
}

func TestFilesChangesOnlyTheAddresses(t *testing.T) {
	const api, console = "http://localhost:4321", "http://[::1]:8081"
	got, want := contents(t, site.Files(api, console)), contents(t, os.DirFS("."))
	maps.DeleteFunc(want, isGo)
	want["config.js"] = strings.Replace(want["config.js"], site.GitHubAPI(), api, 1)
	want["config.js"] = strings.Replace(want["config.js"], `consoleURL = ""`, `consoleURL = "`+console+`"`, 1)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Files(%q, %q) (-want +got):\n%s", api, console, diff)
	}
}

var externalScript = regexp.MustCompile(`<script type="module" src="/?\w+\.js"></script>`)

// The policy forbids inline code. A page that has some would work nowhere, and the browser alone would tell.
func TestPagesHaveNoInlineCode(t *testing.T) {
	pages := 0
	for name, page := range contents(t, os.DirFS(".")) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		pages++
		for _, forbidden := range []string{"<style", " style=", "<script>", " onclick=", " onload=", " onerror=", " onsubmit=", "javascript:"} {
			if strings.Contains(page, forbidden) {
				t.Errorf("%s: has %q, which the policy blocks", name, forbidden)
			}
		}
		if scripts, external := strings.Count(page, "<script"), len(externalScript.FindAllString(page, -1)); scripts != external {
			t.Errorf("%s: %d script elements, %d of them empty and with a src", name, scripts, external)
		}
	}
	if pages == 0 {
		t.Fatal("no page found")
	}
}

func TestScriptsWriteNoHTML(t *testing.T) {
	files := contents(t, os.DirFS("."))
	for _, name := range []string{"script.js", "form.js"} {
		if files[name] == "" {
			t.Fatalf("%s is missing or empty", name)
		}
		for _, forbidden := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "DOMParser", "srcdoc"} {
			if strings.Contains(files[name], forbidden) {
				t.Errorf("%s uses %s", name, forbidden)
			}
		}
	}
}

// isGo tells this package's source from the pages beside it.
func isGo(name, _ string) bool { return strings.HasSuffix(name, ".go") }

// contents returns every file of fsys by its name, and holds the sizes in Stat to what is read.
func contents(t *testing.T, fsys fs.FS) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		info, err := fs.Stat(fsys, name)
		if err == nil && info.Size() != int64(len(data)) {
			t.Errorf("%s: Stat says %d bytes, read %d", name, info.Size(), len(data))
		}
		all[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
