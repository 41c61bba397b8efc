package edgelog_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgelog"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
)

// The test binary is the function's program too, with this variable set.
const programVariable = "EDGELOG_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(programVariable) != "" {
		log := &edgelog.Logger{}
		edge.Start(&edge.Function{OriginRequest: log.Request(func(context.Context, *edge.Request) (edge.Outcome, error) { panic("boom") })})
	}
	os.Exit(m.Run())
}

// TestStart: under Start a line goes to standard output, with what Lambda says of the invocation. After a panic Start's report
// goes to standard error, with the stack from the handler on: the line has not disturbed it.
func TestStart(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Start is for Linux: the report of a panic is another text here")
	}
	event, err := fs.ReadFile(edgetest.Events(), "origin-request-custom.json")
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	host := lambdahost.New(lambdahost.Config{
		Command: []string{os.Args[0]}, Env: []string{programVariable + "=1"}, Timeout: 30 * time.Second, Stdout: &stdout, Stderr: &stderr,
	})
	if _, err := host.Invoke(t.Context(), event); err == nil {
		t.Error("got no error from a function that panics")
	}
	host.Close() // waits for the process, and so for what it writes

	var line struct {
		Message, RequestID, Trigger, Region, TraceID string
		DurationMs                                   float64
	}
	var report struct {
		ErrorMessage string
		StackTrace   []struct{ Label string }
	}
	if err := json.Unmarshal(stdout.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	// The first line: in a second one Start says why it ends, if the host has not ended the process before.
	if err := json.NewDecoder(&stderr).Decode(&report); err != nil {
		t.Fatal(err)
	}
	if len(line.RequestID) != 36 || len(line.TraceID) != 35 {
		t.Errorf("got the request id %q and the trace id %q; want Lambda's", line.RequestID, line.TraceID)
	}
	got := []string{line.Message, line.Trigger, line.Region, report.ErrorMessage, report.StackTrace[0].Label}
	if diff := cmp.Diff([]string{"panicked", "origin-request", "us-east-1", "boom", "TestMain.func1"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
