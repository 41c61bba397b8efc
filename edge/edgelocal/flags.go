package main

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/requests"
	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
)

// options are what the command line says.
type options struct {
	config, distribution string
	env                  map[string]string
	keys, stores         map[string]string // those of -env that are files of keys and of key value stores
	parameters           map[string]string
	unknowns             string

	addr, console string
	trace         string
	watch         bool

	check, version bool
	format         string

	signOptions

	stdin io.Reader // of files that are -
}

// parse reads the flags, which may stand anywhere, and gives the words between them.
func parse(args []string) (*options, []string, error) {
	o := &options{env: map[string]string{}, keys: map[string]string{}, stores: map[string]string{}, parameters: map[string]string{}}
	f := flag.NewFlagSet("edgelocal", flag.ContinueOnError)
	f.StringVar(&o.config, "config", "", "")
	f.StringVar(&o.distribution, "distribution", "", "")
	f.StringVar(&o.unknowns, "unknowns", "", "")
	f.StringVar(&o.addr, "addr", "localhost:8080", "")
	f.StringVar(&o.console, "console", "localhost:8081", "")
	f.StringVar(&o.trace, "trace", "", "")
	f.BoolVar(&o.watch, "watch", false, "")
	f.BoolVar(&o.check, "check", false, "")
	f.BoolVar(&o.version, "version", false, "")
	f.StringVar(&o.format, "format", "tap", "")
	o.signOptions.flags(f)
	f.Func("env", "", bindings("WHERE, for instance site=./public", func(where string) map[string]string {
		switch filepath.Ext(where) {
		case ".pem":
			return o.keys
		case ".json":
			return o.stores
		}
		return o.env
	}))
	f.Func("parameter", "", bindings("VALUE, for instance Stage=dev", func(string) map[string]string { return o.parameters }))
	words, err := edgecli.Parse(f, args)
	if err != nil {
		return o, nil, err
	}
	f.Visit(func(g *flag.Flag) {
		if o.signOptions.names(g.Name) {
			o.signOptions.given = append(o.signOptions.given, "-"+g.Name)
		}
	})
	if formats := slices.Sorted(maps.Keys(requests.Formats)); !slices.Contains(formats, o.format) {
		return o, nil, fmt.Errorf("-format: got %q, want %s", o.format, strings.Join(formats, " or "))
	}
	return o, words, o.checkAddresses()
}

// bindings is a flag that parts NAME=VALUE; want is what stands behind the name, and into where the value goes.
func bindings(want string, into func(value string) map[string]string) func(string) error {
	return func(s string) error {
		name, value, ok := strings.Cut(s, "=")
		if !ok || name == "" || value == "" {
			return fmt.Errorf("want NAME=%s", want)
		}
		all := into(value)
		if first, twice := all[name]; twice && first != value {
			return fmt.Errorf("%s is given twice, before as %q: take one of them away", name, first)
		}
		all[name] = value
		return nil
	}
}

// readFile reads a text file; - is standard input.
func (o *options) readFile(name string) ([]byte, error) {
	if name == "-" {
		return settings.ReadText(o.stdin)
	}
	return settings.ReadFile(name)
}

const usage = `  edgelocal [flags]            serve the distribution of this folder
  edgelocal -check [flags]     say what it is, and what does not work
  edgelocal test FILE [flags]  send the requests of a file, compare the answers
  edgelocal sign URL [flags]   sign a URL, or a path of the site, to try it
  edgelocal init [flags]       write edgelocal.yaml, with what could not be guessed
`

const help = `edgelocal plays a CloudFront distribution with its Lambda@Edge functions on this machine.

usage:
` + usage + `
Flags may stand anywhere; -- ends them. What is read from a FILE that is - comes from
standard input, and with -trace - the trace goes to standard output.

which distribution:
  -config FILE         a template of CloudFormation or SAM, or CDK's in cdk.out, or the
                       output of "aws cloudfront get-distribution-config", or of
                       "terraform show -json"; without it, the one in this folder
  -parameter NAME=VALUE   a parameter of a template. Several times for several
  -distribution NAME   of several in a file: the logical id of a template's, or
                       Terraform's aws_cloudfront_distribution.site

what stands for its origins and functions on this machine (also in edgelocal.yaml):
  -env NAME=WHERE      an origin's id or domain name, and a folder or an http address;
                       a function's ARN, name or trigger, and a folder, a zip or a
                       file of JavaScript or Python; a key group's id and a .pem file;
                       a key value store's name, or its function's, and a .json file.
                       Several times for several
  -unknowns FILE       JSON with settings for what AWS's documents leave open

serving:
  -addr HOST:PORT      where it answers; default localhost:8080
  -console HOST:PORT   where the console is; default localhost:8081, "off" is none
  -watch               serve what is saved, without a restart
  -trace FILE          write the requests as an HTTP Archive. It holds what viewers sent

test:
  -format tap|junit    the form of the report; default tap

sign:
  -key FILE            the private key; without it, one that is bound to a key group
  -key-id ID           its Key-Pair-Id; without it, that of the site's key
  -expires TIME        until when: 1h, which is the default, or 2030-01-31T12:00:00Z
  -start TIME          from when; -ip ADDRESS|RANGE for whom: a custom policy, as a * is
  -hash SHA1|SHA256    default SHA1
  -cookies             print cookies, as a header for curl -H
  -new-key FILE        make a private key for this machine

  -h, -version

examples:
  edgelocal -env site=./public -env api=http://localhost:3000
  terraform show -json | edgelocal -check -config -
  edgelocal test edge.requests -format junit > report.xml
  edgelocal sign /films/a.mp4 -key demo.pem -expires 10m

exit status:
  0  all is well
  1  something of the configuration does not work (-check), or an answer is not
     as expected (test)
  2  wrong usage, or nothing could be served or tried
`
