package cspreport_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/csp/cspreport"
)

// A capture is the body of a request that a browser sent.
type capture struct {
	Engine, Case string
	To           string // directive that it was sent because of
	Type         string // media type
	Body         string
	Bytes        []byte // the body, where it is not UTF-8
}

// captures gives what three engines sent on 2026-11-27 because of a page for
// each case, on https://site.test:8443.
func captures(t testing.TB) []capture {
	t.Helper()
	all, err := readCaptures()
	if err != nil || len(all) == 0 {
		t.Fatalf("%d captures: %v", len(all), err)
	}
	return all
}

var readCaptures = sync.OnceValues(func() ([]capture, error) {
	file, err := os.ReadFile("testdata/bodies.jsonl")
	if err != nil {
		return nil, err
	}
	var all []capture
	for line := range bytes.Lines(file) {
		var c capture
		if err := json.Unmarshal(line, &c); err != nil {
			return nil, err
		}
		if c.Bytes == nil {
			c.Bytes = []byte(c.Body)
		}
		all = append(all, c)
	}
	return all, nil
})

// captured gives the reports of the captures whose engine begins so.
func captured(t testing.TB, engine, name, to string) []cspreport.Report {
	t.Helper()
	var all []cspreport.Report
	for _, c := range captures(t) {
		if strings.HasPrefix(c.Engine, engine) && c.Case == name && c.To == to {
			reports, err := cspreport.Parse(c.Bytes)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, reports...)
		}
	}
	if len(all) == 0 {
		t.Fatalf("no capture of %s, %s, %s", engine, name, to)
	}
	return all
}

// TestParseCaptures reads everything that the engines sent.
func TestParseCaptures(t *testing.T) {
	for _, c := range captures(t) {
		reports, err := cspreport.Parse(c.Bytes)
		if err != nil {
			t.Errorf("%s, %s: %v", c.Engine, c.Case, err)
		}
		if want := c.Case != "hash"; (len(reports) > 0) != want {
			t.Errorf("%s, %s: %d reports; csp-hash is a type of its own", c.Engine, c.Case, len(reports))
		}
		for _, r := range reports {
			if !strings.HasPrefix(r.DocumentURL, "https://site.test:8443/") || r.Directive == "" || strings.ContainsAny(r.Directive, " '") {
				t.Errorf("%s, %s: %+v", c.Engine, c.Case, r)
			}
			if r.BlockedURL == "" && c.Case != "frame-ancestors" {
				t.Errorf("%s, %s: blocked nothing", c.Engine, c.Case)
			}
		}
	}
}

const samplePage = "https://site.test:8443/p/inline-script/"

// TestParseEngines shows how the engines differ.
func TestParseEngines(t *testing.T) {
	tests := []struct {
		engine, name, to string
		want             cspreport.Report
		reason           string
	}{
		{"Chromium", "inline-script", "report-uri", cspreport.Report{
			DocumentURL: samplePage + "uri?user=alice&x=1", BlockedURL: "inline", Directive: "script-src-elem",
			Policy:      "script-src 'self' 'report-sample'; report-uri https://site.test:8443/report/inline-script/uri",
			Disposition: "enforce", StatusCode: 200, SourceFile: samplePage + "uri", Line: 3, Column: 9,
			Sample: "console.log('a fairly long inline script",
		}, "white space at the beginning of the sample is gone"},
		{"Firefox", "inline-script", "report-uri", cspreport.Report{
			DocumentURL: samplePage + "uri?user=alice&x=1", BlockedURL: "inline", Directive: "script-src-elem",
			Policy:      "script-src 'self' 'report-sample'; report-uri https://site.test:8443/report/inline-script/uri",
			Disposition: "enforce", StatusCode: 200, SourceFile: samplePage + "uri?user=alice&x=1", Line: 3, Column: 9,
			Sample: "\nconsole.log('a fairly long inline scrip…",
		}, "the source file has its query, the sample an ellipsis"},
		{"WebKit", "inline-script", "report-uri", cspreport.Report{
			DocumentURL: samplePage + "uri?user=alice&x=1", BlockedURL: "inline", Directive: "script-src-elem",
			Policy: "script-src 'self' 'report-sample'; report-uri https://site.test:8443/report/inline-script/uri",
		}, "no disposition, status, source or sample"},
		{"WebKit", "inline-script", "report-to", cspreport.Report{
			DocumentURL: samplePage + "to?user=alice&x=1", BlockedURL: "inline", Directive: "script-src-elem",
			Policy:      "script-src 'self' 'report-sample'; report-to main",
			Disposition: "enforce", StatusCode: 200, SourceFile: samplePage + "to?user=alice&x=1", Line: 3, Column: 1,
			Sample: "\nconsole.log('a fairly long inline scrip",
		}, "an object by itself, of type application/csp-report"},
		{"Firefox", "img", "report-to", cspreport.Report{
			Age: 192 * time.Millisecond, DocumentURL: "https://site.test:8443/p/img/to?user=alice&x=1",
			BlockedURL: "https://cdn.test:8443/pic/i.png?id=7", Directive: "img-src", Policy: "img-src 'self'; report-to main",
			Disposition: "enforce", StatusCode: 200,
			UserAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
		}, "null stands for what is not known"},
	}
	for _, tt := range tests {
		t.Run(tt.engine+"/"+tt.name+"/"+tt.to, func(t *testing.T) {
			got := captured(t, tt.engine, tt.name, tt.to)[0]
			if tt.want.Age != 0 {
				got.Age = tt.want.Age // by chance
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			}
		})
	}
}

