package cspreport

import (
	"slices"
	"strings"
	"time"
)

// A Cause is what reports have in common that one change would put right.
type Cause struct {
	// Directive is the effective directive.
	Directive string

	// Blocked is the origin of what was blocked, as sources are written
	// ("https://cdn.example.com:8443"), a scheme ("data"), or a word as in
	// Report.BlockedURL ("inline", "eval").
	Blocked string

	// Sample is the beginning of the code, where Blocked is a word. Engines cut
	// samples in different places, so it is the first [SampleLength] characters,
	// without white space at the ends and without a parenthesis at the beginning,
	// which Chromium puts before what it makes of new Function.
	Sample string

	// SourceFile is that of the report, without query. It is "" where that is
	// the page itself, for engines do not agree on when to name it.
	SourceFile string
}

// SampleLength is how many characters of samples decide whether two reports have
// one cause.
const SampleLength = 24

// Cause gives the cause of the report.
func (r Report) Cause() Cause {
	r = r.WithoutPersonalData()
	blocked := r.blocked()
	c := Cause{Directive: r.Directive, Blocked: originOf(blocked)}
	if r.SourceFile != r.DocumentURL {
		c.SourceFile = r.SourceFile
	}
	if isWord(blocked) {
		c.Sample = beginning(r.Sample)
	}
	return c
}

func beginning(sample string) string {
	sample = strings.TrimPrefix(strings.TrimSpace(strings.TrimSuffix(sample, "…")), "(")
	n := 0
	for i := range sample {
		if n == SampleLength {
			return strings.TrimSpace(sample[:i])
		}
		n++
	}
	return sample
}

// A Group is the reports of one cause.
type Group struct {
	Cause
	Count      int // reports
	ReportOnly int // those of them whose policy is only monitored

	First, Last time.Time // zero if no report had a time

	// Pages are the documents, and URLs what was blocked, in the order in which
	// they came, the first ten of each: without queries.
	Pages, URLs []string

	// MorePages and MoreURLs say that there were others.
	MorePages, MoreURLs bool

	// Example is the first report, without personal data.
	Example Report
}

// maxListed is how many pages and URLs a Group keeps.
const maxListed = 10

// add counts a report without personal data.
func (g *Group) add(r Report) {
	g.Count++
	if r.Disposition == "report" {
		g.ReportOnly++
	}
	if !r.Time.IsZero() {
		if g.First.IsZero() || r.Time.Before(g.First) {
			g.First = r.Time
		}
		if r.Time.After(g.Last) {
			g.Last = r.Time
		}
	}
	g.Pages, g.MorePages = list(g.Pages, r.DocumentURL, g.MorePages)
	g.URLs, g.MoreURLs = list(g.URLs, r.blocked(), g.MoreURLs)
}

// list adds a text to a list of different ones.
func list(all []string, text string, more bool) ([]string, bool) {
	switch {
	case slices.Contains(all, text):
		return all, more
	case len(all) == maxListed:
		return all, true
	}
	return append(all, text), more
}
