package csp

// A way is one of the conditions under which a policy allows something: a nonce,
// a hash, a script as the maker, a region of URLs. A policy allows what
// meets one of its ways, a list what meets one way of each policy at once.
type way struct {
	region            region
	nonce             string
	integrity         string // of an external script
	digests           [hashSHA512 + 1]string
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
func (p Policy) requestWays(id directiveID, self *location) []way {
	by := p.governing(id)
	if by == nil {
		return []way{anyway}
	}
	var ways []way
	script := asksScript(id, by.id)
	for i := range by.sources {
		s := &by.sources[i]
		switch {
		case s.kind == sourceNonce && (script || id == dirStyleSrcElem):
			ways = append(ways, way{region: everywhere, nonce: s.value})
		case s.kind == sourceHash && script:
			ways = append(ways, way{region: everywhere, integrity: s.hash.String() + "-" + s.value})
		}
	}
	if script && findKeyword(by.sources, kwStrictDynamic) != nil {
		return append(ways, way{region: everywhere, notParserInserted: true})
	}
	for i := range by.sources {
		for _, r := range by.sources[i].regions(self) {
			ways = append(ways, way{region: r})
		}
	}
	return ways
}

// inlineWays gives the ways to be allowed as inline code: what matchInline
// asks, turned round.
func (p Policy) inlineWays(k InlineKind) []way {
	by := p.governing(k.directive())
	if by == nil || allowsAllInline(by.sources, k) != nil ||
		k == InlineRules && findKeyword(by.sources, kwInlineSpeculationRules) != nil {
		return []way{anyway}
	}
	var ways []way
	hashes := k.element() || findKeyword(by.sources, kwUnsafeHashes) != nil
	for i := range by.sources {
		s := &by.sources[i]
		w := anyway
		switch {
		case s.kind == sourceNonce && k.element():
			w.nonce = s.value
		case s.kind == sourceHash && hashes && s.matchable():
			w.digests[s.hash] = toStdBase64(s.value)
		case s.kind == sourceKeyword && s.keyword == kwStrictDynamic && (k == InlineScript || k == InlineRules):
			w.notParserInserted = true
		default:
			continue
		}
		ways = append(ways, w)
	}
	return ways
}
