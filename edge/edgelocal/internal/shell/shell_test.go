//go:build unix

package shell_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/shell"
)

func TestRun(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, line string
		said       []string
		err        string
	}{
		{"ends-well", "echo one; echo two >&2", []string{"one", "two"}, ""},
		{"no-last-newline", "printf half", []string{"half"}, ""},
		{"fails", "echo broken; exit 3", []string{"broken"}, "it ended with exit status 3"},
		{"unknown", "no-such-command-here 2>/dev/null", nil, "it ended with exit status 127"},
		{"killed", "kill -9 $$", nil, "it ended with signal: killed"},
		{"long-line", "printf '%05000d' 0", []string{strings.Repeat("0", 4096), strings.Repeat("0", 904)}, ""},
		{"leaves-something", "sleep 30 & echo done", []string{"done"}, ""}, // which holds the output open
		{"folder", "basename $PWD", []string{"here"}, ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "here")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			var said []string
			err := shell.Command{Line: tc.line, Dir: dir, Say: func(line string) { said = append(said, line) }}.Run(t.Context())
			text := ""
			if err != nil {
				text = err.Error()
			}
			if diff := cmp.Diff([]any{tc.said, tc.err}, []any{said, text}); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// What a command has started ends with it.
func TestEndsWithContext(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("there is no /proc to see the process in")
	}
	ctx, cancel := context.WithCancel(t.Context())
	started := make(chan string, 1)
	ended := shell.Command{Line: "sleep 300 & echo $!; wait", Say: func(line string) { started <- line }}.Start(ctx)
	child := <-started
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that the context ended", err)
	}
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		stat, err := os.ReadFile("/proc/" + child + "/stat")
		if err != nil || strings.Contains(string(stat), ") Z ") {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the process %s goes on", child)
		}
	}
}
