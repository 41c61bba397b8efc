package main

import (
	"bytes"
	"sync"
)

// A buffer keeps what the demo prints while it runs. It closes banner when the banner is complete.
type buffer struct {
	banner chan struct{}

	mu   sync.Mutex
	text bytes.Buffer
	said bool
}

func newBuffer() *buffer { return &buffer{banner: make(chan struct{})} }

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.said && bytes.Contains(p, []byte("Ctrl-C")) {
		b.said = true
		close(b.banner)
	}
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
