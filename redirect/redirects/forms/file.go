package forms

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// A File is what Read has read.
type File struct {
	Format Format

	// Rules are the file's, each with its line, in the order in which they are to be
	// tried. One entry of the file may make several.
	Rules []redirect.Rule

	// Places are where the parts of the rules stand, one for each.
	Places []Place

	// Syntax, IgnoreSlash and Index are what the format says of paths: see
	// [redirect.Config].
	Syntax      redirect.Syntax
	IgnoreSlash bool
	Index       string

	// Notes say, in the order of lines, what does not go without saying and is no
	// mistake, such as what is left to the origin. They have the kinds of mistakes.
	Notes []*rulefile.Error
}

// A Place is where a rule's From and To stand: lines and columns from 1, 0 for one
// that is not known. The line of From is the rule's.
type Place struct {
	Line, From, ToLine, To int

	// Guard is set for a rule that keeps the next one from leading to itself, as
	// the host does: it is not in the file, and passes.
	Guard bool
}

// Config returns a configuration with the file's rules and what its format says of
// paths.
func (f *File) Config() redirect.Config {
	return redirect.Config{Rules: f.Rules, Syntax: f.Syntax, IgnoreSlash: f.IgnoreSlash, Index: f.Index}
}

// Locate returns a mistake that [redirect.Compile] has found in the file's rules as
// an error of the file. It is nil if what is not in the file says the same as what is,
// or comes behind it: see [Place].
func (f *File) Locate(m *redirect.Mistake) *rulefile.Error {
	e := &rulefile.Error{Line: m.Line, Kind: m.Kind, Message: m.Message}
	if m.Rule < len(f.Places) {
		at := f.Places[m.Rule]
		if at.Guard && (m.Kind == "duplicate" || m.Kind == "unreachable") {
			return nil
		}
		e.Column = at.From
		if m.Field == "To" && at.ToLine > 0 {
			e.Line, e.Column = at.ToLine, at.To
		}
	}
	return e
}

// Read reads a file whose format it tells by its name and content: see [Detect]. It
// returns all mistakes at once, joined, each a [*rulefile.Error]; the file that it
// returns has the rules without one, for those who know what they leave out.
func Read(name, text string) (*File, error) {
	format, why := Detect(name, text)
	if reader(format) == nil && format != Unknown {
		return refuse(format, "this is %s (%s)", format.Describe(), why)
	}
	return ReadAs(format, text)
}

// ReadAs is [Read] for a file of the given format.
func ReadAs(format Format, text string) (*File, error) {
	read := reader(format)
	if read == nil {
		return refuse(format, "this is %s", format.Describe())
	}
	fb := &fileBuilder{file: &File{Format: format}}
	read(fb, strings.TrimPrefix(text, "\ufeff"))
	return fb.finish()
}

// refuse says that a format is not read.
func refuse(format Format, what string, args ...any) (*File, error) {
	fb := &fileBuilder{file: &File{Format: format}}
	var known []string
	for _, f := range Formats() {
		known = append(known, f.String())
	}
	fb.fail(position{line: 1}, rulefile.Unsupported, "%s; forms that are read are %s", fmt.Sprintf(what, args...), strings.Join(known, ", "))
	return fb.finish()
}

// reader returns the function that reads a format, nil if there is none.
func reader(f Format) func(*fileBuilder, string) {
	switch f {
	case CSV:
		return readCSV
	case JSON:
		return readJSON
	case S3:
		return readS3
	case Vercel, Next:
		return readVercel
	case Netlify:
		return readNetlify
	case Htaccess:
		return readHtaccess
	}
	return nil
}

// A position is a line and a column, from 1; 0 is not known.
type position struct{ line, column int }

// A fileBuilder collects the rules of a file, the notes and the mistakes.
type fileBuilder struct {
	file *File
	errs []*rulefile.Error
}

// fail reports a mistake.
func (fb *fileBuilder) fail(at position, kind, format string, args ...any) {
	fb.errs = append(fb.errs, &rulefile.Error{Line: at.line, Column: at.column, Kind: kind, Message: fmt.Sprintf(format, args...)})
}

// note reports what is no mistake.
func (fb *fileBuilder) note(at position, kind, format string, args ...any) {
	fb.file.Notes = append(fb.file.Notes, &rulefile.Error{Line: at.line, Column: at.column, Kind: kind, Message: fmt.Sprintf(format, args...)})
}

// add adds a rule whose parts stand there.
func (fb *fileBuilder) add(r redirect.Rule, from, to position) {
	r.Line = from.line
	fb.file.Rules = append(fb.file.Rules, r)
	fb.file.Places = append(fb.file.Places, Place{Line: from.line, From: from.column, ToLine: to.line, To: to.column})
}

// finish returns the file and its mistakes, in the order of lines.
func (fb *fileBuilder) finish() (*File, error) {
	if len(fb.file.Rules) == 0 && len(fb.errs) == 0 {
		fb.fail(position{line: 1}, rulefile.Syntax, "no redirects in %s", fb.file.Format.Describe())
	}
	slices.SortStableFunc(fb.errs, compareErrors)
	slices.SortStableFunc(fb.file.Notes, compareErrors)
	errs := make([]error, len(fb.errs))
	for i, e := range fb.errs {
		errs[i] = e
	}
	return fb.file, errors.Join(errs...)
}

func compareErrors(a, b *rulefile.Error) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
