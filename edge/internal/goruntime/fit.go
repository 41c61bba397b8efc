// Package goruntime fits the Go runtime to a Lambda function: how many processors it uses, when its garbage collector runs, how much memory it takes.
// It knows nothing of events or of the Runtime API.
package goruntime

import (
	"math"
	"runtime"
	"runtime/debug"
	"strconv"
)

// The settings for the Go runtime. docs/benchmarks.md has the measurements.
const (
	// Up to this size a function has at most one processor's worth of time; the next begins beyond
	// (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html). Go sees two processors all the same, and with
	// GOMAXPROCS=2 it wakes a second thread for nothing: a quarter more processor time for each invocation.
	memoryPerProcessorMB = 1769

	// The collector starts when the heap has grown to 4 MB times this percentage, however small the live part is. At Go's 100 the process takes 3 MB
	// more and is not measurably faster. Below 25 it takes no less: between two collections the runtime leaves room for 1 MB in any case. A
	// [Collector] comes before that as a rule.
	collectorPercent = 25

	// Of the function's memory, what Go may use before the collector works harder. The rest is for what Go does not count: the program's
	// file, the kernel's buffers. Beyond its memory Lambda kills a process.
	memoryLimitPercent = 75
)

// Fit fits the Go runtime to a function of this many megabytes, given as Lambda's environment gives it.
// What the program has set itself stays. It reports whether the collector's percentage is ours.
func Fit(memoryMB string) (collect bool) {
	mb, err := strconv.Atoi(memoryMB)
	if err != nil || mb <= 0 {
		mb = 128 // Lambda's least
	}
	if processors := (mb + memoryPerProcessorMB - 1) / memoryPerProcessorMB; runtime.GOMAXPROCS(0) == runtime.NumCPU() && processors < runtime.NumCPU() {
		runtime.GOMAXPROCS(processors)
	}
	before := debug.SetGCPercent(collectorPercent)
	if collect = before == 100; !collect {
		debug.SetGCPercent(before)
	}
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		debug.SetMemoryLimit(int64(mb) << 20 / 100 * memoryLimitPercent)
	}
	return collect
}
