package edgesim_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// site is the bucket of most tests.
func site() fstest.MapFS {
	return fstest.MapFS{
		"index.html": {Data: []byte("<!doctype html><title>index</title>")},
		"other.html": {Data: []byte("<!doctype html><title>other</title>")},
		"script.js":  {Data: []byte("console.log(1)")},
		"big.txt":    {Data: []byte(strings.Repeat("all work and no play ", 500))},
	}
}

// simulator makes a simulator or ends the test.
func simulator(t testing.TB, c edgesim.Config) *edgesim.Simulator {
	t.Helper()
	s, err := edgesim.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// get asks for a target, with headers as name and value in turn.
func get(s *edgesim.Simulator, target string, headers ...string) (*http.Response, *edgesim.Trace) {
	return send(s, http.MethodGet, target, headers...)
}

func send(s *edgesim.Simulator, method, target string, headers ...string) (*http.Response, *edgesim.Trace) {
	r := httptest.NewRequest(method, target, nil)
	r.Host = "localhost:8080"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return s.Do(r)
}

func body(t testing.TB, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// demo is a function with the two triggers of the article: a redirect of index.html with a query string, and a
// policy on what the origin answers.
func demo() *edge.Function {
	return &edge.Function{
		ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			if r.URI == "/index.html" && r.QueryString != "" {
				resp := &edge.Response{StatusCode: 302}
				resp.Header.Set("Location", "https://"+r.Config.DistributionDomainName+"/other.html?"+r.QueryString)
				return resp, nil
			}
			return r, nil
		},
		OriginResponse: func(_ context.Context, r *edge.Response) error {
			r.Header.Set("Content-Security-Policy", "script-src https://"+r.Request.Config.DistributionDomainName+"; connect-src https://api.github.com")
			return nil
		},
	}
}

func demoConfig(f *edge.Function) edgesim.Config {
	return edgesim.Config{Distribution: edgesim.Distribution{
		DefaultRootObject: "index.html",
		DefaultBehavior: edgesim.Behavior{
			Origin: &edgesim.S3Origin{FS: site()}, CachePolicy: edgesim.CachingOptimized(), Functions: edgesim.Associate(f),
		},
	}}
}

func TestDemo(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	terminal := &edgesim.Terminal{Writer: &out}
	c := demoConfig(demo())
	c.Observe = terminal.Print
	s := simulator(t, c)

	const query = "username=octocat&x=a%20b+%2F&&z"
	resp, trace := get(s, "/index.html?"+query)
	if got, want := resp.Header.Get("Location"), "http://localhost:8080/other.html?"+query; resp.StatusCode != 302 || got != want {
		t.Errorf("got %d to %q, want 302 to %q", resp.StatusCode, got, want)
	}
	if got, want := trace.Result, "LambdaGeneratedResponse from cloudfront"; got != want {
		t.Errorf("X-Cache: got %q, want %q", got, want)
	}

	for _, want := range []string{"Miss from cloudfront", "Hit from cloudfront"} {
		resp, _ = get(s, "/other.html?"+query, "Referer", "http://localhost:8080/index.html")
		if resp.StatusCode != 200 || resp.Header.Get("X-Cache") != want {
			t.Errorf("got %d, X-Cache %q, want 200, %q", resp.StatusCode, resp.Header.Get("X-Cache"), want)
		}
		if got, want := resp.Header.Get("Content-Security-Policy"), "script-src http://localhost:8080; connect-src https://api.github.com"; got != want {
			t.Errorf("policy: got %q, want %q", got, want)
		}
	}
	t.Logf("\n%s", out.String())
	for _, secret := range []string{"octocat", "192.0.2.1"} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("the terminal shows %q:\n%s", secret, out.String())
		}
	}
}

func TestFunctionFailures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, reason  string
		handler       edge.RequestHandler
		status        int
		result, trace string
	}{
		{"error", "http-503-service-unavailable.html: an unhandled error",
			func(context.Context, *edge.Request) (edge.Outcome, error) { return nil, errors.New("no such table") },
			503, "LambdaExecutionError from cloudfront", "no such table"},
		{"panic", "the same",
			func(context.Context, *edge.Request) (edge.Outcome, error) { panic("out of luck") },
			503, "LambdaExecutionError from cloudfront", "out of luck"},
		{"nil", "http-502-bad-gateway.html: package edge refuses nothing at all",
			func(context.Context, *edge.Request) (edge.Outcome, error) { return nil, nil },
			502, "LambdaValidationError from cloudfront", "nil"},
		{"read-only-header", "edge-function-restrictions-all.html: Host is read-only in viewer-request",
			func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
				r.Header.Set("Host", "evil.example")
				return r, nil
			},
			502, "LambdaValidationError from cloudfront", "host"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := simulator(t, demoConfig(&edge.Function{ViewerRequest: tc.handler}))
			resp, trace := get(s, "/")
			if resp.StatusCode != tc.status || trace.Result != tc.result {
				t.Errorf("got %d %q, want %d %q (%s)", resp.StatusCode, trace.Result, tc.status, tc.result, tc.reason)
			}
			if st := trace.Stage(edgesim.StageViewerRequest); st == nil || !strings.Contains(st.Error, tc.trace) {
				t.Errorf("got stage %+v, want an error with %q", st, tc.trace)
			}
			if page := body(t, resp); !strings.Contains(page, "The request could not be satisfied") || strings.Contains(page, tc.trace) {
				t.Errorf("not CloudFront's page, or one that tells the reason:\n%s", page)
			}
		})
	}
}
