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
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/deployment"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/probe"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is main with its surroundings as parameters. It returns the exit status: 0, 1 when no answers could be had or written, 2 for wrong
// usage.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := parse(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	}
	if err := o.do(ctx, stdout); err != nil {
		fmt.Fprintf(stderr, "edgeprobe: %v\n", err)
		return 1
	}
	return 0
}

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

// options are what the command line says.
type options struct {
	simulator  bool
	unknowns   string // the simulator's settings; "" are the defaults
	url        string // of a distribution that is deployed
	key, keyID string // with which it is asked for what is signed
	building   bool
	deploying  bool
	destroying bool
	keep, yes  bool
	stack      string // Terraform's directory
	packages   string // the directory for the zips of the stack
	out        string

	// For tests; nil otherwise.
	runner deployment.Runner
	tune   func(*probe.Target)
	poll   time.Duration
}

// errUsage is for a command line that has been complained about.
var errUsage = errors.New("wrong usage")

func parse(args []string, stderr io.Writer) (*options, error) {
	o := &options{}
	flags := flag.NewFlagSet("edgeprobe", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.BoolVar(&o.simulator, "simulator", false, "play the distribution on this machine and ask it; needs node")
	flags.StringVar(&o.unknowns, "unknowns", "", "with -simulator, play it with the settings in this `file`: JSON with names of settings, or a report of this command")
	flags.StringVar(&o.url, "url", "", "ask the distribution at this `URL`, such as https://d111111abcdef8.cloudfront.net")
	flags.StringVar(&o.key, "key", "", "with -url, sign with the private key in this PEM `file`; without it what needs a signature is not asked")
	flags.StringVar(&o.keyID, "key-id", "", "with -key, CloudFront's `id` of the public key, such as K2JCJMDEHXQW5F")
	flags.BoolVar(&o.deploying, "deploy", false, "deploy the distribution, ask it and remove it; needs the commands go, terraform and aws, and credentials in the environment")
	flags.BoolVar(&o.yes, "yes", false, "with -deploy, do not ask before anything is made")
	flags.BoolVar(&o.keep, "keep", false, "with -deploy, remove nothing")
	flags.BoolVar(&o.destroying, "destroy", false, "remove what an earlier -deploy has left")
	flags.BoolVar(&o.building, "build", false, "write the zips of the stack, and ask nothing; needs the command go")
	flags.StringVar(&o.stack, "stack", filepath.FromSlash("examples/edgeprobe/terraform"), "with -deploy and -destroy, the `directory` of the stack, in which Terraform keeps its state")
	flags.StringVar(&o.packages, "packages", filepath.FromSlash("build/edgeprobe"), "with -build, -deploy and -destroy, the `directory` of the zips")
	flags.StringVar(&o.out, "out", "edgeprobe.json", "write the report to this `file`")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: edgeprobe -simulator [-unknowns file] [-out file]")
		fmt.Fprintln(stderr, "       edgeprobe -url URL [-key file -key-id id] [-out file]")
		fmt.Fprintln(stderr, "       edgeprobe -deploy [-yes] [-keep] [-stack directory] [-packages directory] [-out file]")
		fmt.Fprintln(stderr, "       edgeprobe -destroy [-stack directory] [-packages directory]")
		fmt.Fprintln(stderr, "       edgeprobe -build [-packages directory]")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil, err
	} else if err != nil {
		return nil, errUsage
	}
	if mistake := o.usage(flags.Args()); mistake != "" {
		fmt.Fprintln(stderr, "edgeprobe: "+mistake)
		flags.Usage()
		return nil, errUsage
	}
	return o, nil
}

// count counts what is true.
func count(all ...bool) (n int) {
	for _, b := range all {
		if b {
			n++
		}
	}
	return n
}

// usage returns what is wrong with the command line, or "".
func (o *options) usage(rest []string) string {
	switch {
	case len(rest) > 0:
		return fmt.Sprintf("got the argument %q, want flags only", rest[0])
	case count(o.simulator, o.url != "", o.deploying, o.destroying, o.building) != 1:
		return "want one of -simulator, -url, -deploy, -destroy and -build"
	case (o.yes || o.keep) && !o.deploying:
		return "-yes and -keep have an effect with -deploy only"
	case o.unknowns != "" && !o.simulator:
		return "-unknowns has an effect with -simulator only: what is deployed has settings of its own"
	case o.key != "" && o.url == "":
		return "-key has an effect with -url only: the simulator gets a key that is made for it"
	case (o.key == "") != (o.keyID == ""):
		return "want -key and -key-id, or neither"
	case o.out == "":
		return "-out: want the name of a file"
	case o.stack == "" || o.packages == "":
		return "-stack and -packages: want the name of a directory"
	}
	if o.url == "" {
		return ""
	}
	u, err := url.Parse(o.url)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || (u.Path != "" && u.Path != "/") || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Sprintf("-url: got %q, want https:// and a host, such as https://d111111abcdef8.cloudfront.net", o.url)
	}
	o.url = "https://" + u.Host
	return ""
}
