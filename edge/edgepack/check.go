package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/internal/pack"
)

// checkAll checks every zip, and returns what is wrong with any.
func checkAll(ctx context.Context, zips []string, runtime string, out io.Writer) error {
	var errs []error
	for _, zip := range zips {
		if err := check(ctx, zip, runtime, out); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", zip, err))
		}
	}
	return errors.Join(errs...)
}

// check tells what is in a zip and starts it. It does not start what Lambda@Edge would not take.
func check(ctx context.Context, zip, runtime string, out io.Writer) error {
	data, err := os.ReadFile(zip)
	if err != nil {
		return err
	}
	report, err := pack.Inspect(data)
	printReport(out, zip, report)
	if err != nil {
		return err
	}
	found, err := pack.FindRuntime(ctx, runtime)
	if errors.Is(err, pack.ErrOtherSystem) {
		fmt.Fprintf(out, "  start     %v\n", err)
		printSize(out, report.Size, pack.Trial{})
		return nil
	}
	if err != nil {
		return err
	}
	trial, err := pack.Try(ctx, zip, found)
	printTrial(out, found, trial)
	printSize(out, report.Size, trial)
	return err
}

// printSize warns of a size that matters to viewer triggers, unless the program was seen to have handlers for others only.
func printSize(out io.Writer, size int, t pack.Trial) {
	viewer, other := false, false
	for _, o := range t.Outcomes {
		viewer = viewer || o.Handled && strings.HasPrefix(o.Trigger, "viewer-")
		other = other || o.Handled
	}
	if warning, _ := pack.CheckSize(size); warning != "" && (viewer || !other) {
		fmt.Fprintf(out, "  warning   %s\n", warning)
	}
}

func printReport(out io.Writer, zip string, r pack.Report) {
	fmt.Fprintf(out, "%s\n", zip)
	fmt.Fprintf(out, "  size      %s bytes, %s\n", pack.Grouped(r.Size), pack.Room(r.Size))
	fmt.Fprintf(out, "  sha256    %s\n", r.SHA256)
	fmt.Fprintf(out, "  files     %s\n", strings.Join(quoted(r.Files), " "))
	if r.GoVersion != "" {
		fmt.Fprintf(out, "  program   %s, %s\n", r.Package, r.GoVersion)
	}
	for _, setting := range r.Settings {
		fmt.Fprintf(out, "  setting   %s, from the environment of the build: without it the bytes are others\n", setting)
	}
	for _, warning := range r.Warnings {
		fmt.Fprintf(out, "  warning   %s\n", warning)
	}
}

// quoted quotes the names that would not print as they are.
func quoted(names []string) []string {
	var all []string
	for _, name := range names {
		if q := fmt.Sprintf("%q", name); q != `"`+name+`"` || strings.Contains(name, " ") {
			name = q
		}
		all = append(all, name)
	}
	return all
}

func printTrial(out io.Writer, runtime pack.Runtime, t pack.Trial) {
	if t.Start == 0 {
		return
	}
	fmt.Fprintf(out, "  start     %s, %v to the first request for an invocation\n", runtime, t.Start.Round(time.Millisecond/10))
	for _, o := range t.Outcomes {
		switch {
		case !o.Handled:
			fmt.Fprintf(out, "  %-15s  no handler\n", o.Trigger)
		case o.Answer == "":
			fmt.Fprintf(out, "  %-15s  handled, fails\n", o.Trigger)
		default:
			fmt.Fprintf(out, "  %-15s  handled, %s\n", o.Trigger, o.Answer)
		}
	}
}
