package rulefile

import (
	"errors"
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
)

// A File is what [Parse] has read.
type File struct {
	// Config is what the dialect says of paths, and the origins of the file's
	// "# origin:" comments. It may be changed before the file is compiled. It has
	// no rules: see [File.Rules].
	Config redirect.Config

	// Expectations are those of the file's "# expect:" comments.
	Expectations []Expectation

	// Notes say, in the order of lines, what does not go without saying and is no
	// mistake: lines that are not for redirects, lines that the host itself has
	// dropped, and what the host takes although it was probably meant otherwise.
	// [File.Compile] adds those that only all rules together show.
	Notes []*Error

	// Shadowed is nil, or tells of the rules for many paths before which a page that
	// exists comes at Netlify: see [Netlify]. It stands apart from the notes, since
	// most files have such rules, and few have such pages.
	Shadowed *Error

	// Hosts are the origins of other sites that rules lead to, allowed or not, in
	// the order in which they come.
	Hosts []Host

	// Redirects and Passes are how many lines redirect, and how many let the
	// requests that they are for pass on.
	Redirects, Passes int

	text       string
	dialect    Dialect
	parseNotes []*Error // the notes that Parse has made
}

// An Error is a mistake in a file, or a note.
type Error struct {
	Line, Column int // from 1; columns count bytes; 0 is not known
	Kind         string
	Message      string
}

// Kinds of an Error besides those of [redirect.Mistake].
const (
	// Syntax is for lines that are none of the dialect's, and for those that the
	// host reads in another way than people do.
	Syntax = "syntax"
	// Unsupported is for lines that ask for something else than a redirect. In a
	// _redirects file the requests that they are for pass on to the origin.
	Unsupported = "unsupported"
	// Dropped is for lines that had no effect at the host.
	Dropped = "dropped"
	// Placeholder is for what looks like a placeholder in a target and is none.
	Placeholder = "placeholder"
	// Shadowing is for rules before which a page that exists comes at Netlify.
	Shadowing = "shadowing"
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
// Lines end with a line feed. Parts of a line are separated by spaces, tabs and
// other blanks; a part that begins with # begins a comment.
func Parse(text string, d Dialect) (*File, error) {
	f := &File{text: strings.TrimPrefix(text, "\ufeff"), dialect: d}
	f.Config.Syntax, f.Config.IgnoreSlash = d.syntax(), d == Netlify
	p := &parser{dialect: d, file: f}
	var hosts hostList
	for line := range strings.SplitSeq(f.text, "\n") {
		comment := p.splitLine(line)
		switch {
		case p.parse():
			if p.rule.Pass {
				f.Passes++
				continue
			}
			f.Redirects++
			p.shadowing.count(p)
			if to := p.parts[p.to]; to.special {
				hosts.add(&p.rule, to.column)
				p.checkTarget()
			}
		case len(p.parts) == 0 && comment.text != "":
			p.comment(comment)
		}
	}
	p.limits.finish()
	f.Shadowed = p.shadowing.finish()
	f.Hosts = hosts.list
	f.parseNotes = f.Notes
	return f, errors.Join(p.errs...)
}

// A parser reads lines.
type parser struct {
	dialect   Dialect
	file      *File // that gets notes and all else but rules; nil if nobody asks
	errs      []error
	limits    limits
	shadowing shadowing

	// What follows is of one line.
	line      int
	text      string
	parts     []part
	rule      redirect.Rule
	cookies   []string // any of which is enough; each makes a rule
	guardFrom string   // the source of the requests that pass before, "" for none: see setGuard
	to        int      // the index of the part that is the target
	forced    bool     // has an exclamation mark behind its status
	failed    bool     // has a mistake
	dropped   bool     // is left out, with a note
}

// fail reports a mistake.
func (p *parser) fail(column int, kind, format string, args ...any) {
	p.failed = true
	if p.file != nil {
		p.errs = append(p.errs, &Error{p.line, column, kind, fmt.Sprintf(format, args...)})
	}
}

// note reports what is no mistake.
func (p *parser) note(column int, kind, format string, args ...any) {
	if p.file != nil {
		p.file.Notes = append(p.file.Notes, &Error{p.line, column, kind, fmt.Sprintf(format, args...)})
	}
}

// drop leaves the line out, since it has no effect at the host.
func (p *parser) drop(column int, format string, args ...any) {
	p.dropped = true
	p.note(column, Dropped, "the site never had this one: "+format+"; it is left out here, too", args...)
}

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
			p.origin(origin, c.column)
		}
	default:
		// Other comments are nobody's business, but a misspelt one would be silent.
		if near := nearest(key, []string{"expect", "origin"}); near != "" && !strings.Contains(key, " ") {
			p.fail(c.column, Syntax, "comment %q; did you mean %q?", "# "+key+":", "# "+near+":")
		}
	}
}

// origin adds an origin that rules may lead to.
func (p *parser) origin(origin string, column int) {
	if err := CheckOrigin(origin); err != nil {
		p.fail(column, Syntax, "%v", err)
		return
	}
	p.file.Config.Origins = append(p.file.Config.Origins, origin)
}

// CheckOrigin says what is wrong with an origin, which must be scheme and host.
func CheckOrigin(origin string) error {
	_, err := redirect.Compile(redirect.Config{Origins: []string{origin}})
	if err == nil {
		return nil
	}
	return errors.New(strings.TrimPrefix(err.Error(), "redirect: "))
}
