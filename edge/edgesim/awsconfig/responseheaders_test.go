package awsconfig_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// TestTerraformHeadersPolicy holds every setting of aws_cloudfront_response_headers_policy.
func TestTerraformHeadersPolicy(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, settings string
		want           edgesim.ResponseHeadersPolicy
	}{
		{"cors", `"cors_config": [{"access_control_allow_credentials": true, "access_control_max_age_sec": 600, "origin_override": true,
			"access_control_allow_headers": [{"items": ["X-A"]}], "access_control_allow_methods": [{"items": ["GET"]}],
			"access_control_allow_origins": [{"items": ["https://example.com"]}], "access_control_expose_headers": []}]`,
			edgesim.ResponseHeadersPolicy{CORS: &edgesim.CORSHeaders{Origins: []string{"https://example.com"}, Methods: []string{"GET"},
				Headers: []string{"X-A"}, MaxAge: 600, Credentials: true, Override: true}}},
		{"all-methods", `"cors_config": [{"access_control_allow_methods": [{"items": ["ALL"]}], "access_control_allow_origins": [{"items": ["*"]}]}]`,
			edgesim.ResponseHeadersPolicy{CORS: &edgesim.CORSHeaders{Origins: []string{"*"}, Methods: []string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}}}},
		{"security", `"security_headers_config": [{"content_security_policy": [{"content_security_policy": "default-src 'self'", "override": true}],
			"content_type_options": [{"override": true}], "frame_options": [{"frame_option": "DENY"}], "referrer_policy": [{"referrer_policy": "no-referrer"}],
			"strict_transport_security": [{"access_control_max_age_sec": 63072000, "include_subdomains": true, "preload": true}],
			"xss_protection": [{"protection": true, "mode_block": true}]}]`,
			edgesim.ResponseHeadersPolicy{Headers: []edgesim.ResponseHeader{
				{Name: "Content-Security-Policy", Value: "default-src 'self'", Override: true}, {Name: "X-Content-Type-Options", Value: "nosniff", Override: true},
				{Name: "X-Frame-Options", Value: "DENY"}, {Name: "Referrer-Policy", Value: "no-referrer"},
				{Name: "Strict-Transport-Security", Value: "max-age=63072000; includeSubDomains; preload"}, {Name: "X-XSS-Protection", Value: "1; mode=block"},
			}}},
		{"xss-off", `"security_headers_config": [{"xss_protection": [{"protection": false}]}]`,
			edgesim.ResponseHeadersPolicy{Headers: []edgesim.ResponseHeader{{Name: "X-XSS-Protection", Value: "0"}}}},
		{"xss-report", `"security_headers_config": [{"xss_protection": [{"protection": true, "report_uri": "/report"}]}]`,
			edgesim.ResponseHeadersPolicy{Headers: []edgesim.ResponseHeader{{Name: "X-XSS-Protection", Value: "1; report=/report"}}}},
		{"custom", `"custom_headers_config": [{"items": [{"header": "X-A", "value": "1", "override": true}]}]`,
			edgesim.ResponseHeadersPolicy{Headers: []edgesim.ResponseHeader{{Name: "X-A", Value: "1", Override: true}}}},
		{"timing-and-removal", `"server_timing_headers_config": [{"enabled": true, "sampling_rate": 12.5}], "remove_headers_config": [{"items": [{"header": "Server"}]}]`,
			edgesim.ResponseHeadersPolicy{Remove: []string{"Server"}, ServerTiming: 12.5}},
		{"timing-off", `"server_timing_headers_config": [{"enabled": false, "sampling_rate": 50}]`, edgesim.ResponseHeadersPolicy{}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c, err := awsconfig.Read([]byte(`{"values": {"root_module": {"resources": [
				{"address": "aws_cloudfront_distribution.d", "type": "aws_cloudfront_distribution", "values": {
					"origin": [{"origin_id": "o", "domain_name": "o.s3.eu-west-1.amazonaws.com", "origin_access_control_id": "E1"}],
					"default_cache_behavior": [{"target_origin_id": "o", "cache_policy_id": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "response_headers_policy_id": "h"}]}},
				{"address": "aws_cloudfront_response_headers_policy.p", "type": "aws_cloudfront_response_headers_policy", "values": {"id": "h", "name": "n", `+tc.settings+`}}]}}}`),
				awsconfig.Bindings{Origins: map[string]edgesim.Origin{"o": site()}})
			if err != nil {
				t.Fatal(err)
			}
			tc.want.Name, tc.want.ID = "n", "h"
			if diff := cmp.Diff(&tc.want, c.Distribution.DefaultBehavior.ResponseHeadersPolicy); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if len(c.NotSimulated) > 0 {
				t.Errorf("notes: %q", c.NotSimulated)
			}
		})
	}
}
