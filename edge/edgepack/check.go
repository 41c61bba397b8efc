package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
	"github.com/edgehelpers/lambdaedge/edge/internal/pack"
)

// A checker holds zips to what Lambda@Edge takes.
type checker struct {
	runtime string // as -runtime has it
	stdin   io.Reader
	out     io.Writer
}

// checkAll checks every zip, and returns what is wrong with any.
func (c *checker) checkAll(ctx context.Context, zips []string) (errs []error) {
	for _, zip := range zips {
		if err := c.check(ctx, zip); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", zip, err))
		}
	}
	return errs
}

// check tells what is in a zip and starts it. It does not start what Lambda@Edge would not take.
func (c *checker) check(ctx context.Context, zip string) error {
	file, data, done, err := c.read(zip)
	if err != nil {
		return trouble{err}
	}
	defer done()
	report, err := pack.Inspect(data)
	printReport(c.out, zip, report)
	if err != nil {
		return err
	}
	found, err := pack.FindRuntime(ctx, c.runtime)
	if errors.Is(err, pack.ErrOtherSystem) {
		fmt.Fprintf(c.out, "  start     %v\n", err)
		printSize(c.out, report.Size, pack.Trial{})
		return nil
	}
	if err != nil {
		return trouble{err}
	}
	trial, err := pack.Try(ctx, file, found)
	printTrial(c.out, found, trial)
	printSize(c.out, report.Size, trial)
	return err
}

// read reads a zip, and says where it is: done takes away what standard input was copied to.
func (c *checker) read(zip string) (file string, data []byte, done func(), err error) {
	if zip != "-" {
		data, err = os.ReadFile(zip)
		return zip, data, func() {}, reason(err)
	}
	data, err = io.ReadAll(io.LimitReader(c.stdin, pack.Limit+1)) // of more than the limit, its size alone is said
	if err != nil {
		return "", nil, nil, err
	}
	dir, err := os.MkdirTemp("", "edgepack-")
	if err != nil {
		return "", nil, nil, err
	}
	done = func() { os.RemoveAll(dir) }
	file = filepath.Join(dir, "stdin.zip")
	if err = os.WriteFile(file, data, 0o600); err != nil {
		done()
	}
	return file, data, done, err
}

// reason is an error of package fs without the name of the file, which is said before it.
func reason(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
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
	fmt.Fprintf(out, "%s\n", edgecli.Printable(zip))
	fmt.Fprintf(out, "  size      %s bytes, %s\n", pack.Grouped(r.Size), pack.Room(r.Size))
	fmt.Fprintf(out, "  sha256    %s\n", r.SHA256)
	fmt.Fprintf(out, "  files    ")
	for _, name := range r.Files {
		fmt.Fprintf(out, " %s", pack.Shown(name))
	}
	fmt.Fprintln(out)
	if r.GoVersion != "" {
		fmt.Fprintf(out, "  program   %s, %s\n", line(r.Package), line(r.GoVersion))
	}
	for _, setting := range r.Settings {
		fmt.Fprintf(out, "  setting   %s, from the environment of the build: without it the bytes are others\n", line(setting))
	}
	for _, warning := range r.Warnings {
		fmt.Fprintf(out, "  warning   %s\n", line(warning))
	}
}

// line is what a zip or its program says, on one line: another would be taken for one of the report.
func line(s string) string {
	return strings.ReplaceAll(edgecli.Printable(s), "\n", "\uFFFD")
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
			fmt.Fprintf(out, "  %-15s  handled, %s\n", o.Trigger, line(o.Answer))
		}
	}
}
