package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/edge/edgecli"
)

const diffUsage = `  csplint diff [flags] OLD NEW   say what NEW allows and OLD does not, and the other way round
`

const diffAbout = `csplint diff says what changes when the policies OLD are replaced by NEW: with
an example of each thing that only one of them allows.

usage:
` + diffUsage + `
OLD and NEW are URLs, files as csplint takes them, or policies as text. Two
responses never have the same nonce, so any nonce stands for any other.

flags, which may stand anywhere; -- ends them:
`

const diffExamples = `  -h, -version

examples:
  csplint diff https://www.example.com/ https://next.example.com/
  csplint diff old-headers.txt page.html
  csplint diff "script-src 'self'" "script-src 'self' https:"

exit status:
  0  NEW allows nothing that OLD forbids
  1  it does
  2  wrong usage, or a policy could not be read
`

// diff is csplint diff.
func (c *command) diff(args []string) int {
	var version, reportOnly, sameNonces bool
	var origin string
	flags := newFlagSet("csplint diff", &version)
	flags.BoolVar(&reportOnly, "report-only", false, "compare the report-only headers")
	flags.BoolVar(&sameNonces, "same-nonces", false, "a nonce stands for itself only")
	flags.StringVar(&origin, "origin", "", "`URL` of the site, to know what 'self' is; without it, what differs on any site is found")
	args, err := parseFlags(flags, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return c.print(diffHelp(flags))
	case err == nil && version:
		return c.print(edgecli.Version("csplint"))
	case err == nil && len(args) != 2:
		err = fmt.Errorf("want OLD and NEW, two arguments, got %d", len(args))
	}
	site, wrong := parseOrigin(origin)
	if err := errors.Join(err, wrong); err != nil {
		return c.misuse("csplint diff", diffUsage, err)
	}
	comparison := csp.Comparison{AnyNonce: !sameNonces}
	if site != nil {
		comparison.Origin = site.Scheme + "://" + site.Host
	}
	header := csp.HeaderName
	if reportOnly {
		header = csp.ReportOnlyHeaderName
	}
	var lists [2]csp.List
	var errs []error
	for i, arg := range args {
		list, err := c.policiesOf(arg, header)
		lists[i], errs = list, append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return c.fail(err)
	}
	changes := comparison.Diff(lists[0], lists[1])
	if code := c.print(changeLines(changes)); code != exitFine {
		return code
	}
	if slices.ContainsFunc(changes, func(change csp.Change) bool { return change.Wider }) {
		return exitFindings
	}
	return exitFine
}

func diffHelp(flags *flag.FlagSet) string { return diffAbout + flagTable(flags) + diffExamples }

func changeLines(changes []csp.Change) string {
	if len(changes) == 0 {
		return "no changes\n"
	}
	var b strings.Builder
	for _, change := range changes {
		b.WriteString(clean(change.String()) + "\n")
	}
	return b.String()
}

// policiesOf gives the policies in the headers of that name, and those in the page,
// of a URL or a file; or those that the argument is.
func (c *command) policiesOf(arg, header string) (csp.List, error) {
	if _, err := os.Stat(arg); err != nil && arg != "-" && !isWebURL(arg) {
		if list, ok := policyText(arg); ok {
			return list, nil
		}
		return nil, fmt.Errorf("%w, and it is no policy", err)
	}
	responses, err := c.read(arg)
	if err != nil {
		return nil, err
	}
	r := responses[len(responses)-1] // those before it are redirects
	list := r.list(header)
	if page, err := r.page(); err == nil && header == csp.HeaderName {
		list = append(list, effective(page.Policies)...)
	}
	if len(list) == 0 {
		c.note("%s has no %s, which allows everything", r, header)
	}
	return list, nil
}

// policyText reads an argument that is a policy: the first word is a directive.
func policyText(arg string) (csp.List, bool) {
	list, findings := csp.ParseList(arg)
	unknown := slices.ContainsFunc(findings, func(f csp.Finding) bool {
		return f.Position.Directive == 0 && (f.Code == "unknown-directive" || f.Code == "bad-directive-name")
	})
	return list, len(list) > 0 && !unknown
}
