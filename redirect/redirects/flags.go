package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/redirects/forms"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

const help = `usage: redirects COMMAND [flags] [FILE...]

  check FILE...                              report what is wrong with redirects files
  test FILE...                               check, and try the "# expect:" lines
  explain FILE METHOD URL [Name=value...]    say what comes of a request, and why
  compile -o OUTPUT FILE                     write the form that a function embeds
  crawl DIR                                  write a _redirects file for the pages of a
                                             built site that only lead elsewhere
  help                                       print this
  version                                    print the version

Flags may stand anywhere behind redirects; -- ends them.

  -format NAME             the form of the files: redirects, csv, json, s3, vercel, next,
                           netlify.toml or htaccess; told by name and content if not given
  -dialect NAME            whose _redirects the files are: netlify or cloudflare;
                           netlify if not given
  -origin URL              another site that rules may lead to; may be given again
  -index NAME              the page that a folder stands for, such as index.html
  -trigger NAME            where the rules are to run: viewer-request or origin-request
  -tolerate KIND,KIND...   mistakes and notes that do not matter: chain, dropped,
                           duplicate, empty, placeholder, referer, shadowing,
                           trigger, unreachable or unsupported
  -strict                  notes count as mistakes
  -json                    print one JSON object and nothing else
  -o OUTPUT                the file that compile and crawl write
  -base URL                where the site that crawl reads is served, as in
                           https://www.example.com/docs/
  -version                 print the version
  -h                       print this

FILE may be -, which is standard input, and OUTPUT may be -, which is standard output.
The exit status is 0 if all is well, 1 if there are mistakes in rules, 2 if redirects
could not do what it was to do.
`

// flags are what the command line says besides the command and its files.
type flags struct {
	format       forms.Format // forms.Unknown if not given
	dialect      rulefile.Dialect
	origins      []string
	index, base  string
	trigger      edge.Trigger
	tolerate     []string
	output       string
	strict, json bool
	version      bool
	given        map[string]bool
}

// set returns the set of flags that write to f.
func (f *flags) set() *flag.FlagSet {
	set := flag.NewFlagSet("redirects", flag.ContinueOnError)
	set.SetOutput(io.Discard) // what is wrong is printed by misuse
	set.Func("format", "", f.setFormat)
	set.Func("dialect", "", f.setDialect)
	set.Func("origin", "", func(s string) error {
		f.origins = append(f.origins, s)
		return rulefile.CheckOrigin(s)
	})
	set.Func("index", "", f.setIndex)
	set.Func("trigger", "", f.setTrigger)
	set.Func("tolerate", "", f.setTolerate)
	set.BoolVar(&f.strict, "strict", false, "")
	set.BoolVar(&f.json, "json", false, "")
	set.StringVar(&f.output, "o", "", "")
	set.StringVar(&f.base, "base", "", "")
	set.BoolVar(&f.version, "version", false, "")
	return set
}

// parse reads the command line, and returns what is no flag of it.
func (f *flags) parse(args []string) (words []string, err error) {
	set := f.set()
	f.given = map[string]bool{}
	for {
		if err := set.Parse(args); err != nil {
			return nil, err
		}
		set.Visit(func(g *flag.Flag) { f.given[g.Name] = true })
		rest := set.Args()
		if len(rest) == 0 {
			return words, nil
		}
		if read := len(args) - len(rest); read > 0 && args[read-1] == "--" {
			return append(words, rest...), nil
		}
		words = append(words, rest[0])
		args = rest[1:]
	}
}

func (f *flags) setFormat(s string) error {
	f.format = forms.ParseFormat(s)
	if f.format != forms.Redirects && !slices.Contains(forms.Formats(), f.format) {
		names := []string{forms.Redirects.String()}
		for _, known := range forms.Formats() {
			names = append(names, known.String())
		}
		return errors.New("must be one of " + strings.Join(names, ", "))
	}
	return nil
}

func (f *flags) setDialect(s string) error {
	for _, d := range []rulefile.Dialect{rulefile.Netlify, rulefile.Cloudflare} {
		if s == d.String() {
			f.dialect = d
			return nil
		}
	}
	return errors.New("must be netlify or cloudflare")
}

func (f *flags) setIndex(s string) error {
	f.index = s
	if _, err := redirect.Compile(redirect.Config{Index: s}); err != nil || s == "" {
		return errors.New("must be the name of a page, such as index.html")
	}
	return nil
}

func (f *flags) setTrigger(s string) error {
	f.trigger = edge.Trigger(s)
	if f.trigger != edge.ViewerRequest && f.trigger != edge.OriginRequest {
		return errors.New("must be viewer-request or origin-request")
	}
	return nil
}

// tolerable are the kinds that -tolerate takes.
func tolerable() []string {
	return []string{"chain", "dropped", "duplicate", "empty", "placeholder", "referer", "shadowing", "trigger", "unreachable", "unsupported"}
}

func (f *flags) setTolerate(s string) error {
	for kind := range strings.SplitSeq(s, ",") {
		if !slices.Contains(tolerable(), kind) {
			return fmt.Errorf("%q; must be of %s", kind, strings.Join(tolerable(), ", "))
		}
		f.tolerate = append(f.tolerate, kind)
	}
	return nil
}

// A usage is how many words a command takes, and which flags.
type usage struct {
	name     string
	min, max int // -1 is any number
	words    string
	flags    string
}

func usages() []usage {
	const reading = " format dialect origin index trigger tolerate strict json "
	return []usage{
		{"check", 1, -1, "FILE...", reading},
		{"test", 1, -1, "FILE...", reading},
		{"explain", 3, -1, "FILE METHOD URL [Name=value...]", reading},
		{"compile", 1, 1, "-o OUTPUT FILE", reading + "o "},
		{"crawl", 1, 1, "DIR", " base o "},
		{"help", 0, -1, "", ""},
		{"version", 0, 0, "", ""},
	}
}

func commandNames() string {
	var names []string
	for _, u := range usages() {
		names = append(names, u.name)
	}
	return strings.Join(names, ", ")
}

// misused says what is wrong with a command that is given so many words, "" if
// nothing is.
func (f *flags) misused(name string, words int) string {
	i := slices.IndexFunc(usages(), func(u usage) bool { return u.name == name })
	if i < 0 {
		return fmt.Sprintf("unknown command %q; must be one of %s", name, commandNames())
	}
	u := usages()[i]
	for given := range f.given {
		if !strings.Contains(u.flags, " "+given+" ") && u.flags != "" {
			return fmt.Sprintf("%s takes no -%s", name, given)
		}
	}
	switch {
	case words < u.min || u.max >= 0 && words > u.max:
		return strings.TrimSpace(fmt.Sprintf("got %d words behind %s; must be: redirects %s %s", words, name, name, u.words))
	case name == "compile" && f.output == "":
		return "compile needs -o OUTPUT, the file to write"
	case f.json && f.output == "-":
		return "-json and -o - both want standard output"
	case f.given["dialect"] && f.format != forms.Unknown && f.format != forms.Redirects:
		return fmt.Sprintf("-dialect is for _redirects files, and -format says %s", f.format)
	}
	return ""
}
