package redact_test

import (
	"encoding/json"
	"html"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/redact"
)

// escapes are the ways in which a text may quote a value, written by the standard library.
var escapes = []func(string) string{
	func(s string) string { return s },
	func(s string) string { return inner(strconv.Quote(s)) },
	func(s string) string { return inner(strconv.QuoteToASCII(s)) },
	func(s string) string {
		b, err := json.Marshal(s)
		if err != nil || !utf8.ValidString(s) {
			return s
		}
		return inner(string(b))
	},
	html.EscapeString,
	url.QueryEscape,
	url.PathEscape,
}

func inner(quoted string) string { return quoted[1 : len(quoted)-1] }

// FuzzPiece holds the law: of a piece of eight bytes or more, escaped up to three times, nothing is left.
func FuzzPiece(f *testing.F) {
	f.Add("0123456789abcdef", uint8(2), uint8(9), uint16(0))
	f.Add(`a"b\c<d>&%41+é€`, uint8(0), uint8(20), uint16(0o123))
	f.Add("O'Brien & \"Sons\"\n\u2028\x00\xff", uint8(1), uint8(18), uint16(0o334))
	f.Add(`&amp;&lt;\u0041\\%2541`, uint8(0), uint8(30), uint16(0o155))
	f.Fuzz(func(t *testing.T, secret string, from, length uint8, how uint16) {
		from, length = min(from, uint8(min(len(secret), 255))), max(length, 8)
		if int(from)+int(length) > len(secret) {
			return
		}
		quoted := secret[from : from+length]
		for range 3 {
			quoted = escapes[int(how&7)%len(escapes)](quoted)
			how >>= 3
		}
		for _, add := range []func(*redact.Secrets, string){(*redact.Secrets).Query, (*redact.Secrets).Cookie, (*redact.Secrets).Credentials} {
			var s redact.Secrets
			add(&s, secret)
			if got := redacted(&s, "got:"+quoted+"|"); strings.Trim(got, "got: …|") != "" { // the secret may have some of these, too
				t.Errorf("%q as %q: got %q", secret[from:from+length], quoted, got)
			}
		}
	})
}

// FuzzNothing holds that a text which shares nothing with the secrets stays as it is, byte for byte, whatever is in it.
func FuzzNothing(f *testing.F) {
	f.Add("the function failed: %41 &amp; \\u0041 1.2.3.4 2001:db8::1…", "XYZXYZXYZ")
	f.Add("\xff\xfe", "")
	f.Fuzz(func(t *testing.T, text, seed string) {
		var s redact.Secrets
		s.Value(strings.Repeat("\x01\x02", len(seed)%64)) // in no view of a text: it has no escapes for these
		if strings.ContainsAny(text, "\x01\x02\\&%") {
			return
		}
		if got := redacted(&s, text); got != text {
			t.Errorf("got %q, want %q", got, text)
		}
	})
}

// BenchmarkRedact redacts an error that quotes a whole event; the time for a byte of headers is to stay the same.
func BenchmarkRedact(b *testing.B) {
	for _, size := range []int{1 << 10, 8 << 10, 32 << 10, 256 << 10} {
		b.Run(strconv.Itoa(size>>10)+"KB", func(b *testing.B) {
			cookie := strings.Repeat("session="+url.QueryEscape(`{"user":"octocat","x":1}`)+"; ", size/50)
			text := "cannot parse " + strconv.Quote(strings.Repeat(cookie, 8))[:5000]
			b.SetBytes(int64(len(cookie)))
			for b.Loop() {
				var s redact.Secrets
				s.Cookie(cookie)
				redacted(&s, text)
			}
		})
	}
}
