// Command githubdemo runs the GitHub demo on this machine: CloudFront with its cache, the two Lambda@Edge functions, the
// bucket with the pages, and a small stand-in for GitHub's API.
//
//	go run ./examples/githubdemo
//
// and open http://localhost:8080. See README.md beside this file for what there is to see and how to deploy it.
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
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	settings, err := parseFlags(os.Args[1:], os.Stderr)
	if err == nil {
		err = run(ctx, settings, os.Stdout)
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// settings are what the command line says.
type settings struct {
	addr     string // where the demo listens
	github   string // the API's address; "" is the built-in one
	packages bool   // run the zips in place of the functions in this process
	console  string // where the console listens; "" is nowhere
}

// errUsage is for a command line that flag has already complained about.
var errUsage = errors.New("githubdemo: wrong usage")

func parseFlags(args []string, stderr io.Writer) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("githubdemo", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&s.addr, "addr", "localhost:8080", "listen on this loopback `address`; port 0 is any free one")
	flags.StringVar(&s.github, "github", "", "ask the GitHub API at this `URL`, such as https://api.github.com (default a built-in one that needs no network)")
	flags.BoolVar(&s.packages, "packages", false, "build the two Lambda packages and run these, over a local Runtime API, in place of the functions in this process")
	flags.StringVar(&s.console, "console", "", "show each request's way in a browser at this loopback `address`, such as localhost:8081")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: githubdemo [-addr address] [-console address] [-github URL] [-packages]")
		flags.PrintDefaults()
	}
	err := flags.Parse(args)
	switch {
	case err == nil && flags.NArg() == 0:
		return s, nil
	case err == nil:
		fmt.Fprintf(stderr, "githubdemo: got argument %q; want flags only\n", flags.Arg(0))
		flags.Usage()
	case errors.Is(err, flag.ErrHelp):
		return s, err
	}
	return s, errUsage
}