// TestParseBlocked shows what the engines say was blocked, which is not always
// what the draft says.
func TestParseBlocked(t *testing.T) {
	const redirect = "https://site.test:8443/redir?to=https://cdn.test:8443/frame.html"
	tests := []struct{ name, chromium, firefox, webkit, reason string }{
		{"img", "https://cdn.test:8443/pic/i.png?id=7", "https://cdn.test:8443/pic/i.png?id=7", "https://cdn.test:8443/pic/i.png?id=7", "the whole URL, of another origin, too"},
		{"img-data", "data", "data", "data", "the scheme alone"},
		{"frame", "https://cdn.test:8443", "https://cdn.test:8443", "https://cdn.test:8443", "the origin of a cross-origin frame"},
		{"frame-redirect", "https://cdn.test:8443", redirect, "https://cdn.test:8443", "Firefox alone keeps to the draft: the URL before the redirect"},
		{"object", "https://cdn.test:8443", "https://cdn.test:8443", "https://cdn.test:8443", "as of a frame"},
		{"frame-ancestors", "https://site.test:8443/", "", "", "the page itself or nothing, not the page around it (https://cdn.test:8443)"},
		{"javascript-url", "inline", "inline", "inline", ""},
		{"wasm", "wasm-eval", "wasm-eval", "-", "WebKit compiles"},
	}
	for _, tt := range tests {
		for engine, want := range map[string]string{"Chromium": tt.chromium, "Firefox": tt.firefox, "WebKit": tt.webkit} {
			if want == "-" || engine == "WebKit" && tt.name == "frame-ancestors" { // sent to report-to only
				continue
			}
			if got := captured(t, engine, tt.name, "report-uri")[0].BlockedURL; got != want {
				t.Errorf("%s, %s: got %q, want %q (%s)", engine, tt.name, got, want, tt.reason)
			}
		}
	}
}

