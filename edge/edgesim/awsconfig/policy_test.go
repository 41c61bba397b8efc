package awsconfig_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// TestAddPolicy: the three kinds as AWS's command line prints them.
func TestAddPolicy(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		file, err string
		want      awsconfig.Bindings
	}{
		"cache policy": {
			file: `{"ETag": "E1", "CachePolicy": {"Id": "one", "LastModifiedTime": "2026-01-01T00:00:00Z", "CachePolicyConfig": {
				"Comment": "", "Name": "by language", "DefaultTTL": 60, "MaxTTL": 120, "MinTTL": 1,
				"ParametersInCacheKeyAndForwardedToOrigin": {"EnableAcceptEncodingGzip": true, "EnableAcceptEncodingBrotli": false,
					"HeadersConfig": {"HeaderBehavior": "whitelist", "Headers": {"Quantity": 1, "Items": ["Accept-Language"]}},
					"CookiesConfig": {"CookieBehavior": "none"}, "QueryStringsConfig": {"QueryStringBehavior": "all"}}}}}`,
			want: awsconfig.Bindings{CachePolicies: map[string]*edgesim.CachePolicy{"id": {
				Name: "by language", MinTTL: time.Second, DefaultTTL: time.Minute, MaxTTL: 2 * time.Minute, Headers: []string{"Accept-Language"},
				QueryStrings: edgesim.All(), Gzip: true,
			}}},
		},
		"origin request policy": {
			file: `{"OriginRequestPolicyConfig": {"Name": "all cookies", "HeadersConfig": {"HeaderBehavior": "none"},
				"CookiesConfig": {"CookieBehavior": "all"}, "QueryStringsConfig": {"QueryStringBehavior": "whitelist", "QueryStrings": {"Quantity": 1, "Items": ["q"]}}}}`,
			want: awsconfig.Bindings{OriginRequestPolicies: map[string]*edgesim.OriginRequestPolicy{"id": {
				Name: "all cookies", Cookies: edgesim.All(), QueryStrings: edgesim.Only("q"),
			}}},
		},
		"response headers policy": {
			file: `{"ResponseHeadersPolicy": {"Id": "three", "ResponseHeadersPolicyConfig": {"Name": "headers",
				"SecurityHeadersConfig": {"XSSProtection": {"Override": true, "Protection": true, "ModeBlock": true}},
				"CustomHeadersConfig": {"Quantity": 1, "Items": [{"Header": "X-A", "Value": "b", "Override": false}]},
				"RemoveHeadersConfig": {"Quantity": 1, "Items": [{"Header": "Server"}]}}}}`,
			want: awsconfig.Bindings{ResponseHeadersPolicies: map[string]*edgesim.ResponseHeadersPolicy{"id": {
				Name: "headers", Remove: []string{"Server"}, Headers: []edgesim.ResponseHeader{
					{Name: "X-XSS-Protection", Value: "1; mode=block", Override: true}, {Name: "X-A", Value: "b"},
				},
			}}},
		},
		"CloudFormation's lists are plain": {
			file: `{"CachePolicyConfig": {"Name": "p", "MinTTL": 1, "DefaultTTL": 3600, "MaxTTL": "86400", "ParametersInCacheKeyAndForwardedToOrigin": {
				"EnableAcceptEncodingGzip": true, "EnableAcceptEncodingBrotli": "false", "QueryStringsConfig": {"QueryStringBehavior": "none"},
				"HeadersConfig": {"HeaderBehavior": "whitelist", "Headers": ["X-A", "X-B"]}, "CookiesConfig": {"CookieBehavior": "allExcept", "Cookies": ["s"]}}}}`,
			want: awsconfig.Bindings{CachePolicies: map[string]*edgesim.CachePolicy{"id": {
				Name: "p", MinTTL: time.Second, DefaultTTL: time.Hour, MaxTTL: 24 * time.Hour, Gzip: true, Headers: []string{"X-A", "X-B"}, Cookies: edgesim.AllExcept("s"),
			}}},
		},
		"CloudFormation's lists of CloudFront headers": {
			file: `{"OriginRequestPolicyConfig": {"Name": "p", "CookiesConfig": {"CookieBehavior": "none"}, "QueryStringsConfig": {"QueryStringBehavior": "whitelist",
				"QueryStrings": ["q"]}, "HeadersConfig": {"HeaderBehavior": "allViewerAndWhitelistCloudFront", "Headers": ["CloudFront-Viewer-Country", "CloudFront-Forwarded-Proto"]}}}`,
			want: awsconfig.Bindings{OriginRequestPolicies: map[string]*edgesim.OriginRequestPolicy{"id": {
				Name: "p", Headers: edgesim.All(), CloudFront: []string{"CloudFront-Viewer-Country", "CloudFront-Forwarded-Proto"}, QueryStrings: edgesim.Only("q"),
			}}},
		},
		"another file":       {file: `{"Functions": []}`, err: "get-cache-policy"},
		"no JSON":            {file: `name: x`, err: "not a JSON object"},
		"not a number":       {file: `{"CachePolicyConfig": {"MinTTL": "soon"}}`, err: "MinTTL: got"},
		"a member not known": {file: `{"CachePolicyConfig": {"Name": "n", "Color": "red"}}`, err: "Color: not known"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got awsconfig.Bindings
			err := got.AddPolicy("id", []byte(tc.file))
			if tc.err != "" {
				if err == nil || !strings.Contains(err.Error(), tc.err) {
					t.Errorf("got %v, want an error with %q", err, tc.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}
