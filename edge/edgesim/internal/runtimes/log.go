package runtimes

import (
	"io"
	"os"
	"sync"
)

// shared makes a writer fit for several processes at once. A file is so by itself, and is given to the processes as it is.
func shared(w io.Writer) io.Writer {
	if _, file := w.(*os.File); file || w == nil {
		return w
	}
	return &locked{w: w}
}

type locked struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *locked) Write(data []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(data)
}
