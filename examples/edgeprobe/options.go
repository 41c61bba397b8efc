package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/deployment"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/probe"
)

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
	version    bool

	stdin  io.Reader // of files that are -
	report io.Writer // where the report goes when out is -

	// For tests; nil otherwise.
	runner deployment.Runner
	tune   func(*probe.Target)
	poll   time.Duration
}

func parse(args []string) (*options, error) {
	o := &options{}
	set := flag.NewFlagSet("edgeprobe", flag.ContinueOnError)
	set.BoolVar(&o.simulator, "simulator", false, "")
	set.StringVar(&o.unknowns, "unknowns", "", "")
	set.StringVar(&o.url, "url", "", "")
	set.StringVar(&o.key, "key", "", "")
	set.StringVar(&o.keyID, "key-id", "", "")
	set.BoolVar(&o.deploying, "deploy", false, "")
	set.BoolVar(&o.yes, "yes", false, "")
	set.BoolVar(&o.keep, "keep", false, "")
	set.BoolVar(&o.destroying, "destroy", false, "")
	set.BoolVar(&o.building, "build", false, "")
	set.StringVar(&o.stack, "stack", filepath.FromSlash("examples/edgeprobe/terraform"), "")
	set.StringVar(&o.packages, "packages", filepath.FromSlash("build/edgeprobe"), "")
	set.StringVar(&o.out, "out", "edgeprobe.json", "")
	set.BoolVar(&o.version, "version", false, "")
	words, err := edgecli.Parse(set, args)
	if err != nil || o.version {
		return o, err
	}
	return o, o.mistake(words)
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

// mistake is what is wrong with the command line, or nil.
func (o *options) mistake(words []string) error {
	var errs []error
	complain := func(wrong bool, format string, args ...any) {
		if wrong {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	for _, word := range words {
		complain(true, "got the argument %q, want flags only", word)
	}
	complain(count(o.simulator, o.url != "", o.deploying, o.destroying, o.building) != 1, "want one of -simulator, -url, -deploy, -destroy and -build")
	complain((o.yes || o.keep) && !o.deploying, "-yes and -keep have an effect with -deploy only")
	complain(o.unknowns != "" && !o.simulator, "-unknowns has an effect with -simulator only: what is deployed has settings of its own")
	complain(o.key != "" && o.url == "", "-key has an effect with -url only: the simulator gets a key that is made for it")
	complain((o.key == "") != (o.keyID == ""), "want -key and -key-id, or neither")
	complain(o.out == "", "-out: want the name of a file")
	complain(o.stack == "" || o.packages == "", "-stack and -packages: want the name of a folder")
	if o.url != "" {
		errs = append(errs, o.checkURL())
	}
	return errors.Join(errs...)
}

// checkURL wants the URL of a distribution, and takes the slash behind it away.
func (o *options) checkURL() error {
	u, err := url.Parse(o.url)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || (u.Path != "" && u.Path != "/") || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("-url: got %q, want https:// and a host, such as https://d111111abcdef8.cloudfront.net", o.url)
	}
	o.url = "https://" + u.Host
	return nil
}

// read reads the file of a flag; - is standard input.
func (o *options) read(flag, name string) (content []byte, err error) {
	if name == "-" {
		content, err = io.ReadAll(o.stdin)
	} else {
		content, err = os.ReadFile(name)
	}
	if err != nil {
		return nil, trouble{fmt.Errorf("%s: %w", flag, err)}
	}
	return content, nil
}

// write writes a file; - is standard output.
func (o *options) write(name string, content []byte) (err error) {
	if name == "-" {
		_, err = o.report.Write(content)
	} else {
		err = os.WriteFile(name, content, 0o644)
	}
	if err != nil {
		return trouble{err}
	}
	return nil
}
