package cspreport

import (
	"bufio"
	"io"
	"iter"
	"strings"
)

// Read reads the reports in a file, one after another, however long it is. The file
// has lines of [Report.AppendLine], bodies of requests, or arrays of either, one
// after another; what stands between them, a log's time stamps for example, is passed
// over. In an object that is no report, the strings are looked into that have JSON,
// for so logs are exported: {"message": "{…}\n"}. The error is a [*ParseError] for a part of the file that is no report,
// and reading goes on behind it; any other is that of r and is the last.
func Read(r io.Reader) iter.Seq2[Report, error] {
	return func(yield func(Report, error) bool) {
		f := file{r: bufio.NewReader(r), line: 1}
		for {
			value, begin, err := f.object()
			switch fault := err.(type) {
			case nil:
			case *ParseError:
				if !yield(Report{}, fault) {
					return
				}
				continue
			default:
				if err != io.EOF {
					yield(Report{}, err)
				}
				return
			}
			reports, err := parseLogged(value)
			for _, report := range reports {
				if !yield(report, nil) {
					return
				}
			}
			if fault, ok := err.(*ParseError); ok {
				fault.Line = begin
				if !yield(Report{}, fault) {
					return
				}
			}
		}
	}
}

// parseLogged is Parse for what a log has: reports, or an object around them with
// their text in strings.
func parseLogged(value []byte) ([]Report, error) {
	reports, err := Parse(value)
	if len(reports) > 0 {
		return reports, err
	}
	s := scanner{data: value}
	var inner []Report
	s.strings(func(text string) {
		if text = strings.TrimSpace(text); text != "" && (text[0] == '{' || text[0] == '[') {
			found, _ := Parse([]byte(text))
			inner = append(inner, found...)
		}
	})
	if len(inner) > 0 {
		return inner, nil
	}
	return nil, err
}

// A file is cut into JSON objects, without looking into them more than it takes
// to find their ends, and to find out where one was cut off and another begins.
type file struct {
	r    *bufio.Reader
	line int

	value []byte // the object so far
	stack []byte // what is open: '{' or '['
	last  byte   // the last byte of value that is no white space
}

// object gives the next object that is in no other, and the line where it begins.
// The slice is valid until the next call.
func (f *file) object() (value []byte, begin int, err error) {
	f.value, f.stack, f.last = f.value[:0], f.stack[:0], 0
	for {
		c, err := f.r.ReadByte()
		if err != nil {
			if len(f.value) > 0 && err == io.EOF {
				return nil, 0, f.fault(EndsEarly, begin, "the file ends within an object")
			}
			return nil, 0, err
		}
		if len(f.value) == 0 {
			begin = f.line
		}
		if c == '\n' {
			f.line++
		}
		if len(f.value) == 0 && c != '{' {
			continue
		}
		if fault := f.take(c, begin); fault != nil {
			return nil, 0, fault
		}
		if len(f.stack) == 0 && len(f.value) > 0 {
			return f.value, begin, nil
		}
	}
}

// take adds a byte to the object.
func (f *file) take(c byte, begin int) *ParseError {
	if len(f.value) >= MaxBody {
		return f.tooLarge(c, begin)
	}
	switch c {
	case '{', '[':
		if !f.mayOpen() {
			if c == '{' { // the next object
				f.r.UnreadByte() // never fails: c was just read
			}
			return f.fault(EndsEarly, begin, "the object ends in the middle, and another one begins")
		}
		f.stack = append(f.stack, c)
	case '}', ']':
		f.stack = f.stack[:len(f.stack)-1] // Parse sees whether it is the right one
	}
	f.value = append(f.value, c)
	switch c {
	case ' ', '\t', '\r', '\n':
		return nil
	case '"':
		return f.text(begin)
	}
	f.last = c
	return nil
}

// mayOpen reports whether an object or an array may begin behind the last byte.
func (f *file) mayOpen() bool {
	if len(f.stack) == 0 {
		return true
	}
	return len(f.stack) <= maxDepth && (f.last == ':' || f.last == '[' || f.last == ',' && f.stack[len(f.stack)-1] == '[')
}

// text adds a string, of which the first quotation mark has been read. There is
// no line end in it: then the line was cut.
func (f *file) text(begin int) *ParseError {
	f.last = '"'
	for escaped := false; ; {
		c, err := f.r.ReadByte()
		switch {
		case err != nil:
			return f.fault(EndsEarly, begin, "the file ends within a string")
		case c == '\n':
			f.line++
			return f.fault(EndsEarly, begin, "the line ends within a string")
		case len(f.value) >= MaxBody:
			return f.tooLarge(c, begin)
		}
		f.value = append(f.value, c)
		switch {
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '"':
			return nil
		}
	}
}

// tooLarge passes over the rest of the line whose last byte read is c.
func (f *file) tooLarge(c byte, begin int) *ParseError {
	fault := f.fault(TooLarge, begin, "the object is longer than 1 MB")
	for c != '\n' {
		var err error
		if c, err = f.r.ReadByte(); err != nil {
			break // the next call says so
		}
		if c == '\n' {
			f.line++
		}
	}
	return fault
}

func (f *file) fault(kind Kind, begin int, reason string) *ParseError {
	return &ParseError{Kind: kind, Line: begin, Offset: len(f.value), Reason: reason}
}
