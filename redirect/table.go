package redirect

import (
	"context"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A Table redirects requests by rules: the first one that is for a request and
// leads elsewhere. Make one with [Compile] or [Load]. The zero Table has no rules.
//
// A Table is safe for concurrent use; nothing changes it.
type Table struct {
	compiled    string
	site        site
	options     []*options
	anyHost     uint64        // the seed of rules for one path of any host, 0 if there are none
	shapes      []seededShape // of the other rules
	keySegments int           // how many segments of a path their keys are about
	firstOther  uint32        // the offset of the first of these
	exact       string        // slots of rules for one path
	wildcards   string        // slots of the others
	records     string
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

// Lookup returns the redirect for r; ok is false if r is to go on. It reads the
// Config, Method, URI, QueryString and Header of r. For tests: the URI may have the
// query behind a question mark, which tells "/a?" from "/a".
func (t *Table) Lookup(r *edge.Request) (m Match, ok bool) {
	req := newRequest(r)
	t.find(&m, &req, true, nil)
	return m, m.Status != 0
}

// find sets m to the redirect for req and returns the offset of its rule; if there
// is none it returns 0 and leaves m as it is. If the rule lets the request pass, m
// has no status. With checkEnd it leaves out redirects that lead on without end.
// Each rule that is for the path goes to trace, if there is one.
func (t *Table) find(m *Match, req *request, checkEnd bool, trace *[]step) (offset uint32) {
	if isNormal(req.path) {
		req.normal = req.path
		path := t.site.canonical(req.path)
		key := hash(t.anyHost, path)
		if len(t.shapes) == 0 && !hasKey(t.exact, key) {
			return 0 // the usual case, in few steps
		}
		return t.search(m, req, path, key, checkEnd, trace)
	}
	var normal [256]byte
	req.normalize(normal[:0])
	path := t.site.canonical(req.normal)
	return t.search(m, req, path, hash(t.anyHost, path), checkEnd, trace)
}

// search is find for a request whose path is given in the form that stands for all
// that are the same, with its key in the rules for one path of any host.
func (t *Table) search(m *Match, req *request, path string, key uint64, checkEnd bool, trace *[]step) (offset uint32) {
	c := candidates{table: t, path: path, tracing: trace != nil, complete: len(t.shapes) == 0 || path == ""}
	c.addAnyHost(key)
	if c.n == 0 && !c.complete {
		c.addShaped(req)
	}
	if c.n == 0 {
		return 0
	}
	return t.choose(&c, m, req, checkEnd, trace)
}

// choose is find for a request that rules may be for.
func (t *Table) choose(c *candidates, m *Match, req *request, checkEnd bool, trace *[]step) (offset uint32) {
	path := c.path
	var pattern string // the last one
	var matches bool
	var caps captures
	for {
		var e entry
		if !c.next(req, &e) {
			return 0
		}
		if !t.isFor(&e, req) {
			continue
		}
		if e.pattern != pattern {
			pattern, caps.n = e.pattern, 0
			matches = e.exact && pattern == path || !e.exact && t.site.match(pattern, path, req.normal, &caps)
			caps.fromPath = caps.n
		}
		if !matches {
			continue
		}
		caps.n = caps.fromPath
		if e.conditional {
			c.vary = union(c.vary, e.vary)
			if !t.site.applies(&e.when, &e.unless, req, &caps) {
				appendStep(trace, &e, &caps, conditionsUnmet)
				continue
			}
		}
		if e.pass {
			appendStep(trace, &e, &caps, passes)
			*m = Match{Line: e.line}
			return e.offset
		}
		result := e.redirect(m, req, &caps, c.vary)
		if result == redirects && checkEnd && e.mayLoop && t.loopsFrom(req, m) {
			result = redirectLoop
			*m = Match{}
		}
		appendStep(trace, &e, &caps, result)
		if result == redirects {
			return e.offset
		}
	}
}

// isFor reports whether e is for the host and the scheme of req, and intact.
func (t *Table) isFor(e *entry, req *request) bool {
	return e.options != nil &&
		(e.host == "" || strings.EqualFold(e.host, req.host())) &&
		(e.scheme == "" || e.scheme == req.scheme())
}

// union returns the sorted list of the names in a and b.
func union(a, b []string) []string {
	if len(a) == 0 {
		return b
	}
	if !slices.ContainsFunc(b, func(name string) bool { return !slices.Contains(a, name) }) {
		return a
	}
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}
