package awsconfig_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// The configurations here are of kinds that people publish: a site of 2019 with an identity, an application behind a
// function URL, a shop with settings from before the policies, the distribution of a template.

// run sends a request to a distribution and gives the answer's body and, when an origin-request function ran, the origin
// that it saw.
func run(t *testing.T, c *awsconfig.Config, target string, headers ...string) (body, origin string) {
	t.Helper()
	s, err := edgesim.New(edgesim.Config{Distribution: c.Distribution})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("GET", target, nil)
	r.Host = s.DomainName()
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, trace := s.Do(r)
	text := new(strings.Builder)
	resp.Write(text)
	_, body, _ = strings.Cut(text.String(), "\r\n\r\n")
	if st := trace.Stage(edgesim.StageOriginRequest); st != nil {
		_, origin, _ = strings.Cut(string(st.Input), `"origin":`)
		origin, _, _ = strings.Cut(origin, `,"querystring"`)
	}
	return body, origin
}

func TestPublished(t *testing.T) {
	t.Parallel()
	bindings := awsconfig.Bindings{
		Origins: map[string]edgesim.Origin{
			"S3-www.example.com": site(), "assets": site(), "docs": site(), "server": echo(), "shop-lb": echo(), "search": echo(),
		},
		Functions: map[string]edgesim.Function{"origin-request": passing()},
	}
	plain := []string{"X-Mock-CloudFront-Forwarded-Proto", "http"}
	tests := []struct {
		name, file   string
		target       string
		headers      []string
		body, origin string
		fields       map[string]string // of the distribution
		notes        []string
	}{
		{"identity", "oai-site.json", "/no/such/page", nil, "index",
			`{"s3":{"authMethod":"origin-access-identity","customHeaders":{},"domainName":"www.example.com.s3.amazonaws.com","path":"","readTimeout":30,"region":"us-east-1"}}`,
			map[string]string{
				"Aliases": "[example.com www.example.com]", "DefaultBehavior.CachePolicy.DefaultTTL": "24h0m0s", "DefaultBehavior.CachePolicy.MaxTTL": "8760h0m0s",
				"ErrorResponses[0].CachingTTL": "10s", "ErrorResponses[0].ResponseCode": "200", "DefaultBehavior.CachePolicy.Gzip": "true",
			}, []string{"without effect on this machine: CallerReference, Comment, HttpVersion, IsIPV6Enabled, PriceClass, ViewerCertificate"}},
		{"function-url", "function-url.json", "/cart?id=1", []string{"Cookie", "a=b"}, "/cart?id=1, host abcdefghijklmnop0123456789.lambda-url.eu-west-1.on.aws, cookies a=b",
			`{"custom":{"customHeaders":{"x-forwarded-host":[{"key":"X-Forwarded-Host","value":"app.example.com"}]},"domainName":"abcdefghijklmnop0123456789.lambda-url.eu-west-1.on.aws",` +
				`"keepaliveTimeout":10,"path":"","port":443,"protocol":"https","readTimeout":60,"responseCompletionTimeout":90,"sslProtocols":["TLSv1.2"]}}`,
			map[string]string{"DomainName": "d222222abcdef8.cloudfront.net", "Behaviors[0].Origin.Completion": "45s", "Behaviors[0].Origin.Path": "/_assets", "Behaviors[0].ResponseHeadersPolicy.Name": "Managed-SecurityHeadersPolicy"},
			[]string{
				"CacheBehaviors[0].TrustedKeyGroups: requests without a signature are served; CloudFront answers 403: put the public keys of k1 into Bindings.KeyGroups",
				"DefaultCacheBehavior.FunctionAssociations[0]: the CloudFront Function app-router does not run on viewer-request: say in Bindings.CloudFrontFunctions what stands for it",
				"Origins[0].OriginAccessControlId: requests to the origin are not signed; CloudFront signs them, and a Lambda function URL answers 403 to a PUT or POST " +
					"without the viewer's x-amz-content-sha256",
				"WebACLId: no request is blocked; AWS WAF answers 403 to those that the web ACL blocks",
				"without effect on this machine: CallerReference, ConnectionMode, HttpVersion, IsIPV6Enabled, Origins[].ConnectionAttempts, " +
					"Origins[].CustomOriginConfig.IpAddressType, PriceClass, ViewerCertificate",
			}},
		{"shop-https", "legacy.json", "/list?page=2&x=1", []string{"Cookie", "session=1; other=2; cart_7=3"}, "/list?page=2&x=1, host d111111abcdef8.cloudfront.net, cookies cart_7=3; session=1",
			`{"custom":{"customHeaders":{},"domainName":"shop-1234567890.eu-west-1.elb.amazonaws.com","keepaliveTimeout":5,"path":"","port":443,"protocol":"https",` +
				`"readTimeout":30,"sslProtocols":["TLSv1","TLSv1.1","TLSv1.2"]}}`,
			map[string]string{"DefaultBehavior.CachePolicy.QueryStrings": "page", "DefaultBehavior.CachedMethods": "[GET HEAD OPTIONS]", "Behaviors[0].CachePolicy.DefaultTTL": "0s"},
			[]string{
				"without effect on this machine: CallerReference",
			}},
		{"shop-http", "legacy.json", "/list", plain, "/list, host d111111abcdef8.cloudfront.net, cookies ",
			`{"custom":{"customHeaders":{},"domainName":"shop-1234567890.eu-west-1.elb.amazonaws.com","keepaliveTimeout":5,"path":"","port":80,"protocol":"http",` +
				`"readTimeout":30,"sslProtocols":["TLSv1","TLSv1.1","TLSv1.2"]}}`, nil, nil},
		{"shop-all-headers", "legacy.json", "/checkout/1?a=b", []string{"Cookie", "a=b"}, "/checkout/1?a=b, host d111111abcdef8.cloudfront.net, cookies a=b", "", nil, nil},
		{"template", "cloudformation.json", "/", nil, "index", "", map[string]string{
			"Aliases": "[docs.example.com]", "DefaultBehavior.CachedMethods": "[GET HEAD]", "DefaultBehavior.Origin.CustomHeaders": "map[X-From:[cloudfront]]",
			"Behaviors[0].Origin.HTTPSPort": "8443", "Behaviors[0].Origin.Protocols": "[TLSv1.2]", "ErrorResponses[0].ResponseCode": "404",
		}, []string{
			"CacheBehaviors[0].TrustedKeyGroups: requests without a signature are served; CloudFront answers 403: put the public keys of k1 into Bindings.KeyGroups",
			"without effect on this machine: HttpVersion, IPV6Enabled, ViewerCertificate",
		}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c := read(t, tc.file, bindings)
			for path, want := range tc.fields {
				if got := field(c.Distribution, path); got != want {
					t.Errorf("%s: got %s, want %s", path, got, want)
				}
			}
			if tc.notes != nil {
				if diff := cmp.Diff(tc.notes, c.NotSimulated); diff != "" {
					t.Errorf("not simulated (-want +got):\n%s", diff)
				}
			}
			body, origin := run(t, c, tc.target, tc.headers...)
			if body != tc.body || origin != tc.origin {
				t.Errorf("got %q and the origin\n%s, want %q and\n%s", body, origin, tc.body, tc.origin)
			}
		})
	}
}
