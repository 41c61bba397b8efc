package edgesim

import (
	"net/http"
	"slices"
	"strings"
)

// addresses is the pair of names that a distribution has on a developer's machine: what the browser calls it,
// and what the functions know it as. What comes in is turned into the distribution's name and what goes out into
// the local one, as nginx's proxy_redirect does, so that a page served from http://localhost:8080 behaves as it
// will from https://d111111abcdef8.cloudfront.net.
type addresses struct {
	domain    string // d111111abcdef8.cloudfront.net
	local     string // localhost:8080; "" when the viewer used the distribution's own name
	localBase string // http://localhost:8080
}

// inward puts the distribution's name into what the viewer sent, and returns the names of the headers that changed.
func (a *addresses) inward(h http.Header) []string {
	h.Set("Host", a.domain)
	if a.local == "" {
		return nil
	}
	var changed []string
	for _, name := range []string{"Origin", "Referer"} {
		for i, v := range h[name] {
			rest, ok := strings.CutPrefix(v, a.localBase)
			if ok && (rest == "" || strings.IndexByte("/?#", rest[0]) >= 0) {
				h[name][i] = "https://" + a.domain + rest
				changed = append(changed, name)
			}
		}
	}
	return changed
}

// rewritten are the response headers in which a URL of the distribution is of use to the browser.
func rewritten(name string) bool {
	switch name {
	case "Access-Control-Allow-Origin", "Content-Location", "Content-Security-Policy", "Content-Security-Policy-Report-Only", "Link",
		"Location", "Refresh", "Report-To", "Reporting-Endpoints", "Sourcemap", "Timing-Allow-Origin":
		return true
	}
	return false
}

// outward puts the local name into the answer's headers, and returns the names of the headers that changed. It
// changes h.
func (a *addresses) outward(h http.Header) []string {
	if a.local == "" {
		return nil
	}
	var changed []string
	for name, values := range h {
		var fresh []string
		for i, v := range values {
			to := v
			switch {
			case name == "Set-Cookie":
				to = a.cookie(v)
			case rewritten(name):
				to = a.text(v)
				if strings.HasPrefix(name, "Content-Security-Policy") {
					to = a.policy(to)
				}
			}
			if to != v {
				if fresh == nil {
					fresh = slices.Clone(values)
				}
				fresh[i] = to
			}
		}
		if fresh != nil {
			h[name] = fresh
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	return changed
}

// text replaces the distribution's origin, with its scheme, wherever it stands in s.
func (a *addresses) text(s string) string {
	secure := strings.HasPrefix(a.localBase, "https:")
	for _, scheme := range []string{"https", "http", "wss", "ws"} {
		local := a.localBase
		if scheme[0] == 'w' {
			local = map[bool]string{true: "wss://", false: "ws://"}[secure] + a.local
		}
		s = replaceHost(s, scheme+"://"+a.domain, local)
	}
	return s
}

// policy replaces the distribution's name where it stands alone, as a host-source of a Content-Security-Policy
// may (CSP3 section 2.3.1).
func (a *addresses) policy(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		n := strings.IndexAny(s, " \t;,")
		if n < 0 {
			n = len(s)
		}
		if n == 0 {
			n = 1
		}
		word := s[:n]
		s = s[n:]
		if rest, ok := strings.CutPrefix(word, a.domain); ok && (rest == "" || rest[0] == '/') {
			word = a.local + rest
		}
		b.WriteString(word)
	}
	return b.String()
}

// cookie removes a Domain attribute that names the distribution: the browser would refuse the cookie from
// another host.
func (a *addresses) cookie(s string) string {
	var kept []string
	for i, part := range strings.Split(s, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if i > 0 && strings.EqualFold(name, "Domain") && strings.EqualFold(strings.TrimPrefix(value, "."), a.domain) {
			continue
		}
		kept = append(kept, part)
	}
	return strings.Join(kept, ";")
}

// replaceHost replaces old, which ends in a host name, where the name ends there.
func replaceHost(s, old, with string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, old)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if after != "" && (isUnreserved(after[0]) || strings.IndexByte(":@%", after[0]) >= 0) {
			b.WriteString(old)
		} else {
			b.WriteString(with)
		}
		s = after
	}
}
