package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
)

// A printer writes reports.
type printer struct {
	w     io.Writer
	min   csp.Severity
	color bool
}

// text writes reports for people to read.
func (p printer) text(reports []report) error {
	var b strings.Builder
	counts := make(map[csp.Severity]int)
	for _, r := range reports {
		var shown []csp.Finding
		for _, f := range r.findings {
			if counts[f.Severity]++; f.Severity >= p.min {
				shown = append(shown, f)
			}
		}
		if len(shown) == 0 {
			continue
		}
		title := r.place
		if r.header != "" {
			title += ": " + r.header
		}
		fmt.Fprintf(&b, "%s\n", p.paint("1", clean(title)))
		for _, f := range shown {
			p.finding(&b, r, f)
		}
		b.WriteByte('\n')
	}
	b.WriteString(summary(counts))
	_, err := io.WriteString(p.w, b.String())
	return err
}

// finding writes one finding.
func (p printer) finding(b *strings.Builder, r report, f csp.Finding) {
	colors := map[csp.Severity]string{csp.High: "31;1", csp.Medium: "33", csp.Low: "36", csp.Info: "2"}
	where := f.Directive
	if f.Value != "" {
		where = strings.TrimSpace(where + " " + shorten(f.Value))
	}
	if r.page != nil {
		l, c := line(r.page, f.Position.Offset)
		where = strings.TrimSpace(fmt.Sprintf("line %d, column %d: %s", l, c, where))
	} else if r.policies > 1 && where != "" {
		where = fmt.Sprintf("policy %d: %s", f.Position.Policy+1, where)
	}
	severity := fmt.Sprintf("%-6s", f.Severity)
	fmt.Fprintf(b, "  %s  %s", p.paint(colors[f.Severity], severity), p.paint("1", f.Code))
	if where != "" {
		fmt.Fprintf(b, "  %s", clean(where))
	}
	b.WriteByte('\n')
	for _, l := range wrap(f.Reason, 72) {
		fmt.Fprintf(b, "          %s\n", clean(l))
	}
	for i, l := range wrap(f.Mend, 69) {
		lead := "=> "
		if i > 0 {
			lead = "   "
		}
		fmt.Fprintf(b, "          %s%s\n", lead, clean(l))
	}
}

func (p printer) paint(color, text string) string {
	if !p.color {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

// clean takes out what a terminal could take for orders.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || 0x7f <= r && r < 0xa0 || r == 0x2028 || r == 0x2029 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069 {
			return '\ufffd'
		}
		return r
	}, s)
}

func shorten(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "\u2026"
}

// wrap breaks a text into lines of at most width characters, where it can.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

func summary(counts map[csp.Severity]int) string {
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

// A jsonFinding is the form of a finding in JSON. Fields are added, never
// renamed.
type jsonFinding struct {
	Place     string `json:"place"`
	Header    string `json:"header,omitempty"`
	Code      string `json:"code"`
	Severity  string `json:"severity"`
	Policy    *int   `json:"policy,omitempty"` // index, from 0
	Directive string `json:"directive,omitempty"`
	Value     string `json:"value,omitempty"`
	Offset    int    `json:"offset"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	Reason    string `json:"reason"`
	Mend      string `json:"mend"`
}

// json writes reports as one JSON array.
func (p printer) json(reports []report) error {
	out := []jsonFinding{}
	for _, r := range reports {
		for _, f := range r.findings {
			if f.Severity < p.min {
				continue
			}
			j := jsonFinding{Place: r.place, Header: r.header, Code: f.Code, Severity: f.Severity.String(), Directive: f.Directive,
				Value: f.Value, Offset: f.Position.Offset, Reason: f.Reason, Mend: f.Mend}
			if r.page != nil {
				j.Line, j.Column = line(r.page, f.Position.Offset)
			} else if f.Position.Policy >= 0 {
				j.Policy = &f.Position.Policy
			}
			out = append(out, j)
		}
	}
	e := json.NewEncoder(p.w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(out)
}
