package origin

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// TestKeysOfAFolder holds that keys which no file can have are missing objects, of a bucket and of its website, and no failures.
func TestKeysOfAFolder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "page.html"), []byte("page"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := &Bucket{FS: os.DirFS(folder), ListBucket: true}
	for _, path := range []string{"/page.html/below", "/page.html/", "/%00", "/a%00b/", "/" + strings.Repeat("x", 1000), "/%2e%2e/page.html", "/a%5cb"} {
		for name, asker := range map[string]Asker{"bucket": b, "website": &Website{Objects: b, Index: "index.html"}} {
			resp, err := asker.Ask(context.Background(), &Call{Method: http.MethodGet, Path: path, Header: http.Header{"Host": {"b"}}, Origin: &message.Origin{DomainName: "b"}})
			if err != nil || resp.Status != http.StatusNotFound {
				t.Errorf("%s, %.20s: got %v and error %v, want a 404", name, path, resp, err)
			}
		}
	}
}
