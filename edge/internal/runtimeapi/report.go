package runtimeapi

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// A report is an error in the Runtime API's form.
type report struct {
	errorType, message string
	stack              []frame
	panicked           bool
}

// errorReport is the report of an error that the handler returned. As in AWS's client it has no stack: the error has none to give.
func errorReport(err error) *report {
	return &report{errorType: typeName(err), message: err.Error()}
}

// panicReport is the report of a panic with value v. It has to be called from the function that recovers.
func panicReport(v any) *report {
	return &report{errorType: typeName(v), message: panicMessage(v), stack: panicStack(), panicked: true}
}

// headerField is the header line that names the error's type. A generic type's name may hold more than a header may.
func (r *report) headerField() string {
	name := strings.Map(func(c rune) rune {
		if c < '!' || c > '~' {
			return '_'
		}
		return c
	}, r.errorType)
	return "Lambda-Runtime-Function-Error-Type: " + name + "\r\n"
}

// appendJSON appends the error object of the Runtime API, with the members that AWS's Go client writes.
func (r *report) appendJSON(b []byte) []byte {
	b = append(b, `{"errorMessage":`...)
	b = appendString(b, r.message)
	b = append(b, `,"errorType":`...)
	b = appendString(b, r.errorType)
	if r.stack != nil {
		b = append(b, `,"stackTrace":[`...)
		for i, f := range r.stack {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(b, `{"path":`...)
			b = appendString(b, f.path)
			b = append(b, `,"line":`...)
			b = strconv.AppendInt(b, int64(f.line), 10)
			b = append(b, `,"label":`...)
			b = appendString(b, f.label)
			b = append(b, '}')
		}
		b = append(b, ']')
	}
	return append(b, '}')
}

// appendString appends s as a JSON string (RFC 8259 section 7). What is not UTF-8 becomes U+FFFD.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', byte(c))
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\t':
			b = append(b, '\\', 't')
		case c < ' ' || c == 0x7f: // DEL is allowed, and unwelcome on a terminal
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			b = utf8.AppendRune(b, c)
		}
	}
	return append(b, '"')
}
