package redirect

import (
	"context"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A Table redirects requests by rules: the first one that is for a request and leads
// elsewhere. Make one with [Compile]. The zero Table has no rules.
//
// A Table is safe for concurrent use; nothing changes it.
type Table struct {
	site    site
	entries []entry
}

// Handle answers requests that a rule redirects and lets the others go on
// unchanged. It is an [edge.RequestHandler], for either request trigger:
//
//	edge.Start(&edge.Function{ViewerRequest: table.Handle})
//
// It never fails, and never redirects a request to where it already is.
func (t *Table) Handle(_ context.Context, r *edge.Request) (edge.Outcome, error) {
	if m, ok := t.Lookup(r); ok {
		return m.Response(), nil
	}
	return r, nil
}

// Lookup returns the redirect for r; ok is false if r is to go on. It reads
// the Config, Method, URI, QueryString and Header of r. For tests: the URI may have
// the query behind a question mark.
func (t *Table) Lookup(r *edge.Request) (m Match, ok bool) {
	v := newVisit(r)
	path := v.path
	var normal [256]byte
	if !isNormal(path) {
		path = string(appendNormal(normal[:0], path))
	}
	path = t.site.canonical(path)
	for i := range t.entries {
		e := &t.entries[i]
		var caps captures
		if !e.matches(&v, path, &caps, &t.site) {
			continue
		}
		var buf [512]byte
		location, refused := e.locate(buf[:0], &v, &caps)
		if refused == redirects {
			return e.match(string(location), &v), true
		}
	}
	return Match{}, false
}

// matches reports whether e is for v, whose path is given in normal form.
func (e *entry) matches(v *visit, path string, caps *captures, s *site) bool {
	if e.host != "" && !strings.EqualFold(e.host, v.host) || e.scheme != "" && e.scheme != v.scheme() {
		return false
	}
	if !matchPattern(e.pattern, path, caps) {
		return false
	}
	caps.path = caps.n
	return !e.conditional || s.applies(&e.when, &e.unless, v, caps)
}

// match returns the redirect to location.
func (e *entry) match(location string, v *visit) Match {
	m := Match{Location: location, Status: e.status, CacheControl: e.cacheControl, Line: e.line}
	if m.Status == 0 {
		m.Status = 307
		if v.method == "GET" || v.method == "HEAD" {
			m.Status = 302
		}
	}
	if m.CacheControl == "" {
		m.CacheControl = defaultCacheControl(m.Status, e.conditional)
	}
	return m
}
