package csp

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// A Directive is a name and a value, "img-src 'self'" for example. Make one
// with the function of its name; [Policy.Directives] gives those of a policy.
// The zero Directive is none and makes [New] fail.
type Directive struct {
	id      directiveID
	index   int      // number of the piece of the policy it stands in, for positions
	offset  int      // of the name in the policy's text
	name    string   // in lower case
	text    string   // as written, name included, without space around it
	sources []source // the tokens of the value; taken apart if it is a source list
	err     error    // of the builder: what is wrong with the arguments
}

// Name gives the name in lower case.
func (d Directive) Name() string { return d.name }

// Values gives the tokens of the value, as written and in that order.
func (d Directive) Values() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, s := range d.tokens() {
			if !yield(s.text) {
				return
			}
		}
	}
}

// tokens gives the tokens of the value. Those of a directive that was built
// and is in no policy yet have to be found first.
func (d *Directive) tokens() []source {
	if d.sources != nil || d.text == "" {
		return d.sources
	}
	return appendTokens(nil, d)
}

// oneLine gives the directive with single spaces: a text that was parsed may
// have line ends in it, which must not get into a header.
func (d *Directive) oneLine() string {
	if !strings.ContainsAny(d.text, "\t\n\f\r") {
		return d.text
	}
	text := d.text[:len(d.name)]
	for t := range d.Values() {
		text += " " + t
	}
	return text
}

// String gives the directive as it was written.
func (d Directive) String() string { return d.text }

// newDirective makes a directive of tokens that have been checked, or that err
// finds fault with. A token that comes twice is kept once: the value is a set.
func newDirective(id directiveID, tokens []string, err error) Directive {
	d := Directive{id: id, name: directives[id].name}
	if err != nil {
		d.err = fmt.Errorf("csp: %s: %w", d.name, err)
		return d
	}
	text := d.name
	for i, t := range tokens {
		if slices.Index(tokens, t) == i {
			text += " " + t
		}
	}
	d.text = text
	return d
}

// parseToken takes a token of a directive's value apart, if it is a source.
func parseToken(id directiveID, s *source) {
	switch directives[id].value {
	case valueSources, valueAncestors:
		s.parse()
	}
}

// sourceList makes a directive whose value is a source list.
func sourceList[S Source](id directiveID, list []S) Directive {
	if len(list) == 0 {
		return newDirective(id, nil, errors.New("no sources; use csp.None to allow nothing"))
	}
	tokens := make([]string, len(list))
	var errs []error
	none := false
	for i, s := range list {
		text, err := textOf(s)
		if err != nil {
			errs = append(errs, fmt.Errorf("argument %d: %w", i+1, err))
		}
		tokens[i] = text
		none = none || equalFold(text, "'none'")
	}
	if none && len(slices.Compact(slices.Sorted(slices.Values(tokens)))) > 1 {
		errs = append(errs, fmt.Errorf("csp.None beside other sources: browsers ignore it; got %q, leave one or the other out",
			strings.Join(tokens, " ")))
	}
	return newDirective(id, tokens, errors.Join(errs...))
}

// textOf is Source.sourceText for a source that may be nil.
func textOf(s Source) (string, error) {
	if s == nil {
		return "", errors.New("got nil, want a source")
	}
	return s.sourceText()
}