// TestParseForms reads forms that older browsers and other collectors have.
func TestParseForms(t *testing.T) {
	want := cspreport.Report{DocumentURL: "https://a.example/", BlockedURL: "inline", Directive: "script-src"}
	tests := []struct {
		name, body string
		change     func(*cspreport.Report)
		reason     string
	}{
		{"violated", `{"csp-report":{"document-uri":"https://a.example/","blocked-uri":"inline","violated-directive":"script-src 'self' https://b.example"}}`, nil, "Firefox before 67 had no effective-directive"},
		{"effective-first", `{"csp-report":{"document-uri":"https://a.example/","blocked-uri":"inline","violated-directive":"default-src 'self'","effective-directive":"script-src"}}`, nil, "Chromium named the directive of the policy, too"},
		{"capitals", `{"csp-report":{"document-uri":"https://a.example/","blocked-uri":"inline","effective-directive":"SCRIPT-SRC"}}`, nil, "names are in any case"},
		{"bare", `{"document-uri":"https://a.example/","blocked-uri":"inline","effective-directive":"script-src"}`, nil, "without the envelope"},
		{"snake", `[{"type":"csp-violation","body":{"document_url":"https://a.example/","blocked_url":"inline","effective_directive":"script-src"}}]`, nil, "with the names of the draft's example of a hash report"},
		{"old-type", `[{"type":"csp","url":"https://a.example/","body":{"blocked-uri":"inline","effective-directive":"script-src"}}]`, nil, "the type and the names before 2020; the URL of the envelope"},
		{"other-types", `[{"type":"deprecation","body":{"id":"x"}},{"type":"csp-violation","body":{"documentURL":"https://a.example/","blockedURL":"inline","effectiveDirective":"script-src"}},{"type":"csp-hash","body":{"documentURL":"https://a.example/","hash":"sha256-x"}}]`, nil, "an endpoint gets reports of other kinds, too"},
		{"numbers", `{"csp-report":{"document-uri":"https://a.example/","blocked-uri":"inline","effective-directive":"script-src","status-code":"200","line-number":3.0,"column-number":-1}}`,
			func(r *cspreport.Report) { r.StatusCode, r.Line = 200, 3 }, "numbers as text or with a point; columns below 1 are none"},
		{"nulls", `{"csp-report":{"document-uri":"https://a.example/","blocked-uri":"inline","effective-directive":"script-src","source-file":null,"line-number":null,"referrer":null}}`, nil, "Firefox's null"},
		{"wrong-kinds", `{"csp-report":{"document-uri":"https://a.example/","blocked-uri":"inline","effective-directive":"script-src","source-file":{"a":[1]},"line-number":true,"sample":["x"]}}`, nil, "what is no text is none"},
		{"unknown", `{"csp-report":{"document-uri":"https://a.example/","blocked-uri":"inline","effective-directive":"script-src","new":{"a":[{}]},"disposition":"other"}}`, nil, "unknown members, and a disposition that is none"},
		{"half-pair", `{"csp-report":{"document-uri":"https://a.example/","blocked-uri":"inline","effective-directive":"script-src","script-sample":"a\ud83d"}}`,
			func(r *cspreport.Report) { r.Sample = "a\ufffd" }, "WebKit's half of a surrogate pair"},
		{"pair", `{"csp-report":{"document-uri":"https://a.example/","blocked-uri":"inline","effective-directive":"script-src","script-sample":"\ud83d\u0041\ud83d\ude00\/\n"}}`,
			func(r *cspreport.Report) { r.Sample = "\ufffdA😀/\n" }, "half of a pair before another escape"},
		{"not-utf8", "{\"csp-report\":{\"document-uri\":\"https://a.example/\",\"blocked-uri\":\"inline\",\"effective-directive\":\"script-src\",\"script-sample\":\"a\xed\xa0\xbd\"}}",
			func(r *cspreport.Report) { r.Sample = "a\ufffd\ufffd\ufffd" }, "Chromium's, in bytes that are not UTF-8"},
		{"byte-order-mark", "\ufeff" + `{"csp-report":{"document-uri":"https://a.example/","blocked-uri":"inline","effective-directive":"script-src"}}` + "\r\n", nil, "and a line end"},
		{"twice", `{"csp-report":{"document-uri":"x","document-uri":"https://a.example/","blocked-uri":"inline","effective-directive":"script-src"}}`, nil, "the last of two counts"},
		{"long", `{"csp-report":{"document-uri":"https://a.example/","blocked-uri":"inline","effective-directive":"script-src","script-sample":"` + strings.Repeat("é", 200) + `"}}`,
			func(r *cspreport.Report) { r.Sample, r.Cut = strings.Repeat("é", 128), true }, "cut between two characters, and marked"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := want
			if tt.change != nil {
				tt.change(&want)
			}
			got, err := cspreport.Parse([]byte(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]cspreport.Report{want}, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			}
		})
	}
}

