package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// asked is a process that is asked in lines of JSON, and answers so.
type asked struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *json.Decoder
}

// ask starts a command.
func ask(ctx context.Context, command ...string) (*asked, error) {
	c := exec.CommandContext(ctx, command[0], command[1:]...)
	c.Stderr = os.Stderr
	in, errIn := c.StdinPipe()
	out, errOut := c.StdoutPipe()
	if err := errors.Join(errIn, errOut); err != nil {
		return nil, err
	}
	return &asked{c, in, json.NewDecoder(out)}, c.Start()
}

// answer asks a question and reads the answer.
func (a *asked) answer(question, answer any) error {
	err := json.NewEncoder(a.in).Encode(question)
	if err == nil {
		err = a.out.Decode(answer)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", a.cmd.Args[0], err)
	}
	return nil
}

// Close ends the process.
func (a *asked) Close() error { return errors.Join(a.in.Close(), a.cmd.Wait()) }
