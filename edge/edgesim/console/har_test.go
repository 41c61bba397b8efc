package console_test

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/console"
	"github.com/google/go-cmp/cmp"
)

// An archive is what is read back of a HAR.
type archive struct {
	Log struct {
		Version, Comment string
		Creator          struct{ Name, Version string }
		Entries          []map[string]any
	}
}

func (b *bench) archive(query string) (a archive) {
	b.t.Helper()
	if status := b.read("/api/har?"+query, &a); status != 200 {
		b.t.Fatalf("har: %d", status)
	}
	return a
}

// harMembers are the members that HAR 1.2 demands, and their types: s a string, n a number, a an array, o an object
// (http://www.softwareishard.com/blog/har-12-spec/).
var harMembers = map[string]string{
	"startedDateTime": "s", "time": "n", "request": "o", "response": "o", "cache": "o", "timings": "o",
	"request.method": "s", "request.url": "s", "request.httpVersion": "s", "request.cookies": "a", "request.headers": "a", "request.queryString": "a",
	"request.headersSize": "n", "request.bodySize": "n",
	"response.status": "n", "response.statusText": "s", "response.httpVersion": "s", "response.cookies": "a", "response.headers": "a", "response.content": "o",
	"response.redirectURL": "s", "response.headersSize": "n", "response.bodySize": "n", "response.content.size": "n", "response.content.mimeType": "s",
	"timings.send": "n", "timings.wait": "n", "timings.receive": "n",
}

// member reads a member by its path, and tells its type.
func member(entry map[string]any, path string) string {
	var value any = entry
	for name := range strings.SplitSeq(path, ".") {
		value = value.(map[string]any)[name]
	}
	switch value.(type) {
	case string:
		return "s"
	case float64:
		return "n"
	case []any:
		return "a"
	case map[string]any:
		return "o"
	}
	return fmt.Sprintf("%T", value)
}

func TestHAR(t *testing.T) {
	t.Parallel()
	b := newBench(t, &console.Console{})
	r := httptest.NewRequest("GET", "/page.html?a=%20b&c", nil)
	r.Header.Set("Cookie", "session=1; theme=dark")
	b.sim.Do(r)
	b.view("/nowhere.html")
	b.view("/favicon.ico")
	b.console.Observe(&edgesim.Trace{ID: "empty", Background: true})
	b.console.Observe(&edgesim.Trace{ID: "hostile", Viewer: edgesim.ViewerRequest{Method: "POST", Host: "localhost:8080", Target: "/<script>\"'%zz%20é?#[]"},
		Status: 200, Header: map[string][]string{"Set-Cookie": {"a=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly", "not a cookie"}}})
	a := b.archive("q=")
	if a.Log.Version != "1.2" || a.Log.Creator.Name != "edgesim" || a.Log.Creator.Version == "" || !strings.Contains(a.Log.Comment, "holds what viewers sent") || len(a.Log.Entries) != 5 {
		t.Fatalf("the log: %+v", a.Log)
	}
	for _, entry := range a.Log.Entries {
		for path, want := range harMembers {
			if got := member(entry, path); got != want {
				t.Errorf("%s: %s: type %s, want %s", entry["_edgesim"].(map[string]any)["id"], path, got, want)
			}
		}
		if _, err := time.Parse(time.RFC3339, entry["startedDateTime"].(string)); err != nil {
			t.Errorf("startedDateTime: %v", err)
		}
		if u, err := url.Parse(entry["request"].(map[string]any)["url"].(string)); err != nil || !u.IsAbs() {
			t.Errorf("url: %v, %v", u, err)
		}
		timings := entry["timings"].(map[string]any)
		sum := timings["send"].(float64) + timings["wait"].(float64) + timings["receive"].(float64)
		if diff := sum - entry["time"].(float64); diff < -1e-9 || diff > 1e-9 {
			t.Errorf("time %v, the timings' sum %v", entry["time"], sum)
		}
	}
	if n := len(b.archive("q=page.html").Log.Entries); n != 1 {
		t.Errorf("%d entries for one page; want the ones that the filter finds", n)
	}
	if n := len(b.archive("quiet=1").Log.Entries); n != 4 {
		t.Errorf("%d entries without what browsers ask for by themselves, want 4", n)
	}
}

