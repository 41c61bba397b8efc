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
	"syscall"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// Exit statuses.
const (
	exitOK     = edgecli.OK
	exitWrong  = edgecli.Wrong  // of the configuration something does not work, or an answer is not as expected
	exitFailed = edgecli.Failed // wrong usage, or nothing could be served
)

// A command is one run of the program.
type command struct {
	*options
	terminal io.Writer // where requests are printed
	stdout   *output
	stderr   *output
	har      io.Writer // where the trace of "-trace -" goes
}

// run is main with its surroundings as parameters; it returns the exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &command{terminal: stdout, stdout: &output{w: stdout}, stderr: &output{w: stderr}, har: stdout}
	o, words, err := parse(args)
	o.stdin = stdin
	c.options = o
	switch {
	case errors.Is(err, flag.ErrHelp) || err == nil && len(words) == 1 && words[0] == "help":
		c.stdout.print("%s", help)
		return exitOK
	case err != nil:
		return c.misuse(err)
	case o.version:
		c.stdout.print("%s", edgecli.Version("edgelocal"))
		return exitOK
	}
	if err := o.checkStreams(words); err != nil {
		return c.misuse(err)
	}
	if o.trace == "-" {
		c.terminal, c.stdout = c.stderr, c.stderr
	}
	return c.do(ctx, words)
}

// do does what the words say.
func (c *command) do(ctx context.Context, words []string) int {
	switch {
	case len(c.given) > 0 && (len(words) == 0 || words[0] != "sign"):
		return c.misuse(fmt.Errorf("%s: for \"edgelocal sign URL\" only", strings.Join(c.given, " and ")))
	case len(words) == 0 && c.check:
		return c.checkOnly()
	case len(words) == 0:
		return c.serve(ctx)
	case words[0] == "test" && len(words) == 2:
		return c.test(ctx, words[1])
	case words[0] == "test":
		return c.misuse(fmt.Errorf("test: got %s, want one", edgecli.Count(len(words)-1, "file")))
	case words[0] == "sign":
		return c.sign(words[1:])
	case words[0] == "init" && len(words) == 1:
		return c.writeSettings()
	}
	return c.misuse(fmt.Errorf("got %q, want no word, or test FILE, or sign URL, or init", strings.Join(words, " ")))
}

// checkStreams says which of the files that are - cannot be standard input or output.
func (o *options) checkStreams(words []string) error {
	var errs []error
	read := []string{o.config, o.unknowns, o.key}
	if len(words) == 2 && words[0] == "test" {
		read = append(read, words[1])
	}
	if first := slices.Index(read, "-"); first >= 0 && slices.Contains(read[first+1:], "-") {
		errs = append(errs, errors.New("got - more than once, and standard input can be read once"))
	}
	if o.config == "-" && o.watch {
		errs = append(errs, errors.New("-watch reads the configuration again, and standard input, -config -, can be read once"))
	}
	if o.config == "-" && slices.Equal(words, []string{"init"}) {
		errs = append(errs, errors.New("init: edgelocal.yaml names the configuration, and -config - is no file"))
	}
	return errors.Join(errs...)
}

// misuse says what is wrong with the command line.
func (c *command) misuse(err error) int { return edgecli.Misuse(c.stderr, "edgelocal", usage, err) }

// fail says why nothing was done, a line for each reason.
func (c *command) fail(err error) int { return edgecli.Fail(c.stderr, "edgelocal", err) }

// checkOnly reads and says.
func (c *command) checkOnly() int {
	s, err := load(c.options, nil, nil, c.stderr)
	if err != nil {
		return c.fail(err)
	}
	defer s.close()
	s.describe(c.stdout)
	if s.complain(c.stderr) {
		return exitWrong
	}
	return exitOK
}
