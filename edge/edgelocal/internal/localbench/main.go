//go:build linux

// Localbench compares the processor time of a request to the command edgelocal with that of other ways to play a distribution: the same
// JavaScript function on viewer-request, and an answer of the same bytes, which edgelocal has in its cache.
//
//	go -C edge/edgelocal run ./internal/localbench
//	go -C edge/edgelocal run ./internal/localbench -offline DIR
//
// DIR is a folder in which npm has installed serverless 3 and serverless-offline-edge-lambda. All subjects are started first and measured
// in turns, round by round; the processor time is that of a subject's processes together, without the one that asks. It runs on Linux.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"time"
)

func main() {
	requests := flag.Int("n", 2000, "requests of a round")
	rounds := flag.Int("rounds", 9, "rounds")
	connections := flag.Int("connections", 6, "connections at once; a browser has six to a site")
	offline := flag.String("offline", "", "a folder with serverless and serverless-offline-edge-lambda, by npm")
	flag.Parse()
	if err := run(*requests, *rounds, *connections, *offline); err != nil {
		fmt.Fprintln(os.Stderr, "localbench:", err)
		os.Exit(1)
	}
}

// run starts the subjects, measures them and prints the table.
func run(requests, rounds, connections int, offline string) (err error) {
	dir, err := os.MkdirTemp("", "localbench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	all, err := subjects(dir, offline)
	if err != nil {
		return err
	}
	for _, s := range all {
		if err := s.start(); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		defer s.stop()
	}
	if err := sameBytes(all); err != nil {
		return err
	}
	for range rounds {
		for _, s := range all {
			if err := s.round(requests, connections); err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
		}
	}
	print(all, requests, rounds, connections)
	return nil
}

// sameBytes holds that the subjects answer alike.
func sameBytes(all []*subject) error {
	var errs []error
	for _, s := range all {
		if s.body != all[0].body {
			errs = append(errs, fmt.Errorf("%s answers with %d bytes, %s with %d", s.name, len(s.body), all[0].name, len(all[0].body)))
		}
	}
	return errors.Join(errs...)
}

// print prints a line for each subject, with the first as the measure of the others.
func print(all []*subject, requests, rounds, connections int) {
	fmt.Printf("processor time of a request, %d requests a round over %d connections, %d rounds\n\n", requests, connections, rounds)
	fmt.Println("| | minimum | median | maximum | ratio of the medians |\n|---|---:|---:|---:|---:|")
	base := median(all[0].times)
	for _, s := range all {
		fmt.Printf("| %s | %s | %s | %s | %.2f |\n", s.name, each(slices.Min(s.times), requests), each(median(s.times), requests),
			each(slices.Max(s.times), requests), float64(median(s.times))/float64(base))
	}
}

func median(times []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[len(sorted)/2]
}

// each is the time of one request in microseconds.
func each(d time.Duration, requests int) string {
	return fmt.Sprintf("%.0f us", float64(d.Microseconds())/float64(requests))
}
