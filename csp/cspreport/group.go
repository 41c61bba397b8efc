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

	// Policy is that of most reports, with one and the same nonce in all of them: of
	// more than half, if one policy has so many. It is "" if so many name none.
	Policy string

	// Example is the first report, without personal data.
	Example Report
}

// maxListed is how many pages and URLs a Group keeps.
const maxListed = 10

// A tally is a Group that is being counted.
type tally struct {
	Group
	votes int // for Policy, less those against it
}

// add counts a report without personal data.
func (g *tally) add(r Report, policy string) {
	g.Count++
	g.vote(policy)
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

// vote finds the policy of most reports (Boyer and Moore, MJRTY, 1981): the first
// report of a cause may be anybody's.
func (g *tally) vote(policy string) {
	switch {
	case g.votes == 0:
		g.Policy, g.votes = policy, 1
	case g.Policy == policy:
		g.votes++
	default:
		g.votes--
	}
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
