package csp_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/csp"
)

// Who does what, in the reasons of tables. The versions are those that were measured
// in November 2026.
const (
	inAll    = "Chromium 156, Firefox 153, WebKitGTK 2.50: "
	chromium = "Chromium 156: "
	firefox  = "Firefox 153: "
	webkit   = "WebKitGTK 2.50: "
)

// parseFindings: at is "policy.directive.value@offset".
var parseFindings = []struct {
	name, text           string
	severity             csp.Severity
	code, at, of, reason string
}{
	// Pieces of a policy.
	{"duplicate-directive", "img-src a.b; img-src c.d", csp.Medium, "duplicate-directive", "0.1.-1@13", "", inAll + "the first wins"},
	{"unknown-directive", "x-y a", csp.Medium, "unknown-directive", "0.0.-1@0", "", "in no specification"},
	{"bad-name", "img_src a", csp.Medium, "bad-directive-name", "0.0.-1@0", "", inAll + "ignored"},
	{"colon-after-name", "default-src 'none'; img-src: a", csp.High, "bad-directive-name", "0.1.-1@20", "", inAll + "ignored"},
	{"deprecated", " ; plugin-types a/b", csp.Low, "deprecated-directive", "0.0.-1@3", "", inAll + "ignored"},
	{"header-in-header", "Content-Security-Policy: default-src 'none'; img-src a.b", csp.High, "header-name", "0.0.-1@0", "", inAll + "default-src is not in effect, img-src is"},
	{"another-header", "img-src a.b; x-frame-options DENY", csp.High, "header-name", "0.1.-1@13", "", inAll + "ignored"},
	{"another-header-with-colon", "img-src a.b; X-Frame-Options: DENY", csp.High, "header-name", "0.1.-1@13", "", inAll + "ignored"},
	{"non-ascii", "img-src é", csp.High, "non-ascii", "-1.0.-1@0", "img-src é", inAll + "the directive is dropped, the others stay"},
	{"control", "img-src a\x01", csp.High, "control-character", "0.0.-1@9", "", inAll + "the directive is dropped"},
	{"missing-semicolon", "img-src a.b script-src", csp.High, "missing-semicolon", "0.0.1@12", "script-src", "the name of a host in the grammar"},
	{"missing-semicolon-in-sandbox", "sandbox img-src", csp.High, "missing-semicolon", "0.0.0@8", "img-src", "a value that sandbox does not have"},

	// Keywords and hashes.
	{"unquoted", "default-src a.b; img-src  self", csp.High, "unquoted-keyword", "0.1.0@26", "self", "the name of a host in the grammar"},
	{"unknown-keyword", "img-src 'selv'", csp.Low, "unknown-keyword", "0.0.0@8", "'selv'", "in no specification"},
	{"hash-of-wrong-length", "script-src 'sha256-AAAA'", csp.Medium, "invalid-hash", "0.0.0@11", "'sha256-AAAA'", inAll + "it switches 'unsafe-inline' off"},
	{"hash-without-base64", "script-src 'sha256-abcde'", csp.Medium, "invalid-hash", "0.0.0@11", "'sha256-abcde'", firefox + "it switches 'unsafe-inline' off; " + chromium + webkit + "not"},
	{"hash-without-padding", "script-src 'sha256-" + digest256[:43] + "'", csp.Medium, "inexact-hash", "0.0.0@11", "'sha256-" + digest256[:43] + "'", chromium + webkit + "match; " + firefox + "nothing"},
	{"hash-with-unused-bits", "script-src 'sha256-" + strings.Replace(digest256, "U=", "V=", 1) + "'", csp.Medium, "inexact-hash", "0.0.0@11", "'sha256-" + strings.Replace(digest256, "U=", "V=", 1) + "'", chromium + webkit + "match; " + firefox + "nothing"},
	{"hash-with-hyphen", "script-src 'SHA-256-" + digest256 + "'", csp.Medium, "hyphen-in-hash", "0.0.0@11", "'SHA-256-" + digest256 + "'", chromium + "matches; " + firefox + webkit + "an unknown keyword"},
	{"none-with-others", "img-src a.b 'none'", csp.Medium, "none-with-others", "0.0.1@12", "'none'", inAll + "'none' is ignored"},
	{"misplaced-nonce", "img-src 'nonce-AAAAAAAAAAAAAAAAAAAAAA'", csp.Low, "misplaced-source", "0.0.0@8", "'nonce-AAAAAAAAAAAAAAAAAAAAAA'", "draft 6.1.8: images ask for URLs only"},
	{"misplaced-keyword", "style-src 'strict-dynamic'", csp.Low, "misplaced-source", "0.0.0@10", "'strict-dynamic'", inAll + "no effect"},

	{"misplaced-in-worker-src", "worker-src 'strict-dynamic'", csp.Low, "misplaced-source", "0.0.0@11", "'strict-dynamic'", chromium + firefox + "workers start; " + webkit + "not"},

	// Hosts.
	{"invalid-source", "img-src http:/a.b", csp.Medium, "invalid-source", "0.0.0@8", "http:/a.b", inAll + "nothing matches"},
	{"relative-url", "img-src /a/b", csp.Medium, "invalid-source", "0.0.0@8", "/a/b", inAll + "nothing matches"},
	{"underscore", "img-src a_b.c", csp.Medium, "invalid-source", "0.0.0@8", "a_b.c", inAll + "nothing matches, though *.c would"},
	{"wildcard-before-letters", "img-src *a.b", csp.Medium, "invalid-source", "0.0.0@8", "*a.b", inAll + "nothing matches"},
	{"wildcard-after-dot", "img-src https://a.*", csp.Medium, "invalid-source", "0.0.0@8", "https://a.*", inAll + "nothing matches"},
	{"wildcard-and-dot", "img-src http://*.", csp.Medium, "invalid-source", "0.0.0@8", "http://*.", webkit + "every host; " + chromium + firefox + "none"},
	{"wildcard-and-dot-alone", "img-src *.", csp.Medium, "invalid-source", "0.0.0@8", "*.", inAll + "nothing matches"},
	{"ipv6", "img-src http://[::1]:8000/a", csp.Medium, "invalid-source", "0.0.0@8", "http://[::1]:8000/a", inAll + "nothing matches"},
	{"ipv4", "img-src 10.0.0.1", csp.Info, "ip-address", "0.0.0@8", "10.0.0.1", inAll + "matches"},
	{"ipv4-with-port-and-path", "img-src http://10.0.0.1:80/a", csp.Info, "ip-address", "0.0.0@8", "http://10.0.0.1:80/a", inAll + "matches"},
	{"ipv4-in-short", "img-src 127.1", csp.Medium, "invalid-source", "0.0.0@8", "127.1", inAll + "127.0.0.1 is not matched"},
	{"ipv4-in-hexadecimal", "img-src 0x7f.1", csp.Medium, "invalid-source", "0.0.0@8", "0x7f.1", inAll + "127.0.0.1 is not matched"},
	{"invalid-port", "img-src a.b:65536", csp.Medium, "invalid-port", "0.0.0@8", "a.b:65536", inAll + "nothing matches"},
	{"port-0", "img-src a.b:0", csp.Medium, "invalid-port", "0.0.0@8", "a.b:0", inAll + "nothing matches"},
	{"port-with-zeros", "img-src a.b:0080", csp.Medium, "port-zeros", "0.0.0@8", "a.b:0080", chromium + webkit + "match; " + firefox + "nothing"},
	{"wildcard-with-port", "img-src *:8443", csp.Medium, "wildcard-port", "0.0.0@8", "*:8443", chromium + firefox + "match; " + webkit + "nothing"},
	{"wildcard-with-any-port", "img-src *:*", csp.Medium, "wildcard-port", "0.0.0@8", "*:*", chromium + firefox + "match; " + webkit + "nothing"},
	{"wildcard-with-path", "img-src https://*/a/", csp.Medium, "wildcard-port", "0.0.0@8", "https://*/a/", chromium + webkit + "match; " + firefox + "nothing"},
	{"trailing-dot", "img-src https://a.b./c", csp.Medium, "trailing-dot", "0.0.0@8", "https://a.b./c", chromium + webkit + "match https://a.b./c only; " + firefox + "nothing"},
	{"query", "img-src a.b/c?v=3", csp.Low, "query-ignored", "0.0.0@8", "a.b/c?v=3", inAll + "a.b/c matches"},
	{"fragment", "img-src a.b/c#x", csp.Low, "query-ignored", "0.0.0@8", "a.b/c#x", inAll + "a.b/c matches"},
	{"query-after-host", "img-src a.b?v=3", csp.Medium, "query-ignored", "0.0.0@8", "a.b?v=3", firefox + "matches; " + chromium + webkit + "nothing"},
	{"two-slashes", "img-src a.b//c/", csp.Medium, "invalid-path", "0.0.0@8", "a.b//c/", chromium + webkit + "match; " + firefox + "nothing"},
	{"characters-in-path", "img-src a.b/c|d", csp.Medium, "invalid-path", "0.0.0@8", "a.b/c|d", chromium + webkit + "match; " + firefox + "nothing"},
	{"percent-in-path", "img-src a.b/100%", csp.Medium, "invalid-path", "0.0.0@8", "a.b/100%", chromium + webkit + "match; " + firefox + "nothing"},
	{"wildcard-in-path", "img-src a.b/c/*", csp.Medium, "wildcard-in-path", "0.0.0@8", "a.b/c/*", inAll + "a.b/c/* matches, a.b/c/d does not"},
	{"path-of-ancestor", "frame-ancestors https://a.b/c", csp.Medium, "path-in-frame-ancestors", "0.0.0@16", "https://a.b/c", firefox + "ignored; " + chromium + webkit + "nothing matches"},

	// Values.
	{"duplicate-source", "img-src a.b c.d a.b", csp.Info, "duplicate-source", "0.0.2@16", "a.b", "draft 2.3: a set"},
	{"empty-list", "img-src", csp.Info, "empty-source-list", "0.0.-1@0", "", "draft 6.7.2.6: as 'none'"},
	{"unexpected-value", "upgrade-insecure-requests 1", csp.Low, "unexpected-value", "0.0.0@26", "1", "it takes no value"},
	{"sandbox-flag", "sandbox allow-forms allow-all", csp.Low, "unexpected-value", "0.0.1@20", "allow-all", "HTML has no such flag"},
	{"webrtc-value", "webrtc allow", csp.Low, "unexpected-value", "0.0.0@7", "allow", "draft 6.2.1: it has quotes"},
	{"report-to-two", "report-to a b", csp.Low, "unexpected-value", "0.0.1@12", "b", "draft 6.5.2: one token"},
	{"report-to-none", "report-to", csp.Medium, "missing-value", "0.0.-1@0", "", "draft 6.5.2: one token"},
}

