// Command edgeprobe asks a distribution what AWS's documents leave open, and writes the answers to a file which the simulator takes for
// its settings:
//
//	go run ./examples/edgeprobe -simulator
//
// asks the simulator, which needs node and no account.
//
//	go run ./examples/edgeprobe -deploy
//
// deploys the distribution in an account of AWS, asks it and removes it again; docs/first-deployment.md has what that costs. One that is
// deployed already is asked with -url.
//
// # Exit status
//
//	0  all is well
//	1  no answer could be had, or something of a stack could not be made or removed
//	2  wrong usage, or a file could not be read or written
package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

const usage = `  edgeprobe -simulator [flags]   ask the simulator, which needs node
  edgeprobe -url URL [flags]     ask a distribution that is deployed
  edgeprobe -deploy [flags]      deploy the distribution, ask it and remove it
  edgeprobe -destroy [flags]     remove what an earlier -deploy has left
  edgeprobe -build [flags]       write the zips of the stack
`

const help = `edgeprobe asks a distribution what AWS's documents leave open, and writes the answers to
a file which the simulator takes for its settings.

usage:
` + usage + `
flags:
  -out FILE             the report; default edgeprobe.json, and - is standard output
  -unknowns FILE        with -simulator, play it with these settings: JSON with names of
                        settings, or a report of this command; - is standard input
  -key FILE             with -url, sign with the private key in this PEM file; without it what
                        needs a signature is not asked; - is standard input
  -key-id ID            with -key, CloudFront's id of the public key, such as K2JCJMDEHXQW5F
  -yes                  with -deploy, do not ask before anything is made
  -keep                 with -deploy, remove nothing
  -stack FOLDER         with -deploy and -destroy, the stack, in which Terraform keeps its
                        state; default examples/edgeprobe/terraform
  -packages FOLDER      with -build, -deploy and -destroy, the zips; default build/edgeprobe
  -h, -version

-deploy and -destroy need the commands go, terraform and aws, and credentials in the
environment, -build the command go; all three a clone of the repository.

examples, in a clone of the repository:
  go run ./examples/edgeprobe -simulator
  go run ./examples/edgeprobe -simulator -unknowns edgeprobe.json -out -
  go run ./examples/edgeprobe -url https://d111111abcdef8.cloudfront.net
  go run ./examples/edgeprobe -deploy

exit status:
  0  all is well
  1  no answer could be had, or something of a stack could not be made or removed
  2  wrong usage, or a file could not be read or written
`

// run is main with its surroundings as parameters. It returns the exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	o, err := parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		io.WriteString(stdout, help)
		return edgecli.OK
	case err != nil:
		return edgecli.Misuse(stderr, "edgeprobe", usage, err)
	case o.version:
		io.WriteString(stdout, edgecli.Version("edgeprobe"))
		return edgecli.OK
	}
	o.stdin, o.report = stdin, stdout
	if o.out == "-" {
		stdout = stderr
	}
	if err := o.do(ctx, stdout); err != nil {
		status := edgecli.Fail(stderr, "edgeprobe", err)
		if !errors.As(err, new(trouble)) {
			status = edgecli.Wrong
		}
		return status
	}
	return edgecli.OK
}

// trouble is an error that keeps edgeprobe from its work: a file that cannot be read or written, a command that is not there.
type trouble struct{ error }

// do does what is asked for.
func (o *options) do(ctx context.Context, stdout io.Writer) error {
	switch {
	case o.building:
		return build(ctx, o.packages, stdout)
	case o.deploying:
		return o.deploy(ctx, stdout)
	case o.destroying:
		return o.destroy(ctx, stdout)
	}
	return o.probe(ctx, stdout)
}
