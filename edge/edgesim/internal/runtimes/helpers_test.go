package runtimes_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/runtimes"
	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
)

// long is more than anything takes on a busy machine.
const long = time.Minute

// require skips a test when a program is missing, unless everything is to be tested.
func require(t testing.TB, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
			t.Fatalf("%s is not installed", program)
		}
		t.Skipf("%s is not installed", program)
	}
}

// write makes a folder of the files.
func write(t testing.TB, f files) string {
	t.Helper()
	temp, err := filepath.EvalSymlinks(t.TempDir()) // as Node.js names it
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(temp, "function")
	for name, content := range f {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(content), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// openOnce opens a package for one process with an interpreter that was asked before.
func openOnce(t testing.TB, c runtimes.Config, asked runtimes.Interpreter) *runtimes.Pool {
	t.Helper()
	c.Processes, c.InitTimeout, c.Log = 1, long, t.Output()
	p, err := runtimes.OpenOnce(c, asked)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

// An invoker is our pool, or a host that runs one of AWS's clients.
type invoker interface {
	Invoke(ctx context.Context, event []byte) ([]byte, error)
}

// fromClient is how Node.js names a client that imports a module.
var fromClient = regexp.MustCompile(`imported from /\S+/(runtime|aws-lambda-ric)/\S+`)

// outcome is what becomes of an event, as the tables have it: an answer, or an error's kind, type and message without the folder's name
// and without what Node.js adds on further lines.
func outcome(t *testing.T, i invoker, event, dir string) string {
	t.Helper()
	answer, err := i.Invoke(t.Context(), []byte(event))
	if failed := (*lambdahost.Error)(nil); errors.As(err, &failed) {
		message, _, _ := strings.Cut(failed.Message, "\n")
		message = fromClient.ReplaceAllString(strings.ReplaceAll(message, dir, "DIR"), "imported from CLIENT")
		return failed.Kind.String() + ": " + failed.Type + ": " + message
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(answer) > 1000 {
		t.Errorf("an answer of %d bytes", len(answer))
	}
	return string(answer)
}

// compare sends the event of the tables, and where the process goes on sends it again: what the process keeps must not change the outcome.
func compare(t *testing.T, i invoker, dir, want string) {
	t.Helper()
	got := outcome(t, i, hello, dir)
	if got == want && (strings.HasPrefix(want, "reported") || !strings.Contains(want, ": ")) {
		got = outcome(t, i, hello, dir)
	}
	if got != want {
		t.Errorf("event 1: got  %q\n\t\twant %q", got, want)
	}
}

// timeout is short where it is waited for.
func timeout(want string) time.Duration {
	if want == timedOut {
		return 500 * time.Millisecond
	}
	return long
}
