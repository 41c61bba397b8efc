package edgesim_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

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

// TestTerminalEvents holds that what only functions see is not printed either: bodies, what another function made of the request, the
// origin's custom headers, cookies of an answer, and what a finding says of such a field.
func TestTerminalEvents(t *testing.T) {
	t.Parallel()
	echo := raw(func(event []byte) ([]byte, error) { return nil, &failure{string(event)} })
	posted := &edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		data, _ := r.Body.Bytes()
		return nil, fmt.Errorf("cannot read %q", data)
	}}
	origin := &edgesim.CustomOrigin{Handler: says(200, "Set-Cookie", "sid=fromOrigin; Path=/"), CustomHeaders: http.Header{"X-Verify": {"sharedWithOrigin"}}}
	tests := []struct {
		name string
		b    edgesim.Behavior
	}{
		{"body-in-an-event", edgesim.Behavior{Functions: edgesim.Functions{ViewerRequest: edgesim.Association{Function: echo, IncludeBody: true}}}},
		{"body", edgesim.Behavior{Functions: edgesim.Functions{ViewerRequest: edgesim.Association{Function: posted, IncludeBody: true}}}},
		{"custom-header", edgesim.Behavior{Functions: edgesim.Functions{OriginRequest: edgesim.Association{Function: echo}}}},
		{"other-function", edgesim.Behavior{OriginRequestPolicy: edgesim.AllViewer(), Functions: edgesim.Functions{
			ViewerRequest: edgesim.Association{Function: edit(func(m map[string]any) { header(m, "x-user", "johnDoe1234") })}, OriginRequest: edgesim.Association{Function: echo}}}},
		{"set-cookie", edgesim.Behavior{OriginRequestPolicy: edgesim.AllViewer(), Functions: edgesim.Functions{OriginResponse: edgesim.Association{Function: echo}}}},
		{"own-cookie", edgesim.Behavior{Functions: edgesim.Functions{ViewerRequest: edgesim.Association{Function: returns(`{"status":"200","headers":{"set-cookie":[{"value":"sid=ownCookie1\n"}]}}`)}}}},
		{"own-query", edgesim.Behavior{Functions: edgesim.Functions{ViewerRequest: edgesim.Association{Function: edit(func(m map[string]any) { m["querystring"] = "signed=ownQuery1 x" })}}}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			tc.b.Origin, tc.b.CachePolicy, tc.b.AllowedMethods = origin, edgesim.CachingDisabled(), []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"}
			s := behind(t, tc.b, func(c *edgesim.Config) { c.Observe = (&edgesim.Terminal{Writer: &out}).Print })
			r := httptest.NewRequest("POST", "/", strings.NewReader("password=inTheBody&user=octo"))
			if resp, _ := s.Do(r); resp.StatusCode < 500 {
				t.Fatalf("got %d:\n%s", resp.StatusCode, out.String())
			}
			for _, secret := range []string{"inTheBody", "octo", "cGFzc3dvcmQ9aW5UaGVCb2R5", "JnVzZXI9b2N0bw", "sharedWithOrigin", "johnDoe", "fromOrigin", "ownCookie", "ownQuery"} {
				if strings.Contains(out.String(), secret) {
					t.Errorf("the terminal shows %q:\n%s", secret, out.String())
				}
			}
		})
	}
}

// TestTerminalOnce holds that each thing that is wrong is printed once, and lines as lines.
func TestTerminalOnce(t *testing.T) {
	t.Parallel()
	refused := &edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		r.Header.Set("Host", "a.example")
		r.Header.Set("Via", "me")
		return r, nil
	}}
	tests := []struct {
		name    string
		trigger edge.Trigger
		f       edgesim.Function
		want    []string // of the function's stage
	}{
		{"error", edge.ViewerRequest, raw(func([]byte) ([]byte, error) { return nil, &failure{"no table"} }), []string{"viewer-request * ✗ no table"}},
		{"lines", edge.ViewerRequest, raw(func([]byte) ([]byte, error) { return nil, &failure{"no table:\r\n\tline\x1b[2J 1\nline 2\n"} }),
			[]string{"viewer-request * ✗ no table:", `    line\x1b[2J 1`, "  line 2"}},
		{"joined", edge.ViewerRequest, raw(func([]byte) ([]byte, error) { return nil, errors.Join(&failure{"one"}, &failure{"two"}) }),
			[]string{"viewer-request * ✗ one", "  two"}},
		{"field-errors", edge.ViewerRequest, refused, []string{
			`viewer-request * ✗ headers.host[0].value: got "a.example": this header is read-only in this trigger and must not be changed: CloudFront sent "d111111abcdef8.cloudfront.net" (leave it as it came)`,
			`✗ headers.via: got "me": this header is read-only in this trigger and must not be added (leave it to CloudFront)`}},
		{"findings", edge.ViewerResponse, edit(func(m map[string]any) { m["status"] = 200; header(m, "x-cache", "Hit") }), []string{
			`viewer-response * ✗ headers["x-cache"]: got "Hit": CloudFront does not allow functions to set this header (leave it out)`,
			`! status: got "200": a number (the documents ask for a string: "200")`}},
		{"warnings", edge.ViewerResponse, edit(func(m map[string]any) { m["status"] = 200 }), []string{
			`viewer-response * ! status: got "200": a number (the documents ask for a string: "200")`}},
		{"many-lines", edge.ViewerRequest, raw(func([]byte) ([]byte, error) { return nil, &failure{strings.Repeat("x\n", 100)} }),
			append([]string{"viewer-request * ✗ x"}, append(slices.Repeat([]string{"  x"}, 11), "  and 88 more lines")...)},
		{"long", edge.ViewerRequest, raw(func([]byte) ([]byte, error) { return nil, &failure{strings.Repeat("x", 1<<20)} }),
			[]string{"viewer-request * ✗ " + strings.Repeat("x", 500) + "…"}},
		{"many", edge.ViewerRequest, raw(func([]byte) ([]byte, error) {
			var all []string
			for i := range 100 {
				all = append(all, fmt.Sprintf(`"%02d":1`, i))
			}
			return []byte(`{"status":"200","headers":{` + strings.Join(all, ",") + `}}`), nil
		}), nil},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			s := foreign(t, tc.trigger, tc.f, func(c *edgesim.Config) { c.Observe = (&edgesim.Terminal{Writer: &out}).Print })
			_, trace := get(s, "/")
			got := stageLines(out.String(), string(tc.trigger))
			if tc.want == nil {
				if len(got) != 13 || got[12] != "✗ and 88 more" {
					t.Errorf("got %d lines:\n%s", len(got), out.String())
				}
				return
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", trace.Reason, diff)
			}
		})
	}
}

