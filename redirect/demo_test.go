package redirect_test

import (
	"context"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// demo is the rule of the package's example: the form on the index page asks for
// the index page with a query, and gets the other page.
var demo = redirect.MustCompile(redirect.Config{Index: "index.html", Rules: []redirect.Rule{
	{From: "/index.html", To: "https://{distribution}/other.html", When: redirect.When{HasQuery: true}},
	{From: "/*", To: "https://{distribution}/other.html", When: redirect.When{HasQuery: true, Referer: []string{"/index.html"}}},
}})

const domain = "d111111abcdef8.cloudfront.net"

// request returns a GET viewer-request; fields are names and values of headers in
// turn.
func request(uri, query string, fields ...string) *edge.Request {
	r := &edge.Request{
		Config:      edge.Config{Trigger: edge.ViewerRequest, DistributionDomainName: domain},
		Method:      "GET",
		URI:         uri,
		QueryString: query,
	}
	r.Header.Set("Host", domain)
	for i := 0; i < len(fields); i += 2 {
		r.Header.Add(fields[i], fields[i+1])
	}
	return r
}

func TestDemoRule(t *testing.T) {
	const other = "https://" + domain + "/other.html?"
	tests := []struct {
		name, uri, query, referer string
		want                      string // "" passes
		reason                    string
	}{
		{"submit", "/index.html", "username=octocat", "", other + "username=octocat", "the form's request"},
		{"bytes", "/index.html", "username=octocat&x=a%20b+%2F&&z", "", other + "username=octocat&x=a%20b+%2F&&z", "the query is carried byte for byte"},
		{"root", "/", "username=x", "", other + "username=x", "the default root object may not be applied yet"},
		{"referer", "/script.js", "v=2", "https://" + domain + "/index.html", other + "v=2", "a query from the index page"},
		{"referer-root", "/a", "v=2", "https://" + domain + "/", other + "v=2", "the index page is also /"},
		{"referer-query", "/a", "v=2", "https://" + domain + "/index.html?username=x", other + "v=2", "only the Referer's path counts"},
		{"referer-case", "/a", "v=2", "HTTPS://D111111ABCDEF8.cloudfront.net/index.html", other + "v=2", "scheme and host have no case"},
		{"after-redirect", "/other.html", "username=x", "https://" + domain + "/index.html", "", "browsers keep the Referer across a redirect"},
		{"no-query", "/index.html", "", "", "", "nothing to carry"},
		{"no-query-referer", "/a", "", "https://" + domain + "/index.html", "", "nothing to carry"},
		{"no-referer", "/a", "username=x", "", "", "the Referer may be absent"},
		{"other-site", "/a", "username=x", "https://evil.example/index.html", "", "an index page, but not ours"},
		{"only-in-query", "/a", "username=x", "https://" + domain + "/a?next=/index.html", "", "the Referer's query is anybody's"},
		{"only-in-fragment", "/a", "username=x", "https://" + domain + "/a#/index.html", "", "neither is a fragment the path"},
		{"longer-path", "/a", "username=x", "https://" + domain + "/index.html/more", "", "another path"},
		{"user-info", "/a", "username=x", "https://" + domain + "@evil.example/index.html", "", "the host is evil.example"},
		{"other-page", "/other.html", "username=x", "", "", "no rule"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := request(tt.uri, tt.query)
			if tt.referer != "" {
				r.Header.Set("Referer", tt.referer)
			}
			outcome, err := demo.Handle(context.Background(), r)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if response, ok := outcome.(*edge.Response); ok {
				got = response.Header.Get("location")
				if response.StatusCode != 302 {
					t.Errorf("status = %d; want 302", response.StatusCode)
				}
			} else if outcome != edge.Outcome(r) {
				t.Errorf("outcome = %v; want the request itself", outcome)
			}
			if got != tt.want {
				t.Errorf("Location = %q; want %q (%s)", got, tt.want, tt.reason)
			}
		})
	}
}