func TestParseFindings(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, tt := range parseFindings {
		seen[tt.severity.String()+" "+tt.code] = true
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, findings := csp.ParseList(tt.text)
			if len(findings) != 1 {
				t.Fatalf("%q: got findings %v; want one", tt.text, findings)
			}
			f := findings[0]
			at := fmt.Sprintf("%d.%d.%d@%d", f.Position.Policy, f.Position.Directive, f.Position.Value, f.Position.Offset)
			if f.Code != tt.code || f.Severity != tt.severity || at != tt.at || f.Value != tt.of {
				t.Errorf("%q (%s): got %s %s at %s of %q; want %s %s at %s of %q",
					tt.text, tt.reason, f.Severity, f.Code, at, f.Value, tt.severity, tt.code, tt.at, tt.of)
			}
			if f.Reason == "" || f.Mend == "" {
				t.Errorf("incomplete finding: %#v", f)
			}
		})
	}
	// What the table has no row for is in other tests.
	seen["high comma"], seen["info too-many-findings"] = true, true
	source, err := os.ReadFile("internal/syntax/oddity.go")
	if err != nil {
		t.Fatal(err)
	}
	kinds := regexp.MustCompile(`oddityKind\{"([a-z0-9-]+)", (\w+),`).FindAllStringSubmatch(string(source), -1)
	if len(kinds) < 30 {
		t.Errorf("got %d kinds; want all", len(kinds))
	}
	for _, k := range kinds {
		if !seen[k[2]+" "+k[1]] {
			t.Errorf("no row of the table is about %s %s", k[2], k[1])
		}
	}
}

