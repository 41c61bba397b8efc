package console

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// harURL is the absolute URL that the viewer asked for, with what is no part of a URL escaped.
func harURL(v *edgesim.ViewerRequest, domain string) string {
	if strings.HasPrefix(v.Target, "http://") || strings.HasPrefix(v.Target, "https://") {
		return escapeURL(v.Target)
	}
	scheme := "http"
	if v.Host == domain {
		scheme = "https"
	}
	return escapeURL(scheme + "://" + v.Host + "/" + strings.TrimPrefix(v.Target, "/"))
}

// escapeURL escapes what RFC 3986 has in no URL: in requests that were not made by browsers there can be anything.
func escapeURL(s string) string {
	const plain = "-._~:/?@!$&'()*+,;=[]" // brackets are for IPv6 hosts; browsers leave them alone elsewhere too
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		alphanumeric := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if alphanumeric || strings.IndexByte(plain, c) >= 0 || c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// harHeaders are the headers by name.
func harHeaders(h map[string][]string) []harPair {
	pairs := []harPair{}
	for name, values := range h {
		for _, value := range values {
			pairs = append(pairs, harPair{name, value})
		}
	}
	slices.SortStableFunc(pairs, func(a, b harPair) int { return strings.Compare(a.Name, b.Name) })
	return pairs
}

func queryPairs(target string) []harPair {
	pairs := []harPair{}
	_, query, found := strings.Cut(target, "?")
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if found && pair != "" {
			pairs = append(pairs, harPair{unescape(name), unescape(value)})
		}
	}
	return pairs
}

func unescape(s string) string {
	if decoded, err := url.QueryUnescape(s); err == nil {
		return decoded
	}
	return s
}

func requestCookies(h map[string][]string) []harCookie {
	cookies := []harCookie{}
	for _, c := range (&http.Request{Header: h}).Cookies() {
		cookies = append(cookies, harCookie{Name: c.Name, Value: c.Value})
	}
	return cookies
}

func responseCookies(h map[string][]string) []harCookie {
	cookies := []harCookie{}
	for _, c := range (&http.Response{Header: h}).Cookies() {
		cookie := harCookie{Name: c.Name, Value: c.Value, Path: c.Path, Domain: c.Domain, HTTPOnly: c.HttpOnly, Secure: c.Secure}
		if !c.Expires.IsZero() {
			cookie.Expires = c.Expires.UTC().Format(time.RFC3339)
		}
		cookies = append(cookies, cookie)
	}
	return cookies
}
