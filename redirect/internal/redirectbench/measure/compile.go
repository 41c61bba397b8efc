package main

import (
	"encoding/json"
	"errors"
	"iter"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/internal/workload"
)

// A preparer returns what compiles rules.
type preparer func(iter.Seq[redirect.Rule]) func() (*redirect.Table, error)

// compileSlice returns what compiles all rules from a slice, which is there before.
func compileSlice(rules iter.Seq[redirect.Rule]) func() (*redirect.Table, error) {
	var c redirect.Config
	for r := range rules {
		c.Rules = append(c.Rules, r)
	}
	return func() (*redirect.Table, error) { return redirect.Compile(c) }
}

// measureCompile compiles the rules of a file. Time, memory and allocations are those
// of the compiler alone: what it is given is there before.
func measureCompile(name, from, to string, prepare preparer, out *json.Encoder) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	rules := workload.Read(string(text))
	compile := prepare(rules)
	debug.FreeOSMemory()
	// 5 sets the peak to what the process has now (proc_pid_clear_refs(5)).
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		return err
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	resident, begun := status("VmRSS"), cpuTime()
	table, err := compile()
	ended, peak := cpuTime(), status("VmHWM")
	if err != nil {
		return err
	}
	runtime.ReadMemStats(&after)
	form, err := table.MarshalBinary()
	if err != nil {
		return err
	}
	n := float64(strings.Count(string(text), "\n"))
	runtime.KeepAlive(compile)
	r := row{
		Name:   name,
		Time:   (ended - begun) / n,
		Allocs: float64(after.Mallocs-before.Mallocs) / n,
		Memory: (peak - resident) / n,
		Form:   float64(len(form)) / n,
	}
	return errors.Join(out.Encode(r), os.WriteFile(to, form, 0o666))
}

// cpuTime returns the processor time that the process has had so far, in nanoseconds.
func cpuTime() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // it takes no argument that could be wrong
	}
	return float64(u.Utime.Nano() + u.Stime.Nano())
}

// status returns a number of bytes in /proc/self/status: VmRSS is what the process
// has, VmHWM the most that it has had.
func status(name string) float64 {
	text, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			kB, _ := strconv.Atoi(strings.Fields(value)[0])
			return float64(kB) * 1024
		}
	}
	return 0
}
