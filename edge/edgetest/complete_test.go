package edgetest_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// handMade are events as people write them, by shape. Of each there are many in public repositories; the source is one of them.
var handMade = []struct {
	name, source string
	trigger      edge.Trigger
	event        string
	added        []string
}{
	{"sam", "aws-sam-cli, CloudFrontResponseGeneration.json: what sam local generate-event cloudfront response-generation prints", edge.ViewerRequest,
		`{"Records":[{"cf":{"config":{"distributionId":"EXAMPLE"},"request":{"uri":"/test","method":"GET","clientIp":"2001:db8::9652","headers":{"host":[{"key":"Host","value":"d123.cf.example"}]}}}}]}`,
		[]string{"config.distributionDomainName", "config.eventType", "config.requestId", "request.querystring"}},
	{"sam-in-origin-request", "aws-sam-cli, CloudFrontServeObjectOnViewerDevice.json and CloudFrontNormalizeQuerystringToImproveCacheHit.json", edge.OriginRequest,
		`{"Records":[{"cf":{"config":{"distributionId":"EXAMPLE"},"request":{"uri":"/test","querystring":"size=LARGE&color=RED","method":"GET","clientIp":"2001:db8::9652",
		"headers":{"host":[{"key":"Host","value":"d123.cf.example"}],"cloudfront-is-mobile-viewer":[{"key":"CloudFront-Is-Mobile-Viewer","value":"true"}]}}}}]}`,
		[]string{"config.distributionDomainName", "config.eventType", "config.requestId",
			"request.headers.x-forwarded-for", "request.headers.user-agent", "request.headers.via", "request.origin"}},
	{"uri-only", "tests of redirect functions: lambchop, exodus-lambda", edge.ViewerRequest,
		`{"Records":[{"cf":{"request":{"uri":"/hello"}}}]}`,
		[]string{"request.clientIp", "request.headers", "request.method", "request.querystring", "config"}},
	{"empty-config", "tests in TypeScript: config: {} as any", edge.ViewerRequest,
		`{"Records":[{"cf":{"request":{"uri":"/","headers":{}},"config":{}}}]}`,
		[]string{"request.headers.host", "request.clientIp", "request.method", "request.querystring",
			"config.distributionDomainName", "config.distributionId", "config.eventType", "config.requestId"}},
	{"only-event-type", "a test that names the trigger and nothing else", "",
		`{"Records":[{"cf":{"config":{"eventType":"origin-request"},"request":{"uri":"/"}}}]}`,
		[]string{"config.distributionDomainName", "config.distributionId", "config.requestId", "request.origin", "request.clientIp", "request.headers",
			"request.method", "request.querystring"}},
	{"empty-strings", "wellcomecollection.org, cache/edge_lambdas/src/test_event_request.ts: a config of empty strings", "",
		`{"Records":[{"cf":{"config":{"distributionId":"EXAMPLE","distributionDomainName":"","requestId":"","eventType":"viewer-request"},"request":{"uri":"/articles/things","querystring":"","method":"GET","clientIp":"2001:db8::9652",
		"headers":{"host":[{"key":"Host","value":"d123.cf.example"}]}}}}]}`, nil},
	{"empty-event-type", "a fixture for several triggers", edge.ViewerRequest,
		`{"Records":[{"cf":{"config":{"distributionDomainName":"d","distributionId":"E","eventType":"","requestId":"r"},"request":{"clientIp":"203.0.113.1","headers":{"Host":[{"value":"d"}]},"method":"GET","querystring":"","uri":"/"}}}]}`,
		[]string{"config.eventType"}},
	{"null", "objects of a test written out with JSON.stringify", edge.ViewerRequest,
		`{"Records":[{"cf":{"config":null,"request":{"uri":"/","querystring":null,"headers":null,"body":null,"method":"GET","clientIp":"203.0.113.1"}}}]}`,
		[]string{"config", "request.querystring", "request.headers"}},
	{"bare-body", "types of AWS's example functions: a body of data and encoding", edge.ViewerRequest,
		`{"Records":[{"cf":{"config":{"eventType":"viewer-request","distributionId":"E","distributionDomainName":"d","requestId":"r"},"request":{"uri":"/","querystring":"","method":"POST","clientIp":"203.0.113.1","headers":{"host":[{"value":"d"}]},"body":{"data":"aGk=","encoding":"base64"}}}}]}`,
		[]string{"request.body.action", "request.body.inputTruncated"}},
	{"s3-in-part", "tests of single-page applications: an origin of a domain name", edge.OriginRequest,
		`{"Records":[{"cf":{"request":{"uri":"/","method":"GET","querystring":"","origin":{"s3":{"domainName":"amzn-s3-demo-bucket.s3.amazonaws.com"}}}}}]}`,
		[]string{"request.origin.s3.authMethod", "request.origin.s3.customHeaders", "request.origin.s3.path", "request.origin.s3.region",
			"request.clientIp", "request.headers", "config"}},
	{"custom-in-part", "tests that switch the origin", edge.OriginRequest,
		`{"Records":[{"cf":{"request":{"uri":"/","method":"GET","querystring":"","clientIp":"203.0.113.1","headers":{"host":[{"value":"a.example"}],"via":[{"value":"x"}],"user-agent":[{"value":"x"}]},"origin":{"custom":{"domainName":"a.example","customHeaders":{},"path":""}}}}}]}`,
		[]string{"request.headers.x-forwarded-for", "request.origin.custom.keepaliveTimeout", "request.origin.custom.port", "request.origin.custom.protocol",
			"request.origin.custom.readTimeout", "request.origin.custom.sslProtocols", "config"}},
	{"origin-in-viewer-request", "fixtures for all triggers at once: CloudFront sends no origin here, and it stays", edge.ViewerRequest,
		`{"Records":[{"cf":{"config":{"distributionDomainName":"d","distributionId":"E","requestId":"r"},"request":{"clientIp":"203.0.113.1","headers":{"host":[{"value":"d"}]},"method":"GET","querystring":"","uri":"/","origin":{"custom":{"domainName":"a.example"}}}}}]}`,
		[]string{"config.eventType"}},
	{"new-kind-of-origin", "a kind that nobody knows stays alone", edge.OriginRequest,
		`{"Records":[{"cf":{"config":{"distributionDomainName":"d","distributionId":"E","requestId":"r"},"request":{"clientIp":"203.0.113.1","headers":{"host":[{"value":"d"}],"via":[{"value":"x"}],"user-agent":[{"value":"x"}],"x-forwarded-for":[{"value":"x"}]},"method":"GET","querystring":"","uri":"/","origin":{"vpc":{}}}}}]}`,
		[]string{"config.eventType"}},
	{"headers-of-a-response", "tests of functions that add security headers: exodus-lambda", edge.ViewerResponse,
		`{"Records":[{"cf":{"request":{"headers":{}},"response":{"headers":{}}}}]}`,
		[]string{"request.headers.host", "request.clientIp", "request.method", "request.querystring", "request.uri",
			"response.status", "response.statusDescription", "config"}},
	{"empty-response", "the same", edge.OriginResponse, `{"Records":[{"cf":{"response":{},"request":{}}}]}`,
		[]string{"response.headers", "response.status", "response.statusDescription",
			"request.origin", "request.clientIp", "request.headers", "request.method", "request.querystring", "request.uri", "config"}},
	{"number-as-status", "AWS's examples in Python", edge.OriginResponse, `{"Records":[{"cf":{"response":{"status":404,"headers":{}}}}]}`,
		[]string{"response.statusDescription", "config", "request"}},
}

