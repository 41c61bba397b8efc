package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/edgehelpers/lambdaedge/csp"
)

// A report is what was found in one place.
type report struct {
	source
	header   string // name of the header, or "meta element"; "" for a page itself
	policies int    // how many it is about
	findings []finding
}

// A source is what was looked at, as its user named it.
type source struct {
	name   string // of a file, a URL, "-policy"...
	part   string // of the file: ", response 2"
	isFile bool
	isURL  bool
}

func (s source) String() string { return s.name + s.part }

// A finding is one of package csp with its place in the source.
type finding struct {
	csp.Finding
	line, column int // from 1, in characters; 0 if there is no place
}

// where says what it is about: "line 2, column 4: script-src 'self'".
func (f finding) where(policies int) string {
	var parts []string
	if f.line > 0 {
		parts = append(parts, fmt.Sprintf("line %d, column %d", f.line, f.column))
	} else if policies > 1 && f.Directive != "" {
		parts = append(parts, fmt.Sprintf("policy %d", f.Position.Policy+1))
	}
	if subject := f.subject(); subject != "" {
		parts = append(parts, subject)
	}
	return strings.Join(parts, ": ")
}

// subject is directive and value, as far as there are such.
func (f finding) subject() string { return strings.TrimSpace(f.Directive + " " + shorten(f.Value)) }

// shorten keeps of a value what fits into a line; a hash always does.
func shorten(s string) string {
	const most = 68
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "\u2026"
}

// noPlace is the position of what is in no policy.
func noPlace(offset int) csp.Position {
	return csp.Position{Policy: -1, Directive: -1, Value: -1, Offset: offset}
}

// worstFirst puts findings into the order of [evaluator.Evaluate].
func worstFirst(findings []finding) {
	slices.SortStableFunc(findings, func(a, b finding) int {
		return cmp.Or(-cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Position.Offset, b.Position.Offset))
	})
}

func worst(reports []report) (s csp.Severity) {
	for _, r := range reports {
		for _, f := range r.findings {
			s = max(s, f.Severity)
		}
	}
	return s
}

// A text is a file, or a page, with its lines.
type text struct {
	content []byte
	marks   []mark // at the beginning of each line, and within long ones
}

// A mark is a place whose column is known.
type mark struct{ offset, line, column int }

// mostBetween is how many bytes are counted at most to find a column.
const mostBetween = 1 << 10

func newText(content []byte) *text {
	m := mark{0, 1, 1}
	t := &text{content, []mark{m}}
	for m.offset < len(content) {
		rest := content[m.offset:min(m.offset+mostBetween, len(content))]
		if n := bytes.IndexByte(rest, '\n'); n >= 0 {
			m = mark{m.offset + n + 1, m.line + 1, 1}
		} else {
			n = len(rest)
			for n > len(rest)-utf8.UTFMax && m.offset+n < len(content) && !utf8.RuneStart(content[m.offset+n]) {
				n-- // not within a character
			}
			m = mark{m.offset + n, m.line, m.column + utf8.RuneCount(rest[:n])}
		}
		t.marks = append(t.marks, m)
	}
	return t
}

// at gives a finding its place, that of an offset.
func (t *text) at(f csp.Finding, offset int) finding {
	offset = min(max(offset, 0), len(t.content))
	n, found := slices.BinarySearchFunc(t.marks, offset, func(m mark, offset int) int { return cmp.Compare(m.offset, offset) })
	if !found {
		n--
	}
	m := t.marks[n]
	return finding{f, m.line, m.column + utf8.RuneCount(t.content[m.offset:offset])}
}
