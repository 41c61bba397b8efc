package edgesim_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestResponseHeadersPolicy holds what a policy makes of an answer (understanding-response-headers-policies.html, but where the row says
// otherwise). method and headers are the viewer's; origin is the origin's headers, want what the viewer gets of them and of the policy's.
func TestResponseHeadersPolicy(t *testing.T) {
	t.Parallel()
	cors := func(change func(*edgesim.CORSHeaders)) *edgesim.ResponseHeadersPolicy {
		c := &edgesim.CORSHeaders{Origins: []string{"https://*.example.com", "http://localhost:*", "https://example.org"}, Methods: []string{"GET", "PUT"},
			Headers: []string{"X-A", "X-B"}, Expose: []string{"X-C"}, MaxAge: 600, Override: true}
		if change != nil {
			change(c)
		}
		return &edgesim.ResponseHeadersPolicy{CORS: c}
	}
	set := func(name, value string, override bool) *edgesim.ResponseHeadersPolicy {
		return &edgesim.ResponseHeadersPolicy{Headers: []edgesim.ResponseHeader{{Name: name, Value: value, Override: override}}}
	}
	preflight := []string{"Origin", "https://a.example.com", "Access-Control-Request-Method", "PUT"}
	tests := []struct {
		name, method    string
		headers, origin []string
		policy          *edgesim.ResponseHeadersPolicy
		want            []string
		reason          string
	}{
		{"added", "GET", nil, nil, set("x-a", "1", false), []string{"X-A: 1"}, "the origin has none"},
		{"kept", "GET", nil, []string{"X-A", "0"}, set("X-A", "1", false), []string{"X-A: 0"}, "without override the origin's stays"},
		{"overridden", "GET", nil, []string{"X-A", "0"}, set("X-A", "1", true), []string{"X-A: 1"}, "with override the policy's"},
		{"removed", "GET", nil, []string{"X-Powered-By", "PHP"}, &edgesim.ResponseHeadersPolicy{Remove: []string{"x-powered-by"}}, nil, "Remove headers"},
		{"removed-and-set", "GET", nil, []string{"X-A", "0"}, &edgesim.ResponseHeadersPolicy{Remove: []string{"X-A"}, Headers: []edgesim.ResponseHeader{{Name: "X-A", Value: "1"}}},
			[]string{"X-A: 1"}, "what is removed is the origin's"},
		{"security", "GET", nil, []string{"X-Frame-Options", "DENY"}, edgesim.SecurityHeadersPolicy(), []string{"Referrer-Policy: strict-origin-when-cross-origin",
			"Strict-Transport-Security: max-age=31536000", "X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "X-Xss-Protection: 1; mode=block"},
			"using-managed-response-headers-policies.html"},
		{"no-cors-request", "GET", nil, nil, cors(nil), []string{"Vary: Origin"}, "a distribution as seen in August 2026"},
		{"cors-host", "GET", []string{"Origin", "https://a.b.example.com"}, nil, cors(nil), []string{"Access-Control-Allow-Origin: https://a.b.example.com", "Access-Control-Expose-Headers: X-C", "Vary: Origin"}, "a part of the host"},
		{"cors-port", "GET", []string{"Origin", "http://localhost:3000"}, nil, cors(nil), []string{"Access-Control-Allow-Origin: http://localhost:3000", "Access-Control-Expose-Headers: X-C", "Vary: Origin"}, "any port"},
		{"cors-exact", "GET", []string{"Origin", "https://example.org"}, nil, cors(nil), []string{"Access-Control-Allow-Origin: https://example.org", "Access-Control-Expose-Headers: X-C", "Vary: Origin"}, ""},
		{"cors-other-scheme", "GET", []string{"Origin", "http://example.org"}, nil, cors(nil), nil, "another origin"},
		{"cors-longer-host", "GET", []string{"Origin", "https://a.example.com.attacker.example"}, nil, cors(nil), nil, "another host"},
		{"cors-host-in-a-port", "GET", []string{"Origin", "https://attacker.example:1.example.com"}, nil, cors(nil), nil, "the star stands for no colon"},
		{"cors-any", "GET", []string{"Origin", "https://anyone.example"}, []string{"Vary", "Accept"}, edgesim.SimpleCORS(), []string{"Access-Control-Allow-Origin: *"}, "Vary as seen in August 2026"},
		{"cors-credentials", "GET", []string{"Origin", "https://example.org"}, nil, cors(func(c *edgesim.CORSHeaders) { c.Credentials, c.Expose = true, nil }),
			[]string{"Access-Control-Allow-Credentials: true", "Access-Control-Allow-Origin: https://example.org", "Vary: Origin"}, ""},
		{"preflight", "OPTIONS", preflight, nil, cors(nil), []string{"Access-Control-Allow-Headers: X-A,X-B", "Access-Control-Allow-Methods: GET,PUT",
			"Access-Control-Allow-Origin: https://a.example.com", "Access-Control-Expose-Headers: X-C", "Access-Control-Max-Age: 600", "Vary: Origin"}, "three headers are for preflights"},
		{"origin-answers-cors", "GET", []string{"Origin", "https://example.org"}, []string{"Access-Control-Allow-Origin", "https://other.example"}, cors(func(c *edgesim.CORSHeaders) { c.Override = false }),
			[]string{"Access-Control-Allow-Origin: https://other.example"}, "one of the origin's keeps all of the policy's out"},
		{"origin-is-overridden", "GET", []string{"Origin", "https://example.org"}, []string{"Access-Control-Allow-Origin", "https://other.example"}, cors(nil),
			[]string{"Access-Control-Allow-Origin: https://example.org", "Access-Control-Expose-Headers: X-C", "Vary: Origin"}, ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := behind(t, edgesim.Behavior{
				Origin: &edgesim.CustomOrigin{Handler: says(200, tc.origin...)}, CachePolicy: edgesim.CachingDisabled(), OriginRequestPolicy: edgesim.AllViewer(),
				AllowedMethods: []string{"GET", "HEAD", "OPTIONS"}, ResponseHeadersPolicy: tc.policy,
			})
			resp, trace := send(s, tc.method, "/", tc.headers...)
			var got []string
			for name, values := range resp.Header {
				if strings.HasPrefix(name, "Access-") || slices.Contains([]string{"Vary", "X-A", "X-Powered-By", "Referrer-Policy", "Strict-Transport-Security",
					"X-Content-Type-Options", "X-Frame-Options", "X-Xss-Protection"}, name) {
					got = append(got, name+": "+strings.Join(values, ","))
				}
			}
			slices.Sort(got)
			if diff := cmp.Diff(tc.want, got); diff != "" || trace.Status != 200 {
				t.Errorf("%s (%s) -want +got:\n%s", trace.Reason, tc.reason, diff)
			}
		})
	}
}

// TestResponseHeadersPolicyOrder holds where in the way the policy stands: behind the cache, which keeps what the origin sent, and before
// viewer-response, which sees it; not for what never comes to the cache.
func TestResponseHeadersPolicyOrder(t *testing.T) {
	t.Parallel()
	var seen []string
	w := serving(t, says(200), caching(60, 60, 60), func(c *edgesim.Config) {
		b := &c.Distribution.DefaultBehavior
		b.ResponseHeadersPolicy = &edgesim.ResponseHeadersPolicy{Name: "p", Headers: []edgesim.ResponseHeader{{Name: "X-A", Value: "1"}}, ServerTiming: 100}
		b.ViewerProtocol = edgesim.RedirectToHTTPS
		b.Functions = edgesim.Associate(&edge.Function{ViewerResponse: func(_ context.Context, r *edge.Response) error {
			seen = append(seen, r.Header.Get("X-A"))
			return nil
		}})
	})
	for range 2 {
		resp, _ := get(w.Simulator, "/")
		if got := resp.Header.Get("X-A"); got != "1" {
			t.Errorf("X-A: got %q, want 1", got)
		}
	}
	if diff := cmp.Diff([]string{"1", "1"}, seen); diff != "" {
		t.Errorf("viewer-response sees -want +got:\n%s", diff)
	}
	resp, trace := get(w.Simulator, "/")
	if got := resp.Header.Get("Server-Timing"); !strings.HasPrefix(got, "cdn-cache-hit,cdn-pop;") {
		t.Errorf("Server-Timing of a hit: got %q", got)
	}
	if note := "response headers policy p: set X-A, Server-Timing"; !slices.Contains(trace.Stage(edgesim.StageCache).Notes, note) {
		t.Errorf("no note %q: %q", note, trace.Stage(edgesim.StageCache).Notes)
	}
	resp, _ = get(w.Simulator, "/other")
	if got := resp.Header.Get("Server-Timing"); !strings.Contains(got, "cdn-cache-miss") {
		t.Errorf("Server-Timing of a miss: got %q", got)
	}
	resp, _ = get(w.Simulator, "/", "X-Mock-CloudFront-Forwarded-Proto", "http")
	if got := resp.Header.Get("X-A"); resp.StatusCode != http.StatusMovedPermanently || got != "" {
		t.Errorf("a redirect to https: got %d with X-A %q, want 301 without", resp.StatusCode, got)
	}
}

// TestWrongResponseHeadersPolicy holds what New refuses.
func TestWrongResponseHeadersPolicy(t *testing.T) {
	t.Parallel()
	header := func(name, value string) []edgesim.ResponseHeader {
		return []edgesim.ResponseHeader{{Name: name, Value: value}}
	}
	for _, tc := range []struct {
		name   string
		policy edgesim.ResponseHeadersPolicy
		want   string
	}{
		{"name", edgesim.ResponseHeadersPolicy{Headers: header("X A", "1")}, `Headers: "X A" is no header name`},
		{"value", edgesim.ResponseHeadersPolicy{Headers: header("X-A", "1\r\nX-B: 2")}, "Headers: X-A: the value has a control character"},
		{"twice", edgesim.ResponseHeadersPolicy{Headers: append(header("X-A", "1"), header("x-a", "2")...)}, "Headers: x-a stands twice"},
		{"cors-by-hand", edgesim.ResponseHeadersPolicy{Headers: header("Access-Control-Allow-Origin", "*")}, "Headers: Access-Control-Allow-Origin: set it with CORS"},
		{"removed-name", edgesim.ResponseHeadersPolicy{Remove: []string{""}}, `Remove: "" is no header name`},
		{"percentage", edgesim.ResponseHeadersPolicy{ServerTiming: 101}, "ServerTiming: got 101, want a percentage from 0 to 100"},
		{"no-origins", edgesim.ResponseHeadersPolicy{CORS: &edgesim.CORSHeaders{}}, "CORS: Origins is empty"},
		{"credentials", edgesim.ResponseHeadersPolicy{CORS: &edgesim.CORSHeaders{Origins: []string{"*"}, Credentials: true}}, `CORS: with Credentials nothing may be "*"`},
		{"max-age", edgesim.ResponseHeadersPolicy{CORS: &edgesim.CORSHeaders{Origins: []string{"*"}, MaxAge: -1}}, "CORS: MaxAge: got -1"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{
				Origin: &edgesim.CustomOrigin{Handler: says(200)}, ResponseHeadersPolicy: &tc.policy,
			}}})
			if err == nil || !strings.Contains(err.Error(), "DefaultBehavior: ResponseHeadersPolicy: "+tc.want) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
		})
	}
}
