package csp

import (
	"errors"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A Directive is a name and a value, "img-src 'self'" for example. Make one
// with the function of its name; [Policy.Directives] gives those of a policy.
// The zero Directive is none and makes [New] fail.
type Directive struct {
	m   syntax.Directive
	err error // of the builder: what is wrong with the arguments
}

// Name gives the name in lower case.
func (d Directive) Name() string { return d.m.Name }

// Values gives the tokens of the value, as written and in that order.
func (d Directive) Values() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, s := range d.m.Tokens() {
			if !yield(s.Text) {
				return
			}
		}
	}
}

// String gives the directive as it was written.
func (d Directive) String() string { return d.m.Text }

// newDirective makes a directive of tokens that have been checked, or that err
// finds fault with. A token that comes twice is kept once: the value is a set.
func newDirective(id syntax.DirectiveID, tokens []string, err error) Directive {
	d := Directive{m: syntax.Directive{ID: id, Name: syntax.Directives[id].Name}}
	if err != nil {
		d.err = named(d.m.Name, err)
		return d
	}
	text := d.m.Name
	for i, t := range tokens {
		if slices.Index(tokens, t) == i {
			text += " " + t
		}
	}
	d.m.Text = text
	return d
}

// named says which directive is at fault, of each of the errors that err joins.
func named(directive string, err error) error {
	many, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return errors.New("csp: " + directive + ": " + err.Error())
	}
	var errs []error
	for _, err := range many.Unwrap() {
		errs = append(errs, named(directive, err))
	}
	return errors.Join(errs...)
}

// sourceList makes a directive whose value is a source list.
func sourceList[S Source](id syntax.DirectiveID, list []S) Directive {
	if len(list) == 0 {
		return newDirective(id, nil, errors.New("no sources; use csp.None to allow nothing"))
	}
	tokens := make([]string, len(list))
	var errs []error
	none := false
	for i, s := range list {
		text, err := textOf(s)
		if err != nil {
			errs = append(errs, argumentError(i, err))
		}
		tokens[i] = text
		none = none || syntax.EqualFold(text, "'none'")
	}
	if none && len(slices.Compact(slices.Sorted(slices.Values(tokens)))) > 1 {
		errs = append(errs, errors.New("csp.None beside other sources: browsers ignore it; got "+strconv.Quote(strings.Join(tokens, " "))+
			", leave one or the other out"))
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

// argumentError is an error of the argument with the index i, counted from 1 as people count.
func argumentError(i int, err error) error {
	return errors.New("argument " + strconv.Itoa(i+1) + ": " + err.Error())
}
