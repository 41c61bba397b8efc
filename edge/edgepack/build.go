package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
	"github.com/edgehelpers/lambdaedge/edge/internal/pack"
)

// A result is a zip that was built and not yet written.
type result struct {
	path string
	data []byte
}

// build makes a zip of every package, and writes them only when all of them could be made. It returns their names.
func (o *options) build(ctx context.Context, patterns []string, stdout, stderr io.Writer) (files []string, errs []error) {
	results, err := o.compile(ctx, patterns)
	if err != nil {
		return nil, []error{err}
	}
	if o.out == "-" {
		return nil, o.writeStream(results[0], stdout, stderr)
	}
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return nil, []error{trouble{fmt.Errorf("-o: %w", err)}}
	}
	for _, r := range results {
		if err := pack.WriteFile(r.path, r.data); err != nil {
			return files, []error{trouble{err}}
		}
		o.report(r, stdout, stderr)
		files = append(files, r.path)
	}
	return files, nil
}

// writeStream writes a zip to standard output, and what there is to say of it to standard error.
func (o *options) writeStream(r result, stdout, stderr io.Writer) []error {
	if _, err := stdout.Write(r.data); err != nil {
		return []error{trouble{err}}
	}
	o.report(result{"-", r.data}, stderr, stderr)
	return nil
}

// compile makes the zips of packages.
func (o *options) compile(ctx context.Context, patterns []string) ([]result, error) {
	programs, err := o.builder.Find(ctx, patterns...)
	if err != nil {
		return nil, err
	}
	if only := o.onlyOne(); only != "" && len(programs) != 1 {
		return nil, trouble{fmt.Errorf("%s: got %s: name one package", only, edgecli.Count(len(programs), "program"))}
	}
	var results []result
	for _, program := range programs {
		data, err := zipProgram(ctx, o.builder, program)
		if err != nil {
			return nil, err
		}
		results = append(results, result{filepath.Join(o.out, cmp.Or(o.name, program.Name)+".zip"), data})
	}
	return results, nil
}

// onlyOne is the flag that is for one package, or "".
func (o *options) onlyOne() string {
	switch {
	case o.out == "-":
		return "-o -"
	case o.name != "":
		return "-name " + o.name
	}
	return ""
}

func zipProgram(ctx context.Context, builder pack.Builder, program pack.Program) ([]byte, error) {
	bootstrap, err := builder.Build(ctx, program)
	if err != nil {
		return nil, err
	}
	data, err := pack.Zip(bootstrap)
	if err != nil {
		return nil, err
	}
	if _, err := pack.CheckSize(len(data)); err != nil {
		return nil, errors.New(program.ImportPath + ": " + err.Error())
	}
	return data, nil
}

// report prints a line for a zip, and the warning about its size if there is one and -check does not look at it next.
func (o *options) report(r result, stdout, stderr io.Writer) {
	size := len(r.data)
	name := edgecli.Printable(r.path)
	fmt.Fprintf(stdout, "%s  %s bytes  %s  sha256 %s\n", name, pack.Grouped(size), pack.Room(size), pack.SHA256(r.data))
	if warning, _ := pack.CheckSize(size); warning != "" && !o.checking {
		fmt.Fprintf(stderr, "edgepack: warning: %s: %s\n", name, warning)
	}
}
