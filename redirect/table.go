package redirect

import (
	"context"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A Table redirects requests by rules: the first one that is for a request and leads
// elsewhere. Make one with [Compile] or [Load]. The zero Table has no rules.
//
// A Table is safe for concurrent use; nothing changes it.
type Table struct {
	compiled string
	site     site
	options  []*options
	shapes   []seededShape
	slots    string
	records  string
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
// the query behind a question mark, which tells "/a?" from "/a".
func (t *Table) Lookup(r *edge.Request) (m Match, ok bool) {
	v := newVisit(r)
	m, place := t.find(&v, true, nil)
	return m, place != 0
}

// find returns the redirect for v and the place of its rule, which is 0 if there
// is none. With checkEnd it leaves out redirects that lead on without end. Each rule
// that is for the path goes to trace, if there is one.
func (t *Table) find(v *visit, checkEnd bool, trace *[]step) (m Match, place uint32) {
	var normal [256]byte
	path := v.path
	if !isNormal(path) {
		path = string(appendNormal(normal[:0], path))
	}
	path = t.site.canonical(path)
	var room [8]uint32
	places := t.candidates(room[:0], v, path)
	var vary []string
	for len(places) > 0 {
		var e entry
		var caps captures
		places = t.next(&e, places)
		if !t.isFor(&e, v) || !t.site.match(e.pattern, path, &caps) {
			continue
		}
		caps.path = caps.n
		if e.conditional {
			vary = union(vary, e.vary)
			if !t.site.applies(&e.when, &e.unless, v, &caps) {
				note(trace, &e, &caps, otherwise)
				continue
			}
		}
		var refused refusal
		if m, refused = e.redirect(v, &caps, vary); refused == redirects && checkEnd && e.follow && t.isEndless(v, m) {
			refused = endless
		}
		note(trace, &e, &caps, refused)
		if refused == redirects {
			return m, e.place
		}
	}
	return Match{}, 0
}

// isFor reports whether e is for the host and the scheme of v, and intact.
func (t *Table) isFor(e *entry, v *visit) bool {
	return e.options != nil &&
		(e.host == "" || strings.EqualFold(e.host, v.host())) &&
		(e.scheme == "" || e.scheme == v.scheme())
}

// union returns the sorted list of the names in a and b.
func union(a, b []string) []string {
	if len(a) == 0 {
		return b
	}
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}
