package edge_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
)

// setAgain is a handler's work that changes nothing: every member is set to what it was, headers and origin are copies.
func setAgain(r *edge.Request) {
	r.Header = rebuilt(r.Header)
	if r.Body != nil {
		b := *r.Body
		r.Body = &b
	}
	switch o := r.Origin.(type) {
	case *edge.CustomOrigin:
		c := *o
		c.CustomHeaders = rebuilt(o.CustomHeaders)
		c.SSLProtocols = append([]string(nil), o.SSLProtocols...)
		r.Origin = &c
	case *edge.S3Origin:
		c := *o
		c.CustomHeaders = rebuilt(o.CustomHeaders)
		r.Origin = &c
	}
}

// made puts a new origin in the place of the one that came, with the same members.
func made(r *edge.Request) {
	switch o := r.Origin.(type) {
	case *edge.CustomOrigin:
		r.Origin = &edge.CustomOrigin{CustomHeaders: rebuilt(o.CustomHeaders), DomainName: o.DomainName, KeepaliveTimeout: o.KeepaliveTimeout, Path: o.Path, Port: o.Port,
			Protocol: o.Protocol, ReadTimeout: o.ReadTimeout, ResponseCompletionTimeout: o.ResponseCompletionTimeout, SSLProtocols: o.SSLProtocols}
	case *edge.S3Origin:
		r.Origin = &edge.S3Origin{AuthMethod: o.AuthMethod, CustomHeaders: rebuilt(o.CustomHeaders), DomainName: o.DomainName, Path: o.Path, Region: o.Region,
			ReadTimeout: o.ReadTimeout, ResponseCompletionTimeout: o.ResponseCompletionTimeout}
	}
}

const oddHeaders = `"headers":{"connection":[{"value":"close"}],"set-cookie":[{"value":"a=1"}],"x-forwarded-proto":[{"value":"https"}],
		"x y":[{"value":"1"}],"x-bell":[{"value":"\u0007"}],"cloudfront-viewer-country":[{"value":"CH"}],"location":[{"value":"/\u00e9"}]}`

func oddCustom(member string) string { return `"uri":"/","origin":{"custom":{` + member + `}}` }
func oddS3(member string) string     { return `"uri":"/","origin":{"s3":{` + member + `}}` }

const oddMembers = `"customHeaders":{"host":[{"value":"\u0007"}],"a b":[{"value":"1"}]},"domainName":"192.0.2.1","keepaliveTimeout":900,"path":"/","port":81,
		"protocol":"ftp","readTimeout":900,"responseCompletionTimeout":3,"sslProtocols":["TLSv1.3","\u0007"]`

// unchangedRequests break the rules as they come.
var unchangedRequests = []struct{ name, config, members, reason string }{
	{"origin-in-viewer-request", viewerConfig, oddCustom(oddMembers), "fixtures for several triggers at once have it"},
	{"bucket-in-viewer-request", viewerConfig, oddS3(`"domainName":"b"`), "the same"},
	{"both-kinds-in-viewer-request", viewerConfig, `"uri":"/","origin":{"custom":{},"s3":{}}`, "a kind that nobody knows"},
	{"no-origin", originConfig, `"uri":"/"`, "an event that was written by hand"},
	{"uri", viewerConfig, `"uri":"a b?#\u0007"`, ""},
	{"querystring", viewerConfig, `"uri":"/","querystring":"?a b#"`, ""},
	{"too-long", viewerConfig, `"uri":"/` + strings.Repeat("a", 40_000) + `","querystring":""`, ""},
	{"headers", viewerConfig, oddHeaders, ""},
	{"headers-too-long", originConfig, `"headers":{"x-a":[{"value":"` + strings.Repeat("a", 40_000) + `"}]}`, ""},
	{"body", viewerConfig, `"body":{"inputTruncated":true,"action":"append","encoding":"hex","data":"%"}`, ""},
	{"body-replaced", originConfig, `"body":{"action":"replace","data":"%"}`, "another function's answer as a fixture"},
	{"custom", originConfig, oddCustom(oddMembers), ""},
	{"custom-empty", originConfig, oddCustom(`"path":"\u0007"`), ""},
	{"custom-header-twice", originConfig, `"headers":{"x-a":[{"value":"1"}]},"origin":{"custom":{"customHeaders":{"x-a":[{"value":"2"}]},"domainName":"a.example"}}`, "CloudFront's own overwrites the viewer's"},
	{"s3", originConfig, oddS3(`"authMethod":"origin-access-control\u0007","customHeaders":{"x-amz-a":[{"value":"1"}]},"domainName":"B.S3","path":"x/","region":"\u0007","readTimeout":-1,"responseCompletionTimeout":-2`), ""},
	{"s3-identity", originConfig, oddS3(`"authMethod":"origin-access-identity","region":"","domainName":"b"`), "an example of AWS's own has it"},
}

