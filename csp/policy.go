package csp

import (
	"errors"
	"iter"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/match"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A Policy is a Content-Security-Policy: an immutable value, safe for
// concurrent use. Make one with [New] or read one with [Parse]. The zero
// Policy is no policy: its text is empty and it allows everything.
type Policy struct{ m *syntax.Policy }

// New makes a policy of directives, in the order given. Everything that is
// wrong with the arguments of all of them is reported in one error; the
// Policy is then the zero one.
func New(directives ...Directive) (Policy, error) {
	var errs []error
	var text strings.Builder
	seen := make(map[string]bool, len(directives))
	for i, d := range directives {
		switch {
		case d.err != nil:
			errs = append(errs, d.err)
			continue
		case d.m.Name == "":
			errs = append(errs, errors.New("csp: argument "+strconv.Itoa(i+1)+": an empty Directive, want one that a function of this package made"))
			continue
		case seen[d.m.Name]:
			errs = append(errs, errors.New("csp: "+d.m.Name+": given twice; browsers take the first only, put all sources in one"))
			continue
		}
		seen[d.m.Name] = true
		if err := checkBuilt(&d.m); err != nil {
			errs = append(errs, err)
		}
		if text.Len() > 0 {
			text.WriteString("; ")
		}
		text.WriteString(d.m.OneLine())
	}
	if len(errs) > 0 {
		return Policy{}, errors.Join(errs...)
	}
	p, _ := Parse(text.String())
	return p, nil
}

// checkBuilt holds what Parse let pass, and With now builds with, to the rules
// of a header: nothing may end the directive or the policy.
func checkBuilt(d *syntax.Directive) error {
	for i := range len(d.Text) {
		if c := d.Text[i]; c == ',' || c == ';' || c < ' ' && !syntax.IsSpace(c) || c >= 0x7f {
			return errors.New("csp: " + d.Name + ": got " + strconv.Quote(d.Text) + " with " + strconv.QuoteRune(rune(c)) + " in it, which cannot stand in a policy")
		}
	}
	return nil
}

// Must gives the policy, and panics if there is an error. It is for policies
// that are written in the program:
//
//	var policy = csp.Must(csp.New(csp.DefaultSrc(csp.Self)))
func Must(p Policy, err error) Policy {
	if err != nil {
		panic(err)
	}
	return p
}

// With gives a copy of the policy in which the directives given take the place
// of those of the same name, or come at the end. Other directives stay as they
// are written. The errors are those of [New].
func (p Policy) With(directives ...Directive) (Policy, error) {
	all := make([]Directive, 0, len(directives)+4)
	used := make([]bool, len(directives))
	for d := range p.Directives() {
		for i := range directives {
			if !used[i] && directives[i].m.Name == d.m.Name {
				d, used[i] = directives[i], true
				break
			}
		}
		all = append(all, d)
	}
	for i, d := range directives {
		if !used[i] {
			all = append(all, d)
		}
	}
	return New(all...)
}

// Without gives a copy of the policy that lacks the directives of those names,
// which are taken in any ASCII case.
func (p Policy) Without(names ...string) Policy {
	var kept []string
	for d := range p.Directives() {
		drop := false
		for _, name := range names {
			drop = drop || syntax.EqualFold(name, d.m.Name)
		}
		if !drop {
			kept = append(kept, d.m.OneLine())
		}
	}
	q, _ := Parse(strings.Join(kept, "; "))
	return q
}

// String gives the value for the header. For a parsed policy it is the text
// that was parsed, byte for byte; if that may have line ends in it, from a
// meta element for example, take the [Policy.Canonical] one's for a header.
func (p Policy) String() string {
	if p.m == nil {
		return ""
	}
	return p.m.Text
}

// IsZero reports whether there is no directive in the policy.
func (p Policy) IsZero() bool { return p.m.IsZero() }

// Directives gives the directives in effect in the order written. Repetitions,
// which browsers ignore, are left out.
func (p Policy) Directives() iter.Seq[Directive] {
	return func(yield func(Directive) bool) {
		if p.m == nil {
			return
		}
		for _, d := range p.m.Directives {
			if !yield(Directive{m: d}) {
				return
			}
		}
	}
}

// Lookup finds the directive of that name, which is taken in any ASCII case.
func (p Policy) Lookup(name string) (Directive, bool) {
	for d := range p.Directives() {
		if syntax.EqualFold(d.m.Name, name) {
			return d, true
		}
	}
	return Directive{}, false
}

// directive finds the directive of an ID, or nil.
func (p Policy) directive(id syntax.DirectiveID) *syntax.Directive { return p.m.Directive(id) }

// governing gives the directive that answers for id, or nil.
func (p Policy) governing(id syntax.DirectiveID) *syntax.Directive { return p.m.Governing(id) }

// read gives the policy as the rules have it read.
func (p Policy) read(rules match.Rules) *syntax.Policy {
	if p.m.ReadAlike() {
		return p.m
	}
	return p.m.Read(rules.Reading())
}

// upgrades reports whether the policy upgrades insecure requests.
func (p Policy) upgrades(rules match.Rules) bool {
	return p.read(rules).Directive(syntax.DirUpgradeInsecureRequests) != nil
}

// withNonce gives the policy with that value in place of all its nonces.
func (p Policy) withNonce(value string) Policy {
	var b strings.Builder
	text, done := p.String(), 0
	if p.m == nil {
		return p
	}
	for i := range p.m.Directives {
		for _, s := range p.m.Directives[i].Sources {
			if s.Kind == syntax.SourceNonce {
				b.WriteString(text[done:s.Offset] + "'nonce-" + value + "'")
				done = s.Offset + len(s.Text)
			}
		}
	}
	q, _ := Parse(b.String() + text[done:])
	return q
}
