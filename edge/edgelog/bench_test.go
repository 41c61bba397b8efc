package edgelog_test

import (
	"context"
	"io"
	"runtime"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgelog"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// measured are what costs a line, with the allocations that it may take.
func measured() map[string]struct {
	run    func()
	allocs float64
} {
	log := &edgelog.Logger{Output: io.Discard, Metrics: "Shop"}
	quiet := &edgelog.Logger{Output: io.Discard, Level: edgelog.Error}
	pass := func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return r, nil }
	r := edgetest.NewRequest(edge.ViewerRequest, "GET", "/")
	ctx := lambdaContext(context.Background())
	call := edgelog.ContextWithCall(ctx, r)
	logged, unlogged := log.Request(pass), quiet.Request(pass)
	return map[string]struct {
		run    func()
		allocs float64
	}{
		"request": {func() { logged(ctx, r) }, 1}, // the context of the handler
		"quiet":   {func() { unlogged(ctx, r) }, 1},
		"log": {func() {
			log.Log(call, edgelog.Info, "chosen", edgelog.String("variant", "b"), edgelog.Milliseconds("d", time.Millisecond))
		}, 0},
	}
}

func TestAllocations(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("what asks the system allocates more on Windows")
	}
	for name, m := range measured() {
		if got := testing.AllocsPerRun(100, m.run); got > m.allocs {
			t.Errorf("%s: %v allocations, want at most %v", name, got, m.allocs)
		}
	}
}

func BenchmarkLine(b *testing.B) {
	for name, m := range measured() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.run()
			}
		})
	}
}
