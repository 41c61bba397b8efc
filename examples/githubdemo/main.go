// Command githubdemo runs the GitHub demo on this machine: CloudFront with its cache, the two Lambda@Edge functions, the
// bucket with the pages, and a small stand-in for GitHub's API.
//
//	go run ./examples/githubdemo
//
// and open http://localhost:8080. See README.md beside this file for what there is to see and how to deploy it, and
// "githubdemo -h" for the flags.
//
// # Exit status
//
//	0  it was ended, as with Ctrl-C
//	2  wrong usage, or nothing could be served
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := start(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

const usage = `  githubdemo [flags]
`

const help = `githubdemo plays CloudFront with two Lambda@Edge functions in Go, which look up users
of GitHub, on this machine.

usage:
` + usage + `
flags:
  -addr HOST:PORT      where the demo listens: a loopback address, and port 0 is any free
                       one; default localhost:8080
  -console HOST:PORT   where a console shows each request's way in a browser, such as
                       localhost:8081
  -github URL          the GitHub API that is asked, such as https://api.github.com; without
                       it a built-in one that needs no network
  -packages            build the two packages for Lambda and run these, over a local Runtime
                       API, in place of the functions in this process
  -h, -version

examples, in a clone of the repository:
  go run ./examples/githubdemo
  go run ./examples/githubdemo -console localhost:8081 -packages
  go run ./examples/githubdemo -addr localhost:9000 -github https://api.github.com

exit status:
  0  it was ended, as with Ctrl-C
  2  wrong usage, or nothing could be served
`

// start is main with its surroundings as parameters. It returns the exit status.
func start(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	settings, err := parseFlags(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		io.WriteString(stdout, help)
		return edgecli.OK
	case err != nil:
		return edgecli.Misuse(stderr, "githubdemo", usage, err)
	case settings.version:
		io.WriteString(stdout, edgecli.Version("githubdemo"))
		return edgecli.OK
	}
	if err := run(ctx, settings, stdout); err != nil {
		return edgecli.Fail(stderr, "githubdemo", err)
	}
	return edgecli.OK
}

// settings are what the command line says.
type settings struct {
	addr     string // where the demo listens
	github   string // the API's address; "" is the built-in one
	packages bool   // run the zips in place of the functions in this process
	console  string // where the console listens; "" is nowhere
	version  bool
}

func parseFlags(args []string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("githubdemo", flag.ContinueOnError)
	flags.StringVar(&s.addr, "addr", "localhost:8080", "")
	flags.StringVar(&s.github, "github", "", "")
	flags.BoolVar(&s.packages, "packages", false, "")
	flags.StringVar(&s.console, "console", "", "")
	flags.BoolVar(&s.version, "version", false, "")
	words, err := edgecli.Parse(flags, args)
	if err == nil && len(words) > 0 {
		err = fmt.Errorf("got the argument %q, want flags only", words[0])
	}
	return s, err
}
