package viewerrequest_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/functions/internal/eventtest"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/functions/viewerrequest"
)

const (
	site  = "https://d111111abcdef8.cloudfront.net"
	other = site + "/other.html"
)

// TestViewerRequestEvents tries the module's own events.
func TestViewerRequestEvents(t *testing.T) {
	tests := []struct {
		event    string
		location string // "" lets the request pass
		reason   string
	}{
		{"viewer-request-demo-index", "", "the index page itself"},
		{"viewer-request-demo-root", "", "the same by its short name"},
		{"viewer-request-demo-index-query", other + "?username=octocat", "the form"},
		{"viewer-request-demo-index-odd-query", other + "?username=octocat&x=a%20b+%2F&&z", "byte for byte"},
		{"viewer-request-demo-index-hostile-query", other + "?username=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&next=//evil.example/%0D%0ASet-Cookie:%20a=b", "what is escaped stays escaped"},
		{"viewer-request-demo-other-after-redirect", "", "a browser keeps the Referer across the redirect"},
		{"viewer-request-demo-other-direct", "", "no Referer at all"},
		{"viewer-request-demo-foreign-referer", "", "index.html in the query of a foreign Referer"},
		{"viewer-request-demo-script", "", "no query"},
		{"viewer-request-browser", "", "nothing of ours"},
		{"viewer-request-minimal", "", "the least that CloudFront sends"},
	}
	for _, test := range tests {
		t.Run(test.event, func(t *testing.T) {
			wantOutcome(t, eventtest.Read(t, test.event), test.location, test.reason)
		})
	}
}

// TestViewerRequest tries what differs in one point from the form's request.
func TestViewerRequest(t *testing.T) {
	tests := []struct {
		name, uri, query, referer string
		location                  string // "" lets the request pass
		reason                    string
	}{
		{"form", "/index.html", "username=octocat", site + "/index.html", other + "?username=octocat", "the article's step 3"},
		{"typed", "/index.html", "username=octocat", "", other + "?username=octocat", "the URI alone says that it is the index page"},
		{"no-query", "/index.html", "", site + "/index.html", "", "nothing to look up: the page itself"},
		{"from-root", "/index.html", "username=octocat", site + "/", other + "?username=octocat", "the index page by its short name"},
		{"root", "/", "username=octocat", "", other + "?username=octocat", "the default root object is the index page"},
		{"no-value", "/index.html", "username", "", other + "?username", "a query is not a list of pairs"},
		{"odd", "/index.html", "username=octocat&x=a%20b+%2F&&z", "", other + "?username=octocat&x=a%20b+%2F&&z", "no encoding is touched"},
		{"percent", "/index.html", "a=%zz%", "", other + "?a=%zz%", "not even a wrong one"},
		{"utf8", "/index.html", "username=Z%C3%BCrich", "", other + "?username=Z%C3%BCrich", "nor a right one"},
		{"second-question-mark", "/index.html", "?a=?", "", other + "??a=?", "a query may have question marks"},

		{"referer-only", "/search", "username=octocat", site + "/index.html", other + "?username=octocat", "the Referer alone says where it comes from"},
		{"referer-with-query", "/search", "a=b", site + "/index.html?c=d", other + "?a=b", "the Referer's path counts, whatever its query"},
		{"referer-query-names-index", "/search", "a=b", site + "/other.html?from=/index.html", "", "the Referer's query does not count"},
		{"referer-below-index", "/search", "a=b", site + "/index.html/x", "", "a path that only begins so is another page"},
		{"referer-above-index", "/search", "a=b", site + "/docs/index.html", "", "and so is one that only ends so"},
		{"foreign-referer", "/search", "a=b", "https://www.example.org/index.html", "", "an index page of another site is not ours"},
		{"foreign-lookalike", "/search", "a=b", site + ".evil.example/index.html", "", "nor one whose host begins as ours"},
		{"userinfo-referer", "/search", "a=b", site + "@evil.example/index.html", "", "nor one with our name before the host"},
		{"broken-referer", "/search", "a=b", "::/index.html", "", "what cannot be read is not ours"},

		{"after-redirect", "/other.html", "username=octocat", site + "/index.html", "", "no loop"},
		{"other-no-query", "/other.html", "", site + "/index.html", "", "a link to it"},
		{"style", "/style.css", "", site + "/index.html", "", "what the index page loads"},
		{"upper-case", "/INDEX.HTML", "a=b", "", "", "keys in a bucket tell cases apart"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			wantOutcome(t, viewerRequest(t, test.uri, test.query, test.referer), test.location, test.reason)
		})
	}
}

// wantOutcome holds the function to a redirect to location, or to letting the request pass as it is.
func wantOutcome(t *testing.T, input []byte, location, reason string) {
	t.Helper()
	function := &edge.Function{ViewerRequest: viewerrequest.Handler()}
	got := eventtest.Invoke(t, function, input)
	before, _ := eventtest.Parse(t, input)
	if location == "" {
		if got.Status != "" || got.URI != before.URI || got.QueryString == nil || *got.QueryString != *before.QueryString {
			t.Errorf("status %q to %q; want the request to pass (%s)", got.Status, got.Header(t, "Location"), reason)
		}
		return
	}
	if got.Status != "302" || got.Header(t, "Location") != location {
		t.Errorf("status %q, Location\n got %q\nwant %q with 302 (%s)", got.Status, got.Header(t, "Location"), location, reason)
	}
	if got.Header(t, "Cache-Control") != "no-store" {
		t.Errorf("Cache-Control %q; want no-store: the answer is for this query alone", got.Header(t, "Cache-Control"))
	}
}

// viewerRequest returns an event as a browser causes it.
func viewerRequest(t *testing.T, uri, query, referer string) []byte {
	t.Helper()
	headers := map[string][]eventtest.Entry{"host": {{Key: "Host", Value: strings.TrimPrefix(site, "https://")}}}
	if referer != "" {
		headers["referer"] = []eventtest.Entry{{Key: "Referer", Value: referer}}
	}
	data, err := json.Marshal(map[string]any{"Records": []any{map[string]any{"cf": map[string]any{
		"config": map[string]string{
			"distributionDomainName": strings.TrimPrefix(site, "https://"), "distributionId": "EDFDVBD6EXAMPLE",
			"eventType": "viewer-request", "requestId": "4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==",
		},
		"request": map[string]any{"clientIp": "203.0.113.178", "method": "GET", "uri": uri, "querystring": query, "headers": headers},
	}}}})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func BenchmarkViewerRequest(b *testing.B) {
	function := &edge.Function{ViewerRequest: viewerrequest.Handler()}
	input := eventtest.Read(b, "viewer-request-demo-index-query")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := function.Invoke(context.Background(), input); err != nil {
			b.Fatal(err)
		}
	}
}
