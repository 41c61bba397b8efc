package edgesim_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

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
