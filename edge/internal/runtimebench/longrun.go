package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"
)

// longRun lets edge.Start serve many invocations, and judges what became of them.
func longRun(ctx context.Context, dir string, total int, seed uint64, faults bool) error {
	program := filepath.Join(dir, "longrun")
	if err := run(".", "go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, "./edge/internal/runtimebench/testdata/longrun"); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	a := &api{listener: listener, total: total}
	if faults {
		a.random = rand.New(rand.NewPCG(seed, seed))
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	p := &keeper{program: program, address: listener.Addr().String()}
	kept := make(chan error, 1)
	go func() {
		err := p.keep(ctx)
		listener.Close() // ends serve when no process is left to ask
		kept <- err
	}()
	begun := time.Now()
	err = a.watch(p)
	cancel()
	if keptErr := <-kept; keptErr != nil {
		err = errors.Join(keptErr, err)
	}
	took := time.Since(begun)
	fmt.Printf("%d invocations in %v (%.1f us each), %d processes\n", a.number, took.Round(time.Second), us(took)/float64(a.number), p.starts)
	fmt.Printf("served %d, failed %d, panicked %d, in all %d\n", a.account.served, a.account.failed, a.account.panicked, a.account.served+a.account.failed+a.account.panicked)
	fmt.Printf("lost %d, wrong %d, second answers refused %d\n", a.account.lost, a.account.wrong, a.account.refused)
	for f, n := range a.account.faults {
		fmt.Printf("  %-14s %d\n", faultNames[f], n)
	}
	return errors.Join(err, a.judge())
}

// judge is the error of a run in which not every invocation was answered exactly once with its own answer.
func (a *api) judge() error {
	c := a.account
	if sum := c.served + c.failed + c.panicked; sum != a.total || c.lost > 0 || c.wrong > 0 {
		return fmt.Errorf("%d invocations, %d answers, %d lost, %d wrong", a.total, sum, c.lost, c.wrong)
	}
	// The API refuses a second answer, as Lambda's does. One may be sent only after a reset, when nobody can know.
	if c.refused > c.faults[resetBefore] {
		return fmt.Errorf("%d second answers, and only %d resets", c.refused, c.faults[resetBefore])
	}
	return nil
}

// watch serves, and prints now and then how large the process is. Without faults it is one process, and must not grow.
func (a *api) watch(p *keeper) error {
	served := make(chan error, 1)
	go func() { served <- a.serve() }()
	ticker := time.NewTicker(5 * time.Second)
	defer ticker.Stop()
	var first, last sample
	for {
		select {
		case err := <-served:
			if err == nil && a.random == nil && first.memory > 0 && (last.memory > first.memory+1024 || last.files > first.files) {
				err = fmt.Errorf("the process grew from %v to %v", first, last)
			}
			return err
		case <-ticker.C:
			s, err := p.sample()
			if err != nil {
				continue // between two processes
			}
			if first.memory == 0 {
				first = s
			}
			last = s
			fmt.Fprintf(os.Stderr, "%v\n", s)
		}
	}
}

// A sample is how large a process is.
type sample struct{ memory, files int }

func (s sample) String() string { return fmt.Sprintf("%d kB, %d descriptors", s.memory, s.files) }

// A keeper keeps a process of the program running, as Lambda does.
type keeper struct {
	program, address string
	starts           int

	mu  sync.Mutex
	pid int
}

// keep starts a process whenever the last one has ended, until ctx ends.
func (k *keeper) keep(ctx context.Context) error {
	for ctx.Err() == nil {
		c := exec.CommandContext(ctx, k.program)
		c.Env = []string{"AWS_LAMBDA_RUNTIME_API=" + k.address, "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=128"}
		c.Stderr = io.Discard
		if err := c.Start(); err != nil {
			return err
		}
		k.starts++
		k.mu.Lock()
		k.pid = c.Process.Pid
		k.mu.Unlock()
		c.Wait() // how it ended shows in the account
	}
	return nil
}

func (k *keeper) sample() (s sample, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if s.memory, err = status(k.pid, "VmRSS"); err != nil {
		return s, err
	}
	s.files, err = descriptors(k.pid)
	return s, err
}
