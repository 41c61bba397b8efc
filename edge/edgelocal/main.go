package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// Exit statuses.
const (
	exitOK     = 0
	exitWrong  = 1 // of the configuration something does not work, or an answer is not as expected
	exitFailed = 2 // wrong usage, or nothing could be served
)

// A command is one run of the program.
type command struct {
	*options
	terminal io.Writer // where requests are printed
	stdout   *output
	stderr   *output
}

// run is main with its surroundings as parameters; it returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c := &command{terminal: stdout, stdout: &output{w: stdout}, stderr: &output{w: stderr}}
	o, words, err := parse(args)
	c.options = o
	switch {
	case errors.Is(err, flag.ErrHelp) || err == nil && len(words) == 1 && words[0] == "help":
		c.stdout.print("%s", help)
		return exitOK
	case err != nil:
		return c.fail(fmt.Errorf("%s; \"edgelocal -h\" tells how to use it", strings.Replace(err.Error(), "flag provided but not defined:", "there is no flag", 1)))
	case o.version:
		c.stdout.print("%s\n", version())
		return exitOK
	}
	return c.do(ctx, words)
}

// do does what the words say.
func (c *command) do(ctx context.Context, words []string) int {
	switch {
	case len(c.given) > 0 && (len(words) == 0 || words[0] != "sign"):
		return c.fail(fmt.Errorf("%s: for \"edgelocal sign URL\" only", strings.Join(c.given, " and ")))
	case len(words) == 0 && c.check:
		return c.checkOnly()
	case len(words) == 0:
		return c.serve(ctx)
	case words[0] == "test" && len(words) == 2:
		return c.test(ctx, words[1])
	case words[0] == "test":
		return c.fail(fmt.Errorf("test: got %d files, want one", len(words)-1))
	case words[0] == "sign":
		return c.sign(words[1:])
	case words[0] == "init" && len(words) == 1:
		return c.writeSettings()
	}
	return c.fail(fmt.Errorf("got %q, want no word, or test FILE, or sign URL, or init; \"edgelocal -h\" tells how to use it", strings.Join(words, " ")))
}

// fail says why nothing was done, a line for each reason.
func (c *command) fail(err error) int {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		c.stderr.print("edgelocal: %s\n", line)
	}
	return exitFailed
}

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

// version is that of the module, as the module system knows it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "edgelocal, version unknown"
	}
	return fmt.Sprintf("edgelocal %s %s", info.Main.Version, info.GoVersion)
}
