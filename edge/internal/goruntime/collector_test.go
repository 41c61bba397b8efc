package goruntime

import (
	"runtime"
	"runtime/debug"
	"testing"
)

// collections returns how often a collector collects while a function with so much on its heap answers n invocations, each of which leaves
// garbage behind.
func collections(live, garbage, n int) uint32 {
	heap := make([]byte, live)
	runtime.GC()
	var c Collector
	c.Begin()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range n {
		leave(garbage)
		c.Answered()
	}
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(heap)
	return after.NumGC - before.NumGC
}

// leave leaves so many bytes of garbage behind.
//
//go:noinline
func leave(garbage int) { runtime.KeepAlive(make([]byte, garbage)) }

// Not parallel: the collector is the process's.
func TestCollector(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // the runtime begins none by itself
	tests := []struct {
		name, reason           string
		live, garbage, answers int
		want                   uint32
	}{
		{"small-heap", "2 MB for 64 invocations are more than a quarter of what a test has", 0, 32 << 10, 10 * invocationsPerLook, 10},
		{"before-the-look", "no look before 64", 0, 32 << 10, invocationsPerLook - 1, 0},
		{"large-heap", "256 KB for 64 invocations are not a quarter of 64 MB", 64 << 20, 4 << 10, 10 * invocationsPerLook, 0},
		{"large-heap-grown", "a quarter of 64 MB after 16 looks or 17, and again", 64 << 20, 16 << 10, 40 * invocationsPerLook, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := collections(tt.live, tt.garbage, tt.answers); got != tt.want {
				t.Errorf("got %d collections; want %d: %s", got, tt.want, tt.reason)
			}
		})
	}
	t.Run("off", func(t *testing.T) {
		c := new(Collector)
		for range 2 * invocationsPerLook {
			c.Answered()
		}
		if c.stats.NumGC != 0 || c.live != 0 {
			t.Error("it has looked at the heap before it began")
		}
	})
	t.Run("by-runtime", func(t *testing.T) {
		c := new(Collector)
		c.Begin()
		for i := range invocationsPerLook {
			leave(4 << 10)
			if i == 10 {
				runtime.GC() // as the runtime does when the heap fills fast
			}
			c.Answered()
		}
		var after runtime.MemStats
		runtime.ReadMemStats(&after)
		if after.NumGC != c.cycles {
			t.Errorf("%d collections besides the runtime's own; want none", after.NumGC-c.cycles)
		}
	})
}
