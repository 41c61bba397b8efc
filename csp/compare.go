package csp

import (
	"slices"

	"github.com/edgehelpers/lambdaedge/csp/internal/match"
)

// comparedEngines are those whose answers are compared. AllEngines needs no comparison of
// its own: where it allows something, all browsers do, or the draft and one of them.
var comparedEngines = [...]Engine{Draft, Chromium, Firefox, WebKit}

// A comparison looks for what one list allows and none of others does, for an engine.
type comparison struct {
	engine  Engine
	rules   match.Rules
	list    List // as the engine reads it
	others  []List
	unnamed unnamed
	origins []string
	written written
}

// An asking is what a comparison for an engine asked for.
type asking struct {
	rules match.Rules
	asked *match.Set
}

// written is the lists as they are written, for all engines.
type written struct {
	list   List
	others []List
}

// alone reports whether the list allows something, and none of the others does.
func (w written) alone(allows func(List) bool) bool {
	return allows(w.list) && !slices.ContainsFunc(w.others, allows)
}

// compare calls found for what the list alone allows, engine by engine, until
// it gives false. It reports whether there was nothing, or found never gave false.
func (o Comparison) compare(list List, others []List, found func(Change) bool) bool {
	list, others = o.prepare(list), slices.Clone(others)
	for i := range others {
		others[i] = o.prepare(others[i])
	}
	var done []asking
	for _, e := range comparedEngines {
		if slices.ContainsFunc(done, func(a asking) bool { return a.rules.SameFor(e.rules(), *a.asked) }) {
			continue // nothing was asked for in which this engine differs from that
		}
		a := asking{e.rules(), new(match.Set)}
		c := newComparison(e, e.rules().Noting(a.asked), o.Origin, list, others)
		if !c.all(found) {
			return false
		}
		done = append(done, a)
	}
	return true
}

func newComparison(e Engine, rules match.Rules, origin string, list List, others []List) *comparison {
	c := &comparison{engine: e, rules: rules, list: list.as(rules), written: written{list, others}}
	for _, l := range others {
		c.others = append(c.others, l.as(rules))
	}
	all := append([]List{list}, others...)
	c.unnamed = newUnnamed(all...)
	if c.origins = []string{origin}; origin == "" {
		c.origins = pageOrigins(c.unnamed.label, all)
	}
	return c
}

// as gives the list as the rules have it read.
func (l List) as(rules match.Rules) List {
	read := make(List, len(l))
	for i, p := range l {
		read[i] = Policy{p.read(rules)}
	}
	return read
}

// another reports whether one of the other lists allows what the list does.
func (c *comparison) another(allows func(List) bool) bool {
	return slices.ContainsFunc(c.others, allows)
}

// all calls found for what the list alone allows, until it gives false. It
// reports whether there was nothing, or found never gave false.
func (c *comparison) all(found func(Change) bool) bool {
	var asked []question
	for _, id := range comparedRequests {
		// Directives that the same lists govern have the same answer, and most
		// policies leave most to default-src.
		if q := c.question(id); !slices.ContainsFunc(asked, q.equal) {
			n := 0
			counted := func(change Change) bool { n++; return found(change) }
			if !c.requests(id, counted) {
				return false
			}
			if n == 0 {
				asked = append(asked, q)
			}
		}
	}
	for _, k := range comparedInline {
		if !c.inline(k, found) {
			return false
		}
	}
	return c.switches(found)
}
