package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/edge/edgecli"
)

// The text form has lines of at most 80 characters. What is said of a finding
// is below its code, further in.
const (
	textWidth  = 80
	textIndent = 10
)

// text writes reports for people to read.
func (p printer) text(reports []report, summary string) error {
	w := bufio.NewWriter(p.w)
	for _, r := range reports {
		if len(r.findings) == 0 {
			continue
		}
		title := r.String()
		if r.header != "" {
			title += ": " + r.header
		}
		fmt.Fprintf(w, "%s\n", p.paint("1", clean(title)))
		for _, g := range groups(r.findings) {
			p.group(w, r, g)
		}
		w.WriteByte('\n')
	}
	w.WriteString(summary)
	return w.Flush()
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
func (p printer) group(w *bufio.Writer, r report, group []finding) {
	const most = 8 // places
	colors := map[csp.Severity]string{csp.High: "31;1", csp.Medium: "33", csp.Low: "36", csp.Info: "2"}
	f := group[0]
	fmt.Fprintf(w, "  %s  %s", p.paint(colors[f.Severity], fmt.Sprintf("%-6s", f.Severity)), p.paint("1", f.Code))
	where := clean(f.where(r.policies))
	if len(group) == 1 && textIndent+len(f.Code)+2+utf8.RuneCountInString(where) <= textWidth {
		if where != "" {
			w.WriteString("  " + where)
		}
		w.WriteByte('\n')
	} else {
		w.WriteByte('\n')
		for _, f := range group[:min(len(group), most)] {
			writeWrapped(w, "", "  ", f.where(r.policies))
		}
		if more := len(group) - most; more > 0 {
			writeWrapped(w, "", "", fmt.Sprintf("and %d more; -short has a line for each", more))
		}
	}
	writeWrapped(w, "", "", f.Reason)
	writeWrapped(w, "=> ", "   ", f.Mend)
}

// writeWrapped writes a text below a finding, with a lead before its first line
// and another before those after it.
func writeWrapped(w io.Writer, first, other, text string) {
	for i, line := range wrap(text, textWidth-textIndent-len(other)) {
		lead := other
		if i == 0 {
			lead = first
		}
		fmt.Fprintf(w, "%*s%s%s\n", textIndent, "", lead, clean(line))
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
	if total == 0 {
		return "no findings\n"
	}
	return edgecli.Count(total, "finding") + ": " + strings.Join(parts, ", ") + "\n"
}
