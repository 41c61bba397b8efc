package functions_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/functions"
	"github.com/google/go-cmp/cmp"
)

// An answer is what a function gives back for an event, as CloudFront reads it.
type answer struct {
	Status      string
	QueryString *string
	URI         string
	Headers     map[string][]struct{ Key, Value string }
	Body        *string
}

// header returns the header's only value, "" for none.
func (a answer) header(t *testing.T, name string) string {
	t.Helper()
	switch values := a.Headers[strings.ToLower(name)]; len(values) {
	case 0:
		return ""
	case 1:
		return values[0].Value
	default:
		t.Errorf("%s: %d values; want one", name, len(values))
		return values[0].Value
	}
}

// event reads one of the module's events.
func event(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../../testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func invoke(t *testing.T, f *edge.Function, event []byte) answer {
	t.Helper()
	output, err := f.Invoke(context.Background(), event)
	if err != nil {
		t.Fatal(err)
	}
	var a answer
	if err := json.Unmarshal(output, &a); err != nil {
		t.Fatalf("%v in %s", err, output)
	}
	return a
}

func originResponse(t *testing.T, githubAPI string) *edge.Function {
	t.Helper()
	handler, err := functions.OriginResponse(githubAPI)
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
	function := originResponse(t, "https://api.github.com")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			input := event(t, test.event)
			got, before := invoke(t, function, input), responseOf(t, input)
			if got.Status != before.Status || got.Body != nil {
				t.Errorf("status %q, body %v; want status %q and the origin's own body", got.Status, got.Body, before.Status)
			}
			for name, value := range want {
				if header := got.header(t, name); header != value {
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

// responseOf returns the event's own response.
func responseOf(t *testing.T, event []byte) answer {
	t.Helper()
	var e struct {
		Records []struct{ CF struct{ Response answer } }
	}
	if err := json.Unmarshal(event, &e); err != nil || len(e.Records) != 1 {
		t.Fatalf("%d records, %v", len(e.Records), err)
	}
	return e.Records[0].CF.Response
}

// A function serves one distribution, but nothing stops a second one from using it.
func TestOriginResponseNamesTheDistributionOfTheEvent(t *testing.T) {
	function := originResponse(t, "https://api.github.com")
	first := string(event(t, "origin-response-demo-other"))
	second := strings.ReplaceAll(first, "d111111abcdef8", "d222222abcdef8")
	for _, input := range []string{first, second, first, first} {
		want := "d111111abcdef8"
		if input == second {
			want = "d222222abcdef8"
		}
		policy := invoke(t, function, []byte(input)).header(t, "Content-Security-Policy")
		if got := strings.Count(policy, "https://"+want+".cloudfront.net"); got != 4 || strings.Count(policy, ".cloudfront.net") != got {
			t.Errorf("policy of %s: %q", want, policy)
		}
	}
}

func TestOriginResponseTakesAnotherAPI(t *testing.T) {
	function := originResponse(t, "http://localhost:43210")
	policy := invoke(t, function, event(t, "origin-response-demo-other")).header(t, "Content-Security-Policy")
	if !strings.Contains(policy, "; connect-src http://localhost:43210;") || strings.Contains(policy, "api.github.com") {
		t.Errorf("policy %q; want http://localhost:43210 in place of GitHub", policy)
	}
}

func TestOriginResponseRefuses(t *testing.T) {
	for _, address := range []string{"", "https://api.github.com; script-src *", "https://api.github.com *", "'self'", "https://[::1]", "javascript:"} {
		if _, err := functions.OriginResponse(address); err == nil {
			t.Errorf("OriginResponse(%q) = nil error; want one", address)
		} else if !strings.HasPrefix(err.Error(), "githubdemo: address of the GitHub API: ") {
			t.Errorf("OriginResponse(%q): %v; want the error to say what is wrong", address, err)
		}
	}
	t.Run("distribution", func(t *testing.T) {
		input := strings.ReplaceAll(string(event(t, "origin-response-demo-other")), "d111111abcdef8.cloudfront.net", "x; script-src *")
		if output, err := originResponse(t, "https://api.github.com").Invoke(context.Background(), []byte(input)); err == nil {
			t.Errorf("a domain that cannot be one: got %s; want an error, so that no page goes out without its policy", output)
		}
	})
}

func BenchmarkOriginResponse(b *testing.B) {
	handler, err := functions.OriginResponse("https://api.github.com")
	if err != nil {
		b.Fatal(err)
	}
	function := &edge.Function{OriginResponse: handler}
	input, err := os.ReadFile("../../../testdata/origin-response-demo-other.json")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := function.Invoke(context.Background(), input); err != nil {
			b.Fatal(err)
		}
	}
}
