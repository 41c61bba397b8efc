package console_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/console"
)

// traceOf is a trace whose events have a size.
func traceOf(id string, event int) *edgesim.Trace {
	return &edgesim.Trace{ID: id, Viewer: edgesim.ViewerRequest{Method: "GET", Target: "/" + id}, Status: 200, Stages: []edgesim.Stage{
		{Name: edgesim.StageViewerRequest, Function: "f", Input: edgesim.Payload(strings.Repeat("x", event)), Notes: []string{"passed on"}},
	}}
}

func TestBoundedByCount(t *testing.T) {
	t.Parallel()
	c := &console.Console{Requests: 10}
	b := newBench(t, c)
	for i := range 1000 {
		c.Observe(traceOf(fmt.Sprint(i), 100))
	}
	if n, bytes := c.Kept(); n != 10 || bytes > 20000 {
		t.Errorf("%d requests in %d bytes are kept; want 10", n, bytes)
	}
	if status, _ := b.get("/api/trace?id=999"); status != 200 {
		t.Errorf("the newest: %d", status)
	}
	if status, body := b.get("/api/trace?id=989"); status != 404 || !strings.Contains(body, "no longer kept") {
		t.Errorf("one too old: %d, %s", status, body)
	}
}

func TestBoundedByBytes(t *testing.T) {
	t.Parallel()
	const most = 100_000
	c := &console.Console{Bytes: most}
	b := newBench(t, c)
	for i := range 200 {
		c.Observe(traceOf(fmt.Sprint(i), 10_000))
		if n, bytes := c.Kept(); bytes > most || n == 0 {
			t.Fatalf("%d requests in %d bytes; want at most %d", n, bytes, most)
		}
	}
	if n, _ := c.Kept(); n < 5 {
		t.Errorf("%d requests are kept; there is room for more", n)
	}
	// One that is larger than all that may be kept is there without its events, and says so.
	c.Observe(traceOf("large", 2*most))
	got := b.trace("large")
	if len(got.Stages[0].Input) > 4 || !strings.Contains(strings.Join(got.Stages[0].Notes, " "), "too large to be kept") {
		t.Errorf("stage: %+v", got.Stages[0])
	}
	if _, bytes := c.Kept(); bytes > most {
		t.Errorf("%d bytes are kept", bytes)
	}
	// One that is too large even so has its line, and nothing else.
	huge := traceOf("huge", 0)
	huge.Viewer.Target = "/" + strings.Repeat("x", 2*most)
	c.Observe(huge)
	if n, bytes := c.Kept(); n == 0 || bytes > most {
		t.Errorf("%d requests in %d bytes", n, bytes)
	}
	if status, _ := b.get("/api/trace?id=huge"); status != 404 {
		t.Errorf("huge: %d", status)
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	c := &console.Console{Requests: 20}
	b := newBench(t, c)
	var group sync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			for i := range 20 {
				id := b.view(fmt.Sprintf("/page.html?%d-%d", g, i)).ID
				b.get("/api/trace?id=" + id)
				if i%10 == 0 {
					b.call("clear", "{}", nil)
				}
			}
		})
	}
	group.Wait()
	if n, _ := c.Kept(); n > 20 {
		t.Errorf("%d requests are kept", n)
	}
}

// Keeping a request must not slow the simulator down much.
func BenchmarkObserve(b *testing.B) {
	c := &console.Console{}
	trace := traceOf("a", 0)
	trace.Stages[0].Input = edgesim.Payload(`{"Records":[` + strings.Repeat(`{"a":"b"},`, 300) + `{}]}`)
	if !json.Valid(trace.Stages[0].Input) {
		b.Fatal("the event is no JSON")
	}
	b.ReportAllocs()
	for b.Loop() {
		c.Observe(trace)
	}
}
