package awsconfig_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// TestAbsent holds that absent is not zero: in CloudFront's JSON what is absent or null has the default of the API
// reference, and in Terraform's what the provider sends for it.
func TestAbsent(t *testing.T) {
	t.Parallel()
	const policy = "DefaultBehavior.CachePolicy."
	origin := func(more string) string {
		return `{"Origins": [{"Id": "o", "DomainName": "o.example.com"` + more + `}], "DefaultCacheBehavior": {"TargetOriginId": "o", "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"}}`
	}
	server, bucket := origin(`, "CustomOriginConfig": {"OriginProtocolPolicy": "https-only"}`), origin(`, "S3OriginConfig": {"OriginAccessIdentity": null}`)
	private := origin(`, "VpcOriginConfig": {"VpcOriginId": "v"}`)
	legacy := func(times string) string {
		return strings.Replace(server, `"CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"`, `"ForwardedValues": {"QueryString": false}`+times, 1)
	}
	page := func(e string) string {
		return strings.Replace(server, `{"Origins"`, `{"CustomErrorResponses": {"Quantity": 1, "Items": [`+e+`]}, "Origins"`, 1)
	}
	terraform := func(distribution, cachePolicy string) string {
		return `{"values": {"root_module": {"resources": [
			{"address": "aws_cloudfront_cache_policy.p", "type": "aws_cloudfront_cache_policy", "values": {"id": "p"` + cachePolicy + `}},
			{"address": "aws_cloudfront_distribution.d", "type": "aws_cloudfront_distribution", "values": {
				"origin": [{"origin_id": "o", "domain_name": "o.example.com", "custom_origin_config": [{"origin_protocol_policy": "https-only"}]}]` + distribution + `}}]}}}`
	}
	forwarding := func(times string) string {
		return terraform(`, "default_cache_behavior": [{"target_origin_id": "o", "forwarded_values": [{"query_string": false}]`+times+`}]`, "")
	}
	byPolicy := `, "default_cache_behavior": [{"target_origin_id": "o", "cache_policy_id": "p"}]`
	tests := []struct{ name, file, path, want string }{
		{"default-ttl", legacy(""), policy + "DefaultTTL", "24h0m0s"},
		{"default-ttl-null", legacy(`, "DefaultTTL": null`), policy + "DefaultTTL", "24h0m0s"},
		{"default-ttl-zero", legacy(`, "DefaultTTL": 0`), policy + "DefaultTTL", "0s"},
		{"default-ttl-follows-the-minimum", legacy(`, "MinTTL": 90000`), policy + "DefaultTTL", "25h0m0s"},
		{"max-ttl", legacy(""), policy + "MaxTTL", "8760h0m0s"},
		{"max-ttl-null", legacy(`, "MaxTTL": null`), policy + "MaxTTL", "8760h0m0s"},
		{"max-ttl-zero", legacy(`, "DefaultTTL": 0, "MaxTTL": 0`), policy + "MaxTTL", "0s"},
		{"max-ttl-follows-the-default", legacy(`, "DefaultTTL": 31539600`), policy + "MaxTTL", "8761h0m0s"},
		{"min-ttl", legacy(""), policy + "MinTTL", "0s"},
		{"error-ttl", page(`{"ErrorCode": 404}`), "ErrorResponses[0].CachingTTL", "10s"},
		{"error-ttl-null", page(`{"ErrorCode": 404, "ErrorCachingMinTTL": null}`), "ErrorResponses[0].CachingTTL", "10s"},
		{"error-ttl-zero", page(`{"ErrorCode": 404, "ErrorCachingMinTTL": 0}`), "ErrorResponses[0].CachingTTL", "0s"},
		{"response-code-empty", page(`{"ErrorCode": 404, "ResponseCode": ""}`), "ErrorResponses[0].ResponseCode", "0"},
		{"read-timeout", server, "DefaultBehavior.Origin.ReadTimeout", "30s"},
		{"keep-alive", server, "DefaultBehavior.Origin.Keepalive", "5s"},
		{"attempts", server, "DefaultBehavior.Origin.Attempts", "3"},
		{"connection-timeout", server, "DefaultBehavior.Origin.Connect", "10s"},
		{"completion", server, "DefaultBehavior.Origin.Completion", "0s"},
		{"http-port", server, "DefaultBehavior.Origin.HTTPPort", "80"},
		{"https-port", server, "DefaultBehavior.Origin.HTTPSPort", "443"},
		{"private-read-timeout", private, "DefaultBehavior.Origin.ReadTimeout", "30s"},
		{"private-keep-alive", private, "DefaultBehavior.Origin.Keepalive", "5s"},
		{"bucket-read-timeout", bucket, "DefaultBehavior.Origin.ReadTimeout", "30s"},
		{"bucket-auth-method", bucket, "DefaultBehavior.Origin.AuthMethod", ""},
		{"methods", server, "DefaultBehavior.AllowedMethods", "[]"},
		{"compress", server, "DefaultBehavior.Compress", "false"},

		{"terraform-default-ttl", forwarding(""), policy + "DefaultTTL", "0s"},
		{"terraform-default-ttl-null", forwarding(`, "default_ttl": null`), policy + "DefaultTTL", "0s"},
		{"terraform-default-ttl-given", forwarding(`, "default_ttl": 60`), policy + "DefaultTTL", "1m0s"},
		{"terraform-max-ttl-null", forwarding(`, "max_ttl": null`), policy + "MaxTTL", "0s"},
		{"terraform-error-ttl-null", terraform(byPolicy+`, "custom_error_response": [{"error_code": 404, "error_caching_min_ttl": null}]`, ""), "ErrorResponses[0].CachingTTL", "0s"},
		{"terraform-policy-default-ttl", terraform(byPolicy, ""), policy + "DefaultTTL", "24h0m0s"},
		{"terraform-policy-default-ttl-zero", terraform(byPolicy, `, "default_ttl": 0`), policy + "DefaultTTL", "0s"},
		{"terraform-policy-max-ttl", terraform(byPolicy, ""), policy + "MaxTTL", "8760h0m0s"},
		{"terraform-attempts", terraform(byPolicy, ""), "DefaultBehavior.Origin.Attempts", "3"},
		{"terraform-connection-timeout", terraform(byPolicy, ""), "DefaultBehavior.Origin.Connect", "10s"},
		{"terraform-read-timeout", terraform(byPolicy, ""), "DefaultBehavior.Origin.ReadTimeout", "30s"},
		{"terraform-keep-alive", terraform(byPolicy, ""), "DefaultBehavior.Origin.Keepalive", "5s"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			b := awsconfig.Bindings{}
			switch tc.file {
			case bucket:
				b.Origins = map[string]edgesim.Origin{"o": site()}
			case private:
				b.Origins = map[string]edgesim.Origin{"o": echo()}
			}
			c, err := awsconfig.Read([]byte(tc.file), b)
			if err != nil {
				t.Fatal(err)
			}
			if got := field(c.Distribution, tc.path); got != tc.want {
				t.Errorf("%s: got %s, want %s", tc.path, got, tc.want)
			}
		})
	}
}

