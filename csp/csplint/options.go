package main

import (
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/edge/edgecli"
)

// options is what the flags say.
type options struct {
	policy     string
	policySet  bool
	reportOnly bool
	origin     string
	originURL  *url.URL // nil if origin is ""
	level      int
	limit      int
	min, fail  severityFlag
	format     string
	color      string
	table, src string
	pkg, fn    string
	preset     string

	json, short, version bool
}

func newOptions() (*options, *flag.FlagSet) {
	o := &options{min: severityFlag(csp.Info), fail: severityFlag(csp.High)}
	flags := newFlagSet("csplint", &o.version)
	flags.Func("policy", "look at this header `value`; pages are held against it in place of the policy in their header", func(value string) error {
		o.policy, o.policySet = value, true
		return nil
	})
	flags.BoolVar(&o.reportOnly, "report-only", false, "-policy is that of the report-only header")
	flags.StringVar(&o.origin, "origin", "", "`URL` of the site that pages in files are of, to know what 'self' is")
	flags.IntVar(&o.level, "level", 3, "CSP `level` that browsers know: 1, 2 or 3 (default 3)")
	flags.IntVar(&o.limit, "limit", 0, "longest header value in `bytes` that is taken (default 8192)")
	flags.Var(&o.min, "min", "least `severity` to print: info, low, medium or high (default info)")
	flags.Var(&o.fail, "fail", "least `severity` that makes the exit status 1, or never (default high)")
	flags.StringVar(&o.format, "format", "text", "`form` of what is printed: text, short, json, sarif or github (default text)")
	flags.BoolVar(&o.json, "json", false, "-format json")
	flags.BoolVar(&o.short, "short", false, "-format short: a line a finding")
	flags.StringVar(&o.color, "color", "auto", "`when` to use colour: auto, always or never (default auto)")
	flags.StringVar(&o.table, "table", "", "write the policies of the pages in a folder to this `file` as text; - is standard output")
	flags.StringVar(&o.src, "go", "", "write the policies of the pages in a folder to this Go `file`; - is standard output")
	flags.StringVar(&o.pkg, "package", "main", "`name` of the package of that Go file (default main)")
	flags.StringVar(&o.fn, "func", "policyOf", "`name` of the function in that Go file (default policyOf)")
	flags.StringVar(&o.preset, "preset", "static", "`kind` of those policies: static, from the site itself and by hash, or strict, by hash alone (default static)")
	return o, flags
}

// newFlagSet makes the flags that each form of the command line has.
func newFlagSet(name string, version *bool) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.BoolVar(version, "version", false, "")
	return flags
}

// parseFlags reads flags, before the arguments or after them, and gives the
// arguments.
func parseFlags(flags *flag.FlagSet, args []string) ([]string, error) {
	rest, err := edgecli.Parse(flags, args)
	if i := slices.Index(rest, "-"); i >= 0 && slices.Contains(rest[i+1:], "-") {
		return nil, errors.New("got - more than once, and standard input can be read once; save it in a file")
	}
	return rest, err
}

// check finds fault with flags that do not go together, and takes those in that
// stand for others.
func (o *options) check(flags *flag.FlagSet, args []string) error {
	errs := []error{o.checkFormat(flags), o.checkOrigin(), checkCommand(args)}
	if o.level < 1 || o.level > 3 {
		errs = append(errs, fmt.Errorf("-level: got %d, want 1, 2 or 3", o.level))
	}
	errs = append(errs, oneOf("color", o.color, "auto", "always", "never"), oneOf("preset", o.preset, "static", "strict"))
	if (o.table != "" || o.src != "") && len(args) != 1 {
		errs = append(errs, fmt.Errorf("-table and -go take one folder, got %d arguments", len(args)))
	}
	if o.table == "-" && o.src == "-" {
		errs = append(errs, errors.New("-table - and -go - both want standard output"))
	}
	if o.reportOnly && !o.policySet {
		errs = append(errs, errors.New("-report-only says what -policy is, and there is no -policy"))
	}
	return errors.Join(errs...)
}

// checkCommand finds a subcommand that stands behind flags.
func checkCommand(args []string) error {
	if len(args) == 0 || args[0] != "diff" && args[0] != "reports" {
		return nil
	}
	if _, err := os.Stat(args[0]); err == nil {
		return nil
	}
	return fmt.Errorf("%s comes first, before its flags: csplint %[1]s [flags] ...; csplint %[1]s -h lists them", args[0])
}

// checkFormat makes one flag of the three that name a form.
func (o *options) checkFormat(flags *flag.FlagSet) error {
	var given, forms []string
	flags.Visit(func(f *flag.Flag) {
		switch {
		case f.Name == "format":
			given, forms = append(given, "-format "+o.format), append(forms, o.format)
		case f.Name == "json" && o.json, f.Name == "short" && o.short:
			given, forms = append(given, "-"+f.Name), append(forms, f.Name)
		}
	})
	if len(forms) > 0 {
		o.format = forms[0]
	}
	if len(slices.Compact(forms)) > 1 {
		return fmt.Errorf("got %s, which are different forms; give one", strings.Join(given, " and "))
	}
	return oneOf("format", o.format, "text", "short", "json", "sarif", "github")
}

func (o *options) checkOrigin() (err error) {
	o.originURL, err = parseOrigin(o.origin)
	return err
}

// parseOrigin reads the value of -origin. It gives nil for "".
func parseOrigin(text string) (*url.URL, error) {
	if text == "" {
		return nil, nil
	}
	u, err := parseWebURL(text)
	if err != nil {
		return nil, fmt.Errorf("-origin: got %q, want the URL of a site, such as https://www.example.com", text)
	}
	return u, nil
}

func oneOf(flag, got string, want ...string) error {
	if slices.Contains(want, got) {
		return nil
	}
	last := len(want) - 1
	return fmt.Errorf("-%s: got %q, want %s or %s", flag, got, strings.Join(want[:last], ", "), want[last])
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