// What stands in an entry, for a request that has some of everything.
func TestHAREntry(t *testing.T) {
	t.Parallel()
	b := newBench(t, &console.Console{})
	b.console.Observe(&edgesim.Trace{
		ID: "x", Time: time.Date(2026, 11, 27, 23, 25, 20, 5e6, time.UTC), Duration: 3 * time.Millisecond, Behavior: "*", Status: 302, Result: "Miss from cloudfront", Bytes: 7,
		Viewer:   edgesim.ViewerRequest{Method: "GET", Target: "/<a>?b=%20c&d", Host: edgesim.DefaultDomainName, Proto: "HTTP/1.1", Client: "192.0.2.1", Header: map[string][]string{"Cookie": {"s=1"}, "B": {"2"}}},
		Header:   map[string][]string{"Location": {"/next"}, "Content-Type": {"text/plain"}, "Set-Cookie": {"a=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Secure"}},
		Stages:   []edgesim.Stage{{Name: edgesim.StageViewerRequest, Function: "f", Input: edgesim.Payload(`{"secret":1}`)}, {Name: edgesim.StageReply, Start: 2e6, Duration: 1e6}},
		Warnings: []string{"careful"},
	})
	a := b.archive("")
	got, err := json.MarshalIndent(a.Log.Entries[0], "", " ")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]any
	if err := json.Unmarshal([]byte(`{
		"startedDateTime": "2026-11-27T23:25:20.005Z", "time": 3, "cache": {},
		"request": {"method": "GET", "url": "https://d111111abcdef8.cloudfront.net/%3Ca%3E?b=%20c&d", "httpVersion": "HTTP/1.1", "headersSize": -1, "bodySize": 0,
			"cookies": [{"name": "s", "value": "1"}], "headers": [{"name": "B", "value": "2"}, {"name": "Cookie", "value": "s=1"},
				{"name": "Host", "value": "d111111abcdef8.cloudfront.net"}],
			"queryString": [{"name": "b", "value": " c"}, {"name": "d", "value": ""}]},
		"response": {"status": 302, "statusText": "Found", "httpVersion": "HTTP/1.1", "redirectURL": "/next", "headersSize": -1, "bodySize": 7,
			"content": {"size": 7, "mimeType": "text/plain"},
			"cookies": [{"name": "a", "value": "1", "path": "/", "expires": "2026-10-21T07:28:00Z", "secure": true}],
			"headers": [{"name": "Content-Type", "value": "text/plain"}, {"name": "Location", "value": "/next"}, {"name": "Set-Cookie", "value": "a=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Secure"}]},
		"timings": {"blocked": -1, "dns": -1, "connect": -1, "ssl": -1, "send": 0, "wait": 2, "receive": 1},
		"_edgesim": {"id": "x", "target": "/<a>?b=%20c&d", "client": "192.0.2.1", "behavior": "*", "result": "Miss from cloudfront", "warnings": ["careful"], "cache": {},
			"stages": [{"name": "viewer-request", "start": 0, "duration": 0, "function": "f"}, {"name": "reply", "start": 2000000, "duration": 1000000}]}
	}`), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, a.Log.Entries[0]); diff != "" {
		t.Errorf("(-want +got):\n%s\nwhole:\n%s", diff, got)
	}
}

func TestHARIsAFile(t *testing.T) {
	t.Parallel()
	b := newBench(t, &console.Console{})
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, httptest.NewRequest("GET", own+"/api/har", nil))
	if got := w.Header().Get("Content-Disposition"); !strings.HasPrefix(got, `attachment; filename="edgesim-2`) || !strings.HasSuffix(got, `.har"`) {
		t.Errorf("Content-Disposition: %s", got)
	}
	var a archive
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || len(a.Log.Entries) != 0 {
		t.Errorf("with no requests: %v, %s", err, w.Body)
	}
}
