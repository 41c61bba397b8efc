package console_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/console"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
	"github.com/google/go-cmp/cmp"
)

func TestReplay(t *testing.T) {
	t.Parallel()
	b := newBench(t, &console.Console{})
	first := b.view("/page.html?a=1&&b=%20")
	var again struct {
		ID     string
		Status int
		Result string
	}
	if status := b.call("replay", fmt.Sprintf(`{"id":%q}`, first.ID), &again); status != 200 || again.Status != 200 || again.Result != "Hit from cloudfront" {
		t.Fatalf("replay: %d, %+v; want a hit", status, again)
	}
	got := b.trace(again.ID)
	if diff := cmp.Diff(first.Viewer, got.Viewer); diff != "" {
		t.Errorf("the viewer's request (-first +replay):\n%s", diff)
	}
	if again.ID == first.ID || !got.Ran(edgesim.StageViewerRequest) || got.Ran(edgesim.StageOrigin) {
		t.Errorf("the replay's way: %v", got.Way())
	}
	var refused struct{ Error string }
	if status := b.call("replay", `{"id":"none"}`, &refused); status != 404 || !strings.Contains(refused.Error, "no longer kept") {
		t.Errorf("an unknown request: %d, %q", status, refused.Error)
	}
}

// Every event that the console gives is one that edgetest takes.
func TestEventIsFixture(t *testing.T) {
	t.Parallel()
	b := newBench(t, &console.Console{})
	seen := b.view("/page.html?q=%22a%22")
	events := fstest.MapFS{}
	for i, st := range b.trace(seen.ID).Stages {
		status, body := b.get(fmt.Sprintf("/api/event?id=%s&stage=%d", seen.ID, i))
		if ran := st.Function != ""; ran != (status == 200) {
			t.Errorf("%s: status %d", st.Name, status)
		}
		if status == 200 {
			events[string(st.Name)+".json"] = &fstest.MapFile{Data: []byte(body)}
			if !strings.Contains(body, "\n  \"Records\": [") {
				t.Errorf("%s: not made to be read: %.80s", st.Name, body)
			}
		}
	}
	if len(events) != 2 {
		t.Fatalf("%d events; want those of viewer-request and origin-response", len(events))
	}
	if err := edgetest.TestFunction(b.function, events); err != nil {
		t.Error(err)
	}
}

func TestEventFileName(t *testing.T) {
	t.Parallel()
	b := newBench(t, &console.Console{})
	seen := b.view("/a/Page%22.html?x=%0d%0ay")
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, httptest.NewRequest("GET", own+"/api/event?stage=1&id="+seen.ID, nil))
	if got, want := w.Header().Get("Content-Disposition"), `attachment; filename="viewer-request-a-page-22-html.json"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, query := range []string{"", "?id=x", "?id=" + seen.ID, "?stage=-1&id=" + seen.ID, "?stage=99&id=" + seen.ID, "?stage=0&id=" + seen.ID} {
		if status, body := b.get("/api/event" + query); status != 404 || !strings.Contains(body, `"error"`) {
			t.Errorf("%s: %d, %s", query, status, body)
		}
	}
}

func TestInvalidateAndAdvance(t *testing.T) {
	t.Parallel()
	b := newBench(t, &console.Console{})
	b.view("/page.html")
	var removed struct{ Removed int }
	if status := b.call("invalidate", `{"paths":["/page*"]}`, &removed); status != 200 || removed.Removed != 1 {
		t.Errorf("invalidate: %d, %+v", status, removed)
	}
	if got := b.view("/page.html").Result; got != "Miss from cloudfront" {
		t.Errorf("after the invalidation: %s", got)
	}
	before := b.sim.Now()
	if status := b.call("advance", `{"seconds":86401}`, nil); status != 200 || b.sim.Now().Sub(before) < 24*time.Hour {
		t.Errorf("advance: %d, the clock went on by %v", status, b.sim.Now().Sub(before))
	}
	if got := b.view("/page.html").Cache.Result; got != "refresh" {
		t.Errorf("a day later: %s", got)
	}
}

func TestSend(t *testing.T) {
	t.Parallel()
	b := newBench(t, &console.Console{})
	var sent struct {
		ID     string
		Status int
	}
	status := b.call("send", `{"method":"GET","target":"/page.html?x","headers":[["X-Mock-Lambda-Fault","viewer-request=crash"],["Accept-Language","de"]]}`, &sent)
	if status != 200 || sent.Status != 503 {
		t.Fatalf("send: %d, %+v; want CloudFront's 503", status, sent)
	}
	got := b.trace(sent.ID).Viewer
	want := edgesim.ViewerRequest{Method: "GET", Target: "/page.html?x", Host: edgesim.DefaultDomainName, Proto: "HTTP/1.1", Client: "127.0.0.1",
		Header: map[string][]string{"X-Mock-Lambda-Fault": {"viewer-request=crash"}, "Accept-Language": {"de"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestBadCalls(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, call, body, want string }{
		{"not-json", "replay", "x", "JSON"},
		{"unknown-member", "replay", `{"ID":"x","more":1}`, "unknown field"},
		{"large", "send", `{"body":"` + strings.Repeat("x", 5<<20) + `"}`, "too large"},
		{"no-paths", "invalidate", `{}`, "want some"},
		{"bad-path", "invalidate", `{"paths":["page.html"]}`, "leading slash"},
		{"no-time", "advance", `{"seconds":0}`, "want 1 to"},
		{"back", "advance", `{"seconds":-60}`, "want 1 to"},
		{"too-far", "advance", `{"seconds":9223372036854775807}`, "want 1 to"},
		{"no-method", "send", `{"target":"/"}`, "method"},
		{"bad-method", "send", `{"method":"GET /","target":"/"}`, "method"},
		{"no-target", "send", `{"method":"GET"}`, "path"},
		{"space", "send", `{"method":"GET","target":"/a b"}`, "path"},
		{"line-end", "send", `{"method":"GET","target":"/a\r\nX: y"}`, "path"},
		{"bad-host", "send", `{"method":"GET","target":"/","host":"a b"}`, "host"},
		{"bad-name", "send", `{"method":"GET","target":"/","headers":[["A B","c"]]}`, "headers"},
		{"bad-value", "send", `{"method":"GET","target":"/","headers":[["A","b\nc"]]}`, "control character"},
	}
	b := newBench(t, &console.Console{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var answer struct{ Error string }
			if status := b.call(test.call, test.body, &answer); status != 400 || !strings.Contains(answer.Error, test.want) {
				t.Errorf("got %d, %q; want 400 and %q", status, answer.Error, test.want)
			}
		})
	}
	if n, _ := b.console.Kept(); n != 0 {
		t.Errorf("%d requests were sent all the same", n)
	}
}

// The clock stays within what a duration can count, however often it is advanced.
func TestAdvanceEnds(t *testing.T) {
	t.Parallel()
	b := newBench(t, &console.Console{})
	for range 50 {
		b.call("advance", `{"seconds":315360000}`, nil)
	}
	if year := b.sim.Now().Year(); year < 2150 || year > 2170 {
		t.Errorf("the clock is in the year %d", year)
	}
}
