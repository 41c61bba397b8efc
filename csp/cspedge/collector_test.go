package cspedge_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/csp/cspedge"
	"github.com/edgehelpers/lambdaedge/csp/cspreport"
	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

const (
	good   = `{"csp-report":{"document-uri":"https://a.example/?user=alice","blocked-uri":"data","effective-directive":"img-src"}}`
	line   = `"documentURL":"https://a.example/","blockedURL":"data","effectiveDirective":"img-src"}` + "\n"
	report = "application/csp-report"
)

// TestCollector sends requests through the event's JSON.
func TestCollector(t *testing.T) {
	const noBody = "-"
	array := "[" + strings.Repeat(`{"type":"csp-violation","body":{"effectiveDirective":"a"}},`, 2)
	tests := []struct {
		name, method, target, contentType, body string
		truncated                               bool
		status                                  int // 0 lets the request pass
		lines                                   int
		reason                                  string
	}{
		{"report", "POST", "/csp-report", report, good, false, 204, 1, ""},
		{"query", "POST", "/csp-report?v=1", report, good, false, 204, 1, "a query does not matter"},
		{"report-to", "POST", "/csp-report", "Application/Reports+JSON; charset=utf-8", array + "{}]", false, 204, 2, ""},
		{"truncated", "POST", "/csp-report", "application/reports+json", array + `{"type":"csp-vio`, true, 204, 2, "what is whole is taken"},
		{"truncated-first", "POST", "/csp-report", report, `{"csp-report":{"docum`, true, 413, 0, "nothing is whole"},
		{"cut", "POST", "/csp-report", report, `{"csp-report":{"docum`, false, 400, 0, "the sender has cut it"},
		{"empty", "POST", "/csp-report", report, "", false, 400, 0, ""},
		{"text", "POST", "/csp-report", report, "hello", false, 400, 0, ""},
		{"no-type", "POST", "/csp-report", "", good, false, 415, 0, ""},
		{"form", "POST", "/csp-report", "text/plain", good, false, 415, 0, ""},
		{"get", "GET", "/csp-report", "", noBody, false, 405, 0, ""},
		{"put", "PUT", "/csp-report", report, good, false, 405, 0, ""},
		{"preflight", "OPTIONS", "/csp-report", "", noBody, false, 204, 0, ""},
		{"other", "POST", "/csp-reports", report, good, false, 0, 0, "another path"},
		{"page", "GET", "/", "", noBody, false, 0, 0, ""},
	}
	for _, tt := range tests {
		for _, trigger := range []edge.Trigger{edge.ViewerRequest, edge.OriginRequest} {
			t.Run(tt.name+"/"+string(trigger), func(t *testing.T) {
				var log bytes.Buffer
				c := &cspedge.Collector{Log: cspreport.Log{Writer: &log}}
				f := &edge.Function{ViewerRequest: c.Handle, OriginRequest: c.Handle}
				r := edgetest.NewRequest(trigger, tt.method, tt.target)
				if tt.contentType != "" {
					r.Header.Set("Content-Type", tt.contentType)
				}
				if tt.body != noBody {
					r.Body = &edge.RequestBody{InputTruncated: tt.truncated, Action: "read-only", Encoding: "base64", Data: base64.StdEncoding.EncodeToString([]byte(tt.body))}
				}
				out, err := edgetest.Request(f, r)
				if err != nil {
					t.Fatal(err)
				}
				status := 0
				if res, ok := out.(*edge.Response); ok {
					status = res.StatusCode
					if res.Header.Get("Cache-Control") != "no-store" || (res.Header.Get("Allow") != "") != (status == 405 || tt.method == "OPTIONS") {
						t.Errorf("header %v", res.Header)
					}
				}
				if n := strings.Count(log.String(), "\n"); status != tt.status || n != tt.lines {
					t.Errorf("got %d and %d lines, want %d and %d (%s)", status, n, tt.status, tt.lines, tt.reason)
				}
			})
		}
	}
}

