package crawl_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect/redirects/crawl"
	"github.com/google/go-cmp/cmp"
)

// TestParseRefresh goes through the shared declarative refresh steps of the HTML
// standard; the numbers are those of its steps.
func TestParseRefresh(t *testing.T) {
	type refresh struct {
		Seconds int
		Target  string
		OK      bool
	}
	tests := []struct {
		content string
		want    refresh
		why     string
	}{
		{"0; url=/x", refresh{0, "/x", true}, "as it is mostly written"},
		{"0;URL='/x'", refresh{0, "/x", true}, "11.8: quotes, any case"},
		{`0; url="/x" y`, refresh{0, "/x", true}, "11.10: what is behind the quotes is cut off"},
		{`0; url="/x`, refresh{0, "/x", true}, "11.10: quotes that do not end"},
		{"0; url='/x\"", refresh{0, "/x\"", true}, "11.10: other quotes are text"},
		{"0; url = /x", refresh{0, "/x", true}, "11.5, 11.7: blanks around the sign"},
		{"0 /x", refresh{0, "/x", true}, "10.1: a blank separates, too"},
		{"0,/x", refresh{0, "/x", true}, "10.3: or a comma; url= need not be there"},
		{"0 ; '/x'", refresh{0, "/x", true}, "10.2, 10.4, 11.8: blanks, quotes without url="},
		{"\n\t 0;\n url=/x", refresh{0, "/x", true}, "3: blanks first"},
		{"0; url", refresh{0, "url", true}, "11.6: no sign, so it is a path"},
		{"0; u=/x", refresh{0, "u=/x", true}, "11.3: not all of url"},
		{"0; urls.html", refresh{0, "urls.html", true}, "11.6: a path that begins so"},
		{"0; url/'x'", refresh{0, "url/'x'", true}, "11.6: and its quotes are its own"},
		{"0; url=", refresh{0, "", true}, "an empty target is the page"},
		{"0;", refresh{0, "", true}, "11: no target"},
		{"5", refresh{5, "", true}, "11: no target"},
		{"1.9; /x", refresh{1, "/x", true}, "8: a fraction is left out"},
		{".5; /x", refresh{0, "/x", true}, "6: as is one alone"},
		{"1.2.3;/x", refresh{1, "/x", true}, "8: whatever it is"},
		{"99999999999999999999; /x", refresh{crawl.MaxDelay + 1, "/x", true}, "7: long, in any case"},
		{"", refresh{}, "6: no time"},
		{"; url=/x", refresh{}, "6: no time"},
		{"-1; url=/x", refresh{}, "6: no time"},
		{"url=/x", refresh{}, "6: no time"},
		{"0x; url=/x", refresh{}, "10.1: neither a blank nor ; nor ,"},
		{"0\u00a0; url=/x", refresh{}, "10.1: no ASCII blank"},
	}
	for _, tt := range tests {
		var got refresh
		got.Seconds, got.Target, got.OK = crawl.ParseRefresh(tt.content)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q (-want +got), %s:\n%s", tt.content, tt.why, diff)
		}
	}
}

// TestResolve has rows from the WHATWG URL standard and RFC 3986, section 5.4.
func TestResolve(t *testing.T) {
	const page = "https://a.example/b/c/d?q#f"
	tests := []struct{ base, ref, want, why string }{
		{page, "g", "https://a.example/b/c/g", "RFC 3986, 5.4.1"},
		{page, "./g/", "https://a.example/b/c/g/", ""},
		{page, "?y", "https://a.example/b/c/d?y", "the page with another query"},
		{page, "g?y#s", "https://a.example/b/c/g?y#s", ""},
		{page, "", "https://a.example/b/c/d", "the page"},
		{page, "..", "https://a.example/b/", ""},
		{page, "../../../g", "https://a.example/g", "RFC 3986, 5.4.2: no way out of the root"},
		{page, "/./g/../h/.", "https://a.example/h/", ""},
		{page, "g.", "https://a.example/b/c/g.", "no dot segment"},
		{page, "..g", "https://a.example/b/c/..g", ""},
		{page, "g?y/../x", "https://a.example/b/c/g?y/../x", "dots in a query are text"},
		{page, "//B.example", "https://b.example/", "another host, in small letters"},
		{page, "http://b.example:80/x", "http://b.example/x", "the scheme's own port"},
		{page, "https://b.example:8443?x", "https://b.example:8443/?x", "another one"},
		{page, "http:/b.example/x", "http://b.example/x", "WHATWG: another scheme begins a host"},
		{page, "https:g", "https://a.example/b/c/g", "WHATWG: the same scheme does not"},
		{page, "https:/g", "https://a.example/g", ""},
		{page, `\\b.example\x`, "https://b.example/x", "WHATWG: backslashes are slashes"},
		{page, `..\x?a\b`, "https://a.example/b/x?a\\b", "but not in a query"},
		{page, "////b.example/x", "https://b.example/x", "WHATWG: slashes in front of a host are skipped"},
		{page, "/%2E%2e/.%2E/x", "https://a.example/x", "WHATWG: escaped dots are dots"},
		{page, " \n/a\tb\r\n ", "https://a.example/ab", "WHATWG: line ends and tabs are dropped"},
		{page, "/a//b/../c", "https://a.example/a//c", "empty segments stay"},
		{page, "a:b", "", "a scheme"},
		{page, "./a:b", "https://a.example/b/c/a:b", "none"},
		{page, "http://", "", "no host"},
		{"/b/c", "x", "/b/x", "the host is not known"},
		{"/b/c", "https:x", "/b/x", ""},
		{"/b/c", "//b.example/x", "https://b.example/x", ""},
	}
	for _, tt := range tests {
		got, err := crawl.Resolve(tt.base, tt.ref)
		if (err != nil) != (tt.want == "") || err == nil && got != tt.want {
			t.Errorf("%q on %q: got %q, %v; want %q (%s)", tt.ref, tt.base, got, err, tt.want, tt.why)
		}
	}
}
