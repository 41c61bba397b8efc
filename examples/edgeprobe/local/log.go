package local

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/probe"
)

// A Log keeps the last lines that the functions of a distribution of the simulator wrote.
type Log struct {
	mu    sync.Mutex
	lines []string
}

// maxLines is more than one run of the probe has.
const maxLines = 1 << 14

// Write takes whole lines, as edgesim.Package writes them.
func (l *Log) Write(text []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for line := range bytes.Lines(text) {
		l.lines = append(l.lines, string(bytes.TrimSpace(line)))
	}
	if len(l.lines) > maxLines {
		l.lines = slices.Clone(l.lines[len(l.lines)-maxLines/2:])
	}
	return len(text), nil
}

// Lines are those with a text in them, in the order in which they came. All functions have one log.
func (l *Log) Lines(_ context.Context, _, containing string) (found []probe.LogLine, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, line := range l.lines {
		if strings.Contains(line, containing) {
			found = append(found, probe.LogLine{Text: line})
		}
	}
	return found, nil
}
