package edgelog_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgelog"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// What the lines of the tests have: the clock of a synctest bubble, and the invocation and the request of invoke.
const (
	stamp = `{"timestamp":"2000-01-01T00:00:00.000Z"`
	ids   = `"requestId":"8476a536-e9f4-11e8-9739-2dfe598c3fcd","cloudFrontRequestId":"4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==",` +
		`"distributionId":"EDFDVBD6EXAMPLE"`
	trace = `"traceId":"1-5bef4de7-ad49b0e87f6ef6c87fc2e700"`
)

func lambdaContext(parent context.Context) context.Context {
	return edge.ContextWithInvocation(parent, edge.Invocation{
		RequestID: "8476a536-e9f4-11e8-9739-2dfe598c3fcd", TraceID: "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0",
	})
}

// TestRequest holds the lines of requests, whole.
func TestRequest(t *testing.T) {
	t.Setenv("AWS_REGION", "eu-central-1")
	const of = `,` + ids + `,"trigger":"viewer-request","region":"eu-central-1",` + trace
	answer := &edge.Response{StatusCode: 302}
	for _, tt := range []struct {
		name    string
		outcome edge.Outcome
		err     error
		log     *edgelog.Logger
		want    string
		reason  string
	}{
		{"continued", new(edge.Request), nil, &edgelog.Logger{},
			stamp + `,"level":"INFO","message":"continued"` + of + `,"request":{"method":"GET"},"durationMs":1.500}`, "nothing of the request but its method"},
		{"answered", answer, nil, &edgelog.Logger{},
			stamp + `,"level":"INFO","message":"answered"` + of + `,"request":{"method":"GET"},"status":302,"durationMs":1.500}`, "the status is the answer's"},
		{"failed", answer, errors.New("no\nkey"), &edgelog.Logger{},
			stamp + `,"level":"ERROR","message":"failed"` + of + `,"request":{"method":"GET"},"durationMs":1.500,"error":"no\nkey"}`, "after an error the answer counts for nothing"},
		{"nothing", nil, nil, &edgelog.Logger{},
			stamp + `,"level":"ERROR","message":"failed"` + of + `,"request":{"method":"GET"},"durationMs":1.500}`, "edge refuses nil and nil"},
		{"nil-response", (*edge.Response)(nil), nil, &edgelog.Logger{},
			stamp + `,"level":"ERROR","message":"failed"` + of + `,"request":{"method":"GET"},"durationMs":1.500}`, "and a nil *Response"},
		{"quiet", answer, nil, &edgelog.Logger{Level: edgelog.Warn}, "", "Info is below Warn"},
		{"quiet-failed", nil, errors.New("x"), &edgelog.Logger{Level: edgelog.Error},
			stamp + `,"level":"ERROR","message":"failed"` + of + `,"request":{"method":"GET"},"durationMs":1.500,"error":"x"}`, "Error is not below Error"},
		{"shown", answer, nil, &edgelog.Logger{Show: []string{"uri", "querystring", "clientIp", "User-Agent", "cookie", "x-forwarded-for", "x-absent", "host", "x-api-key"}},
			stamp + `,"level":"INFO","message":"answered"` + of + `,"request":{"method":"GET","uri":"/a%20b","querystring":"email=x%40x%2Exx&x0","clientIp":"000.0.000.000",` +
				`"headers":{"user-agent":"edgetest","cookie":"session=xxxxxx, theme=xxxx","x-forwarded-for":"000.0.000.0","host":"www.example.com","x-api-key":"xxxx"}},` +
				`"status":302,"durationMs":1.500}`, "as edgetest.Redact has it, addresses filled"},
		{"personal", answer, nil, &edgelog.Logger{Personal: true, Show: []string{"querystring", "clientIp", "cookie"}},
			stamp + `,"level":"INFO","message":"answered"` + of + `,"request":{"method":"GET","querystring":"email=a%40b%2Ede&z1","clientIp":"203.0.113.178",` +
				`"headers":{"cookie":"session=geheim, theme=dark"}},"status":302,"durationMs":1.500}`, "asked for"},
		{"metrics", answer, nil, &edgelog.Logger{Metrics: "Shop/Edge"},
			stamp + `,"level":"INFO","message":"answered"` + of + `,"request":{"method":"GET"},"status":302,"durationMs":1.500,"errors":0,` +
				`"_aws":{"Timestamp":946684800001,"CloudWatchMetrics":[{"Namespace":"Shop/Edge","Dimensions":[["distributionId","trigger"]],` +
				`"Metrics":[{"Name":"durationMs","Unit":"Milliseconds"},{"Name":"errors","Unit":"Count"}]}]}}`, "the specification's form"},
		{"metrics-failed", nil, errors.New("x"), &edgelog.Logger{Metrics: "Shop/Edge"},
			stamp + `,"level":"ERROR","message":"failed"` + of + `,"request":{"method":"GET"},"durationMs":1.500,"error":"x","errors":1,` +
				`"_aws":{"Timestamp":946684800001,"CloudWatchMetrics":[{"Namespace":"Shop/Edge","Dimensions":[["distributionId","trigger"]],` +
				`"Metrics":[{"Name":"durationMs","Unit":"Milliseconds"},{"Name":"errors","Unit":"Count"}]}]}}`, "an error counts"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var out bytes.Buffer
				log := tt.log
				log.Output = &out
				handler := log.Request(func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
					time.Sleep(1500 * time.Microsecond)
					r.URI, r.Method = "/changed", "CHANGED" // the line has what came
					return tt.outcome, tt.err
				})
				r := edgetest.NewRequest(edge.ViewerRequest, "GET", "https://www.example.com/a%20b?email=a%40b%2Ede&z1")
				r.Header.Add("Cookie", "session=geheim")
				r.Header.Add("Cookie", "theme=dark")
				r.Header.Set("X-Forwarded-For", "203.0.113.9")
				r.Header.Set("X-Api-Key", "hush")
				outcome, err := handler(lambdaContext(t.Context()), r)
				if outcome != tt.outcome || err != tt.err {
					t.Errorf("got %v, %v; want what the handler returned", outcome, err)
				}
				if diff := cmp.Diff(tt.want, strings.TrimSuffix(strings.ReplaceAll(out.String(), "00.001Z", "00.000Z"), "\n")); diff != "" {
					t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
				}
			})
		})
	}
}

