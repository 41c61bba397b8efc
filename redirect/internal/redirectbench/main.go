package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
)

func main() {
	var (
		against = flag.String("against", "cf6a6cc", "the `commit` to compare with; that one has the first compiler")
		parts   = flag.String("parts", "compile,lookups,peers", "what to measure")
		rounds  = flag.Int("rounds", 5, "interleaved rounds; the tables have their medians")
	)
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	dir, err := os.MkdirTemp("", "redirectbench")
	if err == nil {
		defer os.RemoveAll(dir)
		err = bench(ctx, dir, *against, strings.Split(*parts, ","), *rounds)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "redirectbench:", err)
		os.RemoveAll(dir)
		os.Exit(1)
	}
}

func bench(ctx context.Context, dir, against string, parts []string, rounds int) error {
	for _, part := range parts {
		if !slices.Contains([]string{"compile", "lookups", "peers"}, part) {
			return fmt.Errorf("part %q; must be of compile, lookups, peers", part)
		}
	}
	fmt.Printf("%s. Medians of %d interleaved rounds; each ratio is the median of the rounds' ratios.\n", machine(), rounds)
	if slices.Contains(parts, "compile") || slices.Contains(parts, "lookups") {
		trees, err := build(ctx, dir, against)
		if err != nil {
			return err
		}
		if slices.Contains(parts, "compile") {
			if err := compileTable(ctx, dir, trees, rounds); err != nil {
				return err
			}
		}
		if slices.Contains(parts, "lookups") {
			if err := lookupTable(ctx, dir, trees, rounds); err != nil {
				return err
			}
		}
	}
	if slices.Contains(parts, "peers") {
		return peerTable(ctx, rounds)
	}
	return nil
}
