package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspreport"
	"github.com/edgehelpers/lambdaedge/edge/edgecli"
)

// text gives the reports for people to read, with the causes that are on top.
func (v *reportsView) text(top int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %s", edgecli.Count(v.reports-v.noise, "report"), edgecli.Count(len(v.causes), "cause"))
	if v.noise > 0 {
		fmt.Fprintf(&b, "; %s left out, see below", edgecli.Count(v.noise, "other"))
	}
	b.WriteByte('\n')
	for _, g := range v.causes[:min(top, len(v.causes))] {
		writeCause(&b, g)
	}
	writeMore(&b, len(v.causes), top)
	if v.forgotten > 0 {
		writeCount(&b, v.forgotten, "of causes too many to keep apart")
	}
	v.writeNoise(&b)
	v.writeSuggestion(&b, top)
	return b.String()
}

// writeCount writes a line that begins with a number of reports.
func writeCount(b *strings.Builder, n int, text string) {
	fmt.Fprintf(b, "%8d  %s\n", n, clean(shorten(text)))
}

// titleOf says in a line what a group is about.
func titleOf(g cspreport.Group) string {
	title := strings.TrimSpace(g.Directive + " " + g.Blocked)
	if g.Sample != "" {
		title += " \"" + g.Sample + "\""
	}
	return title
}

// writeCause writes a group of reports.
func writeCause(b *strings.Builder, g cspreport.Group) {
	writeCount(b, g.Count, titleOf(g))
	if g.SourceFile != "" {
		writeWrapped(b, "", "  ", "by "+g.SourceFile)
	}
	pages := "on " + strings.Join(g.Pages[:min(3, len(g.Pages))], ", ")
	if more := len(g.Pages) - 3; g.MorePages || more > 0 {
		pages += " and others"
	}
	if len(g.Pages) > 0 {
		writeWrapped(b, "", "  ", pages)
	}
	var when []string
	if !g.First.IsZero() {
		when = append(when, g.First.Format(time.DateOnly)+" to "+g.Last.Format(time.DateOnly))
	}
	if g.ReportOnly == g.Count {
		when = append(when, "report-only")
	} else if g.ReportOnly > 0 {
		when = append(when, fmt.Sprintf("%d of them report-only", g.ReportOnly))
	}
	if len(when) > 0 {
		writeWrapped(b, "", "  ", strings.Join(when, ", "))
	}
}

// writeNoise writes what was left out.
func (v *reportsView) writeNoise(b *strings.Builder) {
	if len(v.noiseRules) == 0 {
		return
	}
	b.WriteString("\nleft out, as it is not about the site's own pages\n")
	for _, n := range v.noiseRules {
		writeCount(b, n.Count, n.Of.Cause+": "+n.Of.Match)
	}
}

// writeSuggestion writes the change to the policy.
func (v *reportsView) writeSuggestion(b *strings.Builder, top int) {
	if v.policy == "" {
		if len(v.causes) > 0 {
			b.WriteString("\nno suggestion, as the reports name no policy; -policy takes one\n")
		}
		return
	}
	b.WriteString("\nthe policy")
	if v.ofReports > 0 {
		fmt.Fprintf(b, " of %s, which is what senders say", edgecli.Count(v.ofReports, "report"))
	}
	b.WriteByte('\n')
	if v.policies > 1 {
		writeWrapped(b, "", "", "others name other policies")
	}
	if v.ofReports > 0 && strings.Contains(v.policy, "'nonce-") {
		writeWrapped(b, "", "", "with one nonce, which stands for those of all responses:")
	}
	writePolicies(b, v.suggestion.Before)
	if len(v.suggestion.Additions) == 0 {
		b.WriteString("\nno change suggested\n")
	} else {
		b.WriteString("\nsuggested change\n")
		for _, a := range v.suggestion.Additions {
			writeAddition(b, a)
		}
		writeWrapped(b, "", "", strings.ReplaceAll(reportsWarning, "\n", " "))
		v.writeAfter(b)
	}
	v.writeRest(b, top)
}

// writeAfter writes the policy with the additions, but none that a sender of reports
// may have made up: who copies it would take all of it.
func (v *reportsView) writeAfter(b *strings.Builder) {
	if v.ofReports > 0 {
		b.WriteString("\nto see the policy then, give the site's own with -policy\n")
		return
	}
	b.WriteString("\nthe policy then\n")
	writePolicies(b, v.suggestion.After)
}

// writePolicies writes policies, a directive a line.
func writePolicies(b *strings.Builder, list csp.List) {
	for i, p := range list {
		if i > 0 {
			fmt.Fprintf(b, "%8s  ,\n", "")
		}
		for d := range p.Directives() {
			writeWrapped(b, "", "    ", d.String()+";")
		}
	}
}

// writeAddition writes what is added, and what it opens.
func writeAddition(b *strings.Builder, a cspreport.Addition) {
	writeCount(b, a.Reports, a.Directive+": add "+strings.Join(a.Sources, " "))
	writeWrapped(b, "", "  ", a.Effect())
	for _, f := range a.Opens {
		writeWrapped(b, "", "  ", fmt.Sprintf("opens %s %s: %s", f.Severity, f.Code, finding{Finding: f}.message()))
	}
}

// writeMore says how many there are that are not printed.
func writeMore(b *strings.Builder, n, top int) {
	if n > top {
		fmt.Fprintf(b, "%8s  and %s; -top %d shows all\n", "", edgecli.Count(n-top, "other cause"), n)
	}
}

// writeRest writes what the change does not do.
func (v *reportsView) writeRest(b *strings.Builder, top int) {
	if rest := v.suggestion.Unresolved; len(rest) > 0 {
		b.WriteString("\nnot allowed by it\n")
		for _, u := range rest[:min(top, len(rest))] {
			writeCount(b, u.Count, titleOf(u.Group))
			writeWrapped(b, "", "  ", u.Reason)
			writeWrapped(b, "=> ", "   ", u.Mend)
		}
		writeMore(b, len(rest), top)
	}
	if n := len(v.suggestion.Allowed); n > 0 {
		reports := 0
		for _, g := range v.suggestion.Allowed {
			reports += g.Count
		}
		fmt.Fprintf(b, "\nallowed already: %s of %s\n", edgecli.Count(reports, "report"), edgecli.Count(n, "cause"))
	}
}
