package edgesim_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestResponseOverrides holds what becomes of the query strings by which S3 gives other headers: the signature that they need
// (API_GetObject.html of Amazon S3), and the managed policies that keep them from buckets (using-managed-origin-request-policies.html).
func TestResponseOverrides(t *testing.T) {
	t.Parallel()
	queries := func(s edgesim.Selection) *edgesim.OriginRequestPolicy {
		return &edgesim.OriginRequestPolicy{Name: "own", QueryStrings: s}
	}
	inKey := caching(0, 60, 600)
	inKey.QueryStrings = edgesim.All()
	exceptHost := edgesim.AllViewerExceptHostHeader()
	asked := url.Values{"response-content-type": {"text/x-own"}, "response-content-disposition": {`attachment; filename="a b.txt"`},
		"response-content-encoding": {"own"}, "response-cache-control": {"max-age=7"}}.Encode()
	tests := []struct {
		name, query string
		public      bool
		cache       *edgesim.CachePolicy
		origin      *edgesim.OriginRequestPolicy
		headers     []string // of the request
		status      int
		want        [4]string // Content-Type, Content-Disposition, Content-Encoding, Cache-Control; of an error its code
		reason      string
	}{
		{"not-forwarded", asked, false, caching(0, 60, 600), nil, nil, 200, [4]string{"text/javascript"}, "query strings go only where a policy has them"},
		{"own-policy", asked, false, caching(0, 60, 600), queries(edgesim.All()), nil, 200, [4]string{"text/x-own", `attachment; filename="a b.txt"`, "own", "max-age=7"},
			"\"If you use a custom origin request policy, CloudFront forwards these parameters as configured.\""},
		{"own-policy-one", asked, false, caching(0, 60, 600), queries(edgesim.Only("response-content-type")), nil, 200, [4]string{"text/x-own"}, ""},
		{"in-the-key", asked, false, inKey, nil, nil, 200, [4]string{"text/x-own", `attachment; filename="a b.txt"`, "own", "max-age=7"}, "what is in the key goes to the origin"},
		{"all-viewer-except-host", asked, false, caching(0, 60, 600), exceptHost, nil, 200, [4]string{"text/javascript", "", "", "max-age=7"},
			"three parameters are held back, \"CloudFront continues to forward all other query strings\""},
		{"media-tailor", asked, false, caching(0, 60, 600), edgesim.ElementalMediaTailorPersonalizedManifests(), nil, 200, [4]string{"text/javascript", "", "", "max-age=7"}, ""},
		{"range", asked, false, caching(0, 60, 600), queries(edgesim.All()), []string{"Range", "bytes=0-1"}, 206, [4]string{"text/javascript"},
			"\"included only in a successful response, that is, when the HTTP status code 200 OK is returned\""},
		{"empty", "response-content-type=", false, caching(0, 60, 600), queries(edgesim.All()), nil, 200, [4]string{"text/javascript"}, ""},
		{"line-feed", "response-content-type=a%0d%0ab", false, caching(0, 60, 600), queries(edgesim.All()), nil, 400, [4]string{"InvalidArgument"}, "no header has it"},
		{"public", asked, true, caching(0, 60, 600), queries(edgesim.All()), nil, 400, [4]string{"InvalidRequest"}, "\"cannot be used with an unsigned (anonymous) request\""},
		{"public-except-host", "response-content-type=a&x=y", true, caching(0, 60, 600), exceptHost, nil, 200, [4]string{"text/javascript"}, "the parameter does not come so far"},
		{"public-other-query", "x=y", true, caching(0, 60, 600), queries(edgesim.All()), nil, 200, [4]string{"text/javascript"}, ""},
		{"public-host", "", true, caching(0, 60, 600), edgesim.AllViewer(), nil, 404, [4]string{"NoSuchBucket"}, "S3 takes the bucket's name from Host"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := behind(t, edgesim.Behavior{Origin: &edgesim.S3Origin{FS: site(), Public: tc.public}, CachePolicy: tc.cache, OriginRequestPolicy: tc.origin})
			resp, trace := get(s, "/script.js?"+tc.query, tc.headers...)
			h := resp.Header
			got := [4]string{h.Get("Content-Type"), h.Get("Content-Disposition"), h.Get("Content-Encoding"), h.Get("Cache-Control")}
			if resp.StatusCode >= 400 {
				_, code, _ := strings.Cut(body(t, resp), "<Code>")
				code, _, _ = strings.Cut(code, "<")
				got = [4]string{code}
			}
			if resp.StatusCode != tc.status || got != tc.want {
				t.Errorf("got %d %q, want %d %q (%s; %s)", resp.StatusCode, got, tc.status, tc.want, tc.reason, trace.Reason)
			}
		})
	}
}

// TestOverridesGoToServers holds that the parameters "have no effect on non-Amazon S3 origins": there they are query strings like others.
func TestOverridesGoToServers(t *testing.T) {
	t.Parallel()
	w := serving(t, says(200), caching(0, 60, 600), func(c *edgesim.Config) { c.Distribution.DefaultBehavior.OriginRequestPolicy = edgesim.AllViewer() })
	_, trace := get(w.Simulator, "/?response-content-type=a")
	if got := trace.Origins[0].Target; got != "/?response-content-type=a" {
		t.Errorf("the origin was asked for %q", got)
	}
}
