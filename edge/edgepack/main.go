package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
	"github.com/edgehelpers/lambdaedge/edge/internal/pack"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

const usage = `  edgepack [flags] PACKAGE...             build packages into zips
  edgepack -check [flags] FILE.zip|-...   say what is in zips, and try them
`

const help = `edgepack builds Go programs into zips that run on Lambda@Edge.

usage:
` + usage + `
A package becomes the zip with the last element of its import path for a name. A zip
that is - comes from standard input.

flags, which may stand anywhere; -- ends them:
  -o FOLDER              where the zips are written; default ., made if need be. With -
                         the zip of the one package goes to standard output
  -name NAME             the name of the one package's zip, without .zip, in place of the
                         last element of its import path
  -check                 say what is in each zip, hold it to what Lambda@Edge takes,
                         start it and send it an event of each trigger
  -runtime node|python   with -check, start it through its index file, as this managed
                         runtime does
  -ldflags FLAGS         more flags for the linker
  -gcflags FLAGS         more flags for the compiler, such as all=-l
  -tags LIST             build tags with commas between
  -h, -version

examples:
  edgepack -o build ./lambda/viewerrequest ./lambda/originresponse
  edgepack -o build -ldflags '-X main.apiURL=https://api.example' ./lambda/auth
  edgepack -check -runtime node build/auth.zip
  edgepack -o - ./lambda/auth > auth.zip

exit status:
  0  all is well
  1  a package cannot be built, or a zip is not what Lambda@Edge takes
  2  wrong usage, or a file could not be read or written
`

// options are what the command line says.
type options struct {
	out      string // the folder of the zips, or -
	name     string // of the one zip; "" is the program's
	builder  pack.Builder
	checking bool
	runtime  string
	version  bool
}

func (o *options) flags() *flag.FlagSet {
	set := flag.NewFlagSet("edgepack", flag.ContinueOnError)
	set.StringVar(&o.out, "o", ".", "")
	set.StringVar(&o.name, "name", "", "")
	set.StringVar(&o.builder.LDFlags, "ldflags", "", "")
	set.StringVar(&o.builder.GCFlags, "gcflags", "", "")
	set.StringVar(&o.builder.Tags, "tags", "", "")
	set.BoolVar(&o.checking, "check", false, "")
	set.StringVar(&o.runtime, "runtime", "", "")
	set.BoolVar(&o.version, "version", false, "")
	return set
}

// run is main with its surroundings as parameters. It returns the exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var o options
	words, err := edgecli.Parse(o.flags(), args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		io.WriteString(stdout, help)
		return edgecli.OK
	case o.version && err == nil:
		io.WriteString(stdout, edgecli.Version("edgepack"))
		return edgecli.OK
	case err == nil:
		err = o.mistake(words)
	}
	if err != nil {
		return edgecli.Misuse(stderr, "edgepack", usage, err)
	}
	errs := o.do(ctx, words, stdin, stdout, stderr)
	for _, err := range errs {
		fmt.Fprintf(stderr, "edgepack: %s\n", edgecli.Printable(err.Error())) // the lines of the compiler stay as they are
	}
	switch {
	case slices.ContainsFunc(errs, isTrouble):
		return edgecli.Failed
	case len(errs) > 0:
		return edgecli.Wrong
	}
	return edgecli.OK
}

// trouble is an error that is no fault of a package or a zip: it keeps edgepack from its work.
type trouble struct{ error }

func isTrouble(err error) bool { return errors.As(err, new(trouble)) || errors.Is(err, pack.ErrNoGo) }

// do builds what is to be built, and checks what is to be checked.
func (o *options) do(ctx context.Context, words []string, stdin io.Reader, stdout, stderr io.Writer) []error {
	if !areZips(words) {
		files, errs := o.build(ctx, words, stdout, stderr)
		if len(errs) > 0 || !o.checking {
			return errs
		}
		words = files
	}
	c := checker{runtime: o.runtime, stdin: stdin, out: stdout}
	return c.checkAll(ctx, words)
}

// areZips reports whether the command line names zips, not packages.
func areZips(words []string) bool { return len(words) > 0 && isZip(words[0]) }

func isZip(word string) bool { return word == "-" || strings.HasSuffix(word, ".zip") }

// mistake is what is wrong with the command line, or nil.
func (o *options) mistake(words []string) error {
	zips := areZips(words)
	other := slices.IndexFunc(words, func(word string) bool { return isZip(word) != zips })
	var errs []error
	complain := func(wrong bool, format string, args ...any) {
		if wrong {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	complain(len(words) == 0, "no package is named")
	complain(o.out == "", "-o: got \"\", want a folder, or -")
	complain(o.name == "." || o.name == ".." || strings.ContainsAny(o.name, `/\\`) || strings.HasSuffix(o.name, ".zip"),
		"-name: got %q, want a name without .zip and without a folder, which -o names", o.name)
	complain(o.name != "" && zips, "-name has an effect with a package only")
	complain(!slices.Contains([]string{"", "node", "python"}, o.runtime), "-runtime: got %q, want node or python", o.runtime)
	complain(o.runtime != "" && !o.checking, "-runtime has an effect with -check only")
	complain(o.out == "-" && o.checking && !zips, "-o - and -check both want standard output")
	complain(o.out == "-" && len(words) > 1 && !zips, "-o - takes one package, got %d", len(words))
	complain(zips && !o.checking, "got a zip: want a package, or -check")
	if other >= 0 {
		complain(true, "got %s and %s: want packages or zips", words[0], words[other])
	}
	stdin := slices.Index(words, "-")
	complain(stdin >= 0 && slices.Contains(words[stdin+1:], "-"), "got - more than once, and standard input can be read once")
	return errors.Join(errs...)
}