func TestResponse(t *testing.T) {
	var out bytes.Buffer
	log := &edgelog.Logger{Output: &out}
	f := &edge.Function{OriginResponse: log.Response(func(_ context.Context, r *edge.Response) error {
		r.StatusCode = 200
		return nil
	})}
	if _, err := edgetest.Response(f, edgetest.NewResponse(edge.OriginResponse, 404, "/")); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Level, Message, Trigger string
		Status                  int
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := got
	want.Level, want.Message, want.Trigger, want.Status = "INFO", "edited", "origin-response", 200
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	out.Reset()
	broken := log.Response(func(context.Context, *edge.Response) error { return errors.New("x") })
	if err := broken(t.Context(), new(edge.Response)); err == nil || !strings.Contains(out.String(), `"message":"failed"`) {
		t.Errorf("a response without a request: got %v and the line %s", err, &out)
	}
}

// TestPanic: the panic goes on with its own value, and is a line.
func TestPanic(t *testing.T) {
	var out bytes.Buffer
	log := &edgelog.Logger{Output: &out}
	defer func() {
		if v := recover(); v != "boom" || !strings.Contains(out.String(), `"level":"ERROR","message":"panicked"`) {
			t.Errorf("got the panic %v and the line %s", v, &out)
		}
	}()
	log.Request(func(context.Context, *edge.Request) (edge.Outcome, error) { panic("boom") })(t.Context(), edgetest.NewRequest(edge.ViewerRequest, "GET", "/"))
}

func TestWarning(t *testing.T) {
	t.Setenv("AWS_REGION", "")
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		log := &edgelog.Logger{Output: &out}
		log.Warning(&edge.FieldError{Trigger: edge.ViewerRequest, Field: "headers.cookie[0].value", Value: "session=geheim", Rule: "header-value", Reason: "broken"})
		want := stamp + `,"level":"WARN","message":"edge: viewer-request: headers.cookie[0].value: got a value that logs must not have: broken",` +
			`"rule":"header-value","field":"headers.cookie[0].value"}` + "\n"
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}
