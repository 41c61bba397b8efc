package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/internal/pack"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// options are what the flags say.
type options struct {
	builder   pack.Builder
	dir, name string // of the zips
	check     bool
	runtime   string // to check with
}

// run is main with its surroundings as parameters. It returns the exit code: 0, 1 for a failure, 2 for wrong usage.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("edgepack", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var o options
	flags.StringVar(&o.dir, "o", ".", "write the zips to this `directory`; it is made if need be")
	flags.StringVar(&o.name, "name", "", "name the zip of the one package `name`.zip, in place of the last element of its import path")
	flags.StringVar(&o.builder.LDFlags, "ldflags", "", "more `flags` for the linker, such as '-X main.apiURL=https://api.example'")
	flags.StringVar(&o.builder.GCFlags, "gcflags", "", "more `flags` for the compiler, such as all=-l")
	flags.StringVar(&o.builder.Tags, "tags", "", "comma-separated `list` of build tags")
	flags.BoolVar(&o.check, "check", false, "say what is in each zip, hold it to what Lambda@Edge takes, start it and send it an event of each trigger")
	flags.StringVar(&o.runtime, "runtime", "", "with -check, start it as this managed runtime does, through its index file: `node or python`")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: edgepack [-o directory] [-name name] [-ldflags flags] [-gcflags flags] [-tags list] [-check [-runtime node|python]] package...")
		fmt.Fprintln(stderr, "       edgepack -check [-runtime node|python] file.zip...")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	zips := strings.HasSuffix(flags.Arg(0), ".zip")
	if mistake := usage(flags, zips, o); mistake != "" {
		fmt.Fprintln(stderr, "edgepack: "+mistake)
		flags.Usage()
		return 2
	}
	files, err := flags.Args(), error(nil)
	if !zips {
		files, err = build(ctx, o, flags.Args(), stdout, stderr)
	}
	if err == nil && o.check {
		err = checkAll(ctx, files, o.runtime, stdout)
	}
	if err != nil {
		fmt.Fprintf(stderr, "edgepack: %v\n", err)
		return 1
	}
	return 0
}

// usage returns what is wrong with the arguments, or "".
func usage(flags *flag.FlagSet, zips bool, o options) string {
	switch {
	case flags.NArg() == 0:
		return "no package named"
	case o.name != "" && (o.name == "." || o.name == ".." || strings.ContainsAny(o.name, `/\`) || strings.HasSuffix(o.name, ".zip")):
		return fmt.Sprintf("-name: got %q, want a name without .zip and without a directory (-o names one)", o.name)
	case o.name != "" && zips:
		return "-name has an effect with a package only"
	case o.runtime != "" && o.runtime != "node" && o.runtime != "python":
		return fmt.Sprintf("-runtime: got %q, want node or python", o.runtime)
	case o.runtime != "" && !o.check:
		return "-runtime has an effect with -check only"
	case zips && !o.check:
		return fmt.Sprintf("got the zip %s: want a package, or -check", flags.Arg(0))
	}
	for _, arg := range flags.Args() {
		if strings.HasSuffix(arg, ".zip") != zips {
			return fmt.Sprintf("got %s and %s: want packages or zips", flags.Arg(0), arg)
		}
	}
	return ""
}

// A result is a zip that was built and not yet written.
type result struct {
	path string
	data []byte
}

// build makes a zip of every package, and writes them only when all of them could be made. It returns their names.
func build(ctx context.Context, o options, patterns []string, stdout, stderr io.Writer) ([]string, error) {
	programs, err := o.builder.Find(ctx, patterns...)
	if err != nil {
		return nil, err
	}
	if o.name != "" {
		if len(programs) != 1 {
			return nil, fmt.Errorf("-name %s: got %d programs, and one zip has the name: name one package", o.name, len(programs))
		}
		programs[0].Name = o.name
	}
	var results []result
	for _, program := range programs {
		data, err := zipProgram(ctx, o.builder, program)
		if err != nil {
			return nil, err
		}
		results = append(results, result{filepath.Join(o.dir, program.Name+".zip"), data})
	}
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return nil, fmt.Errorf("output directory: %w", err)
	}
	var files []string
	for _, r := range results {
		if err := pack.WriteFile(r.path, r.data); err != nil {
			return nil, err
		}
		report(o, r, stdout, stderr)
		files = append(files, r.path)
	}
	return files, nil
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
		return nil, fmt.Errorf("%s: %w", program.ImportPath, err)
	}
	return data, nil
}

// report prints a line for a zip, and the warning about its size if there is one and -check does not look at it next.
func report(o options, r result, stdout, stderr io.Writer) {
	size := len(r.data)
	fmt.Fprintf(stdout, "%s  %s bytes  %s  sha256 %s\n", r.path, pack.Grouped(size), pack.Room(size), pack.SHA256(r.data))
	if warning, _ := pack.CheckSize(size); warning != "" && !o.check {
		fmt.Fprintf(stderr, "edgepack: warning: %s: %s\n", r.path, warning)
	}
}
