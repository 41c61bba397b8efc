// Csplint says what is weak, mistaken or of no use in Content-Security-Policies.
//
//	csplint -policy "script-src 'self'"    one policy, or several with commas between
//	csplint headers.txt                    saved response headers: curl -si URL > headers.txt
//	csplint -                              the same from standard input
//	csplint public/                        the pages in a folder, and the policies in them
//
// For each finding it prints how bad it is, its code, where it is, why it
// matters and what to do. Exit status 0 says that there is none as bad as -fail
// says (default high), 1 that there is, 2 that csplint could not do its work.
//
// With -table or -go it also makes the policy of each page in the folder, and
// writes them as text for csptable.Parse or as a Go file:
//
//	//go:generate go run github.com/edgehelpers/lambdaedge/csp/csplint -go policies.go -package main public
//
// Colour is used on a terminal only, and not if NO_COLOR is set; -color says
// otherwise.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/edgehelpers/lambdaedge/csp"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, terminal(os.Stdout)))
}

// terminal reports whether f is a terminal that wants colour (no-color.org).
func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

const (
	exitFine = iota
	exitFindings
	exitTrouble
)

// options is what the flags say.
type options struct {
	policy     string
	reportOnly bool
	level      int
	limit      int
	min, fail  severityFlag
	color      string
	json       bool
	table, src string
	pkg, fn    string
	preset     string
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer, terminal bool) int {
	o := options{min: severityFlag(csp.Info), fail: severityFlag(csp.High)}
	flags := flag.NewFlagSet("csplint", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprint(stderr, "usage: csplint [flags] [-policy text] [file of headers | folder of pages | -] ...\n")
		flags.PrintDefaults()
	}
	flags.StringVar(&o.policy, "policy", "", "look at this header `value`")
	flags.BoolVar(&o.reportOnly, "report-only", false, "it is that of the report-only header")
	flags.IntVar(&o.level, "level", 3, "CSP `level` that browsers know: 1, 2 or 3")
	flags.IntVar(&o.limit, "limit", 0, "longest header value in `bytes` that is taken (default 8192)")
	flags.Var(&o.min, "min", "least `severity` to print: info, low, medium or high")
	flags.Var(&o.fail, "fail", "least `severity` that makes the exit status 1, or never")
	flags.StringVar(&o.color, "color", "auto", "`when` to use colour: auto, always or never")
	flags.BoolVar(&o.json, "json", false, "print findings as a JSON array")
	flags.StringVar(&o.table, "table", "", "write the policies of the pages to this `file` as text")
	flags.StringVar(&o.src, "go", "", "write the policies of the pages to this Go `file`")
	flags.StringVar(&o.pkg, "package", "main", "`name` of the package of that Go file")
	flags.StringVar(&o.fn, "func", "policyOf", "`name` of the function in that Go file")
	flags.StringVar(&o.preset, "preset", "static", "`kind` of the policies of the pages: static (csphtml.StaticSite) or strict (csphtml.StrictByHash)")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return exitFine
		}
		return exitTrouble
	}
	set := make(map[string]bool)
	flags.Visit(func(f *flag.Flag) { set[f.Name] = true })
	if err := o.check(set["policy"], flags.Args()); err != nil {
		fmt.Fprintln(stderr, "csplint:", err)
		return exitTrouble
	}
	reports, err := o.look(set["policy"], flags.Args(), stdin)
	if err != nil {
		fmt.Fprintln(stderr, "csplint:", err)
		return exitTrouble
	}
	p := printer{w: stdout, min: csp.Severity(o.min), color: o.color == "always" || o.color == "auto" && terminal}
	if o.json {
		err = p.json(reports)
	} else {
		err = p.text(reports)
	}
	if err != nil {
		fmt.Fprintln(stderr, "csplint:", err)
		return exitTrouble
	}
	if worst(reports) >= csp.Severity(o.fail) {
		return exitFindings
	}
	return exitFine
}

// check finds fault with flags that do not go together.
func (o *options) check(policySet bool, args []string) error {
	var errs []error
	if !policySet && len(args) == 0 {
		errs = append(errs, errors.New("nothing to look at; give -policy, a file, a folder or -"))
	}
	if o.level < 1 || o.level > 3 {
		errs = append(errs, fmt.Errorf("got -level %d, want 1, 2 or 3", o.level))
	}
	if o.color != "auto" && o.color != "always" && o.color != "never" {
		errs = append(errs, fmt.Errorf("got -color %q, want auto, always or never", o.color))
	}
	if o.preset != "static" && o.preset != "strict" {
		errs = append(errs, fmt.Errorf("got -preset %q, want static or strict", o.preset))
	}
	if (o.table != "" || o.src != "") && len(args) != 1 {
		errs = append(errs, fmt.Errorf("-table and -go take one folder, got %d arguments", len(args)))
	}
	return errors.Join(errs...)
}

// A severityFlag is a severity given by name.
type severityFlag csp.Severity

// never is above every severity.
const never = severityFlag(csp.High) + 1

func (s *severityFlag) String() string {
	if *s == never {
		return "never"
	}
	return csp.Severity(*s).String()
}

func (s *severityFlag) Set(name string) error {
	for v := severityFlag(csp.Info); v <= never; v++ {
		if v.String() == name {
			*s = v
			return nil
		}
	}
	return errors.New("want info, low, medium, high or never")
}
