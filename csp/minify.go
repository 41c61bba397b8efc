package csp

import (
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/match"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// Minify gives a shorter policy that allows exactly the same: it leaves out
// repeated directives and sources, sources that another one of the list makes
// superfluous, 'none' beside others, directives that say what they would fall back
// to anyway, and white space. The result and the policy subsume each other,
// or else the policy is given back as it is.
//
// What older browsers need is kept: hosts and 'unsafe-inline' beside
// 'strict-dynamic', and https: beside them. So are sources and directives
// that are not known.
func (p Policy) Minify() Policy {
	var kept []string
	for d := range p.Directives() {
		switch syntax.Directives[d.m.ID].Value {
		case syntax.ValueSources, syntax.ValueAncestors:
			kept = append(kept, d.m.Name+" "+strings.Join(minifySources(d.m.ID, d.m.Sources), " "))
		default:
			kept = append(kept, strings.Join(append([]string{d.m.Name}, joinTokens(d.m.Sources, nil)...), " "))
		}
	}
	q, _ := Parse(strings.Join(kept, ";"))
	for d := range q.Directives() {
		if by := q.Without(d.m.Name).governing(d.m.ID); by == nil || !sameSources(by.Sources, d.m.Sources) {
			continue
		}
		if r := q.Without(d.m.Name); equivalent(q, r) {
			q = r
		}
	}
	kept = kept[:0]
	for d := range q.Directives() {
		kept = append(kept, d.m.Text)
	}
	q, _ = Parse(strings.Join(kept, ";"))
	if !equivalent(p, q) {
		return p
	}
	return q
}

// equivalent reports whether the policies allow the same.
func equivalent(p, q Policy) bool { return Subsumes(p, q) && Subsumes(q, p) }

// sameSources reports whether the lists are the same but for order.
func sameSources(a, b []syntax.Source) bool {
	return slices.Equal(syntax.Distinct(syntax.CanonicalSources(a)), syntax.Distinct(syntax.CanonicalSources(b)))
}

// maxCovered is how many sources a list may have to be searched for those that
// others cover; the search takes the square of it.
const maxCovered = 500

// minifySources gives the tokens of a list that are needed.
func minifySources(by syntax.DirectiveID, list []syntax.Source) []string {
	seen := make(map[string]bool, len(list))
	list = slices.DeleteFunc(slices.Clone(syntax.WithoutNone(list)), func(s syntax.Source) bool {
		t := s.Canonical()
		again := seen[t]
		seen[t] = true
		return again
	})
	if len(list) == 0 {
		return []string{"'none'"}
	}
	x := newUnnamed(List{{&syntax.Policy{Text: joinTexts(list)}}})
	for i := len(list) - 1; i >= 0 && len(list) <= maxCovered; i-- {
		if others := slices.Delete(slices.Clone(list), i, i+1); covered(by, &list[i], others, x) {
			list = others
		}
	}
	tokens := make([]string, len(list))
	for i := range list {
		tokens[i] = list[i].Text
	}
	return tokens
}

func joinTexts(list []syntax.Source) string {
	var b strings.Builder
	for i := range list {
		b.WriteString(list[i].Text + " ")
	}
	return b.String()
}

// covered reports whether others match all URLs that a scheme or a host matches
// on every page, for the draft and every browser. What matches none for any of them is
// not covered: it may be meant for browsers to come.
func covered(by syntax.DirectiveID, s *syntax.Source, others []syntax.Source, x unnamed) bool {
	if s.Kind != syntax.SourceScheme && s.Kind != syntax.SourceHost {
		return false
	}
	matches := false
	for _, e := range comparedEngines {
		for _, origin := range [...]string{"https://page-" + x.label, "http://page-" + x.label} {
			m := match.Matcher{Rules: e.rules(), Directive: by}
			m.Self, _ = match.ParseURL(origin)
			sets := m.Sets(s)
			matches = matches || len(sets) > 0
			if !coversAll(&m, others, sets, x) {
				return false
			}
		}
	}
	return matches
}

// coversAll reports whether the sources match all URLs of the sets.
func coversAll(m *match.Matcher, sources []syntax.Source, sets []match.URLSet, x unnamed) bool {
	for _, urls := range sets {
		for _, url := range urls.Examples(x.label, x.port) {
			if u, ok := match.ParseURL(url); ok && m.Find(sources, &u) == nil {
				return false
			}
		}
	}
	return true
}
