package csp

import "github.com/edgehelpers/lambdaedge/csp/internal/syntax"

// A way is one of the conditions under which a policy allows something: a nonce,
// a hash, a script as the maker, a region of URLs. A policy allows what
// meets one of its ways, a list what meets one way of each policy at once.
type way struct {
	region            region
	nonce             string
	integrity         string // of an external script
	digests           [syntax.HashSHA512 + 1]string
	notParserInserted bool
}

var anyway = way{region: everywhere}

// meet gives the condition that both ways together make, and whether it can be
// met.
func (w way) meet(v way) (way, bool) {
	var ok bool
	if w.region, ok = w.region.meet(v.region); !ok {
		return w, false
	}
	if !meetText(&w.nonce, v.nonce) || !meetText(&w.integrity, v.integrity) {
		return w, false
	}
	for i := range w.digests {
		if !meetText(&w.digests[i], v.digests[i]) {
			return w, false
		}
	}
	w.notParserInserted = w.notParserInserted || v.notParserInserted
	return w, true
}

// meetText makes one condition on a text of two, where "" is none.
func meetText(s *string, t string) bool {
	if *s == "" {
		*s = t
	}
	return t == "" || *s == t
}

// meetAll gives the ways of a list, given those of each policy.
func meetAll(l List, ways func(Policy) []way) []way {
	all := []way{anyway}
	for _, p := range l {
		var met []way
		seen := map[way]bool{}
		for _, w := range all {
			for _, v := range ways(p) {
				if m, ok := w.meet(v); ok && !seen[m] {
					seen[m] = true
					met = append(met, m)
				}
			}
		}
		all = met
	}
	return all
}

// requestWays gives the ways to be allowed as a request of an effective
// directive: what Policy.fetch asks, turned round.
func (p Policy) requestWays(id syntax.DirectiveID, self *location) []way {
	by := p.governing(id)
	if by == nil {
		return []way{anyway}
	}
	var ways []way
	script := asksScript(id, by.Id)
	for i := range by.Sources {
		s := &by.Sources[i]
		switch {
		case s.Kind == syntax.SourceNonce && (script || id == syntax.DirStyleSrcElem):
			ways = append(ways, way{region: everywhere, nonce: s.Value})
		case s.Kind == syntax.SourceHash && script:
			ways = append(ways, way{region: everywhere, integrity: s.Hash.String() + "-" + s.Value})
		}
	}
	if script && syntax.FindKeyword(by.Sources, syntax.KwStrictDynamic) != nil {
		return append(ways, way{region: everywhere, notParserInserted: true})
	}
	for i := range by.Sources {
		for _, r := range sourceRegions(&by.Sources[i], self) {
			ways = append(ways, way{region: r})
		}
	}
	return ways
}

// inlineWays gives the ways to be allowed as inline code: what matchInline
// asks, turned round.
func (p Policy) inlineWays(k InlineKind) []way {
	by := p.governing(k.directive())
	if by == nil || allowsAllInline(by.Sources, k) != nil ||
		k == InlineRules && syntax.FindKeyword(by.Sources, syntax.KwInlineSpeculationRules) != nil {
		return []way{anyway}
	}
	var ways []way
	hashes := k.element() || syntax.FindKeyword(by.Sources, syntax.KwUnsafeHashes) != nil
	for i := range by.Sources {
		s := &by.Sources[i]
		w := anyway
		switch {
		case s.Kind == syntax.SourceNonce && k.element():
			w.nonce = s.Value
		case s.Kind == syntax.SourceHash && hashes && s.Matchable():
			w.digests[s.Hash] = syntax.ToStdBase64(s.Value)
		case s.Kind == syntax.SourceKeyword && s.Keyword == syntax.KwStrictDynamic && (k == InlineScript || k == InlineRules):
			w.notParserInserted = true
		default:
			continue
		}
		ways = append(ways, w)
	}
	return ways
}
