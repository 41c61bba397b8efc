package cffunction

import (
	"bufio"
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// host is the program that Node.js runs.
//
//go:embed host.mjs
var host string

// maxAnswer is the longest line that a process may answer with. A function has 2 MB of memory at CloudFront
// (cloudfront-limits.html).
const maxAnswer = 4 << 20

// startTime is how long a process has to start and to compile the function.
const startTime = 10 * time.Second

// A Program is a function and how it is run.
type Program struct {
	Source, File string // File is how errors call the source
	Version      int    // 1 or 2, of cloudfront-js
	Node         string // the program
	Timeout      time.Duration
	Store        *Store // nil: none
}

// A Process runs a program in a process of its own, one run at a time. It is safe for concurrent use.
type Process struct {
	program  Program
	settings []byte // the first line
	warnings []string

	mu     sync.Mutex
	child  *child // nil: none runs
	starts int
	closed bool
}

// A Result is what a run gave.
type Result struct {
	Answer  string // JSON
	Changes string // JSON: what the function asked for of the origin
	Logs    []string
	Err     string // why there is no answer
}

// Start starts the process. The error says why the function cannot run.
func Start(p Program) (*Process, error) {
	settings := map[string]any{"source": p.Source, "file": p.File, "version": p.Version}
	if s := p.Store; s != nil {
		const layout = "2006-01-02T15:04:05.000Z"
		at := s.Updated.UTC().Format(layout)
		settings["pairs"], settings["store"], settings["created"], settings["updated"] = s.Pairs, s.ID, at, at
	}
	line, err := json.Marshal(settings)
	if err != nil {
		return nil, err
	}
	process := &Process{program: p, settings: append(line, '\n')}
	process.child, err = process.launch()
	return process, err
}

// Warnings names what the source uses that CloudFront may not have.
func (p *Process) Warnings() []string { return p.warnings }

// Starts is how many processes were started so far.
func (p *Process) Starts() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.starts
}

var errClosed = errors.New("the function is closed")

// Run gives the process a line, with its line feed. The error is the process's own: that it ended, or did not answer in
// time. Then the next Run starts a new one.
func (p *Process) Run(line []byte) (Result, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return Result{}, errClosed
	}
	if p.child == nil {
		c, err := p.launch()
		if err != nil {
			return Result{}, err
		}
		p.child = c
	}
	out, err := p.child.ask(line, p.program.Timeout)
	if err != nil {
		p.child = nil
		return Result{}, err
	}
	return parseResult(out)
}

// Close ends the process.
func (p *Process) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	if p.child != nil {
		p.child.stop()
		p.child = nil
	}
	return nil
}

// launch starts a child and gives it the program.
func (p *Process) launch() (*child, error) {
	c, err := newChild(p.program.Node)
	if err != nil {
		return nil, err
	}
	p.starts++
	out, err := c.ask(p.settings, startTime)
	if err != nil {
		return nil, err
	}
	var first struct {
		Error    string   `json:"error"`
		Warnings []string `json:"warnings"`
	}
	if err = json.Unmarshal(out, &first); err == nil && first.Error != "" {
		err = errors.New(first.Error)
	}
	if err != nil {
		c.stop()
		return nil, err
	}
	p.warnings = first.Warnings
	return c, nil
}

// A child is a running process.
type child struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr complaint
}

func newChild(node string) (*child, error) {
	// The flag opens the way to Node.js's own parser, with which the source is reviewed; a small heap is enough for a
	// function.
	c := &child{cmd: exec.Command(node, "--expose-internals", "--no-warnings", "--max-old-space-size=64", "--input-type=module", "--eval", host)}
	c.cmd.Env = append(os.Environ(), "NODE_OPTIONS=")
	c.cmd.Stderr = &c.stderr
	in, err := c.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.in, c.out = in, bufio.NewReaderSize(out, 16<<10)
	err = c.cmd.Start()
	if errors.Is(err, exec.ErrNotFound) || errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: CloudFront Functions run in Node.js; install it, or say in Node where it is", err)
	}
	return c, err
}

// ask writes a line and reads the one that answers it. A child that takes longer than limit is killed; after any error
// it is gone.
func (c *child) ask(line []byte, limit time.Duration) ([]byte, error) {
	timer := time.AfterFunc(limit, func() { c.cmd.Process.Kill() })
	_, err := c.in.Write(line)
	var out []byte
	if err == nil {
		out, err = c.readLine()
	}
	inTime := timer.Stop()
	if err == nil && inTime {
		return out, nil
	}
	c.stop()
	text := c.stderr.String()
	switch {
	case !inTime:
		return nil, fmt.Errorf("no answer within %v", limit)
	case text != "":
		return nil, fmt.Errorf("the process ended: %s", text)
	}
	return nil, fmt.Errorf("the process ended: %w", err)
}

// readLine reads a line; it is good until the next one is read.
func (c *child) readLine() ([]byte, error) {
	part, err := c.out.ReadSlice('\n')
	if err == nil {
		return part, nil
	}
	line := bytes.Clone(part)
	for errors.Is(err, bufio.ErrBufferFull) && len(line) <= maxAnswer {
		part, err = c.out.ReadSlice('\n')
		line = append(line, part...)
	}
	if err == bufio.ErrBufferFull {
		return nil, fmt.Errorf("an answer of more than %d bytes", maxAnswer)
	}
	return line, err
}

// stop ends the process and waits for its end.
func (c *child) stop() {
	c.in.Close()
	c.cmd.Process.Kill()
	c.cmd.Wait()
}

// A complaint keeps the beginning of what a process says on standard error.
type complaint struct{ text []byte }

func (c *complaint) Write(b []byte) (int, error) {
	const most = 2 << 10
	c.text = append(c.text, b[:min(len(b), most-len(c.text))]...)
	return len(b), nil
}

// String is the reason that V8 gives for its end, or all that was said.
func (c *complaint) String() string {
	for line := range strings.Lines(string(c.text)) {
		if _, reason, found := strings.Cut(line, "FATAL ERROR: "); found {
			return strings.TrimSpace(reason)
		}
	}
	return strings.TrimSpace(string(c.text))
}

// parseResult reads the line of a run.
func parseResult(line []byte) (Result, error) {
	var r Result
	var s jsontext.Scanner
	s.Init(string(line))
	for m := s.Object(); m.Next(); {
		switch m.Name {
		case "answer":
			r.Answer = s.Raw()
		case "changes":
			r.Changes = s.Raw()
		case "error":
			r.Err = s.String()
		case "logs":
			for e := s.Array(); e.Next(); {
				r.Logs = append(r.Logs, s.String())
			}
		}
	}
	s.End()
	if s.Err() != nil {
		return Result{}, fmt.Errorf("the process answered %.100q: %w", line, s.Err())
	}
	return r, nil
}
