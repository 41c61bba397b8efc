package csp

import "slices"

// A Comparison compares policies as [Subsumes] and [Diff] do, on what is known of
// where they are used. The zero Comparison knows nothing: what it finds holds for
// some page and some nonces.
type Comparison struct {
	// Origin is that of the page, "https://www.example.com". It decides what 'self'
	// is, and the scheme of sources without one. "" stands for every http or https
	// origin.
	Origin string

	// AnyNonce lets any nonce stand for any other. The nonces of two live
	// responses are never the same, and that is no difference. The Request of a
	// [Change] then has "any-nonce" for each of them.
	AnyNonce bool
}

// Subsumes reports whether b allows nothing that a forbids: whether a subsumes
// b, in the words of Content Security Policy: Embedded Enforcement. Either may
// be a [Policy] or a [List].
//
// The answer is exact for what this package matches: on every page with an http
// or https origin, and for the draft and every browser, where b allows a request,
// an inline script or style, eval, WebAssembly, a base, a form action, a frame
// ancestor, WebRTC, a Trusted Types policy or what a sandbox forbids, so does a.
// Hashes of different algorithms are taken for hashes of different texts. A policy
// that upgrades insecure requests or requires Trusted Types is subsumed by one that
// does not, and not the other way round; of one that upgrades them, the URLs are
// compared that are requested in the end. Lists of several long policies have more
// combinations of sources than can be compared: above 5,000 for a directive the answer
// is no. Reporting and directives that are not known
// do not count. As in that specification, * subsumes 'self', though 'self' matches
// wss: URLs of the page's host too.
//
// It takes time in proportion to the product of the lengths of the source
// lists: it is for policies that people write, not for those that they send.
func Subsumes(a, b Policies) bool { return Comparison{}.Subsumes(a, b) }

// Subsumes is the function [Subsumes] with what the Comparison knows.
func (o Comparison) Subsumes(a, b Policies) bool {
	return o.compare(b.List(), []List{a.List()}, func(Change) bool { return false })
}

// Diff gives what changes when the policies from are replaced by to: for each
// directive one thing that becomes allowed, and one that becomes forbidden. It is
// empty if each subsumes the other; see [Subsumes] for what is compared.
func Diff(from, to Policies) []Change { return Comparison{}.Diff(from, to) }

// Diff is the function [Diff] with what the Comparison knows.
func (o Comparison) Diff(from, to Policies) []Change {
	var changes []Change
	for _, wider := range []bool{true, false} {
		list, other := to.List(), from.List()
		if !wider {
			list, other = other, list
		}
		o.compare(list, []List{other}, func(change Change) bool {
			change.Wider = wider
			known := slices.IndexFunc(changes, func(d Change) bool {
				return d.Wider == wider && d.Directive == change.Directive
			})
			switch {
			case known < 0:
				changes = append(changes, change)
			case change.Engine == AllEngines && changes[known].Engine != AllEngines:
				changes[known] = change // what needs no engine to be named says more
			}
			return true
		})
	}
	return changes
}

// anyNonce takes the place of all nonces.
const anyNonce = "any-nonce"

// prepare gives a list as it is to be compared.
func (o Comparison) prepare(l List) List {
	if !o.AnyNonce {
		return l
	}
	alike := make(List, len(l))
	for i, p := range l {
		alike[i] = p.withNonce(anyNonce)
	}
	return alike
}
