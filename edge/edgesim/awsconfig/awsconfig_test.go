package awsconfig_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

func site() *edgesim.S3Origin {
	return &edgesim.S3Origin{FS: fstest.MapFS{"index.html": {Data: []byte("index")}, "404.html": {Data: []byte("nothing here")}}}
}

func functions() (redirect, headers edgesim.Function) {
	return &edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return r, nil }},
		&edge.Function{OriginResponse: func(_ context.Context, r *edge.Response) error { r.Header.Set("X-Policy", "yes"); return nil }}
}

func read(t testing.TB, name string, b awsconfig.Bindings) *awsconfig.Config {
	t.Helper()
	file, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	c, err := awsconfig.Read(file, b)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestTerraformPlan runs the demo's stack as terraform plans it: what is known after the apply only is bound by
// trigger.
func TestTerraformPlan(t *testing.T) {
	t.Parallel()
	redirect, headers := functions()
	c := read(t, "terraform-plan.json", awsconfig.Bindings{
		Origins:   map[string]edgesim.Origin{"site": site()},
		Functions: map[string]edgesim.Function{"viewer-request": redirect, "origin-response": headers},
	})
	s, err := edgesim.New(edgesim.Config{Distribution: c.Distribution})
	if err != nil {
		t.Fatal(err)
	}
	resp, trace := s.Do(httptest.NewRequest("GET", "/", nil))
	h := resp.Header
	got := []string{resp.Status, h.Get("Content-Type"), h.Get("Cache-Control"), h.Get("X-Policy"), trace.Cache.Policy, trace.Cache.TTL.String()}
	want := []string{"200 OK", "text/html; charset=utf-8", "public, max-age=300", "yes", "Managed-CachingOptimized", "5m0s"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("/ (-want +got):\n%s", diff)
	}
	if resp, _ := s.Do(httptest.NewRequest("GET", "/missing", nil)); resp.StatusCode != 404 {
		t.Errorf("/missing: got %d, want the custom error response 404", resp.StatusCode)
	}
	want = []string{"http_version: http2and3", "is_ipv6_enabled: true", "viewer_certificate: a block"}
	if diff := cmp.Diff(want, c.NotSimulated); diff != "" {
		t.Errorf("not simulated (-want +got):\n%s", diff)
	}
}

func TestTerraformState(t *testing.T) {
	t.Parallel()
	redirect, headers := functions()
	api := &edgesim.CustomOrigin{Handler: http.NotFoundHandler()}
	c := read(t, "terraform-state.json", awsconfig.Bindings{
		Origins: map[string]edgesim.Origin{"site": site(), "api.example.com": api},
		Functions: map[string]edgesim.Function{"githubdemo-viewerrequest": redirect,
			"arn:aws:lambda:us-east-1:111122223333:function:githubdemo-originresponse": headers},
	})
	d := c.Distribution
	if d.DomainName != "d111111abcdef8.cloudfront.net" || d.ID != "EDFDVBD6EXAMPLE" || d.DefaultBehavior.Functions.ViewerRequest.Name != "githubdemo-viewerrequest" {
		t.Errorf("got %q, %q, %q", d.DomainName, d.ID, d.DefaultBehavior.Functions.ViewerRequest.Name)
	}
	b := d.Behaviors[0]
	wantPolicy := &edgesim.CachePolicy{Name: "githubdemo-api", ID: "11111111-2222-3333-4444-555555555555", DefaultTTL: 5 * time.Second, MaxTTL: time.Minute,
		Headers: []string{"Origin"}, Cookies: edgesim.AllExcept("_ga"), QueryStrings: edgesim.Only("user"), Gzip: true}
	if diff := cmp.Diff(wantPolicy, b.CachePolicy, cmp.AllowUnexported(edgesim.Selection{})); diff != "" {
		t.Errorf("cache policy (-want +got):\n%s", diff)
	}
	o := b.Origin.(*edgesim.CustomOrigin)
	if o.Path != "/v1" || o.DomainName != "api.example.com" || o.CustomHeaders.Get("X-Origin-Secret") != "example" || o.ReadTimeout != 20*time.Second || o.Attempts != 2 || api.Path != "" {
		t.Errorf("origin: got %+v", o)
	}
	want := []string{"http_version: http2and3", "is_ipv6_enabled: true", "ordered_cache_behavior[0].function_association[0]: CloudFront Function on viewer-request",
		"ordered_cache_behavior[0].response_headers_policy_id: 67f7725c-6f97-4210-82d7-5512b31e9d03", "origin[1].origin_shield: on",
		"viewer_certificate: a block", "web_acl_id: arn:aws:wafv2:us-east-1:111122223333:global/webacl/example/0"}
	if diff := cmp.Diff(want, c.NotSimulated); diff != "" {
		t.Errorf("not simulated (-want +got):\n%s", diff)
	}
	if _, err := edgesim.New(edgesim.Config{Distribution: d}); err != nil {
		t.Error(err)
	}
}

func TestDistributionConfig(t *testing.T) {
	t.Parallel()
	redirect, headers := functions()
	c := read(t, "get-distribution-config.json", awsconfig.Bindings{
		Origins:   map[string]edgesim.Origin{"site": site()},
		Functions: map[string]edgesim.Function{"viewer-request": redirect, "origin-response": headers},
	})
	d := c.Distribution
	b := d.Behaviors[0]
	group, ok := b.Origin.(*edgesim.OriginGroup)
	if !ok || group.Primary.(*edgesim.CustomOrigin).URL != "http://one.example.com:8080" || group.Secondary.(*edgesim.CustomOrigin).URL != "https://two.example.com" {
		t.Errorf("origin group: got %+v", b.Origin)
	}
	if diff := cmp.Diff([]int{500, 503}, group.Statuses); diff != "" {
		t.Error(diff)
	}
	wantPolicy := &edgesim.CachePolicy{Name: "legacy cache settings", Legacy: true, MinTTL: time.Second, DefaultTTL: 30 * time.Second, MaxTTL: 5 * time.Minute,
		Headers: []string{"Origin"}, Cookies: edgesim.Only("session"), QueryStrings: edgesim.Only("user")}
	if diff := cmp.Diff(wantPolicy, b.CachePolicy, cmp.AllowUnexported(edgesim.Selection{})); diff != "" {
		t.Errorf("cache settings (-want +got):\n%s", diff)
	}
	wantErrors := []edgesim.ErrorResponse{{Status: 403, CachingTTL: 10 * time.Second, PagePath: "/404.html", ResponseCode: 404}}
	if diff := cmp.Diff(wantErrors, d.ErrorResponses); diff != "" {
		t.Errorf("error responses (-want +got):\n%s", diff)
	}
	want := []string{"CacheBehaviors[0].TrustedSigners: a block", "HttpVersion: http2and3", "IsIPV6Enabled: true", "Origins[2].OriginShield: on",
		"Restrictions.GeoRestriction: whitelist of 1 countries", "ViewerCertificate: a block"}
	if diff := cmp.Diff(want, c.NotSimulated); diff != "" {
		t.Errorf("not simulated (-want +got):\n%s", diff)
	}
	if _, err := edgesim.New(edgesim.Config{Distribution: d}); err != nil {
		t.Error(err)
	}
}

// TestMistakes holds that all that is missing is named at once.
func TestMistakes(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("testdata/terraform-state.json")
	if err != nil {
		t.Fatal(err)
	}
	_, err = awsconfig.Read(file, awsconfig.Bindings{})
	for _, want := range []string{`origin "site" is a bucket`, "githubdemo-viewerrequest:7", "githubdemo-originresponse:3"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got error %v, want one with %q", err, want)
		}
	}
	tests := []struct{ name, file, want string }{
		{"not-json", "{", "not a JSON object"},
		{"list", "[]", "not a JSON object"},
		{"something-else", `{"a":1}`, "neither"},
		{"no-distribution", `{"values":{"root_module":{"resources":[]}}}`, "got 0 resources"},
		{"no-such-origin", `{"DefaultCacheBehavior":{"TargetOriginId":"x","CachePolicyId":"658327ea-f89d-4fab-a63d-7e88639e58f6"}}`, `no origin has the id "x"`},
		{"no-such-policy", `{"DefaultCacheBehavior":{"TargetOriginId":"x","CachePolicyId":"y"}}`, `cache policy "y"`},
		{"wrong-type", `{"DefaultRootObject":7,"DefaultCacheBehavior":{"TargetOriginId":"x"}}`, "want a string"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if _, err := awsconfig.Read([]byte(tc.file), awsconfig.Bindings{}); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got error %v, want one with %q", err, tc.want)
			}
		})
	}
}

// FuzzRead holds that no file makes Read panic, and that what it accepts, New judges without a panic.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"terraform-plan.json", "terraform-state.json", "get-distribution-config.json"} {
		file, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(file)
	}
	redirect, headers := functions()
	f.Fuzz(func(t *testing.T, file []byte) {
		c, err := awsconfig.Read(file, awsconfig.Bindings{
			Origins:   map[string]edgesim.Origin{"site": site()},
			Functions: map[string]edgesim.Function{"viewer-request": redirect, "origin-response": headers},
		})
		if err != nil {
			return
		}
		if !json.Valid(file) {
			t.Error("accepted what is no JSON")
		}
		edgesim.New(edgesim.Config{Distribution: c.Distribution})
	})
}
