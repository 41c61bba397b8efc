// Package shell runs the commands of a project: builds, which end, and servers, which do not.
package shell

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"
)

// A Command is a line for the shell, "npm run build" for instance.
type Command struct {
	Line string
	Dir  string       // where it runs
	Say  func(string) // gets each line that it prints, as it came; one at a time
}

// longestLine is how much of a line is said at once.
const longestLine = 4 << 10

// Run runs the command to its end, or to that of ctx, which ends it with all that it has started. The error is how it ended.
func (c Command) Run(ctx context.Context) error {
	return <-c.Start(ctx)
}

// Start starts the command, which ends when ctx does, with all that it has started. What comes from the channel is how it ended; nil is
// exit status 0.
func (c Command) Start(ctx context.Context) <-chan error {
	ended := make(chan error, 1)
	program := interpreter()
	p := exec.CommandContext(ctx, program[0], append(program[1:], c.Line)...)
	p.Dir = c.Dir
	p.Cancel = func() error { return endGroup(p.Process) }
	p.WaitDelay = 2 * time.Second // what it has started may hold its output open
	ownGroup(p)
	r, w := io.Pipe()
	p.Stdout, p.Stderr = w, w
	if err := p.Start(); err != nil {
		ended <- err
		return ended
	}
	said := make(chan struct{})
	go func() {
		defer close(said)
		c.say(r)
	}()
	go func() {
		err := p.Wait()
		w.Close()
		<-said
		ended <- reason(ctx, err)
	}()
	return ended
}

// reason is how a command ended, in words.
func reason(ctx context.Context, err error) error {
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, exec.ErrWaitDelay): // it ended well, and something that it started goes on
		return nil
	case errors.As(err, &exit):
		return fmt.Errorf("it ended with %v", exit.ProcessState)
	}
	return err
}

// say hands on the lines, long ones in pieces.
func (c Command) say(r io.Reader) {
	lines := bufio.NewReaderSize(r, longestLine)
	for {
		line, _, err := lines.ReadLine()
		if err != nil {
			io.Copy(io.Discard, r)
			return
		}
		if c.Say != nil {
			c.Say(string(line))
		}
	}
}
