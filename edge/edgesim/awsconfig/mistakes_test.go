package awsconfig_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// minimal is a configuration with further members of its origin, its behaviour and the whole. The origin has the id o.
func minimal(origin, behavior, whole string) string {
	return `{"Origins": [{"Id": "o", "DomainName": "o.example.com"` + origin + `}], "DefaultCacheBehavior": {"TargetOriginId": "o"` + behavior + `}` + whole + `}`
}

const (
	httpsOnly = `, "CustomOriginConfig": {"OriginProtocolPolicy": "https-only"}`
	disabled  = `, "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"`
)

// TestMistakes holds that what cannot be read is an error, with its place.
func TestMistakes(t *testing.T) {
	t.Parallel()
	association := func(event string) string {
		return `{"LambdaFunctionARN": "arn:aws:lambda:us-east-1:111122223333:function:f:1", "EventType": "` + event + `"}`
	}
	tests := []struct{ name, file, want string }{
		{"not-json", "{", "not a JSON object"},
		{"list", "[]", "not a JSON object"},
		{"utf-16", "\xff\xfe{\x00}\x00", "the file is UTF-16"},
		{"something-else", `{"a":1}`, "neither"},
		{"template", `{"Resources": {"Cdn": {"Type": "AWS::CloudFront::Distribution"}}}`, "a CloudFormation template"},
		{"no-distribution", `{"values":{"root_module":{"resources":[]}}}`, "got 0 resources"},
		{"other-distribution", `{"values":{"root_module":{"resources":[{"address":"aws_cloudfront_multitenant_distribution.x","type":"aws_cloudfront_multitenant_distribution"}]}}}`,
			"the file has aws_cloudfront_multitenant_distribution.x"},
		{"no-such-origin", `{"DefaultCacheBehavior":{"TargetOriginId":"x","CachePolicyId":"658327ea-f89d-4fab-a63d-7e88639e58f6"}}`, `no origin has the id "x"`},
		{"no-such-policy", minimal(httpsOnly, `, "CachePolicyId": "y"`, ""), `cache policy "y"`},
		{"no-such-request-policy", minimal(httpsOnly, disabled+`, "OriginRequestPolicyId": "y"`, ""), `origin request policy "y"`},
		{"text", minimal(httpsOnly, disabled, `, "DefaultRootObject": 7`), "DefaultRootObject: got 7, want a string"},
		{"control-characters", minimal(httpsOnly, `, "CachePolicyId": "\u001b[2J"`, ""), `cache policy "\x1b[2J"`},
		{"reference", minimal(httpsOnly, disabled, `, "DefaultRootObject": {"Ref": "Index"}`), "DefaultRootObject: got an object, want a string"},
		{"flag", minimal(httpsOnly, disabled+`, "Compress": "yes"`, ""), `Compress: got "yes", want true or false`},
		{"number", minimal(httpsOnly+`, "ConnectionAttempts": "three"`, disabled, ""), `ConnectionAttempts: got "three", want a whole number`},
		{"fraction", minimal(httpsOnly+`, "ConnectionTimeout": 2.5`, disabled, ""), "ConnectionTimeout: got 2.5, want a whole number"},
		{"too-large", minimal(httpsOnly, disabled, `, "CustomErrorResponses": [{"ErrorCode": 404, "ErrorCachingMinTTL": 1e12}]`), "ErrorCachingMinTTL: got 1000000000000"},
		{"negative", minimal(httpsOnly, disabled, `, "CustomErrorResponses": [{"ErrorCode": 404, "ErrorCachingMinTTL": -1}]`), "ErrorCachingMinTTL: got -1 seconds"},
		{"zero", minimal(`, "CustomOriginConfig": {"OriginProtocolPolicy": "https-only", "OriginReadTimeout": 0}`, disabled, ""), "OriginReadTimeout: got 0, CloudFront takes 1 and more"},
		{"list-of-numbers", minimal(httpsOnly, disabled, `, "Aliases": {"Quantity": 1, "Items": [1]}`), "Aliases[0]: got 1, want a string"},
		{"no-list", minimal(httpsOnly, disabled, `, "Aliases": "www.example.com"`), `Aliases: got "www.example.com", want a list`},
		{"no-object", minimal(`, "CustomOriginConfig": "https-only"`, disabled, ""), `CustomOriginConfig: got "https-only", want an object`},
		{"no-id", `{"Origins": [{"DomainName": "o.example.com"}], "DefaultCacheBehavior": {}}`, "an origin without an id"},
		{"same-id", `{"Origins": [{"Id": "o", "DomainName": "a"` + httpsOnly + `}, {"Id": "o", "DomainName": "b"` + httpsOnly + `}], "DefaultCacheBehavior": {"TargetOriginId": "o"` + disabled + `}}`,
			`a second origin with the id "o"`},
		{"no-domain", `{"Origins": [{"Id": "o"` + httpsOnly + `}], "DefaultCacheBehavior": {"TargetOriginId": "o"` + disabled + `}}`, "the domain name"},
		{"bucket-unbound", minimal("", disabled, ""), `origin "o" is a bucket`},
		{"vpc-unbound", minimal(`, "VpcOriginConfig": {"VpcOriginId": "v"}`, disabled, ""), `origin "o" is in a VPC`},
		{"protocol", minimal(`, "CustomOriginConfig": {"OriginProtocolPolicy": "https"}`, disabled, ""), `got "https", want http-only`},
		{"cookies", minimal(httpsOnly, `, "ForwardedValues": {"QueryString": false, "Cookies": {"Forward": "some"}}`, ""), `got "some", want none, whitelist or all`},
		{"group-of-one", minimal(httpsOnly, disabled, `, "OriginGroups": [{"Id": "g", "Members": [{"OriginId": "o"}]}]`), "got 1 members, want 2"},
		{"group-without-id", minimal(httpsOnly, disabled, `, "OriginGroups": [{"Members": [{"OriginId": "o"}, {"OriginId": "o"}]}]`), "an origin group without an id"},
		{"unknown-trigger", minimal(httpsOnly, disabled+`, "LambdaFunctionAssociations": [`+association("viewer")+`]`, ""), `event type "viewer"`},
		{"trigger-twice", minimal(httpsOnly, disabled+`, "LambdaFunctionAssociations": [`+association("viewer-request")+`, `+association("viewer-request")+`]`, ""), "a second function on viewer-request"},
	}
	redirect, _ := functions()
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := awsconfig.Read([]byte(tc.file), awsconfig.Bindings{Functions: map[string]edgesim.Function{"f": redirect}})
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got error %v, want one with %q", err, tc.want)
			}
		})
	}
}

