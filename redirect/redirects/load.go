package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/redirects/forms"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// load reads, compiles and reports on a file. It tells what is wrong with it and what is to be
// noted, and returns no table if something is wrong.
func (c *command) load(name string) (*input, *redirect.Table, *report) {
	in, err := c.open(name)
	if err != nil {
		c.document.Files = append(c.document.Files, &report{File: name, Error: err.Error()})
		c.fail(err)
		return nil, nil, nil
	}
	r := &report{
		File: name, Format: in.format.String(), Rules: in.redirects + in.passes, Redirects: in.redirects, Passes: in.passes,
		Origins: []string{}, OriginRequest: []need{},
	}
	if in.format == forms.Redirects {
		r.Dialect = c.dialect.String()
	}
	c.document.Files = append(c.document.Files, r)
	findings := in.notes
	missing := rulefile.Missing(in.hosts, in.config.Origins)
	for _, h := range missing {
		r.Origins = append(r.Origins, h.Origin)
		findings = append(findings, finding{h.Line, h.Column, "off-site", fmt.Sprintf("leads to another site, %s%s", h.Origin, otherRules(h.Rules-1)), false})
	}
	// What else is wrong shows as if they were allowed.
	in.config.Origins = append(slices.Clip(in.config.Origins), r.Origins...)
	table, notes, err := c.compileTolerant(in)
	findings = append(findings, c.findings(in.err)...)
	findings = append(findings, c.findings(err)...)
	if in.redirects == 0 && len(findings) == len(in.notes) {
		findings = append(findings, finding{Kind: "empty", Message: c.emptyMessage(in), note: c.tolerates("empty")})
	}
	for _, n := range notes {
		findings = append(findings, finding{n.Line, n.Column, n.Kind, n.Message, !c.strict || c.tolerates(n.Kind)})
	}
	slices.SortStableFunc(findings, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	r.setFindings(findings)
	if !c.json {
		c.printFindings(name, findings)
		c.printOrigins(in, r)
	}
	if len(r.Mistakes) > 0 {
		return in, nil, r
	}
	return in, table, r
}

func (c *command) tolerates(kind string) bool { return slices.Contains(c.tolerate, kind) }

// compileTolerant compiles, and takes what is tolerated for a note.
func (c *command) compileTolerant(in *input) (*redirect.Table, []*rulefile.Error, error) {
	table, notes, err := in.compile()
	var rest []error
	before := len(in.config.Tolerate)
	for _, err := range unjoin(err) {
		e, ok := errors.AsType[*rulefile.Error](err)
		if !ok || !c.tolerates(e.Kind) {
			rest = append(rest, err)
			continue
		}
		notes = append(notes, e)
		if !slices.Contains(in.config.Tolerate, e.Kind) {
			in.config.Tolerate = append(in.config.Tolerate, e.Kind)
		}
	}
	if rest != nil || len(in.config.Tolerate) == before {
		return table, notes, errors.Join(rest...)
	}
	table, _, err = in.compile()
	return table, notes, err
}

// findings returns errors as findings: those of a kind that is tolerated are notes.
func (c *command) findings(err error) []finding {
	var list []finding
	for _, err := range unjoin(err) {
		if e, ok := errors.AsType[*rulefile.Error](err); ok {
			list = append(list, finding{e.Line, e.Column, e.Kind, e.Message, c.tolerates(e.Kind)})
		} else {
			list = append(list, finding{Kind: "invalid", Message: err.Error()})
		}
	}
	return list
}

// unjoin returns the errors that err joins.
func unjoin(err error) []error {
	if err == nil {
		return nil
	}
	if list, ok := err.(interface{ Unwrap() []error }); ok {
		return list.Unwrap()
	}
	return []error{err}
}

// emptyMessage says of a file that nothing in it redirects, and what it may be
// instead.
func (c *command) emptyMessage(in *input) string {
	message := "nothing in this file redirects"
	switch {
	case in.passes == 0:
	case in.hasRewriteForAll():
		message += "; it is for a single-page application, whose page is served for all paths, and that needs no function: " +
			"have the distribution's error pages answer 403 and 404 with that page, such as /index.html, and status 200"
	default:
		message += "; " + edgecli.Count(in.passes, "rule") + plural(in.passes, " lets", " let") + " requests pass on to the origin, where they would go without it"
	}
	if !c.tolerates("empty") {
		message += "; if that is meant, say -tolerate empty"
	}
	return message
}

// hasRewriteForAll reports whether a rule lets all requests pass. In a file without
// redirects it is there to serve the page of an application.
func (in *input) hasRewriteForAll() bool {
	for r := range in.rules {
		if r.Pass && r.From == "/*" && r.NeedsOriginRequest() == nil {
			return true
		}
	}
	return false
}

// otherRules says in how many more rules something is.
func otherRules(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return ", as 1 more rule does"
	}
	return fmt.Sprintf(", as %d more rules do", n)
}
