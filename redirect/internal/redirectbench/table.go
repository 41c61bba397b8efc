package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// The tables are Markdown.

func printCompile(m *measurements, trees [2]tree) {
	fmt.Printf("\n| for each of %d rules | %s | %s | ratio |\n|---|---|---|---|\n", allRules, trees[0].name, trees[1].name)
	for _, name := range m.names {
		for _, v := range []struct {
			what, format string
			of           value
			unit         float64
		}{
			{"processor time", "%.2f us", timeOf, 1000},
			{"most memory", "%.0f B", memoryOf, 1},
			{"allocations", "%.2f", allocsOf, 1},
			{"compiled form", "%.1f B", formOf, 1},
		} {
			today := m.median(name, 0, v.of)
			if today == 0 {
				continue // the command does not tell its allocations
			}
			fmt.Printf("| %s: %s | %s |", name, v.what, fmt.Sprintf(v.format, today/v.unit))
			if !m.has(name, 1) {
				fmt.Println(" | |")
				continue
			}
			fmt.Printf(" %s | %.2f |\n", fmt.Sprintf(v.format, m.median(name, 1, v.of)/v.unit), m.ratio(name, v.of))
		}
	}
}

func printLookups(m *measurements, trees [2]tree) {
	fmt.Printf("\n| | %s | %s | ratio | allocated | %s |\n|---|---|---|---|---|---|\n", trees[0].name, trees[1].name, trees[1].name)
	for _, name := range m.names {
		fmt.Printf("| %s |", name)
		for tree := range trees {
			fmt.Printf(" %s |", nanoseconds(m.median(name, tree, timeOf)))
		}
		fmt.Printf(" %.2f |", m.ratio(name, timeOf))
		for tree := range trees {
			fmt.Printf(" %.0f B in %.0f |", m.median(name, tree, memoryOf), m.median(name, tree, allocsOf))
		}
		fmt.Println()
	}
}

// nanoseconds writes a time with a unit for which three digits do.
func nanoseconds(t float64) string {
	switch {
	case t < 1e3:
		return fmt.Sprintf("%.0f ns", t)
	case t < 1e5:
		return fmt.Sprintf("%.1f us", t/1e3)
	case t < 1e6:
		return fmt.Sprintf("%.0f us", t/1e3)
	case t < 1e8:
		return fmt.Sprintf("%.1f ms", t/1e6)
	case t < 1e9:
		return fmt.Sprintf("%.0f ms", t/1e6)
	}
	return fmt.Sprintf("%.1f s", t/1e9)
}

// machine says what the numbers were measured on.
func machine() string {
	model, cpus := "unknown processor", 0
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			model, cpus = strings.TrimSpace(value), cpus+1
		}
	}
	load, _ := os.ReadFile("/proc/loadavg")
	kernel, _ := os.ReadFile("/proc/sys/kernel/osrelease")
	first, _, _ := strings.Cut(string(load), " ")
	return fmt.Sprintf("%d × %s, Linux %s, %s, load before the start %s", cpus, model, strings.TrimSpace(string(kernel)), runtime.Version(), first)
}
