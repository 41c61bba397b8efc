package originresponse_test

import (
	"context"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/functions/internal/eventtest"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/functions/originresponse"
	"github.com/google/go-cmp/cmp"
)

func newFunction(t *testing.T, githubAPI string) *edge.Function {
	t.Helper()
	handler, err := originresponse.Handler(githubAPI)
	if err != nil {
		t.Fatal(err)
	}
	return &edge.Function{OriginResponse: handler}
}

func TestOriginResponse(t *testing.T) {
	want := map[string]string{
		"Content-Security-Policy": "default-src 'none'; " +
			"script-src 'self' https://d111111abcdef8.cloudfront.net; " +
			"style-src 'self' https://d111111abcdef8.cloudfront.net; " +
			"img-src 'self' https://d111111abcdef8.cloudfront.net https://avatars.githubusercontent.com https://api.github.com; " +
			"connect-src https://api.github.com; " +
			"form-action 'self' https://d111111abcdef8.cloudfront.net; " +
			"base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
		"Strict-Transport-Security":    "max-age=31536000",
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "same-origin",
		"Permissions-Policy":           "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
	}
	tests := []struct{ name, event, reason string }{
		{"page", "origin-response-demo-other", "the page that runs the script"},
		{"script", "origin-response-demo-script", "every file: a browser heeds nosniff on the script"},
		{"not-modified", "origin-response-304", "CloudFront takes the new headers of a 304 into its cache"},
		{"missing-object", "origin-response-s3-403", "an error page is a page"},
		{"server-error", "origin-response-500", "whatever the status"},
		{"custom-origin", "origin-response-custom", "whatever the origin"},
	}
	function := newFunction(t, "https://api.github.com")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			input := eventtest.Read(t, test.event)
			got := eventtest.Invoke(t, function, input)
			_, before := eventtest.Parse(t, input)
			if got.Status != before.Status || got.Body != nil {
				t.Errorf("status %q, body %v; want status %q and the origin's own body", got.Status, got.Body, before.Status)
			}
			for name, value := range want {
				if header := got.Header(t, name); header != value {
					t.Errorf("%s\n got %q\nwant %q (%s)", name, header, value, test.reason)
				}
				delete(got.Headers, strings.ToLower(name))
				delete(before.Headers, strings.ToLower(name))
			}
			if diff := cmp.Diff(before.Headers, got.Headers); diff != "" {
				t.Errorf("the other headers changed (-want +got):\n%s", diff)
			}
		})
	}
}

// A function serves one distribution, but nothing stops a second one from using it.
func TestOriginResponseNamesTheDistributionOfTheEvent(t *testing.T) {
	function := newFunction(t, "https://api.github.com")
	first := string(eventtest.Read(t, "origin-response-demo-other"))
	second := strings.ReplaceAll(first, "d111111abcdef8", "d222222abcdef8")
	for _, input := range []string{first, second, first, first} {
		want := "d111111abcdef8"
		if input == second {
			want = "d222222abcdef8"
		}
		policy := eventtest.Invoke(t, function, []byte(input)).Header(t, "Content-Security-Policy")
		if got := strings.Count(policy, "https://"+want+".cloudfront.net"); got != 4 || strings.Count(policy, ".cloudfront.net") != got {
			t.Errorf("policy of %s: %q", want, policy)
		}
	}
}

func TestOriginResponseTakesAnotherAPI(t *testing.T) {
	function := newFunction(t, "http://localhost:43210")
	policy := eventtest.Invoke(t, function, eventtest.Read(t, "origin-response-demo-other")).Header(t, "Content-Security-Policy")
	if !strings.Contains(policy, "; connect-src http://localhost:43210;") || strings.Contains(policy, "api.github.com") {
		t.Errorf("policy %q; want http://localhost:43210 in place of GitHub", policy)
	}
}

func TestOriginResponseRefuses(t *testing.T) {
	for _, address := range []string{"", "https://api.github.com; script-src *", "https://api.github.com *", "'self'", "https://[::1]", "javascript:"} {
		if _, err := originresponse.Handler(address); err == nil {
			t.Errorf("Handler(%q) = nil error; want one", address)
		} else if !strings.HasPrefix(err.Error(), "githubdemo: address of the GitHub API: ") {
			t.Errorf("Handler(%q): %v; want the error to say what is wrong", address, err)
		}
	}
	t.Run("distribution", func(t *testing.T) {
		input := strings.ReplaceAll(string(eventtest.Read(t, "origin-response-demo-other")), "d111111abcdef8.cloudfront.net", "x; script-src *")
		if output, err := newFunction(t, "https://api.github.com").Invoke(context.Background(), []byte(input)); err == nil {
			t.Errorf("a domain that cannot be one: got %s; want an error, so that no page goes out without its policy", output)
		}
	})
}

func BenchmarkOriginResponse(b *testing.B) {
	handler, err := originresponse.Handler("https://api.github.com")
	if err != nil {
		b.Fatal(err)
	}
	function := &edge.Function{OriginResponse: handler}
	input := eventtest.Read(b, "origin-response-demo-other")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := function.Invoke(context.Background(), input); err != nil {
			b.Fatal(err)
		}
	}
}
