package redact_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/redact"
)

// redacted is what is left of a text that may quote values.
func redacted(s *redact.Secrets, text string) string {
	return s.Redact([]redact.Text{{String: text, Words: true}})[0]
}

// jwt is the token of 185 bytes that RFC 7519's readers meet first (jwt.io's), its claims {"sub":"1234567890","name":"John Doe",...}.
var jwt = strings.Join([]string{
	"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
	"eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiYWRtaW4iOnRydWUsImlhdCI6MTUxNjIzOTAyMiwiZXhwIjoxNTE2MjQyNjIyLCJhIjoiYiJ9",
	"KMUFsIDTnFmyG3nMiGM6H",
}, ".")

func TestRedact(t *testing.T) {
	t.Parallel()
	query := func(q string) func(*redact.Secrets) { return func(s *redact.Secrets) { s.Query(q) } }
	header := func(name, value string) func(*redact.Secrets) {
		return func(s *redact.Secrets) { s.RequestHeader(name, value) }
	}
	bearer, basic := header("Authorization", "Bearer "+jwt), header("Authorization", "Basic b2N0bzpwYXNzd29yZDE=") // octo:password1
	long := "token=" + strings.Repeat("0123456789abcdef", 93)
	tests := []struct {
		name string
		add  func(*redact.Secrets)
		text string
		want string
		why  string
	}{
		{"nothing", query(""), "the function failed", "the function failed", "no secrets"},
		{"value", query("username=octocat"), "no user octocat here", "no user … here", ""},
		{"whole-query", query("a=1&b=2&c=3"), "bad query ?a=1&b=2&c=3", "bad query ?…", "pieces with names between"},
		{"piece", query("token=abcdefghijklmnop"), "bad token: cdefghij", "bad token: …", "eight bytes"},
		{"seven", query("token=abcdefghijklmnop"), "bad token: cdefghi", "bad token: cdefghi", "less than a piece, and not the beginning"},
		{"short", query("id=12345"), "no 12345, but 123456", "no …, but 123456", "a short value stands by itself"},
		{"three", query("pin=007"), "pin 007, 0070", "pin …, 0070", ""},
		{"two", query("page=42"), "42 pages", "42 pages", "little to tell, and nothing could be read without it"},
		{"words", query("name=octo%20cat&x=a.b.cdef"), "octo has no cdef", "… has no …", "words of a value"},
		{"name-only", query("s3cret"), "got s3cret", "got …", "a parameter without a value is one"},
		{"percent", query("q=octo%2Bcat%40example"), "no octo+cat@example, no octo%2bcat%40example", "no …, no …", "decoded, and in another spelling"},
		{"plus", query("q=octo+cats+mew"), `no "octo cats mew"`, `no "…"`, "forms"},
		{"signed-url", query("id=12345&Signature=abcdefgh&Key-Pair-Id=K2JCJMDEHXQW5F"), "key K2JCJMDEHXQW5F: Signature abcdefgh of 12345", "key K2JCJMDEHXQW5F: Signature … of …",
			"the names of a signed URL's parameters, and its key's id"},
		{"no-key-id", query("Key-Pair-Id=s3cretabcdefgh"), "no key s3cretabcdefgh by Key-Pair-Id", "no key … by Key-Pair-Id", "an id is capitals and digits"},
		{"signed-cookies", header("Cookie", "CloudFront-Signature=abcdefgh; CloudFront-Policy=xyz"), "CloudFront has CloudFront-Signature abcdefgh xyz",
			"CloudFront has CloudFront-Signature … …", ""},
		{"capitals", query("user=OctoCat12"), "no octocat12", "no …", "a function that folds names"},
		{"long", query(long), "got " + long[:200] + "…: too long", "got ……: too long", "1,500 bytes, shortened"},
		{"long-cut-early", query(long), "query beginning with 01234… (1494 bytes)", "query beginning with …… (1494 bytes)", "the beginning in front of a cut"},
		{"cut-dots", query(long), "got 01234... (1494 bytes)", "got …... (1494 bytes)", "package edge's cut"},
		{"no-cut", query(long), "got 01234, not more", "got 01234, not more", "not in front of a cut"},
		{"bearer", bearer, "cannot verify " + jwt, "cannot verify …", "without its scheme"},
		{"bearer-part", bearer, "signature KMUFsIDTnFmyG3nMiGM6H", "signature …", "a part of the token"},
		{"bearer-cut", bearer, "token " + jwt[:20] + "…", "token ……", ""},
		{"claims", bearer, "John Doe (1234567890) may not", "… (…) may not", "what the token says"},
		{"short-token", header("Authorization", "Bearer abc"), "token abc", "token …", ""},
		{"basic", basic, "b2N0bzpwYXNzd29yZDE= is octo with password1", "… is … with …", "RFC 7617"},
		{"cookie", header("Cookie", `session="a b cdefg"; theme=dark1`), `session a b cdefg, dark1`, `session …, …`, "quoted"},
		{"cookie-url", header("Cookie", "user=%7B%22name%22%3A%22octo%22%7D"), `{"name":"octo"} octo`, "… …", "JSON in a cookie"},
		{"quoted", header("Cookie", `c=ab"cd\ef<gh>ij`), `got "ab\"cd\\ef<gh>ij"`, `got "…"`, "%q"},
		{"json", header("Cookie", `c=ab"cd&ef<gh>ij`), `{"value":"ab\"cd\u0026ef\u003cgh\u003eij"}`, `{"value":"…"}`, "encoding/json"},
		{"json-quoted", header("Cookie", `c=ab"cd&ef<gh>ij`), `got "{\"value\":\"ab\\\"cd\\u0026ef\\u003cgh\\u003eij\"}"`, `got "{\"value\":\"…\"}"`, "JSON in %q"},
		{"html", header("X-Name", `O'Brien & "Sons" Ltd`), `O&#39;Brien &amp; &#34;Sons&#34; Ltd, &#x4f;&apos;brien &amp; co`, `…, … co`, "html.EscapeString, and others"},
		{"surrogates", header("X-Name", "😀😀😀"), `"\ud83d\ude00\uD83D\uDE00\ud83d\ude00"`, `"…"`, "JSON's pairs"},
		{"rune", query("q=éééé"), "ééé", "ééé", "six bytes"},
		{"rune-whole", query("q=xéééé"), "aéééé", "a…", "no half characters are left"},
		{"url-credentials", header("Referer", "https://octo:password1@a.example/path?token=0123456789#fragment-1"), "https://octo:password1@a.example/path?token=0123456789#fragment-1",
			"https://…:…@a.example/path?…", "host and path stay"},
		{"unknown-header", header("X-Api-Key", "0123456789"), "key 0123456789", "key …", "what is not known to be harmless"},
		{"harmless", header("Content-Type", "application/json"), "got application/json", "got application/json", ""},
		{"set-cookie", func(s *redact.Secrets) {
			s.ResponseHeader("Set-Cookie", "sid=0123456789; Path=/; HttpOnly; Domain=a.example")
		},
			"sid=0123456789; Path=/; HttpOnly; Domain=a.example", "…; Path=/; HttpOnly; Domain=a.example", "attributes are public"},
		{"location", func(s *redact.Secrets) { s.ResponseHeader("Location", "https://a.example/b?code=0123456789") },
			"https://a.example/b?code=0123456789", "https://a.example/b?…", ""},
		{"control", query("q=abcdefgh"), "abcd\nefgh abcdefgh\x00", "abcd\nefgh …\x00", ""},
		{"not-utf-8", query("q=\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8"), "a \xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8 b", "a … b", ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var s redact.Secrets
			tc.add(&s)
			if diff := cmp.Diff(tc.want, redacted(&s, tc.text)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tc.why, diff)
			}
		})
	}
}

