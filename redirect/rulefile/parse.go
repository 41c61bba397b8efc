package rulefile

import (
	"errors"
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
)

// A File is what Parse has read. Its Config may be changed before it is compiled.
type File struct {
	// Config has the rules, each with its line, what the dialect says of paths, and
	// the origins of the file's "# origin:" comments.
	Config redirect.Config

	// Expectations are those of the file's "# expect:" comments.
	Expectations []Expectation

	places []place // of the rules
}

// A place is where a rule's parts stand.
type place struct{ line, from, to int }

// An Error is a mistake in a file.
type Error struct {
	Line, Column int // from 1; columns count bytes
	Kind         string
	Message      string
}

// Kinds of an Error besides those of [redirect.Mistake].
const (
	// Syntax is for lines that are none of the dialect's.
	Syntax = "syntax"
	// Unsupported is for lines that are, but ask for something else than a
	// redirect.
	Unsupported = "unsupported"
)

// Error returns line, column, kind and message, in a form that editors and
// terminals know when the file's name is put before it.
func (e *Error) Error() string {
	return fmt.Sprintf("%d:%d: %s: %s", e.Line, e.Column, e.Kind, e.Message)
}

// Parse reads a file. It returns all mistakes at once, joined, each an [*Error];
// the file that it returns has the lines without one, for those who know what they
// leave out. Rules are checked further by [File.Compile].
//
// Lines end with a line feed, or with a carriage return and one. Parts of a line
// are separated by spaces and tabs; a part that begins with # begins a comment.
func Parse(text string, d Dialect) (*File, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	p := &parser{dialect: d, file: &File{}}
	p.file.Config.IgnoreSlash = d == Netlify
	p.file.Config.Rules = make([]redirect.Rule, 0, strings.Count(text, "\n")+1)
	for line := range strings.SplitSeq(text, "\n") {
		p.line++
		p.parseLine(strings.TrimSuffix(line, "\r"))
	}
	return p.file, errors.Join(p.errs...)
}

type parser struct {
	dialect Dialect
	file    *File
	line    int
	errs    []error
	parts   []part
}

// A part is a word of a line and the column where it begins.
type part struct {
	text   string
	column int
}

func (p *parser) fail(column int, kind, format string, args ...any) {
	p.errs = append(p.errs, &Error{p.line, column, kind, fmt.Sprintf(format, args...)})
}

// parseLine reads one line.
func (p *parser) parseLine(line string) {
	comment := p.cut(line)
	if len(p.parts) > 0 {
		before := len(p.errs)
		r := redirect.Rule{Line: p.line}
		at := p.rule(&r)
		if len(p.errs) == before {
			p.file.Config.Rules = append(p.file.Config.Rules, r)
			p.file.places = append(p.file.places, at)
		}
		return
	}
	if comment.text != "" {
		p.comment(comment)
	}
}

// cut cuts line into its parts, and returns the comment behind them.
func (p *parser) cut(line string) (comment part) {
	p.parts = p.parts[:0]
	for i := 0; i < len(line); {
		if isBlank(line[i]) {
			i++
			continue
		}
		begin := i
		if line[i] == '#' {
			return part{line[begin:], begin + 1}
		}
		for i < len(line) && !isBlank(line[i]) {
			i++
		}
		p.parts = append(p.parts, part{line[begin:i], begin + 1})
	}
	return part{}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// comment reads a comment that stands alone in its line.
func (p *parser) comment(c part) {
	key, value, ok := strings.Cut(strings.TrimLeft(c.text, "# \t"), ":")
	if !ok {
		return
	}
	switch key = strings.TrimSpace(key); key {
	case "expect":
		p.expect(value, c.column)
	case "origin":
		for origin := range strings.FieldsSeq(value) {
			p.file.Config.Origins = append(p.file.Config.Origins, origin)
		}
	default:
		// Other comments are nobody's business, but a misspelt one would be silent.
		if near := nearest(key, []string{"expect", "origin"}); near != "" && !strings.Contains(key, " ") {
			p.fail(c.column, Syntax, "comment %q; did you mean %q?", "# "+key+":", "# "+near+":")
		}
	}
}

// Compile compiles the file's rules: see [redirect.Compile]. Its mistakes have the
// lines and columns of the file.
func (f *File) Compile() (*redirect.Table, error) {
	table, err := redirect.Compile(f.Config)
	if err == nil {
		return table, nil
	}
	list, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return nil, err
	}
	var errs []error
	for _, err := range list.Unwrap() {
		errs = append(errs, f.locate(err))
	}
	return nil, errors.Join(errs...)
}

// locate returns a mistake as an Error of the file.
func (f *File) locate(err error) error {
	m, ok := errors.AsType[*redirect.Mistake](err)
	if !ok || m.Rule >= len(f.places) || f.places[m.Rule].line != m.Line {
		return err
	}
	at := f.places[m.Rule]
	e := &Error{at.line, at.from, m.Kind, m.Message}
	if m.Field == "To" {
		e.Column = at.to
	}
	return e
}
