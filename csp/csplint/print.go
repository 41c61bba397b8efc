package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
)

// A printer writes reports.
type printer struct {
	w     io.Writer
	min   csp.Severity
	color bool
}

// print writes reports in a form.
func (p printer) print(format string, reports []report) error {
	var shown []report
	for _, r := range reports {
		all := r.findings
		r.findings = nil
		for _, f := range all {
			if f.Severity >= p.min {
				r.findings = append(r.findings, f)
			}
		}
		shown = append(shown, r)
	}
	switch format {
	case "json":
		return p.json(shown)
	case "sarif":
		return p.sarif(shown)
	case "github":
		return p.lines(shown, githubLine)
	case "short":
		return p.lines(shown, shortLine)
	}
	return p.text(shown, summary(reports))
}

// lines writes a line for each finding.
func (p printer) lines(reports []report, line func(report, finding) string) error {
	w := bufio.NewWriter(p.w)
	for _, r := range reports {
		for _, f := range r.findings {
			w.WriteString(line(r, f))
			w.WriteByte('\n')
		}
	}
	return w.Flush()
}

// shortLine gives a finding as compilers do: "file:2:4: high code: reason".
func shortLine(r report, f finding) string {
	place := r.String()
	if f.line > 0 {
		place = fmt.Sprintf("%s:%d:%d", r.name, f.line, f.column)
	}
	return clean(fmt.Sprintf("%s: %s %s: %s", place, f.Severity, f.Code, f.message()))
}

// message says in one line what a finding is about, and why.
func (f finding) message() string {
	if subject := f.subject(); subject != "" {
		return subject + ": " + f.Reason
	}
	return f.Reason
}

// githubLine gives a finding as an annotation of GitHub's: "::error
// file=a.html,line=2,col=4,title=code::message".
func githubLine(r report, f finding) string {
	command := map[csp.Severity]string{csp.High: "error", csp.Medium: "warning"}[f.Severity]
	if command == "" {
		command = "notice"
	}
	var properties []string
	add := func(name, value string) { properties = append(properties, name+"="+escapeProperty(clean(value))) }
	message := f.message() + "; " + f.Mend
	if r.isFile {
		add("file", filepath.ToSlash(r.name))
	} else {
		message = r.String() + ": " + message
	}
	if r.isFile && f.line > 0 {
		add("line", fmt.Sprint(f.line))
		add("col", fmt.Sprint(f.column))
	}
	add("title", "csplint "+f.Code)
	return "::" + command + " " + strings.Join(properties, ",") + "::" + escapeData(clean(message))
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
	Offset    int    `json:"offset"`           // in the policy, or in the page
	Line      int    `json:"line,omitempty"`   // in the file, or in the page
	Column    int    `json:"column,omitempty"` // in characters
	Reason    string `json:"reason"`
	Mend      string `json:"mend"`
}

// json writes reports as one JSON array.
func (p printer) json(reports []report) error {
	out := []jsonFinding{}
	for _, r := range reports {
		for _, f := range r.findings {
			j := jsonFinding{Place: r.String(), Header: r.header, Code: f.Code, Severity: f.Severity.String(), Directive: f.Directive,
				Value: f.Value, Offset: f.Position.Offset, Line: f.line, Column: f.column, Reason: f.Reason, Mend: f.Mend}
			if r.header != "" && f.Position.Policy >= 0 {
				j.Policy = &f.Position.Policy
			}
			out = append(out, j)
		}
	}
	return writeJSON(p.w, out)
}

// writeJSON writes a value as JSON that is harmless on a terminal.
func writeJSON(w io.Writer, value any) error {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return err
	}
	_, err := io.WriteString(w, cleanJSON(b.String()))
	return err
}
