package redirect_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect"
)

const site = "https://site.example"

func TestLocal(t *testing.T) {
	tests := []struct {
		name, target string
		want         string // "" if it is refused
		reason       string
	}{
		{"path", "/a/b?c=d#e", "/a/b?c=d#e", "a path with query and fragment"},
		{"relative", "a/b", "a/b", "relative to the page"},
		{"query", "?a", "?a", "another query on the page"},
		{"fragment", "#a", "#a", "a place on the page"},
		{"backslash-later", `/a\b`, "/a/b", "browsers read it as a slash"},
		{"backslash-first", `\a`, "/a", "as above"},
		{"backslash-query", `/a?b\c`, `/a?b\c`, "not in a query"},
		{"spaces-around", " /a ", "/a", "browsers strip them"},
		{"space", "/a b", "/a%20b", "path percent-encode set"},
		{"non-ascii", "/é?é", "/%C3%A9?%C3%A9", "escaped, as a browser would"},
		{"https-relative", "https:a", "a", "special relative or authority state: relative"},
		{"https-path", "https:/a", "/a", "as above"},
		{"https-colon", "https:javascript:alert(1)", "./javascript:alert(1)", "a path whose colon must not end a scheme"},
		{"colon-first", "1:2", "./1:2", "a digit begins no scheme, but RFC 3986 parsers stumble"},
		{"stray-percent", "/%zz", "/%zz", "a validation error only"},
		{"dots", "/..//a", "/..//a", "segments are resolved after the host is known"},
		{"empty", "", "", "would redirect to itself"},
		{"spaces", "  ", "", "as above"},
		{"https-nothing", "https:", "", "as above"},
		{"two-slashes", "//evil.example", "", "a host"},
		{"slash-backslash", `/\evil.example`, "", "a host"},
		{"two-backslashes", `\\evil.example`, "", "a host"},
		{"https", "https://evil.example", "", "a host"},
		{"https-one-backslash", `https:/\evil.example`, "", "a host"},
		{"http-relative", "http:a", "", "another scheme than the page's: a is the host"},
		{"own-host", "https://site.example/", "", "Local does not know the host"},
		{"javascript", "javascript:alert(1)", "", "runs a script"},
		{"javascript-case", " JavaScript:alert(1)", "", "schemes have no case"},
		{"tab", "/\t/evil.example", "", "browsers drop tabs: //evil.example"},
		{"newline", "/a\r\nSet-Cookie: b=c", "", "header injection"},
		{"nul", "/\x00", "", "control character"},
		{"del", "/\x7f", "", "control character"},
		{"not-utf8", "/\xff", "", "CloudFront wants UTF-8"},
		{"too-long", "/" + strings.Repeat("a", 8191), "", "CloudFront answers 414"},
		{"too-long-escaped", "/" + strings.Repeat("é", 2000), "", "as above, when escaped"},
		{"longest", "/" + strings.Repeat("a", 8190), "/" + strings.Repeat("a", 8190), "one byte less"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := redirect.Local(tt.target)
			if got.String() != tt.want || (err == nil) != (tt.want != "") {
				t.Errorf("Local(%q) = %q, %v; want %q (%s)", tt.target, got, err, tt.want, tt.reason)
			}
		})
	}
}

func TestLocalOrigins(t *testing.T) {
	origins := []string{"https://app.example", "http://[::1]:8080", "https://Shop.Example:8443"}
	tests := []struct{ name, target, want, reason string }{
		{"allowed", "https://app.example/a?b#c", "https://app.example/a?b#c", "listed"},
		{"no-path", "https://app.example", "https://app.example", "listed"},
		{"case-port", "HTTPS://APP.example:443/", "https://app.example/", "default port, no case"},
		{"escaped-host", "https://app%2Eexample/", "https://app.example/", "hosts are unescaped"},
		{"slashes", "//app.example/a", "https://app.example/a", "scheme-relative, written out"},
		{"backslashes", `\\app.example\a`, "https://app.example/a", "as a browser reads it"},
		{"port", "https://shop.example:8443/", "https://shop.example:8443/", "listed with its port"},
		{"ipv6", "http://[::1]:8080/", "http://[::1]:8080/", "listed"},
		{"other-port", "https://app.example:444/", "", "another origin"},
		{"other-scheme", "http://app.example/", "", "another origin"},
		{"no-port", "https://shop.example/", "", "another origin"},
		{"subdomain", "https://www.app.example/", "", "another origin"},
		{"suffix", "https://evil-app.example/", "", "another origin"},
		{"user-info", "https://app.example@evil.example/", "", "the host is evil.example"},
		{"user", "https://user@app.example/", "", "user information is refused"},
		{"root-dot", "https://app.example./", "", "another host to a browser"},
		{"bad-port", "https://app.example:99999/", "", "failure in a browser"},
		{"empty-port", "https://app.example:/", "https://app.example/", "an empty port is the default one"},
		{"idna", "https://ⓐpp.example/", "", "needs IDNA to compare"},
		{"path", "/a", "/a", "the site itself is always allowed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := redirect.Local(tt.target, origins...)
			if got.String() != tt.want || (err == nil) != (tt.want != "") {
				t.Errorf("Local(%q) = %q, %v; want %q (%s)", tt.target, got, err, tt.want, tt.reason)
			}
		})
	}
	for _, bad := range []string{"", "app.example", "//app.example", "https://app.example/", "https://", "ftp://app.example", "https://é.example", "https://*.example"} {
		if _, err := redirect.Local("/a", bad); err == nil {
			t.Errorf("Local with origin %q: no error", bad)
		}
	}
}

