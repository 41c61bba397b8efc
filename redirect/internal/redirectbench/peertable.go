package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/internal/workload"
)

// A routeSet is a kind of rules that peers are given.
type routeSet struct {
	name string
	rule func(i int) redirect.Rule
	path func(i int) string // that the rule is for
}

func routeSets() []routeSet {
	// Of the four forms of wildcard rules these two are what all routers take.
	two := func(i int) int { return i/2*4 + i%2*3 }
	return []routeSet{
		{"exact", workload.ExactRule, workload.ExactPath},
		{"wildcards, two forms",
			func(i int) redirect.Rule { return workload.WildcardRule(two(i)) },
			func(i int) string { return workload.WildcardPath(two(i)) }},
		{"wildcards, four forms", workload.WildcardRule, workload.WildcardPath},
	}
}

// missingPath returns a path that is like another, and that no rule is for.
func missingPath(path string) string {
	return strings.NewReplacer("/article-", "/artisan-", "/product-", "/produce-", "/topic-", "/tonic-", "/press/", "/print/", "/item-", "/idem-").Replace(path)
}

// A cell is what was measured of a peer.
type cell struct {
	finder finder
	open   time.Duration
	times  []float64 // of a lookup, one for each round
	ratios []float64 // to the first peer's in the same round
}

// peerTable measures the peers, and prints the tables of that.
func peerTable(ctx context.Context, rounds int) error {
	runtime.GOMAXPROCS(1)
	list := peers()
	fmt.Print("\n| rules | |")
	for _, p := range list {
		fmt.Printf(" %s |", p.name)
	}
	fmt.Printf("\n|---|---|%s\n", strings.Repeat("---|", len(list)))
	for _, set := range routeSets() {
		for _, n := range []int{1000, 10_000, 100_000} {
			if err := measurePeers(ctx, list, set, n, rounds); err != nil {
				return fmt.Errorf("%s, %d: %w", set.name, n, err)
			}
		}
	}
	return nil
}

// measurePeers measures all peers with n rules of a set, and prints their lines.
func measurePeers(ctx context.Context, list []peer, set routeSet, n, rounds int) error {
	rules := make([]redirect.Rule, n)
	for i := range rules {
		rules[i] = set.rule(i)
	}
	cells := make([]cell, len(list))
	for i, p := range list {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		runtime.GC()
		begun := time.Now()
		f, err := p.open(ctx, rules)
		cells[i].finder, cells[i].open = f, time.Since(begun)
		var reason unsupported
		if errors.As(err, &reason) {
			cells[i].finder = nil
			fmt.Fprintf(os.Stderr, "left out: %s with %d %s: %s\n", p.name, n, set.name, reason)
		} else if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		if c, ok := f.(io.Closer); ok {
			defer c.Close()
		}
	}
	name := fmt.Sprintf("%d %s", n, set.name)
	printCells(name, "made in", cells, func(c *cell) string { return nanoseconds(float64(c.open)) })
	hits := workload.Scattered(set.path, n)
	misses := workload.Scattered(func(i int) string { return missingPath(set.path(i)) }, n)
	if err := timeLookups(list, cells, hits, true, rounds); err != nil {
		return err
	}
	printCells(name, "hit", cells, (*cell).String)
	if err := timeLookups(list, cells, misses, false, rounds); err != nil {
		return err
	}
	printCells(name, "miss", cells, (*cell).String)
	return nil
}

// String returns the time of a lookup and its ratio to the first peer's.
func (c *cell) String() string {
	ratio := medianOf(c.ratios)
	format := "%s (%.2f)"
	if ratio >= 1000 {
		ratio, format = ratio/1000, "%s (%.0fk)"
	} else if ratio >= 10 {
		format = "%s (%.0f)"
	}
	return fmt.Sprintf(format, nanoseconds(medianOf(c.times)), ratio)
}

func printCells(name, what string, cells []cell, text func(*cell) string) {
	fmt.Printf("| %s | %s |", name, what)
	for i := range cells {
		if cells[i].finder == nil {
			fmt.Print(" |")
			continue
		}
		fmt.Printf(" %s |", text(&cells[i]))
	}
	fmt.Println()
}

// timeLookups measures lookups of paths for which there is a rule, or there is none.
func timeLookups(list []peer, cells []cell, paths []string, hit bool, rounds int) error {
	for i := range cells {
		cells[i].times, cells[i].ratios = nil, nil
	}
	for range rounds {
		for i := range cells {
			c := &cells[i]
			if c.finder == nil {
				continue
			}
			t, err := lookupTime(c.finder, paths, hit)
			if err != nil {
				return fmt.Errorf("%s: %w", list[i].name, err)
			}
			c.times = append(c.times, t)
			c.ratios = append(c.ratios, t/cells[0].times[len(cells[0].times)-1])
		}
	}
	return nil
}

// lookupTime returns the time of a lookup in nanoseconds: the best of some batches
// that last long enough.
func lookupTime(f finder, paths []string, hit bool) (float64, error) {
	const long, batches = 10 * time.Millisecond, 5
	n, best := 1, 0.0
	for done := 0; done < batches; {
		found, took, err := f.find(paths[:n])
		if err != nil {
			return 0, err
		}
		if want := map[bool]int{true: n}[hit]; found != want {
			return 0, fmt.Errorf("found %d of %d rules; want %d", found, n, want)
		}
		if took < long && n < len(paths) && done == 0 {
			n *= 2
			continue
		}
		if t := float64(took) / float64(n); done == 0 || t < best {
			best = t
		}
		done++
	}
	return best, nil
}
