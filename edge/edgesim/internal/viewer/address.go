package viewer

import (
	"net/http"
	"slices"
	"strings"
)

// Names is the pair of names that a distribution has on a developer's machine: what the browser calls it,
// and what the functions know it as. What comes in is turned into the distribution's name and what goes out into
// the local one, as nginx's proxy_redirect does, so that a page served from http://localhost:8080 behaves as it
// will from https://d111111abcdef8.cloudfront.net.
type Names struct {
	Domain    string // d111111abcdef8.cloudfront.net
	Local     string // localhost:8080; "" when the viewer used the distribution's own name
	LocalBase string // http://localhost:8080
}

// Inward puts the distribution's name into what the viewer sent, and returns the names of the headers that changed.
func (n *Names) Inward(h http.Header) []string {
	h.Set("Host", n.Domain)
	if n.Local == "" {
		return nil
	}
	var changed []string
	for _, name := range []string{"Origin", "Referer"} {
		for i, v := range h[name] {
			rest, ok := strings.CutPrefix(v, n.LocalBase)
			if ok && (rest == "" || strings.IndexByte("/?#", rest[0]) >= 0) {
				h[name][i] = "https://" + n.Domain + rest
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

// Outward puts the local name into the answer's headers, and returns the names of the headers that changed. It
// changes h.
func (n *Names) Outward(h http.Header) []string {
	if n.Local == "" {
		return nil
	}
	var changed []string
	for name, values := range h {
		var fresh []string
		for i, v := range values {
			to := v
			switch {
			case name == "Set-Cookie":
				to = n.cookie(v)
			case rewritten(name):
				to = n.text(v)
				if strings.HasPrefix(name, "Content-Security-Policy") {
					to = n.policy(to)
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
func (n *Names) text(s string) string {
	secure := strings.HasPrefix(n.LocalBase, "https:")
	for _, scheme := range []string{"https", "http", "wss", "ws"} {
		local := n.LocalBase
		if scheme[0] == 'w' {
			local = map[bool]string{true: "wss://", false: "ws://"}[secure] + n.Local
		}
		s = replaceHost(s, scheme+"://"+n.Domain, local)
	}
	return s
}

// policy replaces the distribution's name where it stands alone, as a host-source of a Content-Security-Policy
// may (CSP3 section 2.3.1).
func (n *Names) policy(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		end := strings.IndexAny(s, " \t;,")
		switch end {
		case -1:
			end = len(s)
		case 0:
			end = 1
		}
		word := s[:end]
		s = s[end:]
		if rest, ok := strings.CutPrefix(word, n.Domain); ok && (rest == "" || rest[0] == '/') {
			word = n.Local + rest
		}
		b.WriteString(word)
	}
	return b.String()
}

// cookie removes a Domain attribute that names the distribution: the browser would refuse the cookie from
// another host.
func (n *Names) cookie(s string) string {
	var kept []string
	for i, part := range strings.Split(s, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if i > 0 && strings.EqualFold(name, "Domain") && strings.EqualFold(strings.TrimPrefix(value, "."), n.Domain) {
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
