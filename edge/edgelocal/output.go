package main

import (
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
)

// An output is a stream on which nothing that a terminal would take for a command is written: what functions print, and what stands in
// files, may quote what a viewer sent. It is safe for concurrent use.
type output struct {
	mu sync.Mutex
	w  io.Writer
}

func (o *output) print(format string, args ...any) {
	fmt.Fprintf(o, format, args...)
}

// Write implements io.Writer.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, err := io.WriteString(o.w, edgecli.Printable(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// An opening keeps what is said while a function's code is opened; what its processes print later goes through.
type opening struct {
	mu   sync.Mutex
	w    io.Writer
	said strings.Builder
	over bool
}

func (o *opening) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.over {
		return o.w.Write(p)
	}
	return o.said.Write(p)
}

// end is what was said.
func (o *opening) end() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.over = true
	return strings.TrimSpace(o.said.String())
}
