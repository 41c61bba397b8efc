package main

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgecli"
	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/redirects/forms"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

const usage = `  redirects check FILE...                              report what is wrong with redirects files
  redirects test FILE...                               check, and try the "# expect:" lines
  redirects explain FILE METHOD URL [Name=value...]    say what comes of a request, and why
  redirects compile -o OUTPUT FILE                     write the form that a function embeds
  redirects crawl DIR                                  write the redirects of a built site's pages
`

const help = `redirects checks, tests, explains and compiles the files in which sites keep their
redirects, and makes such a file of a built site.

usage:
` + usage + `  redirects help, redirects version                    what -h and -version print

FILE may be -, which is standard input, and OUTPUT may be -, which is standard output.

flags, which may stand anywhere; -- ends them:
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
  -h, -version

examples:
  redirects check _redirects
  redirects explain _redirects GET '/old/page?a=b' Country=DE
  redirects compile -o redirects.bin _redirects
  curl -s https://www.example.com/_redirects | redirects check -json -

exit status:
  0  all is well
  1  there are mistakes in rules, or an expectation is not met
  2  wrong usage, or a file could not be read or written
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
	set.Func("format", "", f.setFormat)
	set.Func("dialect", "", f.setDialect)
	set.Func("origin", "", func(s string) error {
		f.origins = append(f.origins, s)
		if rulefile.CheckOrigin(s) != nil {
			return errors.New("must be scheme and host, such as https://www.example.com")
		}
		return nil
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
	words, err = edgecli.Parse(set, args)
	f.given = map[string]bool{}
	set.Visit(func(g *flag.Flag) { f.given[g.Name] = true })
	return words, err
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
			return fmt.Errorf("%q is none of %s", kind, strings.Join(tolerable(), ", "))
		}
		f.tolerate = append(f.tolerate, kind)
	}
	return nil
}

// A form is how many words a command takes, and which flags.
type form struct {
	name     string
	min, max int // -1 is any number
	words    string
	flags    string
}

func commandForms() []form {
	const reading = " format dialect origin index trigger tolerate strict json "
	return []form{
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
	for _, u := range commandForms() {
		names = append(names, u.name)
	}
	return strings.Join(names, ", ")
}

// misused says what is wrong with a command that is given so many words.
func (f *flags) misused(name string, words int) error {
	i := slices.IndexFunc(commandForms(), func(u form) bool { return u.name == name })
	if i < 0 {
		return fmt.Errorf("unknown command %q; must be one of %s", name, commandNames())
	}
	u := commandForms()[i]
	for given := range f.given {
		if !strings.Contains(u.flags, " "+given+" ") && u.flags != "" {
			return fmt.Errorf("%s takes no -%s", name, given)
		}
	}
	switch {
	case words < u.min || u.max >= 0 && words > u.max:
		return fmt.Errorf("got %s behind %s; must be: %s", edgecli.Count(words, "word"), name, strings.TrimSpace("redirects "+name+" "+u.words))
	case name == "compile" && f.output == "":
		return errors.New("compile needs -o OUTPUT, the file to write")
	case f.json && f.output == "-":
		return errors.New("-json and -o - both want standard output")
	case f.given["dialect"] && f.format != forms.Unknown && f.format != forms.Redirects:
		return fmt.Errorf("-dialect is for _redirects files, and -format says %s", f.format)
	}
	return nil
}
