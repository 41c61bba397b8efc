package forms_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect/redirects/forms"
)

// TestS3 has the examples of Amazon's documentation: User Guide, "Configuring a
// webpage redirect", and API Reference, PutBucketWebsite.
func TestS3(t *testing.T) {
	tests := []sample{
		{"prefix", forms.S3, `<RoutingRules>
  <RoutingRule>
    <Condition>
      <KeyPrefixEquals>docs/</KeyPrefixEquals>
    </Condition>
    <Redirect>
      <ReplaceKeyPrefixWith>documents/</ReplaceKeyPrefixWith>
    </Redirect>
  </RoutingRule>
</RoutingRules>`, []string{"4: /docs/* -> /documents/:splat 301 Preserve"}, nil, nil, "example 1: redirect after renaming a key prefix"},
		{"key", forms.S3, `[{"Condition": {"KeyPrefixEquals": "images/"}, "Redirect": {"ReplaceKeyWith": "folderdeleted.html"}}]`,
			[]string{"1: /images/* -> /folderdeleted.html 301 Preserve"}, nil, nil, "example 2: redirect requests for a deleted folder to a page"},
		{"error", forms.S3, `{"RoutingRules": [{"Condition": {"HttpErrorCodeReturnedEquals": "404"},
  "Redirect": {"HostName": "ec2-11-22-333-44.compute-1.amazonaws.com", "ReplaceKeyPrefixWith": "report-404/"}}]}`,
			nil, nil, []string{"1:65: unsupported: HttpErrorCodeReturnedEquals"}, "example 3: redirect for an HTTP error"},
		{"all", forms.S3, `<WebsiteConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><RedirectAllRequestsTo><HostName>example.com</HostName></RedirectAllRequestsTo></WebsiteConfiguration>`,
			[]string{"1: /* -> https://example.com/:splat 301 Preserve"}, nil, nil, "PutBucketWebsite; viewers come by https"},
		{"all-json", forms.S3, `{"RedirectAllRequestsTo": {"HostName": "example.com", "Protocol": "http"}}`, []string{"1: /* -> http://example.com/:splat 301 Preserve"}, nil, nil, "the protocol that it says"},
		{"website", forms.S3, `<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument><RoutingRules><RoutingRule>
<Condition><KeyPrefixEquals>a</KeyPrefixEquals></Condition><Redirect><Protocol>https</Protocol><HostName>b.example</HostName><HttpRedirectCode>302</HttpRedirectCode></Redirect></RoutingRule></RoutingRules></WebsiteConfiguration>`,
			[]string{"2: /a* -> https://b.example/a:splat 302 Preserve"}, nil, nil, "the same key at another host"},
		{"no-condition", forms.S3, `<RoutingRules><RoutingRule><Redirect><HostName>b.example</HostName><ReplaceKeyPrefixWith>c/</ReplaceKeyPrefixWith></Redirect></RoutingRule></RoutingRules>`,
			[]string{"1: /* -> https://b.example/c/:splat 301 Preserve"}, nil, nil, "all keys"},
		{"cloudformation", forms.S3, `{"RoutingRules": [{"RoutingRuleCondition": {"KeyPrefixEquals": "out1/"}, "RedirectRule": {"ReplaceKeyPrefixWith": "out2/", "HttpRedirectCode": 307}}]}`,
			[]string{"1: /out1/* -> /out2/:splat 307 Preserve"}, nil, nil, "its names"},
		{"fragment", forms.S3, `[{"Condition": {"KeyPrefixEquals": "app/"}, "Redirect": {"ReplaceKeyPrefixWith": "#!/"}}]`, []string{"1: /app/* -> /#!/:splat 301 Preserve"}, nil, nil, "for pages of an application"},
		{"signs", forms.S3, `[{"Condition": {"KeyPrefixEquals": "a:b*50%/"}, "Redirect": {"ReplaceKeyWith": "c/:splat"}}]`, []string{`1: /a\:b\*50%25/* -> /c/%3Asplat 301 Preserve`}, nil, nil, "keys are text"},
		{"slash", forms.S3, `[{"Condition": {"KeyPrefixEquals": "/a/"}, "Redirect": {"ReplaceKeyPrefixWith": "/b/"}}]`, []string{"1: /a/* -> /b/:splat 301 Preserve"}, []string{`1:36: syntax: KeyPrefixEquals "/a/"`}, nil, "one too many"},
		{"protocol-alone", forms.S3, `[{"Redirect": {"Protocol": "https"}}]`, nil, nil, []string{"1:28: unsupported: Protocol without HostName"}, "the distribution's job"},
		{"protocol", forms.S3, `[{"Redirect": {"Protocol": "ftp", "HostName": "b.example"}}]`, nil, nil, []string{`1:28: syntax: Protocol "ftp"`}, "no protocol of browsers"},
		{"both", forms.S3, `[{"Redirect": {"ReplaceKeyWith": "a", "ReplaceKeyPrefixWith": "b"}}]`, nil, nil, []string{"1:63: syntax: both ReplaceKeyWith and"}, "S3 refuses it"},
		{"code", forms.S3, `[{"Redirect": {"HostName": "b.example", "HttpRedirectCode": "304"}}]`, nil, nil, []string{`1:61: syntax: status "304"`}, "no redirect"},
		{"unknown", forms.S3, `[{"Condition": {"KeyPrefix": "a"}, "Redirect": {"HostName": "b.example"}}]`, nil, nil, []string{`1:17: unsupported: a Condition with "KeyPrefix"; known are KeyPrefixEquals`}, "would be for all keys"},
		{"condition", forms.S3, `[{"Condition": "a", "Redirect": {"HostName": "b.example"}}]`, nil, nil, []string{"1:16: syntax: Condition is a text; must be an object"}, "would be for all keys"},
		{"no-redirect", forms.S3, `[{"Condition": {"KeyPrefixEquals": "a"}}]`, nil, nil, []string{"1:2: syntax: a rule without Redirect"}, "where to?"},
		{"function", forms.S3, `[{"Redirect": {"HostName": {"Ref": "Host"}}}]`, nil, nil, []string{"1:28: syntax: HostName is an object; must be a text"}, "CloudFormation's functions"},
		{"among", forms.S3, "<RoutingRules>\n<Rule/></RoutingRules>", nil, nil, []string{`2:1: syntax: "Rule" among RoutingRules`}, "a typo"},
		{"no-host", forms.S3, `<WebsiteConfiguration><RedirectAllRequestsTo><Protocol>https</Protocol></RedirectAllRequestsTo></WebsiteConfiguration>`, nil, nil, []string{"1:23: syntax: RedirectAllRequestsTo without HostName"}, "where to?"},
		{"nothing", forms.S3, "<WebsiteConfiguration/>", nil, nil, []string{"1:1: syntax: no RoutingRules"}, "an empty file"},
		{"not-xml", forms.S3, "<RoutingRules>\n<RoutingRule></RoutingRules>", nil, nil, []string{"2:0: syntax: not XML: element <RoutingRule> closed by </RoutingRules>"}, "a tag too few"},
	}
	for _, tt := range tests {
		t.Run(tt.name, tt.try)
	}
}

func TestS3Lookups(t *testing.T) {
	lookUp(t, forms.S3, `{"RoutingRules": [
  {"Condition": {"KeyPrefixEquals": "docs/"}, "Redirect": {"ReplaceKeyPrefixWith": "documents/"}},
  {"Condition": {"KeyPrefixEquals": "images/"}, "Redirect": {"ReplaceKeyWith": "folderdeleted.html"}},
  {"Condition": {"KeyPrefixEquals": "old"}, "Redirect": {"HostName": "old.example", "HttpRedirectCode": "302"}}]}`, lookups{
		"/docs/a/b.html":   "301 /documents/a/b.html",
		"/docs/?x=1":       "301 /documents/?x=1",
		"/docs":            "",
		"/images/a.png":    "301 /folderdeleted.html",
		"/older/x%20y?z=+": "302 https://old.example/older/x%20y?z=+",
	})
}
