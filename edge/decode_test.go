package edge_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
)

// eventOf returns an event around a config, a request and what follows it.
func eventOf(config, request, more string) string {
	return `{"Records":[{"cf":{"config":` + config + `,"request":` + request + more + `}}]}`
}

const (
	viewerConfig   = `{"eventType":"viewer-request"}`
	originConfig   = `{"eventType":"origin-request"}`
	answerConfig   = `{"eventType":"origin-response"}`
	minimalRequest = `{"clientIp":"203.0.113.178","headers":{},"method":"GET","querystring":"","uri":"/"}`
)

func TestBadEvent(t *testing.T) {
	request := func(member string) string { return eventOf(viewerConfig, `{`+member+`}`, "") }
	origin := func(member string) string {
		return eventOf(originConfig, `{"uri":"/","origin":{"custom":{`+member+`}}}`, "")
	}
	s3 := func(member string) string {
		return eventOf(originConfig, `{"uri":"/","origin":{"s3":{`+member+`}}}`, "")
	}
	response := func(member string) string {
		return eventOf(answerConfig, minimalRequest, `,"response":{`+member+`}`)
	}
	tests := []struct{ name, event, field, reason string }{
		{"empty", "", "", "got the end of the text; want an object"},
		{"not-json", "hello", "", "got character 'h'; want an object"},
		{"null", "null", "", "got null; want an object"},
		{"array", "[]", "", "got an array; want an object"},
		{"more-after", eventOf(viewerConfig, minimalRequest, "") + "x", "", "want the end of the text"},
		{"no-records", `{}`, "", "no member Records"},
		{"records-null", `{"Records":null}`, "Records", "got null; want an array"},
		{"records-empty", `{"Records":[]}`, "", "no record"},
		{"two-records", strings.Replace(eventOf(viewerConfig, minimalRequest, ""), "]}", `,{}]}`, 1), "Records[1]", "more than one record"},
		{"no-cf", `{"Records":[{}]}`, "Records[0]", "no member cf"},
		{"no-config", `{"Records":[{"cf":{"request":` + minimalRequest + `}}]}`, "Records[0].cf", "no config.eventType"},
		{"no-event-type", eventOf(`{}`, minimalRequest, ""), "Records[0].cf", "no config.eventType"},
		{"unknown-event-type", eventOf(`{"eventType":"origin-error"}`, minimalRequest, ""), "Records[0].cf", `got the event type "origin-error"`},
		{"event-type-number", eventOf(`{"eventType":1}`, minimalRequest, ""), "Records[0].cf.config.eventType", "got a number; want a string"},
		{"no-request", `{"Records":[{"cf":{"config":` + viewerConfig + `}}]}`, "Records[0].cf", "no request"},
		{"request-null", eventOf(viewerConfig, "null", ""), "Records[0].cf", "no request"},
		{"no-response", eventOf(answerConfig, minimalRequest, ""), "Records[0].cf", "the event of origin-response has no response"},
		{"uri-number", request(`"uri":5`), "Records[0].cf.request.uri", "got a number; want a string"},
		{"uri-object", request(`"uri":{}`), "Records[0].cf.request.uri", "got an object; want a string"},
		{"method-array", request(`"method":[]`), "Records[0].cf.request.method", "got an array; want a string"},
		{"client-ip-bool", request(`"clientIp":true`), "Records[0].cf.request.clientIp", "got a boolean; want a string"},
		{"query-number", request(`"querystring":0`), "Records[0].cf.request.querystring", "got a number; want a string"},
		{"headers-array", request(`"headers":[]`), "Records[0].cf.request.headers", "got an array; want an object"},
		{"header-twice-in-two-spellings", request(`"headers":{"x-a":[{"value":"1"}],"x-b":[],"X-B":[{"value":"2"}],"X-A":[{"value":"3"}]}`), "Records[0].cf.request.headers.X-A", `the header "x-a" stands twice`},
		{"header-twice-escaped", request(`"headers":{"x-\u0061":[{"value":"1"}],"X-A":[{"value":"3"}]}`), "Records[0].cf.request.headers.X-A", `the header "x-a" stands twice`},
		{"header-string", request(`"headers":{"host":"a"}`), "Records[0].cf.request.headers.host", "got a string; want an array"},
		{"header-entry-string", request(`"headers":{"host":["a"]}`), "Records[0].cf.request.headers.host[0]", "got a string; want an object"},
		{"header-value-number", request(`"headers":{"host":[{"value":1}]}`), "Records[0].cf.request.headers.host[0].value", "got a number; want a string"},
		{"header-key-number", request(`"headers":{"host":[{"key":1,"value":"a"}]}`), "Records[0].cf.request.headers.host[0].key", "got a number; want a string"},
		{"header-other-key", request(`"headers":{"host":[{"key":"Via","value":"a"}]}`), "Records[0].cf.request.headers.host[0]", `got the key "Via"; want a spelling of "host"`},
		{"header-two-spellings", request(`"headers":{"host":[],"Host":[{"value":"a"}],"HOST":[]}`), "Records[0].cf.request.headers.HOST", "in two spellings"},
		{"header-twice", request(`"headers":{"host":[],"host":[]}`), "Records[0].cf.request.headers.host", "stands twice"},
		{"body-string", request(`"body":"x"`), "Records[0].cf.request.body", "got a string; want an object"},
		{"body-truncated-string", request(`"body":{"inputTruncated":"no"}`), "Records[0].cf.request.body.inputTruncated", "got a string; want true or false"},
		{"body-data-number", request(`"body":{"data":1}`), "Records[0].cf.request.body.data", "got a number; want a string"},
		{"origin-string", eventOf(originConfig, `{"origin":"x"}`, ""), "Records[0].cf.request.origin", "got a string; want an object"},
		{"custom-array", eventOf(originConfig, `{"origin":{"custom":[]}}`, ""), "Records[0].cf.request.origin.custom", "got an array; want an object"},
		{"port-string", origin(`"port":"443"`), "Records[0].cf.request.origin.custom.port", "got a string; want a number"},
		{"port-huge", origin(`"port":1e999`), "Records[0].cf.request.origin.custom.port", "want a whole number"},
		{"port-long", origin(`"port":` + strings.Repeat("9", 100)), "Records[0].cf.request.origin.custom.port", "want at most"},
		{"timeout-fraction", origin(`"readTimeout":1.5`), "Records[0].cf.request.origin.custom.readTimeout", "want a whole number"},
		{"keepalive-string", origin(`"keepaliveTimeout":"5"`), "Records[0].cf.request.origin.custom.keepaliveTimeout", "got a string; want a number"},
		{"completion-object", origin(`"responseCompletionTimeout":{}`), "Records[0].cf.request.origin.custom.responseCompletionTimeout", "got an object; want a number"},
		{"ssl-string", origin(`"sslProtocols":"TLSv1.2"`), "Records[0].cf.request.origin.custom.sslProtocols", "got a string; want an array"},
		{"ssl-numbers", origin(`"sslProtocols":[1]`), "Records[0].cf.request.origin.custom.sslProtocols[0]", "got a number; want a string"},
		{"domain-null-byte", origin(`"domainName":"a\u0000"`), "Records[0].cf.request.origin.custom.domainName", `\u0000`},
		{"custom-headers-string", origin(`"customHeaders":"x"`), "Records[0].cf.request.origin.custom.customHeaders", "got a string; want an object"},
		{"s3-region-number", s3(`"region":1`), "Records[0].cf.request.origin.s3.region", "got a number; want a string"},
		{"s3-auth-array", s3(`"authMethod":[]`), "Records[0].cf.request.origin.s3.authMethod", "got an array; want a string"},
		{"status-word", response(`"status":"OK"`), "Records[0].cf.response.status", `got the status "OK"; want three digits`},
		{"status-plus", response(`"status":"+20"`), "Records[0].cf.response.status", "want three digits"},
		{"status-null-string", response(`"status":[]`), "Records[0].cf.response.status", "got an array; want a number"},
		{"description-number", response(`"statusDescription":1`), "Records[0].cf.response.statusDescription", "got a number; want a string"},
		{"duplicate", request(`"uri":"/","uri":"/evil"`), "Records[0].cf.request.uri", `member "uri" stands twice`},
		{"duplicate-unknown", request(`"x":{"a":1,"a":2}`), "Records[0].cf.request.x.a", `member "a" stands twice`},
		{"lone-surrogate", request(`"uri":"/\ud800"`), "Records[0].cf.request.uri", "half of a surrogate pair"},
		{"nul", request(`"uri":"/\u0000"`), "Records[0].cf.request.uri", `\u0000`},
		{"invalid-utf8", request("\"uri\":\"/\xff\""), "Records[0].cf.request.uri", "not valid UTF-8"},
		{"raw-control", request("\"uri\":\"/\n\""), "Records[0].cf.request.uri", "control character"},
		{"deep", request(`"x":` + strings.Repeat("[", 5<<20)), "Records[0].cf.request.x[0][0][0]...", "nested deeper than"},
		{"too-large", request(`"uri":"/` + strings.Repeat("a", 10<<20) + `"`), "", "Lambda's largest payload"},
		{"too-large-nested", strings.Repeat("[", 10<<20), "", "Lambda's largest payload"},
		{"long-wrong-type", request(`"headers":"` + strings.Repeat("a", 5<<20) + `"`), "Records[0].cf.request.headers", "got a string; want an object"},
		{"many-headers", request(`"headers":{` + manyHeaders(100_000) + `}`), "Records[0].cf.request.headers.h8192[0]", "more than 8192 header fields"},
		{"many-values", request(`"headers":{"x":[` + strings.TrimSuffix(strings.Repeat(`{"value":""},`, 100_000), ",") + `]}`), "Records[0].cf.request.headers.x[8192]", "more than 8192 header fields"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			called := false
			f := &edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
				called = true
				return r, nil
			}}
			got, err := f.Invoke(t.Context(), []byte(tt.event))
			e, ok := errors.AsType[*edge.EventError](err)
			if !ok {
				t.Fatalf("got %q, %v; want an *edge.EventError", got, err)
			}
			if e.Field != tt.field || !strings.Contains(e.Reason, tt.reason) || e.Offset > len(tt.event) {
				t.Errorf("got %v; want field %s: ...%s...", err, tt.field, tt.reason)
			}
			if called || got != nil || len(err.Error()) > 400 {
				t.Errorf("called the handler: %t, answer %q, %d bytes of message", called, got, len(err.Error()))
			}
		})
	}
}

