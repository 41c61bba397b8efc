package repo_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// workflows are the files of .github/workflows, by name.
func workflows(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, name := range files(t) {
		if strings.HasPrefix(name, ".github/workflows/") {
			texts[filepath.Base(name)] = read(t, filepath.Join(root(t), filepath.FromSlash(name)))
		}
	}
	if len(texts) == 0 {
		t.Fatal("got no workflow in .github/workflows")
	}
	return texts
}

// TestWorkflowsRunWhatIsHere: a check is a script of .ci, which anyone can run, or a command of Go's that .ci/run has too.
func TestWorkflowsRunWhatIsHere(t *testing.T) {
	t.Parallel()
	others := map[string]string{ // what is for the host alone, and why
		`git config --global --add safe.directory '*'`: "a container's root user is not the checkout's",
		`gh release create "$TAG" --verify-tag --title "$TAG" --notes-file release/NOTES.md release/*.tar.gz release/SHA256SUMS`: "the release is the host's",
	}
	checks := read(t, filepath.Join(root(t), ".ci", "run"))
	run := regexp.MustCompile(`(?m)^ +(?:- )?run: (.*)$`)
	var scripts []string
	for name, text := range workflows(t) {
		for _, match := range run.FindAllStringSubmatch(text, -1) {
			command := match[1]
			if script, ok := strings.CutPrefix(command, "bash .ci/"); ok {
				script, _, _ = strings.Cut(script, " ")
				scripts = append(scripts, script)
				if _, err := os.Stat(filepath.Join(root(t), ".ci", script)); err != nil {
					t.Errorf("%s: %q: %v", name, command, err)
				}
				continue
			}
			_, known := others[command]
			ofGo := strings.HasPrefix(command, "go ") && (command == "go build ./..." || strings.Contains(checks, command))
			if !known && !ofGo {
				t.Errorf("%s: got %q, want a script of .ci, a Go command of .ci/run, or one of the table", name, command)
			}
		}
	}
	slices.Sort(scripts)
	if diff := cmp.Diff([]string{"release", "run", "vulnerabilities"}, scripts); diff != "" {
		t.Errorf("scripts that the workflows run (-want +got):\n%s", diff)
	}
}

// TestWorkflowsUseActionsByCommit: a tag of an action can be moved, and what it points to runs with the workflow's rights.
func TestWorkflowsUseActionsByCommit(t *testing.T) {
	t.Parallel()
	pinned := regexp.MustCompile(`^[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	commits := map[string]string{}
	for name, text := range workflows(t) {
		for _, match := range regexp.MustCompile(`(?m)^ +(?:- )?uses: (.*)$`).FindAllStringSubmatch(text, -1) {
			if !pinned.MatchString(match[1]) {
				t.Errorf("%s: got %q, want owner/name@commit # vN.N.N", name, match[1])
			}
			action, commit, _ := strings.Cut(match[1], "@")
			if before, found := commits[action]; found && before != commit {
				t.Errorf("%s: %s is at %s here and at %s elsewhere", name, action, commit, before)
			}
			commits[action] = commit
		}
	}
}

// TestWorkflowsMayLittle: of all jobs one may write, and it compiles and runs nothing of the repository.
func TestWorkflowsMayLittle(t *testing.T) {
	t.Parallel()
	rights := regexp.MustCompile(`(?m)^permissions: *(?:\{\}|\n  contents: read)\n`)
	for name, text := range workflows(t) {
		if !rights.MatchString(text) {
			t.Errorf("%s: want permissions of none or contents: read for all jobs", name)
		}
		for job := range strings.SplitSeq(text, "\n\n  ") {
			writes := strings.Contains(job, ": write\n")
			runs := strings.Contains(job, "actions/checkout@")
			if writes && runs {
				t.Errorf("%s: a job may write, and checks the repository out:\n%s", name, job)
			}
			if runs && strings.Count(job, "persist-credentials: false") != 1 {
				t.Errorf("%s: want persist-credentials: false at the checkout of:\n%s", name, job)
			}
		}
	}
}

// TestReleasedModules: the modules that docs/releasing.md tags are those that release.yml builds and ci.yml tries on other systems.
func TestReleasedModules(t *testing.T) {
	t.Parallel()
	texts := workflows(t)
	tags := submatches(`(?m)^      - "(.*)v\*"$`, texts["release.yml"])
	matrix := regexp.MustCompile(`(?m)^ +module: \["\.", (.*)\]$`).FindStringSubmatch(texts["ci.yml"])
	loop := regexp.MustCompile(`for command in (.*); do`).FindStringSubmatch(read(t, filepath.Join(root(t), "docs", "releasing.md")))
	if matrix == nil || loop == nil {
		t.Fatalf("want a matrix with modules in ci.yml, got %q, and a loop over commands in docs/releasing.md, got %q", matrix, loop)
	}
	want := strings.Fields(loop[1])
	if diff := cmp.Diff(want, strings.Split(matrix[1], ", ")); diff != "" {
		t.Errorf("ci.yml's modules (-want +got):\n%s", diff)
	}
	var released []string
	for _, module := range want {
		released = append(released, module+"/")
	}
	if diff := cmp.Diff(append([]string{""}, released...), tags); diff != "" {
		t.Errorf("release.yml's tags (-want +got):\n%s", diff)
	}
}

// TestWorkflowsUseTheGoOfGoMod: the oldest Go that go.mod allows is the one that runs all checks.
func TestWorkflowsUseTheGoOfGoMod(t *testing.T) {
	t.Parallel()
	language := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(read(t, filepath.Join(root(t), "go.mod")))
	image := submatches(`(?m)^      image: golang:(.*)-bookworm$`, workflows(t)["ci.yml"])
	if language == nil || len(image) != 1 || image[0] != language[1] {
		t.Errorf("got %q in go.mod and %q in ci.yml", language, image)
	}
}

// submatches are the first groups of all matches.
func submatches(expression, text string) (groups []string) {
	for _, match := range regexp.MustCompile(expression).FindAllStringSubmatch(text, -1) {
		groups = append(groups, match[1])
	}
	return groups
}