// TestBucketRegion holds which Region functions see of a bucket with an origin access identity.
func TestBucketRegion(t *testing.T) {
	t.Parallel()
	tests := []struct{ domain, region string }{
		{"site.s3.eu-west-1.amazonaws.com", "eu-west-1"},
		{"www.example.com.s3.eu-west-1.amazonaws.com", "eu-west-1"},
		{"site.s3-eu-west-1.amazonaws.com", "eu-west-1"},
		{"site.s3.dualstack.eu-west-1.amazonaws.com", "eu-west-1"},
		{"site.s3.cn-north-1.amazonaws.com.cn", "cn-north-1"},
		{"site.s3.amazonaws.com", "us-east-1"},
		{"s3.s3.eu-west-1.amazonaws.com", "eu-west-1"},
		{"site.s3-accelerate.amazonaws.com", ""},
		{"bucket.example.com", ""},
		{"", "us-east-1"}, // of the name that functions see then
	}
	for _, tc := range tests {
		t.Run(tc.domain, func(t *testing.T) {
			t.Parallel()
			file := fmt.Sprintf(`{"Origins": [{"Id": "o", "DomainName": %q, "S3OriginConfig": {"OriginAccessIdentity": "origin-access-identity/cloudfront/E1"}}],
				"DefaultCacheBehavior": {"TargetOriginId": "o", "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"}}`, tc.domain)
			c, err := awsconfig.Read([]byte(file), awsconfig.Bindings{Origins: map[string]edgesim.Origin{"o": site()}})
			if err != nil {
				t.Fatal(err)
			}
			if got := field(c.Distribution, "DefaultBehavior.Origin.Region"); got != tc.region {
				t.Errorf("got %q, want %q", got, tc.region)
			}
			if said := strings.Contains(strings.Join(c.NotSimulated, "\n"), "no Region"); said != (tc.region == "") {
				t.Errorf("a note on the Region: %t in %q", said, c.NotSimulated)
			}
		})
	}
}

// TestBoundOriginsKeepTheirFields holds that what a bound origin says is not lost, and goes before what the file says.
func TestBoundOriginsKeepTheirFields(t *testing.T) {
	t.Parallel()
	for _, bound := range []edgesim.Origin{&edgesim.S3Origin{}, &edgesim.CustomOrigin{}} {
		v := reflect.ValueOf(bound).Elem()
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				f.Set(example(t, f.Type()))
			}
		}
		c := read(t, "oai-site.json", awsconfig.Bindings{
			Origins:   map[string]edgesim.Origin{"S3-www.example.com": bound},
			Functions: map[string]edgesim.Function{"origin-request": passing()},
		})
		got := reflect.ValueOf(c.Distribution.DefaultBehavior.Origin).Elem()
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; v.Field(i).CanSet() && fmt.Sprint(v.Field(i)) != fmt.Sprint(got.Field(i)) {
				t.Errorf("%T.%s: got %v, want %v", bound, name, got.Field(i), v.Field(i))
			}
		}
	}
}

// example is a value of a type that is not its zero.
func example(t *testing.T, of reflect.Type) reflect.Value {
	switch of.Kind() {
	case reflect.Interface:
		return reflect.ValueOf(map[string]any{"FS": site().FS, "Handler": echo().Handler}[of.Name()])
	case reflect.String:
		return reflect.ValueOf("x").Convert(of)
	case reflect.Int, reflect.Int64:
		return reflect.ValueOf(7).Convert(of)
	case reflect.Bool:
		return reflect.ValueOf(true)
	case reflect.Slice:
		return reflect.ValueOf([]string{"x"})
	case reflect.Map:
		m := reflect.MakeMap(of)
		m.SetMapIndex(reflect.ValueOf("X"), example(t, of.Elem()))
		return m
	}
	t.Fatalf("no example of %v", of)
	return reflect.Value{}
}