// TestLocalPayloads holds Local against the oracle: nothing gets out, and of what
// stays on the site only what is documented is refused.
func TestLocalPayloads(t *testing.T) {
	list := payloads()
	if len(list) < 2000 {
		t.Fatalf("only %d payloads", len(list))
	}
	out, refused := 0, 0
	for _, s := range list {
		target, err := redirect.Local(s)
		origin := browserOrigin(s)
		if err != nil {
			if staysAnywhere(s) && isClean(s) {
				refused++
				t.Errorf("refused %q, which stays on the site: %v", s, err)
			}
			continue
		}
		if got := browserOrigin(target.String()); origin != site || got != site {
			out++
			t.Errorf("%q: let through as %q, which a browser takes to %s", s, target, got)
		}
	}
	t.Logf("%d payloads: %d let out, %d clean ones refused", len(list), out, refused)
}

// staysAnywhere reports whether s stays on the site that it is read on, whichever
// that is: what names a site is that site's alone.
func staysAnywhere(s string) bool {
	return browserOrigin(s) == site && browserOriginOn("https://other.example", s) == "https://other.example"
}

// isClean reports whether s has nothing in it that Local's documentation refuses.
func isClean(s string) bool {
	s = strings.Trim(s, " ")
	return s != "" && s != "https:" && strings.ToValidUTF8(s, "") == s &&
		!strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f })
}

// TestOracle holds the oracle against a real implementation of the standard.
func TestOracle(t *testing.T) {
	list := payloads()
	for _, s := range payloads() {
		if target, err := redirect.Local(s); err == nil {
			list = append(list, target.String())
		}
	}
	off := 0
	for i, want := range nodeOrigins(t, list) {
		if want != site {
			off++
		}
		if got := browserOrigin(list[i]); (got == site) != (want == site) {
			t.Errorf("browserOrigin(%q) = %q; node's URL says %q", list[i], got, want)
		}
	}
	t.Logf("%d strings, %d of them off the site", len(list), off)
}

// nodeOrigins returns the origins that Node.js's URL, an implementation of the
// WHATWG URL standard, gives to the strings on https://site.example/dir/page.
func nodeOrigins(t *testing.T, list []string) []string {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
			t.Fatal("node is not installed")
		}
		t.Skip("node is not installed; it is the oracle of this test")
	}
	const script = `
		const list = JSON.parse(require("fs").readFileSync(0, "utf8"));
		console.log(JSON.stringify(list.map(s => {
			try { return new URL(s, "https://site.example/dir/page").origin } catch { return "failure" }
		})));`
	input, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "-e", script)
	cmd.Stdin = strings.NewReader(string(input))
	output, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var origins []string
	if err := json.Unmarshal(output, &origins); err != nil {
		t.Fatal(err)
	}
	if len(origins) != len(list) {
		t.Fatalf("node answered %d of %d", len(origins), len(list))
	}
	return origins
}

func FuzzLocal(f *testing.F) {
	for i, s := range payloads() {
		if i%20 == 0 {
			f.Add(s)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		target, err := redirect.Local(s)
		if err != nil {
			if staysAnywhere(s) && isClean(s) && len(s) < 2000 {
				t.Fatalf("Local(%q) refused what stays on the site: %v", s, err)
			}
			return
		}
		got := target.String()
		if !staysAnywhere(s) || !staysAnywhere(got) {
			t.Fatalf("Local(%q) = %q leaves the site", s, got)
		}
		if strings.ContainsFunc(got, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
			t.Fatalf("Local(%q) = %q cannot stand in a header", s, got)
		}
		again, err := redirect.Local(got)
		if err != nil || again != target {
			t.Fatalf("Local(%q) = %q, but Local of that is %q, %v", s, got, again, err)
		}
	})
}
