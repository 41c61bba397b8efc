package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
	"github.com/edgehelpers/lambdaedge/testdata"
)

const (
	eventFile = "viewer-request-demo-index-query.json"
	warmUp    = 500 // invocations before the measured ones: JavaScript is compiled in them
)

// A result has one measurement of a kind for each round, or each start.
type result struct {
	cpu, median, p99, start []time.Duration
	memory                  []int // kB
}

func table(ctx context.Context, dir string, invocations, rounds, starts int) error {
	list, err := subjects(dir)
	if err != nil {
		return err
	}
	event, err := fs.ReadFile(testdata.Events, eventFile)
	if err != nil {
		return err
	}
	results := make([]result, len(list))
	for round := range max(rounds, starts) {
		for i, s := range list {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			n := 0
			if round < rounds && !s.startOnly {
				n = invocations
			}
			if err := measure(ctx, s, event, n, 0, &results[i]); err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
		}
		fmt.Fprintf(os.Stderr, "round %d of %d\n", round+1, max(rounds, starts))
	}
	print(list, results, invocations, rounds, max(rounds, starts), len(event))
	return nil
}

// measure starts the subject, and lets it serve n invocations with a pause before each.
func measure(ctx context.Context, s subject, event []byte, n int, pause time.Duration, r *result) error {
	host := lambdahost.New(lambdahost.Config{Command: s.command, Dir: s.dir, Timeout: time.Minute, InitTimeout: time.Minute, Stderr: os.Stderr})
	defer host.Close()
	begun := time.Now()
	if err := host.Start(ctx); err != nil {
		return err
	}
	r.start = append(r.start, time.Since(begun))
	if n == 0 {
		return nil
	}
	walls := make([]time.Duration, 0, n)
	var before time.Duration
	for i := range warmUp + n {
		if pause > 0 && i >= warmUp {
			time.Sleep(pause)
		}
		if i == warmUp {
			var err error
			if before, err = cpuTime(host.PID()); err != nil {
				return err
			}
		}
		begun := time.Now()
		answer, err := host.Invoke(ctx, event)
		if err != nil {
			return err
		}
		if i >= warmUp {
			walls = append(walls, time.Since(begun))
		}
		if !bytes.Contains(answer, []byte(s.want)) {
			return fmt.Errorf("answer %q; want %q in it", answer, s.want)
		}
	}
	after, err := cpuTime(host.PID())
	if err != nil {
		return err
	}
	memory, err := status(host.PID(), "VmHWM")
	if err != nil {
		return err
	}
	slices.Sort(walls)
	r.cpu = append(r.cpu, (after-before)/time.Duration(n))
	r.median = append(r.median, walls[n/2])
	r.p99 = append(r.p99, walls[n*99/100])
	r.memory = append(r.memory, memory)
	return nil
}

// print writes the table as Markdown.
func print(list []subject, results []result, invocations, rounds, starts, eventSize int) {
	fmt.Printf("%s, event of %d bytes. Medians of %d interleaved rounds of %d invocations; start: median of %d.\n\n", machine(), eventSize, rounds, invocations, starts)
	fmt.Println("| | CPU per invocation | of `edge.Start` | wall, median | wall, p99 | start to first poll | peak memory | zip |")
	fmt.Println("|---|---|---|---|---|---|---|---|")
	var unit time.Duration
	for i, s := range list {
		if strings.HasSuffix(s.name, "`edge.Start`") {
			unit = middle(results[i].cpu)
		}
	}
	for i, s := range list {
		r := results[i]
		if s.startOnly {
			fmt.Printf("| %s | | | | | %.1f ms | | |\n", s.name, ms(middle(r.start)))
			continue
		}
		zip := ""
		if s.zip > 0 {
			zip = fmt.Sprintf("%.0f kB", float64(s.zip)/1000)
		}
		fmt.Printf("| %s | %.0f us | %.2f | %.0f us | %.0f us | %.1f ms | %.1f MB | %s |\n", s.name, us(middle(r.cpu)), float64(middle(r.cpu))/float64(unit),
			us(middle(r.median)), us(middle(r.p99)), ms(middle(r.start)), float64(middle(r.memory))/1000, zip)
	}
}

func middle[T int | time.Duration](values []T) T {
	values = slices.Sorted(slices.Values(values))
	return values[len(values)/2]
}

func us(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e3 }
func ms(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }

// machine describes what the numbers were measured on.
func machine() string {
	model := "unknown processor"
	cpus := 0
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			model, cpus = strings.TrimSpace(value), cpus+1
		}
	}
	load, _ := os.ReadFile("/proc/loadavg")
	kernel, _ := os.ReadFile("/proc/sys/kernel/osrelease")
	return fmt.Sprintf("%d × %s, Linux %s, load before the end %s", cpus, model, strings.TrimSpace(string(kernel)), strings.Join(strings.Fields(string(load))[:1], " "))
}
