package edgesim_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestTerminal holds what is printed: nothing personal, nothing that a terminal obeys.
func TestTerminal(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	terminal := &edgesim.Terminal{Writer: &out}
	s := foreign(t, edge.ViewerRequest, raw(func(event []byte) ([]byte, error) {
		return nil, &failure{"cannot serve \x1b" + string(event) + "\x1b]0;title\a\u202e\r\n"}
	}), func(c *edgesim.Config) { c.Observe = terminal.Print })
	get(s, "/a%1b%5b2J?username=octo%20cat&id=12345", "Cookie", "session=s3cret; b=2", "Authorization", "Bearer t0ken", "X-Forwarded-For", "198.51.100.7")
	r := httptest.NewRequest("GET", "/", nil)
	r.Host, r.RequestURI = "localhost", "/\x1b[2Jé?x"
	s.Do(r)
	got := out.String()
	for _, secret := range []string{"octo", "12345", "s3cret", "t0ken", "192.0.2.1", "198.51.100.7", "\x1b", "\a", "\u202e", "\r"} {
		if strings.Contains(got, secret) {
			t.Errorf("the terminal shows %q:\n%s", secret, got)
		}
	}
	for _, want := range []string{"GET /a%1b%5b2J?…(28)  503  LambdaExecutionError from cloudfront", "viewer-request", "✗ cannot serve", `\x1b`} {
		if !strings.Contains(got, want) {
			t.Errorf("the terminal does not show %q:\n%s", want, got)
		}
	}
	out.Reset()
	colored := &edgesim.Terminal{Writer: &out, Color: edgesim.ColorAlways, Short: true}
	_, trace := get(behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: says(200)}}), "/")
	colored.Print(trace)
	if got := out.String(); strings.Count(got, "\n") != 1 || !strings.HasPrefix(got, "\x1b[1mGET /\x1b[0m  \x1b[32m200\x1b[0m  Miss from cloudfront") {
		t.Errorf("short, in colour: got %q", got)
	}
}

type failure struct{ text string }

func (f *failure) Error() string { return f.text }
