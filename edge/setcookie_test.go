package edge_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
)

func TestSetCookie(t *testing.T) {
	const value = "q3aZ_x-7"
	tests := []struct {
		name   string
		cookie edge.Cookie
		want   string // the header, or what the error says
		reason string
	}{
		{"plain", edge.Cookie{Name: "a", Value: value}, "a=" + value, "RFC 6265, section 4.1.1: attributes are optional"},
		{"all", edge.Cookie{Name: "a", Value: value, Domain: "example.com", Path: "/x", MaxAge: 60, Secure: true, HTTPOnly: true, SameSite: "None", Partitioned: true},
			"a=" + value + "; Domain=example.com; Path=/x; Max-Age=60; Secure; HttpOnly; SameSite=None; Partitioned", "every attribute"},
		{"deleted", edge.Cookie{Name: "a", MaxAge: -1}, "a=; Max-Age=0", "section 5.6.2: zero ends it at once; a value may be empty"},
		{"host", edge.Cookie{Name: "__Host-a", Value: value, Path: "/", Secure: true}, "__Host-a=" + value + "; Path=/; Secure", "6265bis, section 4.1.3.2"},
		{"host-http", edge.Cookie{Name: "__Host-Http-a", Path: "/", Secure: true, HTTPOnly: true}, "__Host-Http-a=; Path=/; Secure; HttpOnly", "Chrome 140"},
		{"space", edge.Cookie{Name: "a", Value: "x y"}, `cookie "a": byte 1 of the value`, "a cookie-octet is no space"},
		{"quotes", edge.Cookie{Name: "a", Value: `"x"`}, "byte 0 of the value", "browsers keep the quotation marks as part of the value; others cut them"},
		{"non-ascii", edge.Cookie{Name: "a", Value: "ä"}, "byte 0 of the value", "cookie-octets are US-ASCII"},
		{"backslash", edge.Cookie{Name: "a", Value: `x\y`}, "byte 1 of the value", "no cookie-octet: some servers take it for an escape"},
		{"semicolon", edge.Cookie{Name: "a", Value: "x; Domain=evil.example"}, "byte 1 of the value", "an attribute smuggled in"},
		{"new-line", edge.Cookie{Name: "a", Value: "x\r\nSet-Cookie: b=1"}, "byte 1 of the value", "a header smuggled in"},
		{"no-name", edge.Cookie{Value: value}, "no name of a cookie", "a token has a character at least"},
		{"equals-in-name", edge.Cookie{Name: "a=b"}, "no name of a cookie", "= ends the name"},
		{"name-and-value", edge.Cookie{Name: "a", Value: strings.Repeat("x", 4096)}, "4097 bytes; browsers keep 4096", "6265bis, section 5.6"},
		{"dot", edge.Cookie{Name: "a", Domain: ".example.com"}, "without a dot", "browsers ignore the dot, and readers think it means something"},
		{"port", edge.Cookie{Name: "a", Domain: "example.com:80"}, "without a port", "a domain-value is a host name"},
		{"dot behind", edge.Cookie{Name: "a", Domain: "example.com."}, "or behind it", "section 5.6.3 keeps the dot, and section 5.1.3 finds no host that matches"},
		{"two dots", edge.Cookie{Name: "a", Domain: "a..example.com"}, "want a host name", "no host has such a name"},
		{"address", edge.Cookie{Name: "a", Domain: "203.0.113.1"}, "want a host name", "section 5.1.3: only a name has something below it"},
		{"relative-path", edge.Cookie{Name: "a", Path: "x"}, `got Path "x"`, "section 5.2.4: the default path is used in its place"},
		{"path-not-ascii", edge.Cookie{Name: "a", Path: "/ä"}, "want a slash first, ASCII", "section 4.1.1: an av-octet is US-ASCII; paths are percent-encoded"},
		{"path-attribute", edge.Cookie{Name: "a", Path: "/;Secure"}, `got Path "/;Secure"`, "an attribute smuggled in"},
		{"long-path", edge.Cookie{Name: "a", Path: "/" + strings.Repeat("x", 1024)}, "at most 1024 bytes", "6265bis, section 5.6: the attribute is ignored"},
		{"same-site", edge.Cookie{Name: "a", SameSite: "lax"}, `got SameSite "lax"; want "Strict", "Lax", "None" or ""`, "one spelling"},
		{"none", edge.Cookie{Name: "a", SameSite: "None"}, "SameSite None needs Secure", "6265bis, section 5.7: the cookie is dropped"},
		{"partitioned", edge.Cookie{Name: "a", Partitioned: true}, "Partitioned needs Secure", "CHIPS: the cookie is dropped"},
		{"secure-prefix", edge.Cookie{Name: "__Secure-a"}, "the prefix __Secure- needs Secure", "6265bis, section 4.1.3.1"},
		{"prefix-in-lower-case", edge.Cookie{Name: "__secure-a"}, "the prefix __Secure- needs Secure", "6265bis, section 5.4: browsers fold the case"},
		{"http-prefix", edge.Cookie{Name: "__Http-a", Secure: true}, "the prefix __Http- needs HTTPOnly", "Chrome 140"},
		{"all-at-once", edge.Cookie{Name: "__Host-a", Domain: "example.com", Path: "/x"},
			"edge: cookie \"__Host-a\": the prefix __Host- needs Secure\nedge: cookie \"__Host-a\": the prefix __Host- needs Path \"/\"\nedge: cookie \"__Host-a\": the prefix __Host- needs no Domain",
			"6265bis, section 4.1.3.2"},
	}
	for _, tt := range tests {
		var r edge.Response
		err := r.SetCookie(tt.cookie)
		if err == nil {
			if diff := cmp.Diff([]string{tt.want}, r.Header.Values("set-cookie")); diff != "" {
				t.Errorf("%s (%s) (-want +got):\n%s", tt.name, tt.reason, diff)
			}
			continue
		}
		if !strings.Contains(err.Error(), tt.want) || r.Header.Len() > 0 {
			t.Errorf("%s (%s): got the error %q and %d headers; want one with %q and none", tt.name, tt.reason, err, r.Header.Len(), tt.want)
		}
		if v := tt.cookie.Value; len(v) > 1 && strings.Contains(err.Error(), v) {
			t.Errorf("%s: the error has the value: %v", tt.name, err)
		}
	}
}

// TestSetCookieTwice: several cookies are several headers (RFC 6265, section 3).
func TestSetCookieTwice(t *testing.T) {
	var r edge.Response
	for _, name := range []string{"a", "b"} {
		if err := r.SetCookie(edge.Cookie{Name: name, Value: "1"}); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"a=1", "b=1"}, r.Header.Values("set-cookie")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// FuzzSetCookie: what is not refused, net/http reads as what was meant, and nothing else.
func FuzzSetCookie(f *testing.F) {
	f.Add("a", "b", "example.com", "/", 5, true)
	f.Add("__Host-a", "", "", "/", -5, true)
	f.Fuzz(func(t *testing.T, name, value, domain, path string, maxAge int, secure bool) {
		var r edge.Response
		if r.SetCookie(edge.Cookie{Name: name, Value: value, Domain: domain, Path: path, MaxAge: maxAge, Secure: secure}) != nil {
			return
		}
		got, err := http.ParseSetCookie(r.Header.Get("set-cookie"))
		if err != nil {
			t.Fatalf("%q: %v", r.Header.Get("set-cookie"), err)
		}
		want := &http.Cookie{Name: name, Value: value, Domain: domain, Path: path, MaxAge: max(-1, maxAge), Secure: secure}
		got.Raw = ""
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", r.Header.Get("set-cookie"), diff)
		}
	})
}
