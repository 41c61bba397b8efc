package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// Exit statuses.
const (
	fine    = 0
	mistake = 1
	misuse  = 2
)

const usage = `usage: redirects check   [flags] FILE...
       redirects test    [flags] FILE...
       redirects explain [flags] FILE METHOD URL [Name=value...]
       redirects compile [flags] -o OUTPUT FILE
flags:
`

// A command is one run of the program.
type command struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	dialect        rulefile.Dialect
	origins        []string
	index          string
	tolerate       []string
	output         string
}

// run runs the program and returns its exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &command{stdin: stdin, stdout: stdout, stderr: stderr}
	flags := flag.NewFlagSet("redirects", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprint(stderr, usage)
		flags.PrintDefaults()
	}
	flags.Func("dialect", "`netlify` or cloudflare", c.setDialect)
	flags.Func("origin", "a `URL` that rules may lead to; may be given again", func(s string) error {
		c.origins = append(c.origins, s)
		return nil
	})
	flags.StringVar(&c.index, "index", "", "the page that a folder stands for, such as `index.html`")
	flags.Func("tolerate", "`kinds` of mistakes that are warnings, separated by commas", c.setTolerate)
	flags.StringVar(&c.output, "o", "", "the `file` that compile writes")
	if len(args) == 0 {
		flags.Usage()
		return misuse
	}
	if err := flags.Parse(args[1:]); err != nil {
		if err == flag.ErrHelp {
			return fine
		}
		return misuse
	}
	rest := flags.Args()
	switch verb := args[0]; {
	case verb == "help" || verb == "-h" || verb == "-help" || verb == "--help":
		flags.Usage()
		return fine
	case verb == "check" && len(rest) > 0:
		return c.each(rest, c.check)
	case verb == "test" && len(rest) > 0:
		return c.each(rest, c.test)
	case verb == "explain" && len(rest) >= 3:
		return c.explain(rest[0], rest[1], rest[2], rest[3:])
	case verb == "compile" && len(rest) == 1 && c.output != "":
		return c.compile(rest[0])
	}
	flags.Usage()
	return misuse
}

func (c *command) setDialect(s string) error {
	switch s {
	case "netlify":
		c.dialect = rulefile.Netlify
	case "cloudflare":
		c.dialect = rulefile.Cloudflare
	default:
		return fmt.Errorf("must be netlify or cloudflare")
	}
	return nil
}

func (c *command) setTolerate(s string) error {
	for kind := range strings.SplitSeq(s, ",") {
		switch kind {
		case "chain", "duplicate", "unreachable", rulefile.Unsupported:
			c.tolerate = append(c.tolerate, kind)
		default:
			return fmt.Errorf("%q; must be chain, duplicate, unreachable or unsupported", kind)
		}
	}
	return nil
}

// each runs f for each file and returns the worst status.
func (c *command) each(names []string, f func(string) int) int {
	worst := fine
	for _, name := range names {
		worst = max(worst, f(name))
	}
	return worst
}
