// Csplint says what is weak, mistaken or of no use in Content-Security-Policies,
// and what of a page they block.
//
//	csplint https://www.example.com/       headers and page of a URL
//	csplint page.html                      a page, and the policies in it
//	csplint public/                        the pages in a folder
//	csplint headers.txt                    a saved response: curl -si URL > headers.txt
//	csplint -                              a page or a response on standard input
//	csplint -policy "script-src 'self'"    one policy, or several with commas between
//
// A file or a folder called diff or reports is ./diff or ./reports. Flags may stand
// anywhere; after -- no argument is a flag.
//
// For each finding it prints how bad it is, its code, where it is, why it
// matters and what to do. "csplint -h" lists the flags.
//
// Pages are held against the policies that come with them: what a policy blocks
// of a page's own elements is a finding, one whose code begins with blocked-. With
// -policy they are held against that one, to try it before it is used:
//
//	csplint -policy "default-src 'self'" public/
//
// What 'self' is, a file does not tell; without -origin csplint speaks up only
// if the policy blocks a URL whatever the page's origin.
//
// Of each code and severity 1,000 findings of a page are printed, and the number of
// the others.
//
// # Forms
//
// -format is text for people, short with a line a finding as compilers have it,
// json, sarif (SARIF 2.1.0), or github, which GitHub shows beside the lines of a
// change. -json and -short are short forms of it. Colour is used on a terminal
// only, and not if NO_COLOR is set; -color says otherwise.
//
// # Policies for pages
//
// With -table or -go it also makes the policy of each page in the folder, and
// writes them as text for csptable.Parse or as a Go file:
//
//	//go:generate go run github.com/edgehelpers/lambdaedge/csp/csplint -go policies.go -package main public
//
// With -table - or -go - they go to standard output, and the findings to standard
// error.
//
// # Changes
//
//	csplint diff OLD NEW
//
// prints what NEW allows and OLD does not, and the other way round, with an example
// of each. Both are URLs, files, or policies as text.
//
// # Reports
//
//	csplint reports reports.jsonl
//
// groups the violation reports that browsers sent by cause, and suggests the
// smallest change to the policy that allows what they are about.
//
// # The network
//
// Only what is named is asked, by http or https, without cookies: redirects are
// followed and noted, a page may have 10 MB, and the answer may take 30 seconds. If
// the policy has a nonce the page is asked for twice, as the nonce must change.
//
// # Exit status
//
//	0  nothing is as bad as -fail says
//	1  something is
//	2  wrong usage, or not all could be looked at; what was found is printed
//
// Of csplint diff:
//
//	0  NEW allows nothing that OLD forbids
//	1  it does
//	2  wrong usage, or a policy could not be read
//
// Of csplint reports:
//
//	0  the reports were read
//	2  wrong usage, or a file of reports could not be read
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/edge/edgecli"
)

func main() {
	c := command{os.Stdin, os.Stdout, os.Stderr, terminal(os.Stdout)}
	os.Exit(c.run(os.Args[1:]))
}

// terminal reports whether f is a terminal that wants colour (no-color.org).
func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

const (
	exitFine     = edgecli.OK
	exitFindings = edgecli.Wrong
	exitTrouble  = edgecli.Failed
)

// A command is csplint with what it reads and writes.
type command struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	terminal       bool // stdout wants colour
}

func (c *command) run(args []string) int {
	if len(args) > 0 {
		switch args[0] {
		case "diff":
			return c.diff(args[1:])
		case "reports":
			return c.reports(args[1:])
		}
	}
	return c.lint(args)
}

// lint is csplint without a subcommand.
func (c *command) lint(args []string) int {
	o, flags := newOptions()
	args, err := parseFlags(flags, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return c.print(lintHelp(flags))
	case err == nil && o.version:
		return c.print(edgecli.Version("csplint"))
	case err == nil && !o.policySet && len(args) == 0:
		err = errors.New("nothing to look at")
	case err == nil:
		err = o.check(flags, args)
	}
	if err != nil {
		return c.misuse("csplint", lintUsage, err)
	}
	reports, trouble := c.inspect(o, args)
	if len(reports) > 0 || trouble == nil {
		p := printer{w: c.findings(o), min: csp.Severity(o.min), color: o.color == "always" || o.color == "auto" && c.terminal}
		trouble = errors.Join(p.print(o.format, reports), trouble)
	}
	if trouble != nil {
		return c.fail(trouble)
	}
	if worst(reports) >= csp.Severity(o.fail) {
		return exitFindings
	}
	return exitFine
}

// findings gives where findings go: standard error if standard output is taken.
func (c *command) findings(o *options) io.Writer {
	if o.table == "-" || o.src == "-" {
		return c.stderr
	}
	return c.stdout
}

// misuse says what is wrong with a command line, and how it would be right.
func (c *command) misuse(name, usage string, err error) int {
	var lines []error
	for line := range strings.SplitSeq(err.Error(), "\n") {
		lines = append(lines, errors.New(clean(line)))
	}
	return edgecli.Misuse(c.stderr, name, usage, errors.Join(lines...))
}

// print prints what was asked for instead of findings.
func (c *command) print(text string) int {
	if _, err := io.WriteString(c.stdout, text); err != nil {
		return c.fail(err)
	}
	return exitFine
}

// fail says what went wrong, a line for each thing.
func (c *command) fail(err error) int {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		c.note("%s", line)
	}
	return exitTrouble
}

// note says something that is no finding.
func (c *command) note(format string, args ...any) {
	fmt.Fprintln(c.stderr, "csplint:", clean(fmt.Sprintf(format, args...)))
}