func TestCompleteHandMade(t *testing.T) {
	for _, tt := range handMade {
		t.Run(tt.name, func(t *testing.T) {
			got, added, err := edgetest.Complete([]byte(tt.event), tt.trigger)
			if err != nil {
				t.Fatalf("%s: %v", tt.source, err)
			}
			if diff := cmp.Diff(tt.added, added); diff != "" {
				t.Errorf("%s (-want +got):\n%s\n%s", tt.source, diff, got)
			}
			f := passThrough()
			f.Warn = func(w *edge.FieldError) { t.Errorf("untouched, it warns: %v", w) }
			if _, err := f.Invoke(t.Context(), got); err != nil {
				t.Errorf("untouched, it is refused: %v\n%s", err, got)
			}
			if err := edgetest.TestFunction(f, fstest.MapFS{"a.json": {Data: got}}); err != nil {
				t.Error(err)
			}
			if _, err := edgetest.Redact(got); err != nil {
				t.Error(err)
			}
			again, more, err := edgetest.Complete(got, "")
			if err != nil || more != nil || !bytes.Equal(again, got) {
				t.Errorf("completed again it gets %q, %v:\n%s", more, err, again)
			}
		})
	}
}

// TestCompleteFollowsTheEvent: what is filled in does not contradict what is there.
func TestCompleteFollowsTheEvent(t *testing.T) {
	const rest = `"method":"GET","querystring":"","uri":"/"`
	for _, tt := range []struct{ name, trigger, cf, want string }{
		{"host-of-the-distribution", "viewer-request", `"config":{"distributionDomainName":"d123.cloudfront.net"},"request":{}`, `"value":"d123.cloudfront.net"`},
		{"host-of-the-origin", "origin-request", `"request":{"origin":{"s3":{"domainName":"b.s3.amazonaws.com"}}}`, `"host":[{"key":"Host","value":"b.s3.amazonaws.com"}]`},
		{"forwarded-for", "origin-request", `"request":{"clientIp":"198.51.100.7"}`, `"x-forwarded-for":[{"key":"X-Forwarded-For","value":"198.51.100.7"}]`},
		{"description", "origin-response", `"response":{"status":"404"}`, `"response":{"status":"404","headers":{},"statusDescription":"Not Found"}`},
		{"description-of-nothing", "origin-response", `"response":{"status":"299"}`, `"statusDescription":"OK"`},
		{"white-space", "viewer-request", `"request": { "clientIp" : "203.0.113.1","headers":{"host":[]},` + rest + ` }`, `"request": { "clientIp" : "203.0.113.1","headers":{"host":[]},` + rest + `}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _, err := edgetest.Complete([]byte(`{"Records":[{"cf":{`+tt.cf+`}}]}`), edge.Trigger(tt.trigger))
			if err != nil || !strings.Contains(string(got), tt.want) {
				t.Errorf("got %s, %v; want %s in it", got, err, tt.want)
			}
		})
	}
}

func TestCompleteRefuses(t *testing.T) {
	for _, tt := range []struct{ name, event, trigger, want string }{
		{"no-json", `{"Records":`, "viewer-request", "edgetest: Complete: edge: event, byte 11"},
		{"no-object", `[]`, "viewer-request", "want an object"},
		{"nothing", ``, "viewer-request", "edgetest: Complete: edge: event, byte 0"},
		{"no-record", `{}`, "viewer-request", "edgetest: Complete: event: the event has no record"},
		{"two-records", `{"Records":[{"cf":{}},{"cf":{}}]}`, "viewer-request", "more than one record"},
		{"no-object-for-a-record", `{"Records":[7]}`, "viewer-request", "Records[0]: "},
		{"no-trigger", `{"Records":[{"cf":{"request":{}}}]}`, "", "pass the trigger that it is meant for"},
		{"other-trigger", `{"Records":[{"cf":{"config":{"eventType":"viewer-request"},"request":{}}}]}`, "origin-request", `the event is one of "viewer-request" by its config.eventType; got the trigger "origin-request"`},
		{"unknown-trigger", `{"Records":[{"cf":{"request":{}}}]}`, "edge-request", `got the event type "edge-request"; want viewer-request`},
		{"no-response", `{"Records":[{"cf":{"request":{}}}]}`, "viewer-response", "the event of viewer-response has no response"},
		{"plain-header", `{"Records":[{"cf":{"request":{"headers":{"host":"a"}}}}]}`, "viewer-request", "Records[0].cf.request.headers.host: "},
		{"another-service", `{"Records":[{"eventSource":"aws:s3","s3":{}}]}`, "viewer-request", "Records[0]: the record has no member cf (this looks like an event of S3"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, added, err := edgetest.Complete([]byte(tt.event), edge.Trigger(tt.trigger))
			if err == nil || got != nil || added != nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %s, %q, %v; want an error with %q", got, added, err, tt.want)
			}
		})
	}
}

// TestTheWayToComplete: who tries such files as they are is told.
func TestTheWayToComplete(t *testing.T) {
	for event, want := range map[string]bool{handMade[0].event: true, `{"Records":[{"Sns":{}}]}`: false, `{}`: false} {
		err := edgetest.TestFunction(passThrough(), fstest.MapFS{"a.json": {Data: []byte(event)}})
		if err == nil || strings.Contains(err.Error(), "edgetest.Complete") != want {
			t.Errorf("got %v; want Complete named: %v", err, want)
		}
	}
}

// FuzzComplete: what Complete gives is an event, and complete; what was an event stays one.
func FuzzComplete(f *testing.F) {
	for _, e := range handMade {
		f.Add([]byte(e.event), string(e.trigger))
	}
	for _, name := range eventNames(f) {
		if event := readEvent(f, name); len(event) < 4<<10 {
			f.Add(event, "")
		}
	}
	f.Fuzz(func(t *testing.T, event []byte, trigger string) {
		got, added, err := edgetest.Complete(event, edge.Trigger(trigger))
		_, was := passThrough().Invoke(t.Context(), event)
		switch {
		case err != nil:
			if was == nil && trigger == "" {
				t.Errorf("an event is refused: %v\n%s", err, event)
			}
			return
		case len(added) == 0 && !bytes.Equal(got, event):
			t.Errorf("nothing is added, and it has changed:\n%s\n%s", event, got)
		}
		if _, err := passThrough().Invoke(t.Context(), got); err != nil {
			t.Errorf("what comes out is no event: %v\n%s", err, got)
		}
		if again, more, err := edgetest.Complete(got, ""); err != nil || len(more) > 0 || !bytes.Equal(again, got) {
			t.Errorf("completed again it gets %q, %v:\n%s", more, err, again)
		}
	})
}
