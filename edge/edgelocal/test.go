package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/requests"
)

// test sends the requests of a file and reports on the answers. The distribution's problems are said; what does not work because of
// them shows in the answers.
func (c *command) test(ctx context.Context, file string) int {
	content, err := c.readFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return c.fail(fmt.Errorf("%s: there is no such file", file))
	} else if err != nil {
		return c.fail(err)
	}
	steps, err := requests.Parse(string(content))
	if err != nil {
		return c.fail(errors.New(file + ": " + strings.ReplaceAll(err.Error(), "\n", "\n"+file+": ")))
	}
	ctx, cancel := context.WithCancel(ctx)
	run := newCommands(ctx, c.stderr)
	defer run.wait()
	defer cancel()
	s, err := load(c.options, run, nil, c.stderr)
	if err != nil {
		return c.fail(err)
	}
	defer s.close()
	s.complain(c.stderr)
	for _, note := range s.interpreters() {
		c.stderr.print("edgelocal: %s\n", note)
	}
	results := requests.Run(ctx, s.sim, steps)
	if err := requests.Formats[c.format](c.terminal, file, results); err != nil {
		return c.fail(err)
	}
	if requests.Failed(results) > 0 {
		return exitWrong
	}
	return exitOK
}
