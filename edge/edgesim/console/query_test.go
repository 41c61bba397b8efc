package console_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/console"
	"github.com/google/go-cmp/cmp"
)

// listed are requests of all kinds, oldest first; the test names them by their place.
func listed() []*edgesim.Trace {
	viewer := func(method, target string, header map[string][]string) edgesim.ViewerRequest {
		return edgesim.ViewerRequest{Method: method, Target: target, Header: header}
	}
	return []*edgesim.Trace{
		{Viewer: viewer("GET", "/api/users?q=1", map[string][]string{"Cookie": {"session=ABC"}}), Status: 200, Result: "Miss from cloudfront", Behavior: "/api/*",
			Stages:  []edgesim.Stage{{Name: edgesim.StageOriginRequest, Function: "Signer"}},
			Origins: []edgesim.OriginTrace{{Header: map[string][]string{"Authorization": {"AWS4"}}, Received: map[string][]string{"Set-Cookie": {"a=1; Path=/"}}}}},
		{Viewer: viewer("POST", "/api/users", nil), Status: 404, Result: "Error from cloudfront", Behavior: "/api/*"},
		{Viewer: viewer("GET", "/favicon.ico", nil), Status: 200, Result: "Hit from cloudfront", Behavior: "*", Cache: edgesim.CacheTrace{Result: "hit"}},
		{Viewer: viewer("GET", "/Page.html", nil), Status: 503, Result: "LambdaExecutionError from cloudfront", Reason: "crashed", Behavior: "*",
			Stages: []edgesim.Stage{{Name: edgesim.StageViewerRequest, Function: "edge-auth", Error: "crashed"}}},
		{Viewer: viewer("GET", "/nonce", nil), Status: 200, Result: "Hit from cloudfront", Behavior: "*", Header: map[string][]string{"X-Amzn-Trace-Id": {"1"}}, Warnings: []string{"a nonce"}},
		{Viewer: viewer("GET", "/nonce", nil), Background: true, Behavior: "*", Cache: edgesim.CacheTrace{Result: "stale"}},
	}
}

func TestQuery(t *testing.T) {
	t.Parallel()
	tests := []struct{ query, want, reason string }{
		{"", "543210", "all"},
		{"   ", "543210", "no term"},
		{"users", "10", "text in the path"},
		{"USERS 404", "1", "all terms hold, in any case"},
		{"hit", "42", "X-Cache"},
		{"error", "31", "X-Cache, and what failed"},
		{"function:sign", "0", "part of the function's name"},
		{"function:edge-auth", "3", "a function that failed"},
		{"trigger:origin-request", "0", "where a function ran"},
		{"trigger:origin", "", "not part of a trigger's name"},
		{"behavior:/api/*", "10", "a pattern, to the letter"},
		{"behaviour:*", "5432", "the default behaviour, in British spelling"},
		{"header:set-cookie", "0", "from the origin, though the viewer did not get it"},
		{"header:Cookie", "0", "the whole name: Set-Cookie is another one"},
		{"header:authorization", "0", "sent to the origin"},
		{"header:x-amzn-*", "4", "names that begin so"},
		{"header:cookie=session=abc", "0", "part of the value"},
		{"header:cookie=xyz", "", "another value"},
		{"header:aws4", "", "a value is no name"},
		{"status:404", "1", "a status"},
		{"status:4xx", "1", "a class"},
		{"status:5", "3", "a class, in short"},
		{"status:2000", "", "longer than a status"},
		{"method:post", "1", "a method"},
		{"path:/Page", "3", "paths have case"},
		{"path:/page", "", "paths have case"},
		{"result:miss", "0", "the first word of X-Cache"},
		{"result:stale", "5", "the cache's own"},
		{"is:warning", "4", "requests with warnings"},
		{"is:error", "3", "a function that failed"},
		{"is:background", "5", "a refresh"},
		{"-is:background -status:200", "31", "terms that must not hold"},
		{`"get /page.html"`, "3", "spaces within a term"},
		{`"status:404"`, "", "quoted: the text"},
		{"http://localhost", "", "a URL is text, not a field"},
		{"-", "543210", "no term"},
	}
	c := &console.Console{}
	b := newBench(t, c)
	for _, trace := range listed() {
		c.Observe(trace)
	}
	for _, test := range tests {
		t.Run(test.query, func(t *testing.T) {
			if got := b.found("q=" + url.QueryEscape(test.query)); got != test.want {
				t.Errorf("got %q, want %q (%s)", got, test.want, test.reason)
			}
		})
	}
	if got := b.found("quiet=1&q=hit"); got != "4" {
		t.Errorf("without what browsers ask for by themselves: got %q, want 4", got)
	}
}

// found gives the places of the requests that a call finds.
func (b *bench) found(query string) string {
	b.t.Helper()
	var answer struct{ Found []int64 }
	if status := b.read("/api/find?"+query, &answer); status != 200 {
		b.t.Fatalf("%s: %d", query, status)
	}
	var places strings.Builder
	for _, seq := range answer.Found {
		fmt.Fprint(&places, seq-1)
	}
	return places.String()
}

func TestQueryRefused(t *testing.T) {
	t.Parallel()
	tests := []struct {
		query string
		want  []string
	}{
		{"staus:404", []string{"staus", "function, trigger, behavior, header, status", "quotation marks"}},
		{"is:bad", []string{"is:bad", "is:error"}},
		{"a:1 b:2", []string{"a: is no field", "b: is no field"}},
		{strings.Repeat("x", 1001), []string{"1001 bytes", "1000"}},
	}
	b := newBench(t, &console.Console{})
	for _, test := range tests {
		var answer struct{ Error string }
		if status := b.read("/api/find?q="+url.QueryEscape(test.query), &answer); status != 400 {
			t.Errorf("%.20s: status %d, want 400", test.query, status)
		}
		for _, want := range test.want {
			if !strings.Contains(answer.Error, want) {
				t.Errorf("%.20s: error %q; want %q in it", test.query, answer.Error, want)
			}
		}
		if status, _ := b.get("/api/har?q=" + url.QueryEscape(test.query)); status != 400 {
			t.Errorf("%.20s: a HAR, status %d, want 400", test.query, status)
		}
	}
}

// A query that is accepted finds a request or, with a - before each term, does not; and it never fails.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{"a", `"a b" -c`, "status:4xx header:set-cookie=a", `-"x:`, "is:error is:warning", "header:=*", "header:*", "status:"} {
		f.Add(seed)
	}
	traces := listed()
	f.Fuzz(func(t *testing.T, s string) {
		finds, err := console.Finds(s, traces[0])
		if err != nil || strings.ContainsAny(s, `" -`) || s == "" || strings.HasSuffix(s, ":") { // no term
			return
		}
		if not, err := console.Finds("-"+s, traces[0]); err == nil && not == finds {
			t.Errorf("%q and its contrary: both %v", s, finds)
		}
	})
}

// Headers, which are searched, count for the bound.
func TestHeadersAreBounded(t *testing.T) {
	t.Parallel()
	const most = 50_000
	c := &console.Console{Bytes: most}
	b := newBench(t, c)
	trace := traceOf("a", 0)
	trace.Header = map[string][]string{"X-Long": {strings.Repeat("x", 20_000)}}
	for range 5 {
		c.Observe(trace)
	}
	n, bytes := c.Kept()
	if diff := cmp.Diff([]any{2, true, "43"}, []any{n, bytes > 40_000 && bytes <= most, b.found("q=header:x-long")}); diff != "" {
		t.Errorf("%d bytes (-want +got):\n%s", bytes, diff)
	}
}