// stageLines are the lines of a stage, with "*" for its time, and without what stands before the text of those that follow.
func stageLines(printed, stage string) []string {
	var lines []string
	in := false
	for line := range strings.Lines(printed) {
		line = strings.TrimRight(line, "\n")
		if len(line) > 28 && line[:3] != "GET" {
			if name := strings.TrimSpace(line[:18]); name != "" {
				if in = name == stage; in {
					_, text, _ := strings.Cut(line[19:], "s  ")
					lines = append(lines, name+" * "+text)
				}
			} else if in {
				lines = append(lines, line[28:])
			}
		}
	}
	return lines
}

// FuzzTerminal holds the law: whatever eight bytes of a secret a function gives away, in an error or in an answer that is refused or
// taken, the terminal does not show them, unless it shows them anyway.
func FuzzTerminal(f *testing.F) {
	for where := range uint8(6) {
		for how := range uint8(5) {
			f.Add(`q"7\x&lt;%41é+zzz Zq0`, where, how, uint8(3), uint8(12))
		}
	}
	f.Fuzz(func(t *testing.T, secret string, where, how, from, length uint8) {
		i, n := int(from), max(int(length), 8)
		if i+n > len(secret) || headerText(secret) != secret {
			return
		}
		piece := secret[i : i+n]
		plain, echoed := printedBy(t, secret, where, func() ([]byte, error) { return nil, &failure{"no"} }), printedBy(t, secret, where, echo(piece, how))
		for at := range n - 7 {
			if part := piece[at : at+8]; strings.Contains(echoed, part) && !strings.Contains(plain, part) {
				t.Errorf("the terminal shows %q:\n%s", part, echoed)
			}
		}
	})
}

// headerText is a value as a header can have it.
func headerText(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			return -1
		}
		return r
	}, s))
}

// echo is a function that gives a text away.
func echo(text string, how uint8) func() ([]byte, error) {
	quoted, _ := json.Marshal(text)
	switch how % 5 {
	case 0:
		return func() ([]byte, error) { return nil, &failure{"bad token: " + text + "; try again"} }
	case 1:
		return func() ([]byte, error) { return nil, fmt.Errorf("bad token: %q", text) }
	case 2:
		return func() ([]byte, error) { return []byte(text), nil }
	case 3:
		return func() ([]byte, error) {
			return fmt.Appendf(nil, `{"status":"200","headers":{"x-edge-a":[{"value":%s}]}}`, quoted), nil
		}
	}
	return func() ([]byte, error) { return fmt.Appendf(nil, `{"status":%s,"body":%[1]s}`, quoted), nil }
}

// printedBy is what the terminal shows of a request that has the secret somewhere.
func printedBy(t *testing.T, secret string, where uint8, f func() ([]byte, error)) string {
	var out strings.Builder
	s := foreign(t, edge.ViewerRequest, raw(func([]byte) ([]byte, error) { return f() }), func(c *edgesim.Config) {
		c.Observe = (&edgesim.Terminal{Writer: &out}).Print
	})
	switch where % 6 {
	case 0:
		get(s, "/", "Cookie", "a=b; session="+secret+"; c=d")
	case 1:
		get(s, "/", "Authorization", "Bearer "+secret)
	case 2:
		get(s, "/", "Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte("octo:"+secret)))
	case 3:
		get(s, "/?a=b&token="+url.QueryEscape(secret))
	case 4:
		get(s, "/", "X-Api-Key", secret)
	case 5:
		get(s, "/", "Referer", "https://a.example/?token="+secret)
	}
	return out.String()
}

type failure struct{ text string }

func (f *failure) Error() string { return f.text }
