package edgesim_test

import (
	"context"
	"encoding/json"
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

// FuzzAgreement holds the two rule books together: package edge has one for what leaves a function, and the simulator one of its own for what
// arrives, as it takes functions of any make. What the first lets out, the second must take.
func FuzzAgreement(f *testing.F) {
	f.Add(uint8(0), "X-A", "1", "/a", "b=c", 200, "text")
	f.Add(uint8(1), "Host", "example.org", "/a b", "b c", 302, "")
	f.Add(uint8(2), "Via", "me", "", "#", 599, "x")
	f.Add(uint8(3), "X-Edge-A", "\r\n", "a", "", 100, "\x00")
	f.Add(uint8(0), "CloudFront-Viewer-Country", "CH", "/%zz?", "%", 204, "x")
	f.Add(uint8(1), "x a", "", "//", "", 600, "é")
	triggers := []edge.Trigger{edge.ViewerRequest, edge.OriginRequest, edge.OriginResponse, edge.ViewerResponse}
	f.Fuzz(func(t *testing.T, n uint8, name, value, uri, query string, status int, text string) {
		onRequest := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			if n&8 != 0 {
				resp := &edge.Response{StatusCode: status, Body: edge.Text(text)}
				resp.Header.Set(name, value)
				return resp, nil
			}
			r.Header.Add(name, value)
			r.URI, r.QueryString = uri, query
			return r, nil
		}
		onResponse := func(_ context.Context, r *edge.Response) error {
			r.Header.Set(name, value)
			r.StatusCode, r.Body = status, edge.Text(text)
			return nil
		}
		function := &edge.Function{ViewerRequest: onRequest, OriginRequest: onRequest, OriginResponse: onResponse, ViewerResponse: onResponse}
		trigger := triggers[n%4]
		s := foreign(t, trigger, raw(func(event []byte) ([]byte, error) { return function.Invoke(context.Background(), event) }))
		_, trace := get(s, "/")
		st := trace.Stage(edgesim.StageName(trigger))
		if st.Output == nil || trace.Result != "LambdaValidationError from cloudfront" {
			return // package edge refused it itself, or the simulator took it
		}
		found, _ := json.Marshal(st.Findings)
		t.Errorf("package edge lets out %s, and the simulator refuses it: %s", st.Output, found)
	})
}
