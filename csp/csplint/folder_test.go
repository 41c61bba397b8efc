package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFolder: what is no page, or cannot be read, keeps nothing else back.
func TestFolder(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("it takes a privilege to make links on Windows")
	}
	for _, tt := range []struct {
		name, reason string
		link         string // of x.html
		want         int
		stderr       string
	}{
		{"page", "a link to a page is a page", "page.txt", exitFine, ""},
		{"broken", "the error names the folder", "none", exitTrouble, "csplint: DIR/x.html: no such file or directory\n"},
		{"loop", "", "x.html", exitTrouble, "csplint: DIR/x.html: too many levels of symbolic links\n"},
		{"device", "a pipe or a device may never end", "/dev/zero", exitFine, "csplint: DIR/x.html is no regular file, and was left out\n"},
		{"folder", "it may lead around in circles", ".", exitFine, "csplint: DIR/x.html is no regular file, and was left out\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for name, content := range map[string]string{"page.txt": "<p>", "y.html": "<a href=javascript:a()>"} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Symlink(tt.link, filepath.Join(dir, "x.html")); err != nil {
				t.Fatal(err)
			}
			var stdout, stderr strings.Builder
			c := command{nil, &stdout, &stderr, false}
			if got := c.run([]string{"-short", dir}); got != tt.want || !strings.Contains(stdout.String(), "y.html:1:4: medium javascript-url") {
				t.Errorf("got exit status %d, %s; want %d and the finding in y.html", got, stdout.String(), tt.want)
			}
			if diff := cmp.Diff(tt.stderr, strings.ReplaceAll(stderr.String(), dir, "DIR")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			}
		})
	}
}
