package crawl_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/redirect/redirects/crawl"
	"github.com/google/go-cmp/cmp"
)

func TestBase(t *testing.T) {
	moved := map[string]string{"a/index.html": hugo("https://new.example/a/"), "b/index.html": hugo("https://new.example/b/"), "index.html": page("")}
	aliases := map[string]string{"old/index.html": hugo("https://example.org/posts/new/"), "posts/new/index.html": page(""), "index.html": page("")}
	tests := []struct {
		name  string
		files map[string]string
		base  string
		want  []string // base, note, redirects of folders
		why   string
	}{
		{"given", aliases, "https://example.org", []string{"https://example.org/", "", "/old/ /posts/new/"}, ""},
		{"given-http", aliases, "http://EXAMPLE.org:80/", []string{"http://example.org/", "", "/old/ /posts/new/"}, "the scheme does not matter"},
		{"given-other", aliases, "https://www.example.org", []string{"https://www.example.org/", "", "/old/ https://example.org/posts/new/"}, "another host is another site"},
		{"given-path", aliases, "/docs/", []string{"/docs/", "", "/docs/old/ https://example.org/posts/new/"}, "where the site lies, on whatever host"},
		{"given-both", aliases, "https://example.org/d\u00f6cs", []string{"https://example.org/d%C3%B6cs/", "", "/d%C3%B6cs/old/ /posts/new/"}, "a path of its own"},
		{"canonical", map[string]string{
			"old/index.html": docusaurus("/p/new"), "new.html": page("https://u.example/p/new"), "index.html": page("https://u.example/p/"),
			"copy.html": page("https://u.example/p/new"), "mirror.html": page("https://mirror.example/mirror.html"),
		}, "", []string{"https://u.example/p/", "2 of 4 canonical links say so", "/p/old/ /p/new"}, "what most say of themselves"},
		{"canonical-no-host", map[string]string{"old/index.html": docusaurus("/new"), "new.html": page("/new")}, "", []string{"", "", "/old/ /new"}, "tells nothing"},
		{"targets", aliases, "", []string{"https://example.org/", "1 of 1 targets are pages of it there", "/old/ /posts/new/"}, "a page of the site"},
		{"targets-path", map[string]string{"old/index.html": hugo("https://example.org/sub/posts/new/"), "posts/new/index.html": page("")}, "",
			[]string{"https://example.org/sub/", "1 of 1 targets are pages of it there", "/sub/old/ /sub/posts/new/"}, "below a path"},
		{"targets-own-path", map[string]string{"old/index.html": hugo("/sub/posts/new/"), "posts/new/index.html": page("")}, "",
			[]string{"/sub/", "1 of 1 targets are pages of it there", "/sub/old/ /sub/posts/new/"}, "a path alone"},
		{"targets-few", map[string]string{
			"a/index.html": hugo("https://blog.example/about/"), "b/index.html": hugo("https://blog.example/b"), "about/index.html": page(""),
		}, "", []string{"", "", "/a/ https://blog.example/about/", "/b/ https://blog.example/b"}, "of two only one is here, which may be chance"},
		{"moved", moved, "", []string{"", "", "/a/ https://new.example/a/", "/b/ https://new.example/b/"}, "a site that has moved as a whole: the canonical host is not its own"},
		{"slashes", map[string]string{"a/index.html": hugo("https://example.org//x.html"), "x.html": page("https://example.org/x.html")}, "",
			[]string{"https://example.org/", "1 of 1 canonical links say so", "/a/ https://example.org//x.html"}, "as a path it would be another host"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			site, err := crawl.Dir(tree(tt.files), crawl.Options{Base: tt.base})
			if err != nil {
				t.Fatal(err)
			}
			got := []string{site.Base, site.BaseNote}
			for _, f := range site.Found {
				if strings.HasSuffix(f.From, "/") {
					got = append(got, f.From+" "+f.To)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("base, note, redirects (-want +got), %s:\n%s", tt.why, diff)
			}
		})
	}
}

