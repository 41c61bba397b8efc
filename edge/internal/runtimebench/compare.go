package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
	"github.com/edgehelpers/lambdaedge/testdata"
)

// pauses are how long nothing comes before an invocation: a processor that has gone to sleep is dear to wake.
var pauses = []time.Duration{0, 3 * time.Millisecond, 50 * time.Millisecond}

// compare measures the library of a commit and that of the present tree in turns, with the floors beside them.
func compare(ctx context.Context, dir, commit string, invocations, rounds, starts int) error {
	list, err := compared(dir, commit)
	if err != nil {
		return err
	}
	event, err := fs.ReadFile(testdata.Events, eventFile)
	if err != nil {
		return err
	}
	results := make([][]result, len(list)) // by pause
	for i := range results {
		results[i] = make([]result, len(pauses))
	}
	for round := range max(rounds, starts) {
		for i, s := range list {
			for p, pause := range pauses {
				if n := count(invocations, pause); round < rounds && !s.startOnly {
					err = measure(ctx, s, event, n, pause, &results[i][p])
				} else if p == 0 {
					err = measure(ctx, s, event, 0, 0, &results[i][p])
				}
				if err != nil {
					return fmt.Errorf("%s: %w", s.name, err)
				}
			}
		}
		fmt.Fprintf(os.Stderr, "round %d of %d\n", round+1, max(rounds, starts))
	}
	fmt.Printf("%s, event of %d bytes. %d interleaved rounds, %d starts: median (least to most).\n\n", machine(), len(event), rounds, max(rounds, starts))
	printCompared(list, results)
	return nil
}

// count is how many invocations are measured: those with pauses take long.
func count(invocations int, pause time.Duration) int {
	if pause == 0 {
		return invocations
	}
	return min(invocations, max(50, int(3*time.Second/pause)))
}

// compared are the subjects: the floors, the library before and now, and both behind the index files.
func compared(dir, commit string) ([]subject, error) {
	all, err := subjects(dir)
	if err != nil {
		return nil, err
	}
	before := filepath.Join(dir, "before")
	if err := packAt(dir, before, commit); err != nil {
		return nil, err
	}
	var list []subject
	for _, s := range all {
		switch {
		case strings.Contains(s.name, "`edge.Start`"):
			old := s
			old.name, old.dir, old.zip = s.name+", before", before, size(before+".zip")
			if !s.startOnly {
				old.command = lambdahost.Bootstrap(before)
			}
			list = append(list, old, s)
		case strings.Contains(s.name, "reads and writes"):
			list = append(list, s)
		}
	}
	return list, nil
}

// packAt makes the package of the demo's function as it is at a commit, and unpacks it into a folder.
func packAt(parent, dir, commit string) error {
	tree := filepath.Join(parent, "tree")
	if err := run(".", "git", "worktree", "add", "--detach", tree, commit); err != nil {
		return err
	}
	defer exec.Command("git", "worktree", "remove", "--force", tree).Run()
	out := filepath.Join(parent, "packed")
	if err := run(tree, "go", "run", "./edge/edgepack", "-o", out, "./examples/githubdemo/lambda/viewerrequest"); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(out, "viewerrequest.zip"), dir+".zip"); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	return lambdahost.Unpack(dir+".zip", dir)
}

// printCompared writes the table as Markdown.
func printCompared(list []subject, results [][]result) {
	fmt.Print("| | start to first poll")
	for _, p := range pauses {
		fmt.Printf(" | CPU, %v between", p)
	}
	fmt.Print(" | peak memory | zip |\n|---|---|---|---|---|---|---|\n")
	for i, s := range list {
		fmt.Printf("| %s | %s |", s.name, spread(results[i][0].start, "ms", 1e6))
		for p := range pauses {
			fmt.Printf(" %s |", spread(results[i][p].cpu, "us", 1e3))
		}
		memory, zip := "", ""
		if m := results[i][0].memory; len(m) > 0 {
			memory = fmt.Sprintf("%.2f MB", float64(middle(m))/1000)
		}
		if s.zip > 0 && !s.startOnly {
			zip = fmt.Sprint(s.zip)
		}
		fmt.Printf(" %s | %s |\n", memory, zip)
	}
	fmt.Print("\nRatios of the medians (of the least):\n\n")
	for i, s := range list {
		if name, ok := strings.CutSuffix(s.name, ", before"); ok {
			fmt.Printf("* %s, now to before: start %s%s\n", name, ratio(results[i+1][0].start, results[i][0].start), cpuRatios(results[i+1], results[i]))
		}
		if s.name == "Go, `edge.Start`" {
			fmt.Printf("* to the Go program that only reads and writes: start %s\n", ratio(results[i][0].start, results[1][0].start))
			fmt.Printf("* to the C program:%s\n", cpuRatios(results[i], results[0]))
		}
	}
}

// cpuRatios are those of the processor time for each pause; "" where none was measured.
func cpuRatios(a, b []result) (text string) {
	for p, pause := range pauses {
		if len(a[p].cpu) > 0 {
			text += fmt.Sprintf(" CPU with %v %s", pause, ratio(a[p].cpu, b[p].cpu))
		}
	}
	return text
}

func ratio(a, b []time.Duration) string {
	return fmt.Sprintf("%.2f (%.2f)", float64(middle(a))/float64(middle(b)), float64(slices.Min(a))/float64(slices.Min(b)))
}

// spread is the median with the least and the most; "" when there is none.
func spread(values []time.Duration, unit string, divisor float64) string {
	if len(values) == 0 {
		return ""
	}
	in := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / divisor }
	return fmt.Sprintf("%.1f %s (%.1f to %.1f)", in(middle(values)), unit, in(slices.Min(values)), in(slices.Max(values)))
}