// TestParseFindingsOfGoodSources has sources that look odd and are not.
func TestParseFindingsOfGoodSources(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, reason string }{
		{"img-src *", inAll + "matches"},
		{"img-src http://*:8443 https://*", inAll + "match"},
		{"img-src *.a.b:8443/c/", inAll + "matches"},
		{"img-src 127.0.0.1:8000", "draft 6.7.2.10"},
		{"img-src a.b/%2F/~c/@d/e+f/g:h/a%2Cb", inAll + "matches"},
		{"img-src A.B:80 a.b:*", inAll + "match"},
		{"frame-ancestors https://a.b/", inAll + "matches"},
		{"script-src 'sha256-" + strings.NewReplacer("+", "-", "/", "_").Replace(digest256) + "'", inAll + "matches"},
		{"img-src 1.2.3.example", "no address"},
	} {
		if _, findings := csp.Parse(tt.text); len(findings) > 0 {
			t.Errorf("%s (%s): got findings %v; want none", tt.text, tt.reason, findings)
		}
	}
}

func TestParseFindingsOfLists(t *testing.T) {
	t.Parallel()
	text := "img-src a.b,  é , font-src c.d;; x-y"
	_, findings := csp.ParseList(text)
	var got []string
	for _, f := range findings {
		got = append(got, fmt.Sprintf("%s %d.%d %q", f.Code, f.Position.Policy, f.Position.Directive, text[f.Position.Offset:]))
	}
	want := []string{
		`non-ascii -1.0 "é , font-src c.d;; x-y"`,
		`unknown-directive 1.1 "x-y"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, findings := csp.Parse("img-src a.b,c.d"); len(findings) != 1 || findings[0].Code != "comma" {
		t.Errorf("a comma in one policy: got %v; want a finding about it", findings)
	}
	if _, findings := csp.Parse(sample); len(findings) != 0 {
		t.Errorf("a good policy: got findings %v", findings)
	}
}

func TestParseFindingsEnd(t *testing.T) {
	t.Parallel()
	_, findings := csp.Parse("img-src " + strings.Repeat("x_y ", 5000))
	if n := len(findings); n != 1001 || findings[n-1].Code != "too-many-findings" {
		t.Errorf("got %d findings, the last %v; want 1001 and too-many-findings", n, findings[n-1])
	}
}
