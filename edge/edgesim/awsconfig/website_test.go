package awsconfig_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

const (
	httpOnly = `, "CustomOriginConfig": {"OriginProtocolPolicy": "http-only"}`
	endpoint = "o.s3-website-us-east-1.amazonaws.com"
)

// TestWebsiteBinding holds what a bucket's website is bound to, and what is said of it.
func TestWebsiteBinding(t *testing.T) {
	t.Parallel()
	site := &edgesim.WebsiteOrigin{FS: fstest.MapFS{}, IndexDocument: "index.html"}
	tests := []struct{ name, origin, domain, notes, wrong string }{
		{"dashed", httpOnly, endpoint, "", ""},
		{"dotted", httpOnly, "o.s3-website.eu-central-1.amazonaws.com", "", ""},
		{"china", httpOnly, "o.s3-website.cn-north-1.amazonaws.com.cn", "", ""},
		{"https", httpsOnly, endpoint, "Origins[0]: a bucket's website is asked by http; it takes no https, by which CloudFront asks it with the protocol policy https-only", ""},
		{"bucket", `, "S3OriginConfig": {"OriginAccessIdentity": ""}`, "o.s3.amazonaws.com", "Origins[0]: a bucket, with its website in its place: functions see origin.custom; at CloudFront they see origin.s3", ""},
		{"server", httpsOnly, "o.example.com", "Origins[0]: an HTTP server, with a bucket's website in its place: functions see http and port 80", ""},
		{"no-index", httpOnly, endpoint, "", `Origins[0]: origin "o" is a bucket's website: say in its edgesim.WebsiteOrigin which IndexDocument`},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			bound := *site
			if tc.wrong != "" {
				bound.IndexDocument = ""
			}
			file := strings.Replace(minimal(tc.origin+`, "OriginPath": "/live"`, disabled, ""), "o.example.com", tc.domain, 1)
			c, err := awsconfig.Read([]byte(file), awsconfig.Bindings{Origins: map[string]edgesim.Origin{"o": &bound}})
			if tc.wrong != "" {
				failsWith(t, err, tc.wrong)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(c.NotSimulated, "\n"); got != tc.notes {
				t.Errorf("got the notes %q, want %q", got, tc.notes)
			}
			got := c.Distribution.DefaultBehavior.Origin.(*edgesim.WebsiteOrigin)
			if got.DomainName != tc.domain || got.Path != "/live" || got == &bound || bound.DomainName != "" {
				t.Errorf("got %q %q, want %q and /live in a copy", got.DomainName, got.Path, tc.domain)
			}
		})
	}
}

