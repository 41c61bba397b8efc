package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
)

func main() {
	var (
		invocations = flag.Int("n", 3000, "invocations to measure in each round")
		rounds      = flag.Int("rounds", 5, "interleaved rounds; the table has their medians")
		starts      = flag.Int("starts", 20, "starts of each program to measure")
		soak        = flag.Int("soak", 0, "serve this many invocations in place of the table")
		faults      = flag.Int("faults", 0, "serve this many invocations, with faults, in place of the table")
		against     = flag.String("against", "", "compare with the library at this commit, in place of the table")
		sizesOnly   = flag.Bool("sizes", false, "print what is in the demo's programs in place of the table")
		seed        = flag.Uint64("seed", 1, "of the faults")
	)
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	dir, err := os.MkdirTemp("", "runtimebench")
	if err == nil {
		defer os.RemoveAll(dir)
		switch {
		case *sizesOnly:
			err = sizes(dir)
		case *against != "":
			err = compare(ctx, dir, *against, *invocations, *rounds, *starts)
		case *soak > 0:
			err = longRun(ctx, dir, *soak, 0, false)
		case *faults > 0:
			err = longRun(ctx, dir, *faults, *seed, true)
		default:
			err = table(ctx, dir, *invocations, *rounds, *starts)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "runtimebench:", err)
		os.RemoveAll(dir)
		os.Exit(1)
	}
}
