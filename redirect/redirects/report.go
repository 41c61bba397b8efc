package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
	"github.com/edgehelpers/lambdaedge/redirect/redirects/forms"
)

// A document is what -json prints: all that there is to say of one run.
type document struct {
	Command string    `json:"command"`
	Status  int       `json:"status"` // the exit status
	Files   []*report `json:"files"`
	Explain *answer   `json:"explain,omitempty"`
}

// A report is what there is to say of a file.
type report struct {
	File          string        `json:"file"`
	Error         string        `json:"error,omitempty"` // why it could not be read
	Format        string        `json:"format,omitempty"`
	Dialect       string        `json:"dialect,omitempty"`
	Rules         int           `json:"rules"`
	Redirects     int           `json:"redirects"`
	Passes        int           `json:"passes"`
	Mistakes      []finding     `json:"mistakes"`
	Notes         []finding     `json:"notes"`
	Origins       []string      `json:"originsToAllow"`
	OriginRequest []need        `json:"needsOriginRequest"`
	CacheKey      *cacheKey     `json:"cacheKey,omitempty"` // with -trigger origin-request
	Expectations  *expectations `json:"expectations,omitempty"`
	Compiled      *compiled     `json:"compiled,omitempty"`
}

// A finding is what there is to say of a place in a file.
type finding struct {
	Line    int    `json:"line,omitzero"` // 0 is the file as a whole
	Column  int    `json:"column,omitzero"`
	Kind    string `json:"kind"`
	Message string `json:"message"`
	note    bool
}

// expectations counts those of a file.
type expectations struct {
	Met   int `json:"met"`
	Total int `json:"total"`
}

// An answer is what comes of a request.
type answer struct {
	Request      string `json:"request"`
	Redirects    bool   `json:"redirects"`
	Status       int    `json:"status,omitzero"`
	Location     string `json:"location,omitempty"`
	CacheControl string `json:"cacheControl,omitempty"`
	Vary         string `json:"vary,omitempty"`
	Line         int    `json:"line,omitzero"`
	Text         string `json:"text"`
}

// A compiled form is what compile has written.
type compiled struct {
	Output string `json:"output"`
	Bytes  int64  `json:"bytes"`
}

// setFindings sorts findings into mistakes and notes.
func (r *report) setFindings(findings []finding) {
	r.Mistakes, r.Notes = []finding{}, []finding{}
	for _, f := range findings {
		if f.note {
			r.Notes = append(r.Notes, f)
		} else {
			r.Mistakes = append(r.Mistakes, f)
		}
	}
}

// How many findings that are alike are printed.
const (
	maxNotes    = 3
	maxMistakes = 10
)

// printFindings prints a line for each finding. Of those that are alike it prints
// the first ones, and how many there are behind them.
func (c *command) printFindings(name string, findings []finding) {
	specific := regexp.MustCompile(`"(?:[^"\\]|\\.)*"|[/:]\S+|\d+`)
	alike := make([]string, len(findings)) // what each has in common with those like it
	count := map[string]int{}
	for i, f := range findings {
		alike[i] = specific.ReplaceAllString(f.text(), "")
		count[alike[i]]++
	}
	printed := map[string]int{}
	for i, f := range findings {
		limit := maxMistakes
		if f.note {
			limit = maxNotes
		}
		n, all := printed[alike[i]], count[alike[i]]
		printed[alike[i]]++
		switch {
		case n < limit || all == limit+1:
			c.stderr.print("%s: %s\n", f.position(name), f.text())
		case n == limit:
			f.Message = fmt.Sprintf("and %d more like this, from here on", all-limit)
			c.stderr.print("%s: %s\n", f.position(name), f.text())
		}
	}
}

// position returns file, line and column, as far as they are known.
func (f *finding) position(name string) string {
	switch {
	case f.Line == 0:
		return name
	case f.Column == 0:
		return fmt.Sprintf("%s:%d", name, f.Line)
	}
	return fmt.Sprintf("%s:%d:%d", name, f.Line, f.Column)
}

func (f *finding) text() string {
	if f.note {
		return "note: " + f.Kind + ": " + f.Message
	}
	return f.Kind + ": " + f.Message
}

// printOrigins prints what to do to allow the other sites that rules lead to.
func (c *command) printOrigins(in *input, r *report) {
	switch {
	case len(r.Origins) == 0:
	case in.format == forms.Redirects:
		c.stderr.print("%s: if rules are meant to lead there, put %s into the file, or say -origin for each:\n", r.File, plural(len(r.Origins), "this line", "these lines"))
		for _, origin := range r.Origins {
			c.stderr.print("# origin: %s\n", origin)
		}
	default:
		c.stderr.print("%s: if rules are meant to lead there, say\n-origin %s\n", r.File, strings.Join(r.Origins, " -origin "))
	}
}

// printCount prints how many rules, mistakes and notes there are, and whatever more.
func (c *command) printCount(r *report, more string) {
	if c.json {
		return
	}
	c.stdout.print("%s: %s: %d redirect, %d pass on; %s, %s%s\n", r.File, edgecli.Count(r.Rules, "rule"), r.Redirects, r.Passes,
		edgecli.Count(len(r.Mistakes), "mistake"), edgecli.Count(len(r.Notes), "note"), more)
}

// status returns the exit status that the report makes.
func (r *report) status() int {
	if len(r.Mistakes) > 0 {
		return exitMistakes
	}
	return exitOK
}