// TestTerraformWebsite holds what Terraform's resources say of a website (provider 6.47.1: aws_s3_bucket_website_configuration, aws_s3_bucket, aws_s3_object).
func TestTerraformWebsite(t *testing.T) {
	t.Parallel()
	folder := &edgesim.S3Origin{FS: fstest.MapFS{}}
	own := &edgesim.WebsiteOrigin{FS: fstest.MapFS{}, IndexDocument: "home.html"}
	rules := `"routing_rule": [{"condition": [{"key_prefix_equals": "docs/", "http_error_code_returned_equals": ""}],
		"redirect": [{"replace_key_prefix_with": "documents/", "replace_key_with": "", "host_name": "", "http_redirect_code": "302", "protocol": "https"}]}]`
	wantRules := []edgesim.RoutingRule{{KeyPrefix: "docs/", ReplaceKeyPrefixWith: new("documents/"), RedirectCode: 302, Protocol: "https"}}
	text := `"routing_rules": "[{\"Condition\":{\"HttpErrorCodeReturnedEquals\":\"404\",\"KeyPrefixEquals\":null},\"Redirect\":{\"HostName\":\"a.example.com\",\"ReplaceKeyWith\":\"x\"}},{\"Condition\":{\"KeyPrefixEquals\":\"old/\"},\"Redirect\":{\"ReplaceKeyPrefixWith\":\"\"}}]"`
	wantText := []edgesim.RoutingRule{{ErrorCode: 404, HostName: "a.example.com", ReplaceKeyWith: "x"}, {KeyPrefix: "old/", ReplaceKeyPrefixWith: new("")}}
	documents := `"index_document": [{"suffix": "index.html"}], "error_document": [{"key": "404.html"}]`
	tests := []struct {
		name, kind, values string
		bound              edgesim.Origin
		want               edgesim.WebsiteOrigin
	}{
		{"by-endpoint", "aws_s3_bucket_website_configuration", `"website_endpoint": "` + endpoint + `", ` + documents, folder, edgesim.WebsiteOrigin{IndexDocument: "index.html", ErrorDocument: "404.html"}},
		{"by-bucket", "aws_s3_bucket_website_configuration", `"bucket": "o", ` + documents, folder, edgesim.WebsiteOrigin{IndexDocument: "index.html", ErrorDocument: "404.html"}},
		{"binding-first", "aws_s3_bucket_website_configuration", `"bucket": "o", ` + documents, own, edgesim.WebsiteOrigin{IndexDocument: "home.html", ErrorDocument: "404.html"}},
		{"rules", "aws_s3_bucket_website_configuration", `"bucket": "o", "index_document": [{"suffix": "i"}], ` + rules, folder, edgesim.WebsiteOrigin{IndexDocument: "i", RoutingRules: wantRules}},
		{"rule-for-the-protocol", "aws_s3_bucket_website_configuration", `"bucket": "o", "index_document": [{"suffix": "i"}], "routing_rule": [{"condition": [{"key_prefix_equals": "a"}], "redirect": [{"protocol": "https", "replace_key_prefix_with": ""}]}]`,
			folder, edgesim.WebsiteOrigin{IndexDocument: "i", RoutingRules: []edgesim.RoutingRule{{KeyPrefix: "a", Protocol: "https"}}}},
		{"rules-as-text", "aws_s3_bucket_website_configuration", `"bucket": "o", "index_document": [{"suffix": "i"}], ` + rules + `, ` + text, folder, edgesim.WebsiteOrigin{IndexDocument: "i", RoutingRules: wantText}},
		{"redirect-all", "aws_s3_bucket_website_configuration", `"bucket": "o", "redirect_all_requests_to": [{"host_name": "b.example.com", "protocol": "https"}]`, folder, edgesim.WebsiteOrigin{RedirectAllRequestsTo: "https://b.example.com"}},
		{"redirect-all-by-its-protocol", "aws_s3_bucket_website_configuration", `"bucket": "o", "redirect_all_requests_to": [{"host_name": "b.example.com", "protocol": ""}]`, folder, edgesim.WebsiteOrigin{RedirectAllRequestsTo: "b.example.com"}},
		{"block-of-a-bucket", "aws_s3_bucket", `"bucket": "o", "website": [{"index_document": "index.html", "error_document": "e.html", ` + text + `}]`, folder, edgesim.WebsiteOrigin{IndexDocument: "index.html", ErrorDocument: "e.html", RoutingRules: wantText}},
		{"object-redirect", "aws_s3_object", `"key": "old.html", "website_redirect": "/new.html"`, own, edgesim.WebsiteOrigin{IndexDocument: "home.html", Redirects: map[string]string{"old.html": "/new.html"}}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			file := terraformSite(`"domain_name": "`+endpoint+`", `, tc.kind, tc.values)
			c, err := awsconfig.Read([]byte(file), awsconfig.Bindings{Origins: map[string]edgesim.Origin{"o": tc.bound}})
			if err != nil {
				t.Fatal(err)
			}
			tc.want.DomainName = endpoint
			ignored := cmpopts.IgnoreFields(edgesim.WebsiteOrigin{}, "FS", "ReadTimeout", "Keepalive", "CustomHeaders")
			got := c.Distribution.DefaultBehavior.Origin
			if diff := cmp.Diff(edgesim.Origin(&tc.want), got, ignored); diff != "" || len(c.NotSimulated) > 0 {
				t.Errorf("(-want +got):\n%s%q", diff, c.NotSimulated)
			}
			if _, err := edgesim.New(edgesim.Config{Distribution: c.Distribution}); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("domain-not-known", func(t *testing.T) {
		t.Parallel()
		c, err := awsconfig.Read([]byte(strings.Replace(terraformSite("", "aws_s3_bucket_website_configuration", documents), `"values": {"root`, `"planned_values": {"root`, 1)),
			awsconfig.Bindings{Origins: map[string]edgesim.Origin{"o": folder}})
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := c.Distribution.DefaultBehavior.Origin.(*edgesim.WebsiteOrigin); !ok || got.ErrorDocument != "404.html" {
			t.Errorf("got %#v, want the only website", c.Distribution.DefaultBehavior.Origin)
		}
	})
	t.Run("bad-text", func(t *testing.T) {
		t.Parallel()
		_, err := awsconfig.Read([]byte(terraformSite(`"domain_name": "`+endpoint+`", `, "aws_s3_bucket_website_configuration", documents+`, "routing_rules": "<RoutingRules/>"`)),
			awsconfig.Bindings{Origins: map[string]edgesim.Origin{"o": folder}})
		failsWith(t, err, "r.routing_rules: invalid character '<'")
	})
	t.Run("redirect-in-a-bucket", func(t *testing.T) {
		t.Parallel()
		file := strings.Replace(terraformSite(`"domain_name": "o.s3.eu-west-1.amazonaws.com", `, "aws_s3_object", `"key": "a", "website_redirect": "/b"`), "http-only", "https-only", 1)
		c, err := awsconfig.Read([]byte(file), awsconfig.Bindings{Origins: map[string]edgesim.Origin{"o": folder}})
		if want := `website_redirect; S3 sends "/b"`; err != nil || !strings.Contains(strings.Join(c.NotSimulated, "\n"), want) {
			t.Errorf("got %q and error %v, want %q", c.NotSimulated, err, want)
		}
	})
}

// terraformSite is a state with a distribution in front of a website, and one more resource.
func terraformSite(domain, kind, values string) string {
	return `{"values": {"root_module": {"resources": [
		{"address": "aws_cloudfront_distribution.d", "type": "aws_cloudfront_distribution", "values": {
			"origin": [{"origin_id": "o", ` + domain + `"custom_origin_config": [{"origin_protocol_policy": "http-only", "http_port": 80, "https_port": 443}]}],
			"default_cache_behavior": [{"target_origin_id": "o", "cache_policy_id": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
				"origin_request_policy_id": null, "response_headers_policy_id": null}]}},
		{"address": "r", "type": "` + kind + `", "values": {` + values + `}}]}}}`
}

// TestWebsiteOfAConfiguration asks through a distribution as read.
func TestWebsiteOfAConfiguration(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"docs/index.html": {Data: []byte("documents")}}
	file := strings.Replace(minimal(httpOnly, disabled, ""), "o.example.com", endpoint, 1)
	c, err := awsconfig.Read([]byte(file), awsconfig.Bindings{Origins: map[string]edgesim.Origin{"o": &edgesim.WebsiteOrigin{FS: files, IndexDocument: "index.html"}}})
	if err != nil {
		t.Fatal(err)
	}
	sim, err := edgesim.New(edgesim.Config{Distribution: c.Distribution})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{"/docs/": 200, "/docs": 302, "/lost": 404} {
		if resp, _ := sim.Do(httptest.NewRequest("GET", path, nil)); resp.StatusCode != want {
			t.Errorf("%s: got %d, want %d", path, resp.StatusCode, want)
		}
	}
}

// failsWith holds that an error has the words.
func failsWith(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got error %v, want one with %q", err, want)
	}
}
