package edgesim_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestIncludeBody holds what a function sees of a request's body, and what then goes to the origin (lambda-at-edge-function-restrictions.html).
func TestIncludeBody(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 50_000)
	keep := func(map[string]any) {}
	replace := func(encoding, data string) func(map[string]any) {
		return func(m map[string]any) {
			m["body"] = map[string]any{"action": "replace", "encoding": encoding, "data": data}
		}
	}
	tests := []struct {
		name, method, body string
		trigger            edge.Trigger
		change             func(map[string]any)
		shown              int // bytes of the body that the function saw; -1: no body member
		truncated          bool
		sent               string
	}{
		{"short", "POST", "abc", edge.ViewerRequest, keep, 3, false, "abc"},
		{"none", "POST", "", edge.ViewerRequest, keep, 0, false, ""},
		{"get", "GET", "", edge.ViewerRequest, keep, -1, false, ""},
		{"long-in-viewer-request", "POST", long, edge.ViewerRequest, keep, 40 << 10, true, long},
		{"long-in-origin-request", "PUT", long, edge.OriginRequest, keep, 50_000, false, long},
		{"very-long-in-origin-request", "PUT", strings.Repeat("x", 2<<20), edge.OriginRequest, keep, 1 << 20, true, strings.Repeat("x", 2<<20)},
		{"left-out", "POST", "abc", edge.ViewerRequest, func(m map[string]any) { delete(m, "body") }, 3, false, "abc"},
		{"read-only-change", "POST", "abc", edge.ViewerRequest, func(m map[string]any) { m["body"].(map[string]any)["data"] = "eHl6" }, 3, false, "abc"},
		{"replaced-text", "POST", "abc", edge.ViewerRequest, replace("text", "new"), 3, false, "new"},
		{"replaced-base64", "POST", long, edge.OriginRequest, replace("base64", "bmV3"), 50_000, false, "new"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var sent, length string
			o := script(func(_ http.ResponseWriter, r *http.Request) {
				b, err := io.ReadAll(r.Body)
				sent, length = string(b), fmt.Sprint(r.ContentLength)
				if err != nil {
					t.Error(err)
				}
			})
			a := edgesim.Association{Function: edit(tc.change), IncludeBody: true}
			var f edgesim.Functions
			if tc.trigger == edge.ViewerRequest {
				f.ViewerRequest = a
			} else {
				f.OriginRequest = a
			}
			s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: o}, Functions: f,
				AllowedMethods: []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}})
			_, trace := s.Do(httptest.NewRequest(tc.method, "/", strings.NewReader(tc.body)))
			var e struct {
				Records []struct {
					CF struct {
						Request struct {
							Body *struct {
								Action, Encoding string
								Data             []byte
								InputTruncated   bool
							}
						}
					}
				}
			}
			if err := json.Unmarshal(trace.Stage(edgesim.StageName(tc.trigger)).Input, &e); err != nil {
				t.Fatal(err)
			}
			b := e.Records[0].CF.Request.Body
			switch {
			case tc.shown < 0 && b != nil || tc.shown >= 0 && b == nil:
				t.Errorf("body member: got %v", b)
			case b != nil && (len(b.Data) != tc.shown || b.InputTruncated != tc.truncated || b.Action != "read-only" || b.Encoding != "base64"):
				t.Errorf("got %d bytes, truncated %t, want %d, %t", len(b.Data), b.InputTruncated, tc.shown, tc.truncated)
			}
			if sent != tc.sent || tc.body != "" && length != fmt.Sprint(len(tc.sent)) {
				t.Errorf("the origin got %d bytes, Content-Length %s (%s), want %d", len(sent), length, trace.Reason, len(tc.sent))
			}
		})
	}
}
