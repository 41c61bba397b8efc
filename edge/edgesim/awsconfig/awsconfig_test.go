package awsconfig_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"

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

// echo is a server that answers with what it was asked for.
func echo() *edgesim.CustomOrigin {
	return &edgesim.CustomOrigin{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(r.RequestURI + ", host " + r.Host + ", cookies " + r.Header.Get("Cookie")))
	})}
}

// passing is a function that changes nothing.
func passing() *edge.Function {
	return &edge.Function{OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return r, nil }}
}

// field is a field of the distribution in words: a path such as Behaviors[0].Origin.Attempts.
func field(d edgesim.Distribution, path string) string {
	v := reflect.ValueOf(d)
	for name := range strings.SplitSeq(path, ".") {
		name, index, indexed := strings.Cut(strings.TrimSuffix(name, "]"), "[")
		for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
			v = v.Elem()
		}
		if v.Kind() != reflect.Struct || !v.FieldByName(name).IsValid() {
			return "no " + name
		}
		v = v.FieldByName(name)
		if i, err := strconv.Atoi(index); indexed && (err != nil || i >= v.Len()) {
			return "no " + name + "[" + index + "]"
		} else if indexed {
			v = v.Index(i)
		}
	}
	return fmt.Sprint(v.Interface())
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
	want = []string{
		"origin[0]: the bucket's domain name is not known: functions see amzn-s3-demo-bucket.s3.us-east-1.amazonaws.com",
		"without effect on this machine: comment, http_version, is_ipv6_enabled, price_class, viewer_certificate, wait_for_deployment",
	}
	if diff := cmp.Diff(want, c.NotSimulated); diff != "" {
		t.Errorf("not simulated (-want +got):\n%s", diff)
	}
}

