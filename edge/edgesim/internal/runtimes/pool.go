package runtimes

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
)

// A Config says what to run. Its fields are those of edgesim.Package, which documents them.
type Config struct {
	Path    string
	Handler string

	Runtime     string
	Interpreter string

	Timeout     time.Duration
	InitTimeout time.Duration
	Processes   int
	Log         io.Writer
}

// A Pool is a package that is ready to run, with the processes that run it. It is safe for concurrent use.
type Pool struct {
	runtime runtime
	config  lambdahost.Config
	temp    string
	slots   chan struct{} // holds a value for each event that is worked on
	closing sync.Once

	mu   sync.Mutex
	all  []*lambdahost.Host
	idle []*lambdahost.Host // the one that was used last is used next, as it is warm
}

// Open unpacks the package and finds out how to run it; a process starts with the first event.
func Open(c Config) (*Pool, error) { return openWith(c, find) }

// openWith is Open with the function that finds the interpreter.
func openWith(c Config, find finder) (*Pool, error) {
	temp, err := os.MkdirTemp("", "edgesim-package-")
	if err != nil {
		return nil, fmt.Errorf("edgesim: package: %w", err)
	}
	p := &Pool{temp: temp}
	if err := p.open(c, find); err != nil {
		p.Close()
		return nil, fmt.Errorf("edgesim: package %s: %w", c.Path, err)
	}
	return p, nil
}

func (p *Pool) open(c Config, find finder) error {
	dir, err := unpack(c.Path, p.temp)
	if err != nil {
		return err
	}
	l, err := prepare(c, find, dir, p.temp, cmp.Or(c.Handler, "index.handler"))
	if err != nil {
		return err
	}
	log := shared(c.Log)
	if l.warning != "" && log != nil {
		fmt.Fprintf(log, "edgesim: package %s: %s\n", c.Path, l.warning)
	}
	p.runtime = l.runtime
	p.config = lambdahost.Config{Command: l.command, Dir: dir, Env: l.env, Timeout: c.Timeout, InitTimeout: c.InitTimeout,
		FunctionName: functionName(c.Path), Channel: l.runtime.family != bootstrap, Stdout: log, Stderr: log}
	p.slots = make(chan struct{}, max(1, cmp.Or(c.Processes, 4)))
	return nil
}

// functionName is the package's name, with what a function's name in Lambda cannot have made a hyphen (CreateFunction, FunctionName).
func functionName(path string) string {
	return regexp.MustCompile(`[^\w-]+`).ReplaceAllString(strings.TrimSuffix(filepath.Base(path), ".zip"), "-")
}

// unpack returns the folder with the package's files: the package itself if it is one, or one below temp.
func unpack(path, temp string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		return path, err
	}
	dir := filepath.Join(temp, "task")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return "", err
	}
	return dir, lambdahost.Unpack(path, dir)
}

// Runtime is the identifier of the runtime whose rules hold, "nodejs22.x" for instance, or "bootstrap".
func (p *Pool) Runtime() string { return p.runtime.String() }

// Limit is how long an event takes at most when a process is free for it: the start of one, and the invocation.
func (p *Pool) Limit() time.Duration { return p.config.Limit() }

// Invoke gives the event to a process that is free, or to a new one.
func (p *Pool) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	if err := p.wait(ctx); err != nil {
		return nil, err
	}
	defer func() { <-p.slots }()
	host := p.take()
	defer p.give(host)
	return host.Invoke(ctx, event)
}

// Load starts a process, unless one runs, and waits until it asks for an event.
func (p *Pool) Load(ctx context.Context) error {
	if err := p.wait(ctx); err != nil {
		return err
	}
	defer func() { <-p.slots }()
	host := p.take()
	defer p.give(host)
	return host.Start(ctx)
}

// wait waits until one more event may be worked on, no longer than an event takes.
func (p *Pool) wait(ctx context.Context) error {
	select {
	case p.slots <- struct{}{}:
		return nil
	default:
	}
	patience := time.NewTimer(p.Limit())
	defer patience.Stop()
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-patience.C:
		return fmt.Errorf("each of the function's %d processes was busy for %v", cap(p.slots), p.Limit())
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *Pool) take() *lambdahost.Host {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.idle); n > 0 {
		host := p.idle[n-1]
		p.idle = p.idle[:n-1]
		return host
	}
	host := lambdahost.New(p.config)
	p.all = append(p.all, host)
	return host
}

func (p *Pool) give(host *lambdahost.Host) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, host)
}

// Starts is how many processes were started so far.
func (p *Pool) Starts() (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, host := range p.all {
		n += host.Starts()
	}
	return n
}

// Close ends the processes and removes what was unpacked.
func (p *Pool) Close() error {
	var errs []error
	p.closing.Do(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, host := range p.all {
			errs = append(errs, host.Close())
		}
		errs = append(errs, os.RemoveAll(p.temp))
	})
	return errors.Join(errs...)
}