func TestBoundGroup(t *testing.T) {
	t.Parallel()
	_, err := awsconfig.Read([]byte(minimal(httpsOnly, disabled, "")), awsconfig.Bindings{Origins: map[string]edgesim.Origin{"o": &edgesim.OriginGroup{}}})
	if want := "Bindings.Origins has a *edgesim.OriginGroup"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got error %v, want one with %q", err, want)
	}
}

// TestNotes holds what is read although CloudFront refuses it, and what is played otherwise than CloudFront does it, beside
// the members that the sweeps hold.
func TestNotes(t *testing.T) {
	t.Parallel()
	server := &edgesim.CustomOrigin{Handler: http.NotFoundHandler()}
	control := `, "OriginAccessControlId": "E1"`
	function := func(arn string) string {
		return `, "LambdaFunctionAssociations": [{"LambdaFunctionARN": "` + arn + `", "EventType": "origin-response"}]`
	}
	tests := []struct {
		name, file string
		origin     edgesim.Origin
		want       string
	}{
		{"unknown-member", minimal(httpsOnly, disabled, `, "CNAMEs": ["a.example.com"]`), server, "CNAMEs: not known to this version"},
		{"unknown-below", minimal(`, "CustomOriginConfig": {"OriginProtocolPolicy": "https-only", "Port": 80}`, disabled, ""), server, "Origins[0].CustomOriginConfig.Port: not known"},
		{"too-few", minimal(httpsOnly, disabled, `, "Aliases": {"Quantity": 2, "Items": ["a.example.com"]}`), server, "Aliases: Quantity is 2 with 1 in Items"},
		{"both-kinds-of-setting", minimal(httpsOnly, disabled+`, "ForwardedValues": {"QueryString": true}`, ""), server, "DefaultCacheBehavior.ForwardedValues: not read beside CachePolicyId"},
		{"time-beside-a-policy", minimal(httpsOnly, disabled+`, "MinTTL": 1`, ""), server, "DefaultCacheBehavior.MinTTL: not read beside CachePolicyId"},
		{"neither-kind", minimal(httpsOnly, "", ""), server, "DefaultCacheBehavior: neither CachePolicyId nor ForwardedValues"},
		{"request-policy-alone", minimal(httpsOnly, `, "ForwardedValues": {"QueryString": true}, "OriginRequestPolicyId": "216adef6-5c7f-47e4-b989-5492eafa07d3"`, ""), server,
			"DefaultCacheBehavior.OriginRequestPolicyId: CloudFront refuses it without"},
		{"no-protocol", minimal(`, "CustomOriginConfig": {"HTTPPort": 80}`, disabled, ""), server, "OriginProtocolPolicy: missing"},
		{"public-bucket", minimal("", disabled, ""), site(), "Origins[0]: neither an origin access control nor an identity"},
		{"bucket-by-a-server", minimal(control, disabled, ""), server, "Origins[0]: a bucket, with an HTTP server in its place: functions see origin.custom"},
		{"server-by-a-folder", minimal(httpsOnly, disabled, ""), site(), "Origins[0]: an HTTP server, with a folder in its place: functions see origin.s3"},
		{"website-by-a-folder", strings.Replace(minimal(httpsOnly, disabled, ""), "o.example.com", "o.s3-website-us-east-1.amazonaws.com", 1), site(), "the folder has no index and error documents"},
		{"function-without-a-version", minimal(httpsOnly, disabled+function("arn:aws:lambda:us-east-1:111122223333:function:f"), ""), server, "f is not a numbered version"},
		{"function-by-an-alias", minimal(httpsOnly, disabled+function("arn:aws:lambda:us-east-1:111122223333:function:f:live"), ""), server, "f:live is not a numbered version"},
		{"function-latest", minimal(httpsOnly, disabled+function("arn:aws:lambda:us-east-1:111122223333:function:f:$LATEST"), ""), server, "f:$LATEST is not a numbered version"},
		{"function-elsewhere", minimal(httpsOnly, disabled+function("arn:aws:lambda:eu-west-1:111122223333:function:f:1"), ""), server, "a function in eu-west-1"},
		{"control-beside-identity", minimal(`, "S3OriginConfig": {"OriginAccessIdentity": "origin-access-identity/cloudfront/E1"}`+control, disabled, ""), site(), "OriginAccessControlId: CloudFront refuses it beside"},
		{"byte-order-mark", "\xef\xbb\xbf" + minimal("", disabled, ""), site(), "Origins[0]: neither an origin access control"},
		{"control-characters", minimal(httpsOnly, disabled, `, "a\u001b[2Jb\nc": 1`), server, "a\ufffd[2Jb\ufffdc: not known"},
		{"triggers-with-vpc", minimal(`, "VpcOriginConfig": {"VpcOriginId": "v"}`, disabled+function("f"), ""), server, "DefaultCacheBehavior: functions run between cache and origin"},
		{"unknown-headers-policy", minimal(httpsOnly, disabled+`, "ResponseHeadersPolicyId": "x"`, ""), server, "what the policy x does is not known; put it into Bindings.ResponseHeadersPolicies"},
	}
	_, headers := functions()
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c, err := awsconfig.Read([]byte(tc.file), awsconfig.Bindings{
				Origins: map[string]edgesim.Origin{"o": tc.origin}, Functions: map[string]edgesim.Function{"origin-response": headers},
			})
			if err != nil {
				t.Fatal(err)
			}
			if all := strings.Join(c.NotSimulated, "\n"); !strings.Contains(all, tc.want) {
				t.Errorf("no %q in\n%s", tc.want, all)
			}
		})
	}
}

