package cspreport

import "strconv"

// A Kind is a kind of fault in what should be reports.
type Kind uint8

const (
	// NotJSON is a text that is no JSON.
	NotJSON Kind = iota + 1

	// EndsEarly is JSON that ends in the middle, or is not there at all: the body was
	// cut on its way.
	EndsEarly

	// NotReport is JSON that is not of a form that browsers report in.
	NotReport

	// TooLarge is a text of more than [MaxBody] bytes.
	TooLarge

	// TooMany is a body of more than [MaxReports] reports.
	TooMany
)

// A ParseError says what is wrong with a body or a file. Its text is safe to
// print.
type ParseError struct {
	Kind   Kind
	Line   int    // in a file, from 1; 0 in a body
	Offset int    // in bytes, from 0: of the body, or of the value that begins in Line
	Reason string // what is wrong
}

// Error gives the error in one line.
func (e *ParseError) Error() string {
	s := "cspreport: "
	if e.Line > 0 {
		s += "line " + strconv.Itoa(e.Line) + ", "
	}
	return s + "byte " + strconv.Itoa(e.Offset) + ": " + e.Reason
}