// TestCollectorFails lets errors be errors, and not answers.
func TestCollectorFails(t *testing.T) {
	full := errors.New("full")
	c := &cspedge.Collector{Log: cspreport.Log{Writer: failing{full}}}
	r := edgetest.NewRequest(edge.ViewerRequest, "POST", "/csp-report")
	r.Header.Set("Content-Type", report)
	r.Body = &edge.RequestBody{Encoding: "text", Data: good}
	if _, err := c.Handle(context.Background(), r); !errors.Is(err, full) {
		t.Errorf("got %v, want the error of the log", err)
	}
	r.Body = nil
	if _, err := c.Handle(context.Background(), r); err == nil || !strings.Contains(err.Error(), "IncludeBody") {
		t.Errorf("the association lacks the body: got %v, want an error that the operator sees", err)
	}
	r.Body = &edge.RequestBody{Encoding: "base64", Data: "?"}
	if _, err := c.Handle(context.Background(), r); err == nil {
		t.Error("no error for a body that is not base64")
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestCollectorNext(t *testing.T) {
	next := func(context.Context, *edge.Request) (edge.Outcome, error) {
		return &edge.Response{StatusCode: 418}, nil
	}
	c := &cspedge.Collector{Path: "/r", Next: next}
	for path, want := range map[string]int{"/r": 405, "/csp-report": 418} {
		out, err := c.Handle(context.Background(), edgetest.NewRequest(edge.ViewerRequest, "GET", path))
		if err != nil || out.(*edge.Response).StatusCode != want {
			t.Errorf("%s: got %+v, %v; want %d", path, out, err, want)
		}
	}
}

// TestCollectorSimulated runs in a distribution, with a body of which CloudFront
// shows a part.
func TestCollectorSimulated(t *testing.T) {
	var log bytes.Buffer
	c := &cspedge.Collector{Log: cspreport.Log{Writer: &log}}
	sim, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{
		Origin:         &edgesim.S3Origin{FS: fstest.MapFS{}},
		AllowedMethods: []string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"},
		Functions: edgesim.Functions{ViewerRequest: edgesim.Association{
			Function: &edge.Function{ViewerRequest: c.Handle}, IncludeBody: true,
		}},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	one := `{"type":"csp-violation","body":{"documentURL":"https://a.example/","effectiveDirective":"img-src","sample":"` + strings.Repeat("x", 1000) + `"}}`
	long := "[" + strings.Repeat(one+",", 60) + one + "]" // 68 KB
	for _, tt := range []struct {
		method, body string
		status       int
		lines        int
	}{{"POST", good, 204, 1}, {"POST", long, 204, 36}, {"OPTIONS", "", 204, 0}, {"DELETE", "", 405, 0}} {
		log.Reset()
		r := httptest.NewRequest(tt.method, "/csp-report", strings.NewReader(tt.body))
		r.Header.Set("Content-Type", "application/reports+json")
		res, trace := sim.Do(r)
		if n := strings.Count(log.String(), "\n"); res.StatusCode != tt.status || n != tt.lines {
			t.Errorf("%s of %d bytes: got %d and %d lines, want %d and %d; %+v", tt.method, len(tt.body), res.StatusCode, n, tt.status, tt.lines, trace)
		}
	}
}

// TestCollectorEvents keeps the laws of functions for all events of this module.
func TestCollectorEvents(t *testing.T) {
	c := new(cspedge.Collector)
	if err := edgetest.TestFunction(&edge.Function{ViewerRequest: c.Handle, OriginRequest: c.Handle}, edgetest.Events()); err != nil {
		t.Error(err)
	}
}

// FuzzCollector keeps the laws of functions for events that nobody has thought
// of, and writes nothing but lines of JSON.
func FuzzCollector(f *testing.F) {
	for _, body := range []string{good, "[" + good + "]", "hello", ""} {
		event := `{"Records":[{"cf":{"config":{"distributionDomainName":"d111111abcdef8.cloudfront.net","distributionId":"EDFDVBD6EXAMPLE","eventType":"viewer-request","requestId":"x"},` +
			`"request":{"body":{"action":"read-only","data":"` + base64.StdEncoding.EncodeToString([]byte(body)) + `","encoding":"base64","inputTruncated":false},` +
			`"clientIp":"192.0.2.1","headers":{"content-type":[{"key":"Content-Type","value":"application/csp-report"}]},"method":"POST","querystring":"","uri":"/csp-report"}}}]}`
		f.Add([]byte(event))
	}
	edgetest.Fuzz(f, &edge.Function{ViewerRequest: (&cspedge.Collector{Log: cspreport.Log{Writer: lines{}}}).Handle})
}

// lines fails if it gets what is no line of JSON.
type lines struct{}

func (lines) Write(b []byte) (int, error) {
	text, ok := bytes.CutSuffix(b, []byte("\n"))
	if !ok || !json.Valid(text) || bytes.ContainsFunc(text, func(c rune) bool { return c < ' ' || c > '~' }) {
		panic("no line of JSON: " + string(b))
	}
	return len(b), nil
}

// TestLine shows what is in the log.
func TestLine(t *testing.T) {
	var log bytes.Buffer
	c := &cspedge.Collector{Log: cspreport.Log{Writer: &log}}
	r := edgetest.NewRequest(edge.ViewerRequest, "POST", "/csp-report")
	r.Header.Set("Content-Type", report)
	r.Body = &edge.RequestBody{Encoding: "text", Data: good}
	if _, err := c.Handle(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	time, rest, _ := strings.Cut(log.String(), ",")
	if diff := cmp.Diff(line, rest); diff != "" || !strings.HasPrefix(time, `{"time":"20`) {
		t.Errorf("%s (-want +got):\n%s", time, diff)
	}
}
