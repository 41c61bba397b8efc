package html_test

import (
	"bytes"
	stdhtml "html"
	"os"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp/internal/html"
)

func TestCharacterReferences(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, raw, inAttr, inText string }{
		{"none", "a&b & c&", "a&b & c&", "a&b & c&"},
		{"named", "&lt;&amp;&quot;&CounterClockwiseContourIntegral;", "<&\"\u2233", "<&\"\u2233"},
		{"semicolon-itself", "&semi;", ";", ";"},
		{"two-characters", "&NotEqualTilde;&nGt;&nLt;", "\u2242\u0338\u226b\u20d2\u226a\u20d2", "\u2242\u0338\u226b\u20d2\u226a\u20d2"},
		{"without-semicolon", "&lt &copy", "< \u00a9", "< \u00a9"},
		{"before-letter", "&ltx&copy1", "&ltx&copy1", "<x\u00a91"},
		{"before-equals", "?a=1&copy=2", "?a=1&copy=2", "?a=1\u00a9=2"},
		{"part-of-a-name", "&notit;&notin;", "&notit;\u2209", "\u00acit;\u2209"},
		{"unknown", "&unknown;&Unknown", "&unknown;&Unknown", "&unknown;&Unknown"},
		{"decimal", "&#97;&#98c", "abc", "abc"},
		{"hexadecimal", "&#x61;&#X62g", "abg", "abg"},
		{"no-digits", "&#;&#x;&#xg", "&#;&#x;&#xg", "&#;&#x;&#xg"},
		{"windows-1252", "&#128;&#x9f;&#x81;", "\u20ac\u0178\u0081", "\u20ac\u0178\u0081"},
		{"not-a-character", "&#0;&#xd800;&#x110000;&#99999999999999999999;", "\ufffd\ufffd\ufffd\ufffd", "\ufffd\ufffd\ufffd\ufffd"},
		{"newlines", "a\r\nb\rc&#13;&#10;", "a\nb\nc\r\n", "a\nb\nc\r\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := string(html.AppendValue(nil, []byte(tt.raw))); got != tt.inAttr {
				t.Errorf("AppendValue(%q) = %q; want %q", tt.raw, got, tt.inAttr)
			}
			if got := string(html.AppendText(nil, []byte(tt.raw))); got != tt.inText {
				t.Errorf("AppendText(%q) = %q; want %q", tt.raw, got, tt.inText)
			}
		})
	}
}

var unnormal = []struct{ name, raw, want string }{
	{"nothing-to-do", "a\nb\u00e9\u20ac\U0001f600", "a\nb\u00e9\u20ac\U0001f600"},
	{"newlines", "\r\n\r\r\n\n\r", "\n\n\n\n\n"},
	{"nul", "a\x00b", "a\ufffdb"},
	{"not-utf-8", "\xff\xc0\x80a", "\ufffd\ufffd\ufffda"},
	{"truncated-is-one-error", "\xe2\x82a\xf0\x9f\x98a", "\ufffda\ufffda"},
	{"truncated-at-the-end", "a\xe2\x82", "a\ufffd"},
	{"surrogate", "\xed\xa0\x80", "\ufffd\ufffd\ufffd"},
	{"truncated-then-newline", "\xe2\x82\r\n\xe2\x82\xac", "\ufffd\n\u20ac"},
}

func TestNormalize(t *testing.T) {
	t.Parallel()
	for _, tt := range unnormal {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := string(html.Normalize([]byte(tt.raw))); got != tt.want {
				t.Errorf("got %q; want %q", got, tt.want)
			}
			var pieces bytes.Buffer
			n := html.Normalizer{W: &pieces}
			for i := range len(tt.raw) {
				n.Write([]byte(tt.raw[i : i+1]))
			}
			n.Close()
			if got := pieces.String(); got != tt.want {
				t.Errorf("byte by byte: got %q; want %q", got, tt.want)
			}
		})
	}
}

// TestEntities compares every name, and what could be taken for one, with the
// standard library's table, in a text.
func TestEntities(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("entities.txt")
	if err != nil {
		t.Fatal(err)
	}
	names := 0
	for line := range strings.Lines(string(data)) {
		name, _, ok := strings.Cut(line, " ")
		if !ok {
			t.Fatalf("got line %q", line)
		}
		if names++; name == "nGt;" || name == "nLt;" {
			continue // missing there, in Go 1.26
		}
		for _, text := range []string{"&" + name, "&" + name + "x", "&" + name + ";", "&" + name[:len(name)-1], "&" + strings.ToUpper(name), "&x" + name} {
			if got, want := string(html.AppendText(nil, []byte(text))), stdhtml.UnescapeString(text); got != want {
				t.Errorf("%q: got %q; want %q", text, got, want)
			}
		}
		if got, want := string(html.AppendValue(nil, []byte("&"+name))), stdhtml.UnescapeString("&"+name); got != want {
			t.Errorf("%q in an attribute: got %q; want %q", name, got, want)
		}
	}
	if names != 2231 { // 13.5
		t.Errorf("got %d names; want 2231", names)
	}
}
