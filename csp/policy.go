package csp

import (
	"errors"
	"fmt"
	"iter"
	"strings"
)

// A Policy is a Content-Security-Policy: an immutable value, safe for
// concurrent use. Make one with [New] or read one with [Parse]. The zero
// Policy is no policy: its text is empty and it allows everything.
type Policy struct{ c *compiled }

// compiled is what a Policy points to. It is never changed once it is made.
type compiled struct {
	text       string
	directives []Directive // those in effect, in the order written
	at         [directiveEnd]int32
}

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
		case d.name == "":
			errs = append(errs, fmt.Errorf("csp: argument %d: an empty Directive, want one that a function of this package made", i+1))
			continue
		case seen[d.name]:
			errs = append(errs, fmt.Errorf("csp: %s: given twice; browsers take the first only, put all sources in one", d.name))
			continue
		}
		seen[d.name] = true
		if err := checkBuilt(d); err != nil {
			errs = append(errs, err)
		}
		if text.Len() > 0 {
			text.WriteString("; ")
		}
		text.WriteString(d.oneLine())
	}
	if len(errs) > 0 {
		return Policy{}, errors.Join(errs...)
	}
	p, _ := Parse(text.String())
	return p, nil
}

// checkBuilt holds what Parse let pass, and With now builds with, to the rules
// of a header: nothing may end the directive or the policy.
func checkBuilt(d Directive) error {
	for i := range len(d.text) {
		if c := d.text[i]; c == ',' || c == ';' || c < ' ' && !isSpace(c) || c >= 0x7f {
			return fmt.Errorf("csp: %s: got %q with %q in it, which cannot stand in a policy", d.name, d.text, c)
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
			if !used[i] && directives[i].name == d.name {
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
			drop = drop || equalFold(name, d.name)
		}
		if !drop {
			kept = append(kept, d.oneLine())
		}
	}
	q, _ := Parse(strings.Join(kept, "; "))
	return q
}

// String gives the value for the header. For a parsed policy it is the text
// that was parsed, byte for byte; if that may have line ends in it, from a
// meta element for example, take the [Policy.Canonical] one's for a header.
func (p Policy) String() string {
	if p.c == nil {
		return ""
	}
	return p.c.text
}

// IsZero reports whether there is no directive in the policy.
func (p Policy) IsZero() bool { return p.c == nil || len(p.c.directives) == 0 }

// Directives gives the directives in effect in the order written. Repetitions,
// which browsers ignore, are left out.
func (p Policy) Directives() iter.Seq[Directive] {
	return func(yield func(Directive) bool) {
		if p.c == nil {
			return
		}
		for _, d := range p.c.directives {
			if !yield(d) {
				return
			}
		}
	}
}

// Lookup finds the directive of that name, which is taken in any ASCII case.
func (p Policy) Lookup(name string) (Directive, bool) {
	for d := range p.Directives() {
		if equalFold(d.name, name) {
			return d, true
		}
	}
	return Directive{}, false
}

// directive finds the directive of an ID, or nil.
func (p Policy) directive(id directiveID) *Directive {
	if p.c == nil || p.c.at[id] == 0 {
		return nil
	}
	return &p.c.directives[p.c.at[id]-1]
}
