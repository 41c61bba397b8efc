package edgesim_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// FuzzAnswer holds that whatever a function returns, on whatever trigger, the viewer gets an answer of
// CloudFront's: 502 with a finding, or what the function says.
func FuzzAnswer(f *testing.F) {
	for trigger := range 4 {
		for _, answer := range []string{`{}`, `null`, `{"status":"200","headers":{"x-a":[{"value":"1"}]},"body":"x"}`, `{"uri":"/","querystring":""}`,
			`{"uri":"/","origin":{"custom":{"domainName":"a"}}}`, `{"uri":"/","body":{"action":"replace","data":"eA=="}}`, `{"status":302}`, "\x00"} {
			f.Add(uint8(trigger), answer)
		}
	}
	triggers := []edge.Trigger{edge.ViewerRequest, edge.OriginRequest, edge.OriginResponse, edge.ViewerResponse}
	f.Fuzz(func(t *testing.T, n uint8, answer string) {
		trigger := triggers[n%4]
		s := foreign(t, trigger, returns(answer), func(c *edgesim.Config) {
			c.LookupHost = func(context.Context, string) ([]string, error) { return nil, &failure{"no network in this test"} }
		})
		resp, trace := get(s, "/")
		st := trace.Stage(edgesim.StageName(trigger))
		switch {
		case resp.StatusCode < 200 || resp.StatusCode > 599:
			t.Errorf("got status %d", resp.StatusCode)
		case trace.Result == "LambdaValidationError from cloudfront" && (resp.StatusCode != 502 || len(st.Findings) == 0 || st.Error == ""):
			t.Errorf("refused with %d, findings %v, error %q", resp.StatusCode, st.Findings, st.Error)
		}
		for name, values := range resp.Header {
			for _, v := range values {
				if strings.ContainsAny(v, "\r\n\x00") {
					t.Errorf("%s: %q", name, v)
				}
			}
		}
	})
}

// FuzzViewer holds that no target, host or header makes the simulator fall over, and that its answers are
// CloudFront's.
func FuzzViewer(f *testing.F) {
	f.Add("GET", "/index.html?a=b", "localhost:8080", "Referer", "http://localhost:8080/")
	f.Add("OPTIONS", "*", "", "Range", "bytes=0-")
	f.Add("HEAD", "http://a/b?c", "a", "Cookie", "a=b;c; =d")
	f.Add("POST", "//a//../%2e%2e/\xff", "[::1]:80", "Accept-Encoding", "br;q=0, gzip;q=")
	f.Add("GET", "/", "d111111abcdef8.cloudfront.net", "X-Mock-Lambda-Fault", "viewer-request=crash,=,a")
	s := simulator(f, demoConfig(demo()))
	f.Fuzz(func(t *testing.T, method, target, host, name, value string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Method, r.RequestURI, r.Host, r.URL = method, target, host, &url.URL{Path: "/"}
		r.Header[http.CanonicalHeaderKey(name)] = []string{value}
		resp, trace := s.Do(r)
		if resp.StatusCode < 200 || resp.StatusCode > 599 || trace.Status != resp.StatusCode || len(trace.Stages) == 0 {
			t.Errorf("got %d, %+v", resp.StatusCode, trace)
		}
		for i := 1; i < len(trace.Stages); i++ {
			if trace.Stages[i].Start < trace.Stages[i-1].Start {
				t.Errorf("stages out of order: %v", trace.Way())
			}
		}
	})
}