// TestWordsAreForQuotes: in the simulator's own notes a short value is a word like any other.
func TestWordsAreForQuotes(t *testing.T) {
	t.Parallel()
	var s redact.Secrets
	s.Query("cache=hit&page=otherpage.html")
	got := s.Redact([]redact.Text{{String: "hit: otherpage.html"}, {String: "hit: otherpage.html", Words: true}})
	if diff := cmp.Diff([]string{"hit: …", "…: …"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAddresses: an address is the same in every spelling (RFC 4291 section 2.2, RFC 5952).
func TestAddresses(t *testing.T) {
	t.Parallel()
	tests := []struct{ address, text, want string }{
		{"198.51.100.7", "198.51.100.7:80 [::ffff:198.51.100.7]:80 ::ffff:c633:6407 0:0:0:0:0:ffff:198.51.100.7", "…:80 […]:80 … …"},
		{"198.51.100.7", "ip-198-51-100-7.example", "ip-….example"},
		{"1.2.3.4", "1.2.3.4, 1.2.3.44, 11.2.3.4, 1.2.3.4.5", "…, 1.2.3.44, 11.2.3.4, ….5"},
		{"2001:db8::17", "2001:DB8::17 2001:0db8:0:0:0::17 2001:db8:0:0:0:0:0:17", "… … …"},
		{"2001:0db8:0000:0000:0000:0000:0000:0017", "client:2001:db8::17, [2001:db8::17]:443", "client:…, […]:443"},
		{"2001:db8::17", "2001:0db8:0000:00…", "……"},
		{"[2001:db8::17]:4711", "2001:db8::0.0.0.23", "…"},
		{"fe80::1%eth0", "from fe80::1 fe80:0::1", "from … …"},
		{"127.0.0.1", "dial tcp 127.0.0.1:8000: connection refused", "dial tcp 127.0.0.1:8000: connection refused"},
		{"::1", "dial tcp [::1]:8000, 12:34:56", "dial tcp [::1]:8000, 12:34:56"},
		{"198.51.100.7, 203.0.113.9", "203.0.113.9", "…"},
		{"for=203.0.113.9;by=192.0.2.1", "192.0.2.1", "…"},
	}
	for _, tc := range tests {
		var s redact.Secrets
		s.Value(tc.address)
		if got := redacted(&s, tc.text); got != tc.want {
			t.Errorf("%s in %q: got %q, want %q", tc.address, tc.text, got, tc.want)
		}
	}
}

func TestSplitURL(t *testing.T) {
	t.Parallel()
	tests := []struct{ url, public, user, query, fragment string }{
		{"/a/b?c=d", "/a/b", "", "c=d", ""},
		{"https://a.example:8443/b?c=d?e#f?g#h", "https://a.example:8443/b", "", "c=d?e", "f?g#h"},
		{"https://octo:pass@word@a.example/b@c", "https://a.example/b@c", "octo:pass@word", "", ""},
		{"//octo@a.example", "//a.example", "octo", "", ""},
		{"#access_token=x", "", "", "", "access_token=x"},
		{"/a//b@c/d", "/a//c/d", "b", "", ""}, // taken for an authority: less is shown, not more
	}
	for _, tc := range tests {
		public, user, query, fragment := redact.SplitURL(tc.url)
		if diff := cmp.Diff([]string{tc.public, tc.user, tc.query, tc.fragment}, []string{public, user, query, fragment}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.url, diff)
		}
	}
}