// TestNothingToSay holds that a plain configuration has no notes: what is switched off or has its default says nothing.
func TestNothingToSay(t *testing.T) {
	t.Parallel()
	file := minimal(`, "OriginAccessControlId": "E1", "S3OriginConfig": {"OriginAccessIdentity": ""}, "ConnectionAttempts": 3, "ConnectionTimeout": 10,
		"OriginShield": {"Enabled": false, "OriginShieldRegion": "eu-west-1"}, "CustomHeaders": {"Quantity": 0}`,
		disabled+`, "TrustedSigners": {"Enabled": false, "Quantity": 0}, "GrpcConfig": {"Enabled": false}, "SmoothStreaming": false, "FieldLevelEncryptionId": "",
		"LambdaFunctionAssociations": {"Quantity": 0}, "FunctionAssociations": {"Quantity": 0}`,
		`, "Enabled": true, "Comment": "", "Logging": {"Enabled": false, "Bucket": ""}, "WebACLId": "", "Staging": false, "OriginGroups": {"Quantity": 0},
		"Restrictions": {"GeoRestriction": {"RestrictionType": "none", "Quantity": 0}}`)
	c, err := awsconfig.Read([]byte(file), awsconfig.Bindings{Origins: map[string]edgesim.Origin{"o": site()}})
	if err != nil || len(c.NotSimulated) > 0 {
		t.Errorf("got %q and error %v, want neither", c.NotSimulated, err)
	}
}

