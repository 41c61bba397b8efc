package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspreport"
	"github.com/edgehelpers/lambdaedge/edge/edgecli"
)

const reportsUsage = `  csplint reports [flags] FILE|-...   group what browsers reported, and suggest a change
`

const reportsAbout = `csplint reports groups the violation reports of browsers by cause, leaves out
what extensions and the like cause, and suggests the smallest change to the
policy that allows the others. It never suggests 'unsafe-inline'. Without -policy
it takes the policy that most reports name, which is what their senders say, for
what to add, and does not print the policy then.

usage:
` + reportsUsage + `
FILE has what browsers sent, with a log's own text around it or without. What is -
comes from standard input.

flags, which may stand anywhere; -- ends them:
`

const reportsExamples = `  -h, -version

examples:
  csplint reports reports.jsonl
  csplint reports -policy "$(cat policy.txt)" reports.jsonl
  zcat logs/*.gz | csplint reports -

exit status:
  0  the reports were read
  2  wrong usage, or a file of reports could not be read

` + reportsWarning + "\n"

// reportsWarning goes with everything that is suggested.
const reportsWarning = `Anybody can send reports, of an attacker's host too: ask of each host whether
the site means to load from there.`

// A reportsView is what csplint reports has to show.
type reportsView struct {
	files      []string
	reports    int // noise included
	noise      int
	causes     []cspreport.Group
	noiseRules []cspreport.Count[cspreport.NoiseRule]
	forgotten  int

	policy     string // that the suggestion is for; "" if there is none
	ofReports  int    // reports that name the policy; 0 if it was given
	policies   int    // that the reports name
	suggestion cspreport.Suggestion
}

// reports is csplint reports.
func (c *command) reports(args []string) int {
	var version, asJSON bool
	var policy string
	var top int
	flags := newFlagSet("csplint reports", &version)
	flags.BoolVar(&asJSON, "json", false, "print JSON, all causes")
	flags.StringVar(&policy, "policy", "", "header `value` to change, as the site sends it")
	flags.IntVar(&top, "top", 10, "print the `number` causes with most reports (default 10)")
	args, err := parseFlags(flags, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return c.print(reportsHelp(flags))
	case err == nil && version:
		return c.print(edgecli.Version("csplint"))
	case err == nil && len(args) == 0:
		err = errors.New("want a file of reports, or -")
	case err == nil && top < 1:
		err = fmt.Errorf("-top: got %d, want 1 or more", top)
	}
	if err != nil {
		return c.misuse("csplint reports", reportsUsage, err)
	}
	view, err := c.readReports(args, policy)
	if err != nil {
		return c.fail(err)
	}
	if asJSON {
		err = writeJSON(c.stdout, view.json())
	} else {
		_, err = io.WriteString(c.stdout, view.text(top))
	}
	if err != nil {
		return c.fail(err)
	}
	return exitFine
}

func reportsHelp(flags *flag.FlagSet) string {
	return reportsAbout + flagTable(flags) + reportsExamples
}

// readReports reads files of reports, and finds a change to the policy for them.
func (c *command) readReports(files []string, policy string) (*reportsView, error) {
	var summary cspreport.Summary
	view := &reportsView{files: files, policy: policy}
	var errs []error
	for _, name := range files {
		n, err := c.readFile(name, &summary)
		view.reports += n
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	view.causes, view.noiseRules, view.forgotten = summary.Groups(), summary.Noise(), summary.Forgotten()
	for _, n := range view.noiseRules {
		view.noise += n.Count
	}
	if named := summary.Policies(); policy == "" && len(named) > 0 {
		view.policy, view.ofReports, view.policies = named[0].Of, named[0].Count, len(named)
	}
	list, _ := csp.ParseList(view.policy)
	if policy != "" && len(list) == 0 {
		return nil, errors.New("-policy has no directive")
	}
	if len(list) > 0 {
		view.suggestion = cspreport.Suggest(list, view.causes, cspreport.Options{})
	}
	return view, nil
}

// readFile adds the reports of a file, and notes what is none. It gives how many there
// are; none at all is an error.
func (c *command) readFile(name string, summary *cspreport.Summary) (int, error) {
	r, label := c.stdin, "standard input"
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return 0, err
		}
		defer f.Close()
		r, label = f, name
	}
	n, faults := 0, 0
	var first *cspreport.ParseError
	for report, err := range cspreport.Read(r) {
		var fault *cspreport.ParseError
		switch {
		case errors.As(err, &fault):
			if faults++; first == nil {
				first = fault
			}
		case err != nil:
			return 0, fmt.Errorf("%s: %w", label, err)
		default:
			n++
			summary.Add(report)
		}
	}
	switch {
	case n == 0 && first != nil:
		return 0, fmt.Errorf("%s: no reports; %s", label, plain(first))
	case n == 0:
		return 0, fmt.Errorf("%s: no reports", label)
	case first != nil:
		c.note("%s: what is no report was passed over, %s; the first: %s", label, edgecli.Count(faults, "time"), plain(first))
	}
	return n, nil
}
