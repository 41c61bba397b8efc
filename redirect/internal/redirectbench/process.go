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

// process is one that is asked in lines of JSON, and answers so.
type process struct {
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout *json.Decoder
}

// startProcess starts a command.
func startProcess(ctx context.Context, command ...string) (*process, error) {
	c := exec.CommandContext(ctx, command[0], command[1:]...)
	c.Stderr = os.Stderr
	in, errIn := c.StdinPipe()
	out, errOut := c.StdoutPipe()
	if err := errors.Join(errIn, errOut); err != nil {
		return nil, err
	}
	return &process{c, in, json.NewDecoder(out)}, c.Start()
}

// exchange sends a question and reads the answer.
func (p *process) exchange(question, answer any) error {
	err := json.NewEncoder(p.stdin).Encode(question)
	if err == nil {
		err = p.stdout.Decode(answer)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", p.cmd.Args[0], err)
	}
	return nil
}

// Close ends the process.
func (p *process) Close() error { return errors.Join(p.stdin.Close(), p.cmd.Wait()) }
