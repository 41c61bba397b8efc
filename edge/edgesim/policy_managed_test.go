package edgesim_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestManagedPolicies holds each policy of using-managed-cache-policies.html and
// using-managed-origin-request-policies.html to the values that the page gives.
func TestManagedPolicies(t *testing.T) {
	t.Parallel()
	const amplify, origins = "Authorization, CloudFront-Viewer-Country, Host", "Host, Origin, X-HTTP-Method-Override, X-HTTP-Method, X-Method-Override"
	cachePolicies := []struct{ name, id, times, headers, cookies, query, compression string }{
		{"Managed-Amplify", "2e54312d-136d-493c-8eb9-b001f22f67d2", "2 2 600", amplify, "all", "all", "gzip br"},
		{"Managed-CachingDisabled", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "0 0 0", "", "none", "none", ""},
		{"Managed-CachingOptimized", "658327ea-f89d-4fab-a63d-7e88639e58f6", "1 86400 31536000", "", "none", "none", "gzip br"},
		{"Managed-CachingOptimizedForUncompressedObjects", "b2884449-e4de-46a7-ac36-70bc7f1ddd6d", "1 86400 31536000", "", "none", "none", ""},
		{"Managed-Elemental-MediaPackage", "08627262-05a9-4f76-9ded-b50ca2e3a84f", "0 86400 31536000", "Origin", "none", "aws.manifestfilter, start, end, m", "gzip"},
		{"UseOriginCacheControlHeaders", "83da9c7e-98b4-4e11-a168-04f0df8e2c65", "0 0 31536000", origins, "all", "none", "gzip br"},
		{"UseOriginCacheControlHeaders-QueryStrings", "4cc15a8a-d715-48a4-82b8-cc0b614638fe", "0 0 31536000", origins, "all", "all", "gzip br"},
	}
	for _, tc := range cachePolicies {
		for _, by := range []string{tc.name, strings.TrimPrefix(tc.name, "Managed-"), tc.id} {
			p := edgesim.ManagedCachePolicy(by)
			if p == nil {
				t.Errorf("no cache policy %s", by)
				continue
			}
			got := tc
			got.name, got.id, got.headers, got.cookies, got.query = p.Name, p.ID, strings.Join(p.Headers, ", "), p.Cookies.String(), p.QueryStrings.String()
			got.times = fmt.Sprint(p.MinTTL.Seconds(), p.DefaultTTL.Seconds(), int(p.MaxTTL.Seconds()))
			got.compression = strings.Trim(map[bool]string{true: "gzip"}[p.Gzip]+map[bool]string{true: " br"}[p.Brotli], " ")
			if got != tc {
				t.Errorf("cache policy %s: got %+v, want %+v", by, got, tc)
			}
		}
	}
	const preflight = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"
	requestPolicies := []struct {
		name, id, headers, cookies, query string
		cloudFront                        int // how many CloudFront headers are added
	}{
		{"Managed-AllViewer", "216adef6-5c7f-47e4-b989-5492eafa07d3", "all", "all", "all", 0},
		{"Managed-AllViewerAndCloudFrontHeaders-2022-06", "33f36d7e-f396-46d9-90e0-52428a34d9dc", "all", "all", "all", 21},
		{"Managed-AllViewerExceptHostHeader", "b689b0a8-53d0-40ab-baf2-68738e2966ac", "all except Host", "all", "all", 21},
		{"Managed-CORS-CustomOrigin", "59781a5b-3903-41f3-afcb-af62929ccde1", "Origin", "none", "none", 0},
		{"Managed-CORS-S3Origin", "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf", preflight, "none", "none", 0},
		{"Managed-Elemental-MediaTailor-PersonalizedManifests", "775133bc-15f2-49f9-abea-afb2e0bf67d2", preflight + ", User-Agent, X-Forwarded-For", "none", "all", 0},
		{"Managed-HostHeaderOnly", "bf0718e1-ba1e-49d1-88b1-f726733018ae", "Host", "none", "none", 0},
		{"Managed-UserAgentRefererHeaders", "acba4595-bd28-49b8-b9fe-13317c0390fa", "User-Agent, Referer", "none", "none", 0},
	}
	for _, tc := range requestPolicies {
		for _, by := range []string{tc.name, strings.TrimPrefix(tc.name, "Managed-"), tc.id} {
			p := edgesim.ManagedOriginRequestPolicy(by)
			if p == nil {
				t.Errorf("no origin request policy %s", by)
				continue
			}
			got := tc
			got.name, got.id, got.headers, got.cookies, got.query, got.cloudFront = p.Name, p.ID, p.Headers.String(), p.Cookies.String(), p.QueryStrings.String(), len(p.CloudFront)
			if got != tc {
				t.Errorf("origin request policy %s: got %+v, want %+v", by, got, tc)
			}
		}
	}
	if p := edgesim.ManagedCachePolicy("no such"); p != nil {
		t.Errorf("got %+v for a name that is none", p)
	}
	if diff := cmp.Diff(edgesim.AllViewerAndCloudFrontHeaders().CloudFront, edgesim.AllViewerExceptHostHeader().CloudFront); diff != "" {
		t.Errorf("CloudFront headers (-2022-06 +except host):\n%s", diff)
	}
}
