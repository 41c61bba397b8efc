package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
)

func main() {
	// A large file leaves little garbage; that is not to double what it takes.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(25)
	}
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// Exit statuses.
const (
	exitOK       = edgecli.OK
	exitMistakes = edgecli.Wrong // in rules
	exitFailed   = edgecli.Failed
)

// A command is one run of the program.
type command struct {
	stdin  io.Reader
	stdout *output // the lines that tell of files, unless they come as JSON
	stderr *output
	flags
	document document
}

// run runs the program and returns its exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &command{stdin: stdin, stdout: &output{w: stdout}, stderr: &output{w: stderr}}
	words, err := c.parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		words = []string{"help"}
	case err != nil:
		return c.misuse(err)
	case c.version:
		words = []string{"version"}
	case len(words) == 0:
		return c.misuse(fmt.Errorf("no command; must be one of %s", commandNames()))
	}
	status := c.do(words[0], words[1:])
	if c.json && c.document.Files != nil {
		c.document.Command, c.document.Status = words[0], status
		status = max(status, c.writeDocument())
	}
	if c.stdout.err != nil && status != exitFailed {
		return c.fail(c.stdout.err)
	}
	return status
}

// do runs a command and returns its exit status.
func (c *command) do(name string, words []string) int {
	if err := c.misused(name, len(words)); err != nil {
		return c.misuse(err)
	}
	switch name {
	case "check":
		return c.forEach(words, c.check)
	case "test":
		return c.forEach(words, c.test)
	case "explain":
		return c.explain(words[0], words[1], words[2], words[3:])
	case "compile":
		return c.compile(words[0])
	case "crawl":
		return c.crawl(words[0])
	case "version":
		c.stdout.print("%s", edgecli.Version("redirects"))
	default:
		c.stdout.print("%s", help)
	}
	return exitOK
}

// forEach runs f for each file and returns the worst status.
func (c *command) forEach(names []string, f func(string) int) int {
	worst := exitOK
	for _, name := range names {
		worst = max(worst, f(name))
	}
	return worst
}

// misuse says what is wrong with the command line.
func (c *command) misuse(err error) int {
	return edgecli.Misuse(c.stderr, "redirects", usage, errors.New(printable(err.Error())))
}

// fail says why the program could not do what it was to do.
func (c *command) fail(err error) int {
	c.stderr.print("redirects: %v\n", err)
	return exitFailed
}

// writeDocument writes what there is to say as JSON.
func (c *command) writeDocument() int {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(&c.document); err != nil {
		return c.fail(err)
	}
	if _, err := c.stdout.Write(escapeJSON(text.Bytes())); err != nil {
		return c.fail(err)
	}
	return exitOK
}