func TestBaseMistakes(t *testing.T) {
	for _, base := range []string{"example.org", "//example.org/", "ftp://example.org/", "https://", "https://example.org/?x", "/a#b", "https://u@example.org/", "https://\u00e4.example/", "/a//b", " "} {
		if _, err := crawl.Dir(fstest.MapFS{}, crawl.Options{Base: base}); err == nil || !strings.Contains(err.Error(), "must be a URL such as https://www.example.com/docs/") {
			t.Errorf("base %q: %v; want what it must be", base, err)
		}
	}
}

func TestCounts(t *testing.T) {
	site, err := crawl.Dir(tree(map[string]string{
		"a/index.html": hugo("/x.html"), "b.html": hugo("/x.html"), "x.html": page(""), "y.html": page(""), "slow.html": meta("9; url=/x.html"),
		"self.html": meta("0; url=/self.html"), "main.css": "",
	}), crawl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if site.Forwards != 2 || site.Pages != 3 || len(site.Found) != 4 || len(site.LeftOut) != 2 {
		t.Errorf("%d pages forward, %d do not; %d redirects, %d left out; want 2, 3, 4, 2", site.Forwards, site.Pages, len(site.Found), len(site.LeftOut))
	}
}

func TestLines(t *testing.T) {
	site, err := crawl.Dir(tree(map[string]string{"a.htm": hugo("/x"), "b.htm": "<!--\n\n-->\n<script>\n\n</script>\n<p\nclass=x>\n<meta\nhttp-equiv=refresh content='0; url=/x'>"}), crawl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(site.Found) != 2 || site.Found[0].Line != 8 || site.Found[1].Line != 9 {
		t.Errorf("got %+v; want the refresh in lines 8 and 9", site.Found)
	}
}

func TestLargePage(t *testing.T) {
	large := strings.Repeat(" ", crawl.MaxPage+1-len(meta("0; url=/x"))) + meta("0; url=/x")
	site, err := crawl.Dir(tree(map[string]string{"a.html": large, "b.html": large[1:], "c": large, "d.css": large}), crawl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"/b /x 301", "/b.html /x 301", "- a.html: has more than 4194304 bytes, and was not read"}
	if diff := cmp.Diff(want, lines(site)); diff != "" {
		t.Errorf("redirects (-want +got), a page may have %d bytes:\n%s", crawl.MaxPage, diff)
	}
}

// TestSymbolicLinks: nothing outside the folder is read, nor is anything twice.
func TestSymbolicLinks(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	write := func(name string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(hugo("/x")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(outside, "secret.html"))
	write(filepath.Join(dir, "a.htm"))
	for name, target := range map[string]string{"file.html": filepath.Join(outside, "secret.html"), "folder": outside, "up": "..", "self": ".", "none": "nowhere"} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skipf("this system makes no symbolic links: %v", err)
		}
	}
	site, err := crawl.Dir(os.DirFS(dir), crawl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"/a.htm /x 301"}
	for _, name := range []string{"file.html", "folder", "none", "self", "up"} {
		want = append(want, "- "+name+": is a symbolic link, which is not followed")
	}
	if diff := cmp.Diff(want, lines(site)); diff != "" {
		t.Errorf("redirects (-want +got):\n%s", diff)
	}
}

// A brokenFS cannot read some of its files and folders.
type brokenFS struct{ fstest.MapFS }

func (b brokenFS) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, "bad") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("input/output error")}
	}
	return b.MapFS.Open(name)
}

func (b brokenFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if strings.HasPrefix(name, "bad") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("input/output error")}
	}
	return b.MapFS.ReadDir(name)
}

func TestUnreadable(t *testing.T) {
	site, err := crawl.Dir(brokenFS{tree(map[string]string{"a.htm": hugo("/x"), "bad.html": "", "bad/x.html": ""})}, crawl.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"/a.htm /x 301", "- bad: cannot be read: open bad: input/output error", "- bad.html: cannot be read: open bad.html: input/output error"}
	if diff := cmp.Diff(want, lines(site)); diff != "" {
		t.Errorf("redirects (-want +got):\n%s", diff)
	}
	if _, err := crawl.Dir(os.DirFS(filepath.Join(t.TempDir(), "none")), crawl.Options{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v; want that it does not exist", err)
	}
}