func manyHeaders(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"h%d":[{"value":""}],`, i)
	}
	return strings.TrimSuffix(b.String(), ",")
}

// TestTruncated cuts events of each trigger at every byte.
func TestTruncated(t *testing.T) {
	for _, name := range []string{
		"viewer-request-compact.json", "origin-request-compact-reordered.json",
		"origin-response-numeric-status.json", "viewer-response-304.json",
	} {
		event := captured(t)[name]
		end := len(strings.TrimRight(string(event), " \n"))
		for n := range end {
			got, err := untouched.Invoke(t.Context(), event[:n])
			e, ok := errors.AsType[*edge.EventError](err)
			if !ok || got != nil || e.Offset > n {
				t.Fatalf("%s cut at byte %d: got %q, %v; want an *edge.EventError", name, n, got, err)
			}
		}
	}
}

func TestOtherService(t *testing.T) {
	tests := []struct{ name, event, want string }{
		{"s3", `{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","s3":{}}]}`, "S3"},
		{"sns", `{"Records":[{"EventSource":"aws:sns","Sns":{}}]}`, "SNS"},
		{"sqs", `{"Records":[{"eventSource":"aws:sqs"},{"eventSource":"aws:sqs"}]}`, "SQS"},
		{"dynamodb", `{"Records":[{"eventSource":"aws:dynamodb"}]}`, "DynamoDB Streams"},
		{"kinesis", `{"Records":[{"eventSource":"aws:kinesis"}]}`, "Kinesis"},
		{"ses", `{"Records":[{"eventSource":"aws:ses"}]}`, "SES"},
		{"cloudfront-functions", `{"version":"1.0","context":{"eventType":"viewer-request"},"viewer":{"ip":"203.0.113.178"},"request":{}}`, "CloudFront Functions"},
		{"rest", `{"resource":"/","path":"/","httpMethod":"GET","requestContext":{}}`, "API Gateway (REST)"},
		{"http", `{"version":"2.0","requestContext":{"http":{"method":"GET"}}}`, "API Gateway (HTTP) or a function URL"},
		{"alb", `{"requestContext":{"elb":{}},"httpMethod":"GET"}`, "an Application Load Balancer"},
		{"eventbridge", `{"version":"0","id":"x","detail-type":"Scheduled Event"}`, "EventBridge"},
		{"cognito", `{"version":"1","triggerSource":"PreSignUp_SignUp"}`, "Cognito"},
		{"logs", `{"awslogs":{"data":""}}`, "CloudWatch Logs"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := untouched.Invoke(t.Context(), []byte(tt.event))
			if err == nil || !strings.Contains(err.Error(), "looks like an event of "+tt.want+",") {
				t.Errorf("got %v; want it to name %s", err, tt.want)
			}
		})
	}
}