// TestUnchangedRequest: a request that breaks the rules as it came is not the function's to mend (law in doc.go). No check refuses it, and
// none warns.
func TestUnchangedRequest(t *testing.T) {
	handlers := []struct {
		name   string
		change req
		bytes  bool // the answer is what came to the byte
	}{
		{"untouched", func(*edge.Request) {}, true},
		{"set-again", setAgain, false},
		{"made-again", made, false},
		{"another-member", func(r *edge.Request) { r.URI = "/x" }, false},
	}
	for _, tt := range unchangedRequests {
		for _, h := range handlers {
			if h.name == "made-again" && (tt.name == "custom-empty" || tt.config == viewerConfig) || h.name == "another-member" && tt.name == "headers-too-long" {
				continue // a new origin has a domain name, and is for origin-request; a longer request is longer
			}
			t.Run(tt.name+"/"+h.name, func(t *testing.T) {
				request := `{` + tt.members + `}`
				f := functionOf(h.change)
				f.Warn = func(e *edge.FieldError) { t.Errorf("%s: warned: %v", tt.reason, e) }
				answer, err := f.Invoke(t.Context(), []byte(eventOf(tt.config, request, "")))
				if err != nil {
					t.Fatalf("%s: %v", tt.reason, err)
				}
				if diff := cmp.Diff(request, string(answer)); h.bytes && diff != "" {
					t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
				}
			})
		}
	}
}

// TestUnchangedResponse is the same of responses.
func TestUnchangedResponse(t *testing.T) {
	responses := map[string]string{
		"status":           `{"status":"101","statusDescription":"\u0007","headers":{"x-a":[{"value":"1"}]}}`,
		"headers":          `{"status":"200","headers":{"connection":[{"value":"close"}],"x-cache":[{"value":"Hit"}],"x y":[{"value":"\u0007"}],"x-a":[{"value":"1"}]}}`,
		"headers-too-long": `{"status":"200","headers":{"x-a":[{"value":"1"}],"x-b":[{"value":"` + strings.Repeat("b", 40_000) + `"}]}}`,
	}
	handlers := map[string]res{
		"untouched":     func(*edge.Response) {},
		"set-again":     func(r *edge.Response) { r.Header = rebuilt(r.Header) },
		"other-deleted": func(r *edge.Response) { r.Header.Del("x-a") },
	}
	for _, config := range []string{answerConfig, `{"eventType":"viewer-response"}`} {
		for name, response := range responses {
			for how, change := range handlers {
				f := functionOf(change)
				f.Warn = func(e *edge.FieldError) { t.Errorf("%s, %s, %s: warned: %v", config, name, how, e) }
				if _, err := f.Invoke(t.Context(), []byte(eventOf(config, minimalRequest, `,"response":`+response))); err != nil {
					t.Errorf("%s, %s, %s: %v", config, name, how, err)
				}
			}
		}
	}
}
