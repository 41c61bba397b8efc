package deployment

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// A Command is one of terraform or aws.
type Command struct {
	Name string
	Args []string
	Env  []string  // besides this process's
	In   io.Reader // its standard input; nil is none
	Out  io.Writer // its standard output
}

// A Runner runs a command until it ends. Its error has what the command wrote to its standard error.
type Runner func(ctx context.Context, c Command) error

// An exitError is a command that failed.
type exitError struct {
	command, said string
	err           error
}

// Error tells the command with the first of its arguments, and what it said last.
func (e *exitError) Error() string {
	return strings.TrimSuffix(fmt.Sprintf("%s: %v: %s", e.command, e.err, e.said), ": ")
}

// Unwrap is how it ended.
func (e *exitError) Unwrap() error { return e.err }

// Execute is the Runner that starts programs. One that runs is not ended by ctx: Terraform would leave what it has begun. The interrupt
// of a terminal reaches it by itself, and it stops when it can.
func Execute(ctx context.Context, c Command) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var said bytes.Buffer
	program := exec.CommandContext(context.WithoutCancel(ctx), c.Name, c.Args...)
	program.Env = append(program.Environ(), c.Env...)
	program.Stdin, program.Stdout, program.Stderr = c.In, c.Out, &said
	if err := program.Run(); err != nil {
		return &exitError{named(c), strings.TrimSpace(said.String()), err}
	}
	return nil
}

// named is a command as it is spoken of: its name, and the first arguments that are no flags.
func named(c Command) string {
	name := c.Name
	for _, arg := range c.Args {
		if strings.HasPrefix(arg, "--") {
			break
		}
		if !strings.HasPrefix(arg, "-") {
			name += " " + arg
		}
	}
	return name
}

func (d *Deployment) run(ctx context.Context, c Command) error {
	if d.Run != nil {
		return d.Run(ctx, c)
	}
	return Execute(ctx, c)
}
