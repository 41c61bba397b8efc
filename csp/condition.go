package csp

import (
	"github.com/edgehelpers/lambdaedge/csp/internal/match"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A condition is one of those under which a policy allows something: a nonce, a
// hash, a script as the maker, a set of URLs. A policy allows what meets one of
// its conditions, a list what meets one of each policy at once.
type condition struct {
	urls              match.URLSet
	nonce             string
	integrity         string // of an external script
	digests           [syntax.HashSHA512 + 1]string
	notParserInserted bool
}

var unconditional = condition{urls: match.AllURLs}

// and gives the condition that both make together, and whether it can be met.
func (c condition) and(d condition, rules match.Rules) (condition, bool) {
	var ok bool
	if c.urls, ok = rules.Intersect(c.urls, d.urls); !ok {
		return c, false
	}
	if !sameText(&c.nonce, d.nonce) || !sameText(&c.integrity, d.integrity) {
		return c, false
	}
	for i := range c.digests {
		if !sameText(&c.digests[i], d.digests[i]) {
			return c, false
		}
	}
	c.notParserInserted = c.notParserInserted || d.notParserInserted
	return c, true
}

// sameText makes one condition on a text of two, where "" is none.
func sameText(s *string, t string) bool {
	if *s == "" {
		*s = t
	}
	return t == "" || *s == t
}

// maxCombined is how many conditions the policies of a list may have together.
const maxCombined = 5000

// conditionsOf gives the conditions of a list, given those of each policy. It
// reports false if they are too many.
func conditionsOf(l List, rules match.Rules, of func(Policy) []condition) ([]condition, bool) {
	all := []condition{unconditional}
	for _, p := range l {
		var both []condition
		seen := map[condition]bool{}
		conditions := of(p)
		for _, c := range all {
			for _, d := range conditions {
				if m, ok := c.and(d, rules); ok && !seen[m] {
					seen[m] = true
					both = append(both, m)
				}
			}
			if len(both) > max(maxCombined, len(conditions)) {
				return nil, false
			}
		}
		all = both
	}
	return all, true
}

// requestConditions gives the conditions for a request of an effective
// directive to be allowed: what fetch asks, turned round.
func (p Policy) requestConditions(id syntax.DirectiveID, origin string, redirected bool, rules match.Rules) []condition {
	by := p.governing(id)
	if by == nil {
		return []condition{unconditional}
	}
	var all []condition
	script := asksScript(id, by, rules)
	for i := range by.Sources {
		s := &by.Sources[i]
		c := unconditional
		switch {
		case s.Kind == syntax.SourceNonce && (script || id == syntax.DirStyleSrcElem):
			c.nonce = s.Value()
		case script && countsAsHash(s, rules):
			c.integrity = s.Hash.String() + "-" + s.Value()
		default:
			continue
		}
		all = append(all, c)
	}
	if script && syntax.FindKeyword(by.Sources, syntax.KwStrictDynamic) != nil {
		c := unconditional
		c.notParserInserted = id != syntax.DirWorkerSrc
		return append(all, c)
	}
	m := match.Matcher{Rules: rules, Directive: by.ID}
	prepare(&m, by, origin, script)
	for i := range by.Sources {
		for _, urls := range m.Sets(&by.Sources[i]) {
			if redirected {
				urls = urls.WithoutPath()
			}
			all = append(all, condition{urls: urls})
		}
	}
	return all
}

// inlineConditions gives the conditions for inline code to be allowed: what
// matchInline asks, turned round.
func (p Policy) inlineConditions(k InlineKind, rules match.Rules) []condition {
	by := p.governing(k.directive())
	if by == nil || allowsAllInline(by, k, rules) != nil ||
		k == InlineRules && syntax.FindKeyword(by.Sources, syntax.KwInlineSpeculationRules) != nil {
		return []condition{unconditional}
	}
	var all []condition
	hashes := k.element() || syntax.FindKeyword(by.Sources, syntax.KwUnsafeHashes) != nil
	for i := range by.Sources {
		s := &by.Sources[i]
		c := unconditional
		switch {
		case s.Kind == syntax.SourceNonce && k.element():
			c.nonce = s.Value()
		case hashes && countsAsHash(s, rules):
			digest := s.PaddedDigest()
			if !matchesDigest(s, digest, rules) {
				continue
			}
			c.digests[s.Hash] = digest
		case s.Keyword == syntax.KwStrictDynamic && (k == InlineScript || k == InlineRules):
			c.notParserInserted = true
		default:
			continue
		}
		all = append(all, c)
	}
	return all
}
