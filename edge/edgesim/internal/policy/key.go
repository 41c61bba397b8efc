package policy

import (
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// Key gives the key of a request and what it is made of (understanding-the-cache-key.html): domain, path,
// what the cache policy names, and the method where OPTIONS is cached. Its parts hold no line feed (requests
// with one never come here), so that no two requests with different parts have the same key.
//
// part, if not nil, is called with each part, its name and its value.
func (c *Cache) Key(domain string, r *message.Request, part func(name, value string)) string {
	b := make([]byte, 0, 128)
	add := func(name, value string) {
		if len(b) > 0 {
			b = append(b, '\n')
		}
		b = append(append(append(b, name...), '='), value...)
		if part != nil {
			part(name, value)
		}
	}
	add("domain", domain)
	add("uri", r.URI)
	if r.Method == http.MethodOptions {
		add("method", r.Method) // OPTIONS is cached separately from GET and HEAD
	}
	for _, name := range c.Headers {
		if values := r.Header[http.CanonicalHeaderKey(name)]; len(values) > 0 {
			add("header "+http.CanonicalHeaderKey(name), strings.Join(values, ","))
		}
	}
	if encoding, listed := c.Encoding(r.Header); listed && encoding != "identity" {
		add("header Accept-Encoding", encoding)
	}
	for _, pair := range selectCookies(r.Header, c.Cookies) {
		name, value, _ := strings.Cut(pair, "=")
		if !c.Unkeyed.Has(name) {
			add("cookie "+name, value)
		}
	}
	if query := selectQuery(r.Query, c.QueryStrings); query != "" {
		add("query", query)
	}
	return string(b)
}

// selectQuery keeps the parameters of a query string that the selection chooses, byte for byte and in their order.
func selectQuery(query string, s Selection) string {
	switch {
	case query == "" || s.None():
		return ""
	case s.mode == all:
		return query
	}
	var kept []string
	for pair := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if s.Has(name) {
			kept = append(kept, pair)
		}
	}
	return strings.Join(kept, "&")
}

// selectCookies keeps the cookies that the selection chooses, in their order.
func selectCookies(h http.Header, s Selection) []string {
	if s.None() {
		return nil
	}
	var kept []string
	for _, line := range h["Cookie"] {
		for pair := range strings.SplitSeq(line, ";") {
			pair = strings.Trim(pair, " \t")
			name, _, _ := strings.Cut(pair, "=")
			if pair != "" && s.Has(name) {
				kept = append(kept, pair)
			}
		}
	}
	return kept
}

// Encoding is the Accept-Encoding that goes into the key and to the origin under a policy with compression
// ("Compressed objects" in cache-key-understand-cache-policy.html). listed is false when the header is absent or
// the policy has no compression; "identity" goes to the origin but not into the key.
func (c *Cache) Encoding(h http.Header) (encoding string, listed bool) {
	lines := h["Accept-Encoding"]
	if !c.Gzip && !c.Brotli || len(lines) == 0 {
		return "", false
	}
	gzip, brotli := c.Gzip && accepts(lines, "gzip"), c.Brotli && accepts(lines, "br")
	switch {
	case gzip && brotli:
		return "br,gzip", true
	case brotli:
		return "br", true
	case gzip:
		return "gzip", true
	}
	return "identity", true
}

// OtherEncodings are the forms of [Cache.Encoding] of viewers who may take the same copy as one of the form.
func OtherEncodings(encoding string) []string {
	switch encoding {
	case "br,gzip":
		return []string{"gzip", "br"}
	case "gzip", "br":
		return []string{"br,gzip"}
	}
	return nil
}

// accepts reports whether Accept-Encoding lines list a coding with a weight above 0.
func accepts(lines []string, coding string) bool {
	for _, line := range lines {
		for item := range strings.SplitSeq(line, ",") {
			name, params, _ := strings.Cut(item, ";")
			if !strings.EqualFold(strings.Trim(name, " \t"), coding) {
				continue
			}
			weight, found := strings.CutPrefix(strings.ToLower(strings.ReplaceAll(params, " ", "")), "q=")
			return !found || strings.Trim(weight, "0.") != ""
		}
	}
	return false
}

// Query is the part of a query string that is in the key.
func (c *Cache) Query(query string) string { return selectQuery(query, c.QueryStrings) }