// TestTerraformModulePlan reads a plan in which the policies are made with the distribution, in a module with count: the
// policies are found through what the expressions refer to, and what is set but not known is said.
func TestTerraformModulePlan(t *testing.T) {
	t.Parallel()
	c := read(t, "terraform-module-plan.json", awsconfig.Bindings{Origins: map[string]edgesim.Origin{"site": site()}})
	for path, want := range map[string]string{
		"Behaviors[0].CachePolicy.Name": "api", "Behaviors[0].OriginRequestPolicy.Headers": "all except Host", "Behaviors[0].Origin.Protocol": "match-viewer",
		"DefaultBehavior.Origin.AuthMethod": "origin-access-identity", "DefaultBehavior.Origin.Region": "us-east-1", "DefaultBehavior.CachePolicy.DefaultTTL": "0s",
		"DefaultBehavior.ResponseHeadersPolicy.Headers": "[{X-Frame-Options DENY true} {X-A 1 true}]", "DefaultBehavior.ResponseHeadersPolicy.Remove": "[Server]",
	} {
		if got := field(c.Distribution, path); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
	want := []string{
		"default_cache_behavior.function_association[0]: the CloudFront Function module.cdn.aws_cloudfront_function.f does not run on viewer-request: say in Bindings.CloudFrontFunctions what stands for it",
		"default_cache_behavior.trusted_key_groups: requests without a signature are served; CloudFront answers 403: put the public keys of the groups into Bindings.KeyGroups",
		"ordered_cache_behavior[0].trusted_key_groups: requests without a signature are served; CloudFront answers 403: put the public keys of the groups into Bindings.KeyGroups",
		"origin[1]: the bucket's domain name is not known: functions see amzn-s3-demo-bucket.s3.us-east-1.amazonaws.com",
		"web_acl_id: no request is blocked; AWS WAF answers 403 to those that the web ACL blocks",
		"without effect on this machine: http_version, price_class, viewer_certificate, wait_for_deployment",
	}
	if diff := cmp.Diff(want, c.NotSimulated); diff != "" {
		t.Errorf("not simulated (-want +got):\n%s", diff)
	}
}

// TestTerraformModuleWithIndex reads the same plan as of a module with for_each: what it refers to is in the same module.
func TestTerraformModuleWithIndex(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("testdata/terraform-module-plan.json")
	if err != nil {
		t.Fatal(err)
	}
	c, err := awsconfig.Read([]byte(strings.ReplaceAll(string(file), `"address": "module.cdn`, `"address": "module.cdn[\"a.b\"]`)),
		awsconfig.Bindings{Origins: map[string]edgesim.Origin{"site": site()}})
	if err != nil {
		t.Fatal(err)
	}
	if got := field(c.Distribution, "Behaviors[0].CachePolicy.Name"); got != "api" {
		t.Errorf("got the policy %s, want api", got)
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
	want := []string{
		"ordered_cache_behavior[0].function_association[0]: the CloudFront Function rewrite does not run on viewer-request: say in Bindings.CloudFrontFunctions what stands for it",
		"web_acl_id: no request is blocked; AWS WAF answers 403 to those that the web ACL blocks",
		"without effect on this machine: comment, http_version, is_ipv6_enabled, origin[].origin_shield, price_class, viewer_certificate, wait_for_deployment",
	}
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
	if !ok {
		t.Fatalf("origin group: got %+v", b.Origin)
	}
	wantGroup := &edgesim.OriginGroup{
		Primary: &edgesim.CustomOrigin{DomainName: "one.example.com", Path: "/v1", Protocol: edgesim.OriginHTTPOnly, HTTPPort: 8080, HTTPSPort: 443,
			CustomHeaders: http.Header{"X-Origin-Secret": {"example"}}, ReadTimeout: 20 * time.Second, Keepalive: 15 * time.Second,
			Connect: 5 * time.Second, Attempts: 2, Protocols: []string{"TLSv1.2"}},
		Secondary: &edgesim.CustomOrigin{DomainName: "two.example.com", Protocol: edgesim.OriginHTTPSOnly, HTTPPort: 80, HTTPSPort: 443,
			ReadTimeout: 30 * time.Second, Keepalive: 5 * time.Second, Connect: 10 * time.Second, Attempts: 3, Protocols: []string{"TLSv1.2"}},
		Statuses: []int{500, 503},
	}
	if diff := cmp.Diff(wantGroup, group); diff != "" {
		t.Errorf("origin group (-want +got):\n%s", diff)
	}
	wantPolicy := &edgesim.CachePolicy{Name: "legacy cache settings", Legacy: true, MinTTL: time.Second, DefaultTTL: 30 * time.Second, MaxTTL: 5 * time.Minute,
		Headers: []string{"Origin"}, Cookies: edgesim.Only("session"), QueryStrings: edgesim.Only("user"), Gzip: true}
	if diff := cmp.Diff(wantPolicy, b.CachePolicy, cmp.AllowUnexported(edgesim.Selection{})); diff != "" {
		t.Errorf("cache settings (-want +got):\n%s", diff)
	}
	if p := b.OriginRequestPolicy; p == nil || p.QueryStrings.String() != "all" || !p.Headers.None() || !p.Cookies.None() {
		t.Errorf("got the origin request policy %+v, want all query strings: the list is for the key alone", p)
	}
	wantErrors := []edgesim.ErrorResponse{{Status: 403, CachingTTL: 10 * time.Second, PagePath: "/404.html", ResponseCode: 404}}
	if diff := cmp.Diff(wantErrors, d.ErrorResponses); diff != "" {
		t.Errorf("error responses (-want +got):\n%s", diff)
	}
	want := []string{
		"CacheBehaviors[0].TrustedSigners: requests without a signature are served; CloudFront answers 403: put the public keys of self into Bindings.KeyGroups",
		"without effect on this machine: CallerReference, Comment, HttpVersion, IsIPV6Enabled, Origins[].OriginShield, PriceClass, ViewerCertificate",
	}
	if diff := cmp.Diff(want, c.NotSimulated); diff != "" {
		t.Errorf("not simulated (-want +got):\n%s", diff)
	}
	if _, err := edgesim.New(edgesim.Config{Distribution: d}); err != nil {
		t.Error(err)
	}
}

// TestMissing holds that all that is missing is named at once.
func TestMissing(t *testing.T) {
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
}

// FuzzRead holds that no file makes Read panic, that what it accepts New judges without a panic, and that notes are the
// same each time, and lines that a terminal can show, of which one at most is the one without effect.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"terraform-plan.json", "terraform-module-plan.json", "terraform-state.json", "get-distribution-config.json",
		"oai-site.json", "function-url.json", "legacy.json", "cloudformation.json"} {
		file, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(file)
	}
	redirect, headers := functions()
	b := awsconfig.Bindings{
		Origins:   map[string]edgesim.Origin{"site": site(), "S3-www.example.com": site(), "assets": site(), "docs": site(), "server": echo(), "shop-lb": echo()},
		Functions: map[string]edgesim.Function{"viewer-request": redirect, "origin-request": passing(), "origin-response": headers},
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		c, err := awsconfig.Read(file, b)
		if err != nil {
			return
		}
		again, err := awsconfig.Read(file, b)
		if err != nil || !slices.Equal(again.NotSimulated, c.NotSimulated) {
			t.Errorf("the second time: %v and notes\n%q, want\n%q", err, again.NotSimulated, c.NotSimulated)
		}
		for i, line := range c.NotSimulated {
			control := strings.ContainsFunc(line, func(r rune) bool { return !unicode.IsPrint(r) && r != unicode.ReplacementChar })
			if control || strings.HasPrefix(line, "without effect on") && i < len(c.NotSimulated)-1 {
				t.Errorf("line %d is %q", i, line)
			}
		}
		if !json.Valid(file) {
			t.Error("accepted what is no JSON")
		}
		edgesim.New(edgesim.Config{Distribution: c.Distribution})
	})
}
