package rulefile

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"net/textproto"
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
)

// Rules returns the rules of the file in its order, each with its line. They are
// read anew each time: a file of a million lines is never there as a list of rules.
// To change some, collect and compile them:
//
//	c := file.Config
//	c.Rules = slices.Collect(file.Rules())
func (f *File) Rules() iter.Seq[redirect.Rule] {
	return func(yield func(redirect.Rule) bool) {
		p := &parser{dialect: f.dialect}
		for line := range strings.SplitSeq(f.text, "\n") {
			p.splitLine(line)
			if !p.parse() {
				continue
			}
			if p.guardFrom != "" && !yield(p.guardRule()) {
				return
			}
			if len(p.cookies) == 0 {
				if !yield(p.rule) {
					return
				}
				continue
			}
			for _, name := range p.cookies {
				r := p.rule
				r.When.Cookie = []redirect.Field{{Name: name}}
				if !yield(r) {
					return
				}
			}
		}
	}
}

// Compile compiles the file's rules. What is wrong comes joined, each an [*Error];
// what the host does not mind is added to the file's notes: see the function
// [Compile].
func (f *File) Compile() (*redirect.Table, error) {
	c := f.Config
	c.Tolerate = append(slices.Clip(c.Tolerate), Placeholder) // Parse has noted them, by the dialect
	t, notes, err := Compile(c, f.Rules(), f.locator())
	f.Notes = slices.Concat(f.parseNotes, notes)
	slices.SortStableFunc(f.Notes, func(a, b *Error) int { return cmp.Compare(a.Line, b.Line) })
	return t, err
}

// Compile compiles rules that have worked at another host, after those of c; locate
// tells where in a file a mistake is, and is asked in the order of rules; it returns
// nil for what is not worth a note. Mistakes come joined, each an [*Error].
//
// What hosts do not mind are notes: a rule that leads to another one (chain), one
// that comes after another for the same requests (duplicate, unreachable), a
// placeholder in a target that is none, and, if c does not say which trigger the
// table is for, what has to run at origin-request (trigger).
func Compile(c redirect.Config, rules iter.Seq[redirect.Rule], locate func(*redirect.Mistake) *Error) (t *redirect.Table, notes []*Error, err error) {
	t, err = redirect.CompileSeq(c, rules)
	if err == nil {
		return t, nil, nil
	}
	list, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return nil, nil, err
	}
	var errs []error
	for _, err := range list.Unwrap() {
		m, ok := errors.AsType[*redirect.Mistake](err)
		if ok {
			m.Message = inUsersWords(m)
		}
		switch {
		case !ok:
			errs = append(errs, err)
		case isNote(m.Kind, &c):
			if e := locate(m); e != nil {
				notes = append(notes, e)
			}
		default:
			errs = append(errs, locate(m))
		}
	}
	if errs != nil {
		return nil, notes, errors.Join(errs...)
	}
	c.Tolerate = slices.Concat(c.Tolerate, notableKinds())
	t, err = redirect.CompileSeq(c, rules)
	return t, notes, err
}

// isNote reports whether what is of this kind is only noted.
func isNote(kind string, c *redirect.Config) bool {
	if kind == "trigger" {
		return c.Trigger == ""
	}
	return slices.Contains(notableKinds(), kind)
}

// notableKinds are the kinds of mistakes that may be notes.
func notableKinds() []string {
	return []string{"chain", "duplicate", "placeholder", "trigger", "unreachable"}
}

// inUsersWords says what is wrong to somebody who has a file, and no table and no
// cache key in the words of package redirect.
func inUsersWords(m *redirect.Mistake) string {
	switch m.Kind {
	case "limit":
		return strings.Replace(m.Message, "split the table", "split the file", 1)
	case "trigger":
		words := strings.Split(m.Message, " ")
		for i, w := range words {
			if name, ok := strings.CutPrefix(w, "header:"); ok {
				name, comma := strings.CutSuffix(name, ",")
				words[i] = strings.Replace(textproto.CanonicalMIMEHeaderKey(name), "Cloudfront", "CloudFront", 1)
				if comma {
					words[i] += ","
				}
			}
		}
		return strings.Replace(strings.Join(words, " "), "run the table", "run the rules", 1)
	}
	return strings.TrimPrefix(m.Message, "When: ")
}

// inFileWords says of a target off the site what to write into the file.
func inFileWords(message string) string {
	before, rest, _ := strings.Cut(message, "; add ")
	quoted, _, ok := strings.Cut(rest, " to Origins")
	origin, err := strconv.Unquote(quoted)
	if !ok || err != nil {
		return message
	}
	return fmt.Sprintf("%s; add the line %q if it is meant to", before, "# origin: "+origin)
}

// locator returns a function that tells where a mistake is. It is quick if rules
// come in their order.
func (f *File) locator() func(*redirect.Mistake) *Error {
	p := &parser{dialect: f.dialect}
	rest := f.text
	return func(m *redirect.Mistake) *Error {
		e := &Error{Line: m.Line, Kind: m.Kind, Message: m.Message}
		if m.Kind == "off-site" {
			e.Message = inFileWords(m.Message)
		}
		if m.Line < p.line {
			p.line, rest = 0, f.text
		}
		for p.line < m.Line {
			var line string
			line, rest, _ = strings.Cut(rest, "\n")
			p.splitLine(line)
		}
		if m.Line > 0 && p.parse() {
			if m.From == p.guardFrom && isNote(m.Kind, &redirect.Config{}) {
				return nil // the line itself is what people see
			}
			e.Column = p.columnOf(m.Field, e.Message)
		}
		return e
	}
}

// columnOf returns the column of what a mistake in the rule is about.
func (p *parser) columnOf(field, message string) int {
	name, _, _ := strings.Cut(message, ":")
	for _, part := range p.parts[min(p.to+1, len(p.parts)):] {
		if key, _, ok := strings.Cut(part.text, "="); ok && conditionName(key) == name {
			return part.column
		}
	}
	if field == "To" && p.to < len(p.parts) {
		return p.parts[p.to].column
	}
	return p.parts[0].column
}
