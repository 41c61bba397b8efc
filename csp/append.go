package csp

import (
	"errors"
	"slices"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// Append gives a policy that allows what the policy allows and what the
// directives allow too. Their sources are added to those of the directive of
// the same name. If the policy has none, one is made of the sources that govern
// it now, those of default-src for example, and the new ones; if nothing
// governs it, all is allowed already and nothing is added. Sandbox and Trusted
// Types are widened likewise. Directives of other kinds are added or take the place
// of the policy's. The errors are those of [New].
//
// A nonce or a hash that is appended to 'unsafe-inline' switches it off.
func (p Policy) Append(directives ...Directive) (Policy, error) {
	all := slices.Collect(p.Directives())
	var errs []error
	for _, d := range directives {
		if d.err != nil || d.m.Name == "" {
			_, err := New(d)
			errs = append(errs, err)
			continue
		}
		i := slices.IndexFunc(all, func(o Directive) bool { return o.m.Name == d.m.Name })
		switch widened, ok := p.widen(all, i, d); {
		case !ok: // allowed already
		case i < 0:
			all = append(all, widened)
		default:
			all[i] = widened
		}
	}
	q, err := New(all...)
	if err := errors.Join(append(errs, err)...); err != nil {
		return Policy{}, err
	}
	return q, nil
}

// widen makes the directive that all[i], or what governs in its place if i is
// negative, and d make together. It reports false if nothing is governed.
func (p Policy) widen(all []Directive, i int, d Directive) (Directive, bool) {
	var base []syntax.Source
	if i >= 0 {
		base = all[i].m.Tokens()
	}
	switch kind := syntax.Directives[d.m.ID].Value; kind {
	case syntax.ValueSources, syntax.ValueAncestors:
		if i < 0 {
			by := p.governing(d.m.ID)
			if by == nil {
				return d, false
			}
			base = slices.DeleteFunc(slices.Clone(by.Sources), func(s syntax.Source) bool { return !syntax.Takes(d.m.ID, &s) })
		}
		return newDirective(d.m.ID, joinSources(base, d.m.Tokens()), nil), true
	case syntax.ValueSandbox, syntax.ValueTrusted:
		if i < 0 {
			return d, false
		}
		return newDirective(d.m.ID, joinTokens(base, d.m.Tokens()), nil), true
	case syntax.ValueURIs:
		return newDirective(d.m.ID, joinTokens(base, d.m.Tokens()), nil), true
	}
	return d, true
}

// joinSources gives the tokens of both lists, or 'none' if there are none.
func joinSources(a, b []syntax.Source) []string {
	tokens := joinTokens(syntax.WithoutNone(a), syntax.WithoutNone(b))
	if len(tokens) == 0 {
		tokens = []string{"'none'"}
	}
	return tokens
}

func joinTokens(a, b []syntax.Source) []string {
	var tokens []string
	for _, s := range slices.Concat(a, b) {
		tokens = append(tokens, s.Text)
	}
	tokens = syntax.Distinct(tokens)
	if len(tokens) > 1 { // Trusted Types
		tokens = slices.DeleteFunc(tokens, func(t string) bool { return syntax.EqualFold(t, "'none'") })
	}
	return tokens
}