// TestParseErrors names what is wrong, and keeps what is right.
func TestParseErrors(t *testing.T) {
	const good = `{"effectiveDirective":"img-src","blockedURL":"data"}`
	tests := []struct {
		name, body string
		kind       cspreport.Kind
		reports    int
		text       string
	}{
		{"empty", "", cspreport.EndsEarly, 0, "cspreport: byte 0: it is empty"},
		{"nul", "\x00", cspreport.NotJSON, 0, "cspreport: byte 0: it begins with neither { nor ["},
		{"nul-behind", good + "\x00 garbage", cspreport.NotJSON, 1, "cspreport: byte 52: something stands behind the end"},
		{"text", "hello", cspreport.NotJSON, 0, "cspreport: byte 0: it begins with neither { nor ["},
		{"form", "a=b&c=d", cspreport.NotJSON, 0, "cspreport: byte 0: it begins with neither { nor ["},
		{"no-comma", `{"a":1 "b":2}`, cspreport.NotJSON, 0, `cspreport: byte 7: got '"', want ','`},
		{"no-value", `{"a":}`, cspreport.NotJSON, 0, `cspreport: byte 5: got '}', want a value`},
		{"no-name", `{a:1}`, cspreport.NotJSON, 0, `cspreport: byte 1: got 'a', want '"'`},
		{"escape", `{"a":"\x"}`, cspreport.NotJSON, 0, "cspreport: byte 7: there is no such escape sequence in a string"},
		{"hex", `{"a":"\u12g4"}`, cspreport.NotJSON, 0, `cspreport: byte 7: got something else than four hexadecimal digits behind \u`},
		{"behind", good + "x", cspreport.NotJSON, 1, "cspreport: byte 52: something stands behind the end"},
		{"deep", strings.Repeat("[", 40), cspreport.NotJSON, 0, "cspreport: byte 33: it nests too deep"},
		{"deep-object", `{"a":` + strings.Repeat("[", 40), cspreport.NotJSON, 0, "cspreport: byte 37: it nests too deep"},
		{"no-report", `{"csp-report":{}}`, cspreport.NotReport, 0, "cspreport: byte 17: an object has no effective-directive, as every report has"},
		{"elements", `[1,"x",` + good + `,null]`, cspreport.NotReport, 1, "cspreport: byte 1: an element of the array is no object"},
		{"cut-in-array", `[` + good + `,{"effectiveDirective":"img-s`, cspreport.EndsEarly, 1, "cspreport: byte 82: the text ends within a string"},
		{"cut-in-escape", `{"effectiveDirective":"a\`, cspreport.EndsEarly, 0, "cspreport: byte 25: the text ends within a string"},
		{"cut-in-hex", `{"effectiveDirective":"a\u00`, cspreport.EndsEarly, 0, "cspreport: byte 28: the text ends within a string"},
		{"cut-in-object", `{"effectiveDirective":"a",`, cspreport.EndsEarly, 0, `cspreport: byte 26: the text ends where '"' is wanted`},
		{"cut-before-value", `{"age":`, cspreport.EndsEarly, 0, "cspreport: byte 7: the text ends where a value is wanted"},
		{"many", "[" + strings.Repeat(good+",", 100) + good + "]", cspreport.TooMany, 100, "cspreport: byte 5353: it has more than 100 reports"},
		{"large", good + strings.Repeat(" ", cspreport.MaxBody), cspreport.TooLarge, 0, "cspreport: byte 1048576: it is longer than 1 MB"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			reports, err := cspreport.Parse([]byte(tt.body))
			var fault *cspreport.ParseError
			if !errors.As(err, &fault) {
				t.Fatalf("got %v, want a *ParseError", err)
			}
			if fault.Kind != tt.kind || err.Error() != tt.text || len(reports) != tt.reports {
				t.Errorf("got kind %d, %d reports, %q; want kind %d, %d reports, %q", fault.Kind, len(reports), err, tt.kind, tt.reports, tt.text)
			}
		})
	}
}

// checkLine holds a report to the laws of lines.
func checkLine(t *testing.T, r cspreport.Report) {
	t.Helper()
	for _, line := range []struct {
		text []byte
		want cspreport.Report
	}{{r.AppendLine(nil), r.WithoutPersonalData()}, {r.AppendPersonalLine(nil), r}} {
		text, ok := bytes.CutSuffix(line.text, []byte("\n"))
		if !ok || !json.Valid(text) {
			t.Fatalf("no line of JSON: %q", line.text)
		}
		for _, c := range text {
			if c < ' ' || c > '~' {
				t.Fatalf("%q in the line %q", c, text)
			}
		}
		got, err := cspreport.Parse(line.text)
		if err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		if diff := cmp.Diff([]cspreport.Report{line.want}, got); diff != "" {
			t.Fatalf("read back (-want +got):\n%s", diff)
		}
	}
}

// TestLines holds the laws of lines for everything that the engines sent.
func TestLines(t *testing.T) {
	for _, c := range captures(t) {
		reports, err := cspreport.Parse(c.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range reports {
			r.Referrer = "https://search.example/?q=illness"
			r.SetTime(time.Date(2026, 11, 28, 12, 0, 0, 123456789, time.FixedZone("", 3600)))
			checkLine(t, r)
			for _, secret := range []string{"alice", "token", "secret", "search.example", "illness", "Mozilla", "id=7", "assigned to a danger"} {
				if line := r.AppendLine(nil); bytes.Contains(line, []byte(secret)) {
					t.Errorf("%q is in %s", secret, line)
				}
			}
		}
	}
}

func TestWithoutPersonalData(t *testing.T) {
	tests := []struct{ url, want, reason string }{
		{"https://a.example/p?q=1#f", "https://a.example/p", "query and fragment"},
		{"HTTPS://user:pass@A.example:443/p", "https://a.example/p", "user name and password, and the port that goes without saying"},
		{"http://a.example:443", "http://a.example:443", "a port of another scheme stays"},
		{"wss://a.example?t=1", "wss://a.example", "no path"},
		{"https://a.example\\?x", "https://a.example\\", "browsers take a backslash for a slash"},
		{"chrome-extension://abcdef/x.js", "chrome-extension", "other schemes alone, as the draft does"},
		{"data:text/html,secret", "data", "old browsers gave all of it"},
		{"blob:https://a.example/1-2-3", "blob", ""},
		{"javascript:alert(1)", "javascript", ""},
		{"https://user:pass@/p", "https", "no host: nothing that follows can be trusted to be one"},
		{"inline", "inline", "a word"},
		{"/p?q=1", "/p", "no URL"},
		{"//user:pass@a.example/p?q", "//a.example/p", "no scheme"},
		{"\\\\user@a.example", "\\\\a.example", "browsers take backslashes for slashes"},
		{"//a.example/@me", "//a.example/@me", "no user name"},
		{"", "", ""},
	}
	for _, tt := range tests {
		r := cspreport.Report{DocumentURL: tt.url, BlockedURL: tt.url, SourceFile: tt.url}.WithoutPersonalData()
		want := cspreport.Report{DocumentURL: tt.want, BlockedURL: tt.want, SourceFile: tt.want}
		if diff := cmp.Diff(want, r); diff != "" {
			t.Errorf("%s (%s) (-want +got):\n%s", tt.url, tt.reason, diff)
		}
	}
}

// TestPolicyWithoutPersonalData looks into the URLs of a policy.
func TestPolicyWithoutPersonalData(t *testing.T) {
	tests := []struct{ policy, want, reason string }{
		{"img-src 'self'; report-uri /r?user=alice", "img-src 'self'; report-uri /r", "who the page was for"},
		{"report-uri /r?a=1#alice; img-src *", "report-uri /r; img-src *", ""},
		{"report-uri /r?a, img-src *", "report-uri /r, img-src *", "a list"},
		{"report-uri https://alice:secret@r.example/x //bob@r.example", "report-uri https://r.example/x //r.example", "user names"},
		{"script-src https://cdn.example/npm/@scope/a.js", "script-src https://cdn.example/npm/@scope/a.js", "a path"},
		{"script-src 'sha256-a//b@c='", "script-src 'sha256-a//b@c='", "no URL"},
	}
	for _, tt := range tests {
		if got := (cspreport.Report{Policy: tt.policy}).WithoutPersonalData().Policy; got != tt.want {
			t.Errorf("%s: got %s, want %s (%s)", tt.policy, got, tt.want, tt.reason)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range captures(f) {
		f.Add(c.Bytes)
	}
	f.Add([]byte(`{"time":"2026-11-28T11:00:00.123Z","age":31536000001,"effectiveDirective":"\u0000<\u2028","cut":true,"line-number":1e99}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		reports, _ := cspreport.Parse(body)
		for _, r := range reports {
			checkLine(t, r)
			if len(r.DocumentURL) > cspreport.MaxURL || len(r.Policy) > cspreport.MaxPolicy || len(r.Sample) > cspreport.MaxText {
				t.Errorf("a field is too long: %+v", r)
			}
			r.Noise()
			r.Cause()
		}
	})
}
