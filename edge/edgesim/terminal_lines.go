package edgesim

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/redact"
)

// A line is something to print of a trace, without anything secret.
type line struct {
	stage *Stage // whose first line it is; nil for what follows
	kind  kind
	text  string // may have several lines
}

type kind uint8

const (
	notes kind = iota
	refusal
	warning
)

// How much is printed of what is wrong.
const (
	mostProblems = 12  // in a stage
	mostLines    = 12  // of a text
	mostBytes    = 500 // of a line
)

// linesOf is what is printed of a trace: the stages with their notes, and what is wrong, each thing once. With short it is only the
// stages in which something is wrong.
func linesOf(t *Trace, short bool) []line {
	var lines []line
	for i := range t.Stages {
		st := &t.Stages[i]
		if short && st.Error == "" {
			continue
		}
		text, problems := joined(st.Notes), problemsOf(st)
		if text != "" || len(problems) == 0 {
			lines = append(lines, line{st, notes, text})
		} else {
			problems[0].stage = st
		}
		lines = append(lines, problems...)
	}
	if !short {
		for _, text := range t.Warnings {
			lines = append(lines, line{nil, warning, text})
		}
	}
	if len(lines) == 0 { // as for most requests with short: what is secret in them is not asked for
		return nil
	}
	texts := make([]redact.Text, len(lines))
	for i, l := range lines {
		texts[i] = redact.Text{String: message.Shorten(l.text, mostLines*mostBytes), Words: l.kind == refusal || l.kind == warning}
	}
	for i, text := range secretsOf(t).Redact(texts) {
		lines[i].text = text
	}
	return lines
}

// joined are notes in one line, but for long ones, which have a line each.
func joined(notes []string) string {
	var b strings.Builder
	for i, note := range notes {
		switch {
		case i == 0:
		case len(note) > 100 || len(notes[i-1]) > 100:
			b.WriteByte('\n')
		default:
			b.WriteString("; ")
		}
		b.WriteString(note)
	}
	return b.String()
}

// problemsOf is what is wrong in a stage. Where there are findings that CloudFront refuses, they say it better than the error, which
// is made of them.
func problemsOf(st *Stage) []line {
	var refusals, warnings []line
	seen := map[string]bool{}
	add := func(to *[]line, kind kind, text string) {
		if text != "" && !seen[text] {
			seen[text] = true
			*to = append(*to, line{nil, kind, text})
		}
	}
	for _, f := range st.Findings {
		if f.Warning {
			add(&warnings, warning, f.String())
		} else {
			add(&refusals, refusal, f.String())
		}
	}
	if len(refusals) == 0 {
		add(&refusals, refusal, st.Error)
	}
	problems := append(refusals, warnings...)
	if more := len(problems) - mostProblems; more > 0 {
		problems = append(problems[:mostProblems], line{nil, refusal, fmt.Sprintf("and %d more", more)})
	}
	return problems
}

// printable is a text as lines for a terminal.
func printable(text string) []string {
	all := strings.Split(strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n")
	if more := len(all) - mostLines; more > 0 {
		all = append(all[:mostLines], fmt.Sprintf("and %d more lines", more))
	}
	for i, l := range all {
		all[i] = message.Shorten(clean(strings.ReplaceAll(l, "\t", "  ")), mostBytes)
	}
	return all
}

// clean makes text fit to print: whatever is not printable (control characters, changes of the writing
// direction) is escaped.
func clean(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsPrint(r) && r != unicode.ReplacementChar:
			b.WriteRune(r)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}
