package console_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/console"
)

// TestArchive: an archive is one JSON document, whatever the number of requests.
func TestArchive(t *testing.T) {
	t.Parallel()
	for requests := range 3 {
		var out strings.Builder
		a := console.NewArchive(&out, "d111111abcdef8.cloudfront.net")
		for range requests {
			a.Add(&edgesim.Trace{Viewer: edgesim.ViewerRequest{Method: "GET", Target: "/a", Host: "d111111abcdef8.cloudfront.net"}, Status: 200})
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		var har struct {
			Log struct {
				Entries []struct{ Request struct{ URL string } }
			}
		}
		if err := json.Unmarshal([]byte(out.String()), &har); err != nil || len(har.Log.Entries) != requests {
			t.Errorf("%d requests: got %d entries, %v", requests, len(har.Log.Entries), err)
		}
		for _, e := range har.Log.Entries {
			if want := "https://d111111abcdef8.cloudfront.net/a"; e.Request.URL != want {
				t.Errorf("got %q, want %q", e.Request.URL, want)
			}
		}
	}
}

// A full disk takes nothing.
type full struct{}

var errFull = errors.New("no space left on device")

func (full) Write([]byte) (int, error) { return 0, errFull }

// TestArchiveError: Close tells what the writer refused.
func TestArchiveError(t *testing.T) {
	t.Parallel()
	a := console.NewArchive(full{}, "")
	a.Add(&edgesim.Trace{})
	if err := a.Close(); !errors.Is(err, errFull) {
		t.Errorf("got %v, want %v", err, errFull)
	}
}