// TestTerraformNotes holds what the resources around the distribution say.
func TestTerraformNotes(t *testing.T) {
	t.Parallel()
	state := func(resources string) string {
		return `{"values": {"root_module": {"resources": [
			{"address": "aws_cloudfront_distribution.d", "type": "aws_cloudfront_distribution", "values": {
				"origin": [{"origin_id": "o", "domain_name": "o.s3.eu-west-1.amazonaws.com", "origin_access_control_id": "E1"}],
				"default_cache_behavior": [{"target_origin_id": "o", "cache_policy_id": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"}]}},
			` + resources + `]}}}`
	}
	object := func(key, more string) string {
		return `{"address": "aws_s3_object.` + key + `", "type": "aws_s3_object", "values": {"key": "` + key + `.js"` + more + `}}`
	}
	control := func(signing string) string {
		return `{"address": "c", "type": "aws_cloudfront_origin_access_control", "values": {"id": "E1", "signing_behavior": "` + signing + `"}}`
	}
	tests := []struct{ name, resources, want string }{
		{"never-signed", control("never"), "c.signing_behavior: no request is signed"},
		{"signed-unless-authorized", control("no-override"), "c.signing_behavior: requests with an Authorization of the viewer's are not signed"},
		{"content-encoding", object("a", `, "content_encoding": "gzip"`), `aws_s3_object.a.content_encoding: the object is served without "gzip"`},
		{"two-types", object("a", `, "content_type": "text/javascript"`) + ", " + object("b", `, "content_type": "text/plain"`),
			`aws_s3_object.b: the content type "text/plain" goes for all of ".js" here; another object has "text/javascript"`},
		{"two-lifetimes", object("a", `, "cache_control": "no-cache"`) + ", " + object("b", ""), "aws_s3_object.cache_control: the objects have 2 different values"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c, err := awsconfig.Read([]byte(state(tc.resources)), awsconfig.Bindings{Origins: map[string]edgesim.Origin{"o": site()}})
			if err != nil {
				t.Fatal(err)
			}
			if all := strings.Join(c.NotSimulated, "\n"); !strings.Contains(all, tc.want) {
				t.Errorf("no %q in\n%s", tc.want, all)
			}
		})
	}
}
