package redirect

import "strings"

// maxHops is how many redirects in a row a viewer may be sent through. Browsers
// give up after 20 (Fetch standard, HTTP-redirect fetch, step 9).
const maxHops = 16

// loopsFrom reports whether the table sends a viewer that follows m on again and
// again.
func (t *Table) loopsFrom(req *request, m *Match) bool {
	current, next := *req, *m
	for range maxHops {
		if !current.follow(&next) || t.find(&next, &current, false, nil) == 0 || next.Status == 0 {
			return false
		}
	}
	return true
}

// follow makes req the request that a browser makes to follow m. It reports false if
// that goes to another site, of which the table knows nothing. The browser sends
// the same headers, the Referer too (Fetch standard, HTTP-redirect fetch), if not
// its host's alone.
func (req *request) follow(m *Match) bool {
	location, _, _ := strings.Cut(m.Location, "#")
	if scheme, rest, absolute := strings.Cut(location, "://"); absolute && location[0] != '/' {
		host := rest
		location = "/"
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			host, location = rest[:i], rest[i:]
		}
		host = hostname(host)
		if !req.isOwnHost(host) {
			return false
		}
		req.redirectedHost = host
		if req.knownScheme() != "" {
			req.redirectedScheme = scheme
		}
	}
	req.path, req.query = cutQuery(location)
	if m.Status != 307 && m.Status != 308 && req.method != "HEAD" {
		req.method = "GET"
	}
	return true
}
