package redirect

import "strings"

// maxHops is how many redirects in a row a viewer may be sent through. Browsers
// give up after 20 (Fetch standard, HTTP-redirect fetch, step 9).
const maxHops = 16

// isEndless reports whether the table sends a viewer on from location again and
// again.
func (t *Table) isEndless(v *request, m *Match) bool {
	at, next := *v, *m
	for range maxHops {
		if !at.move(&next) || t.find(&next, &at, false, nil) == 0 || next.Status == 0 {
			return false
		}
	}
	return true
}

// move makes v the request that a browser makes to follow m. It reports false if
// that goes to another site, of which the table knows nothing. The browser sends
// the same headers, the Referer too (Fetch standard, HTTP-redirect fetch), if not
// its host's alone.
func (v *request) move(m *Match) bool {
	location, _, _ := strings.Cut(m.Location, "#")
	if scheme, rest, absolute := strings.Cut(location, "://"); absolute && location[0] != '/' {
		host := rest
		location = "/"
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			host, location = rest[:i], rest[i:]
		}
		host = hostname(host)
		if !v.isHere(host) {
			return false
		}
		v.moved = host
		if v.knownScheme() != "" {
			v.proto = scheme
		}
	}
	v.path, v.query = cutQuery(location)
	if m.Status != 307 && m.Status != 308 && v.method != "HEAD" {
		v.method = "GET"
	}
	return true
}
