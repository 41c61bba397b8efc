package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/edgehelpers/lambdaedge/csp"
)

// The text form has lines of at most 80 characters. What is said of a finding
// is below its code, further in.
const (
	textWidth  = 80
	textIndent = 10
)

// text writes reports for people to read.
func (p printer) text(reports []report, summary string) error {
	var b strings.Builder
	for _, r := range reports {
		if len(r.findings) == 0 {
			continue
		}
		title := r.String()
		if r.header != "" {
			title += ": " + r.header
		}
		fmt.Fprintf(&b, "%s\n", p.paint("1", clean(title)))
		for _, g := range groups(r.findings) {
			p.group(&b, r, g)
		}
		b.WriteByte('\n')
	}
	b.WriteString(summary)
	_, err := io.WriteString(p.w, b.String())
	return err
}

// groups puts findings together that say the same of several places.
func groups(findings []finding) [][]finding {
	type key struct {
		code, reason, mend string
		severity           csp.Severity
	}
	index := make(map[key]int)
	var groups [][]finding
	for _, f := range findings {
		k := key{f.Code, f.Reason, f.Mend, f.Severity}
		i, known := index[k]
		if !known {
			i = len(groups)
			index[k], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], f)
	}
	return groups
}

// group writes findings that say the same.
func (p printer) group(b *strings.Builder, r report, group []finding) {
	const most = 8 // places
	colors := map[csp.Severity]string{csp.High: "31;1", csp.Medium: "33", csp.Low: "36", csp.Info: "2"}
	f := group[0]
	fmt.Fprintf(b, "  %s  %s", p.paint(colors[f.Severity], fmt.Sprintf("%-6s", f.Severity)), p.paint("1", f.Code))
	where := clean(f.where(r.policies))
	if len(group) == 1 && textIndent+len(f.Code)+2+utf8.RuneCountInString(where) <= textWidth {
		if where != "" {
			b.WriteString("  " + where)
		}
		b.WriteByte('\n')
	} else {
		b.WriteByte('\n')
		for _, f := range group[:min(len(group), most)] {
			writeWrapped(b, "", "  ", f.where(r.policies))
		}
		if more := len(group) - most; more > 0 {
			writeWrapped(b, "", "", fmt.Sprintf("and %d more; -short has a line for each", more))
		}
	}
	writeWrapped(b, "", "", f.Reason)
	writeWrapped(b, "=> ", "   ", f.Mend)
}

// writeWrapped writes a text below a finding, with a lead before its first line
// and another before those after it.
func writeWrapped(b *strings.Builder, first, other, text string) {
	for i, line := range wrap(text, textWidth-textIndent-len(other)) {
		lead := other
		if i == 0 {
			lead = first
		}
		fmt.Fprintf(b, "%*s%s%s\n", textIndent, "", lead, clean(line))
	}
}

func (p printer) paint(color, text string) string {
	if !p.color {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

// wrap breaks a text into lines of at most width characters, where it can.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

// summary counts findings, those that are not printed too.
func summary(reports []report) string {
	counts := make(map[csp.Severity]int)
	for _, r := range reports {
		for _, f := range r.findings {
			counts[f.Severity]++
		}
	}
	total, parts := 0, []string{}
	for s := csp.High; s >= csp.Info; s-- {
		if counts[s] > 0 {
			total += counts[s]
			parts = append(parts, fmt.Sprintf("%d %s", counts[s], s))
		}
	}
	switch total {
	case 0:
		return "no findings\n"
	case 1:
		return "1 finding: " + parts[0] + "\n"
	}
	return fmt.Sprintf("%d findings: %s\n", total, strings.Join(parts, ", "))
}
