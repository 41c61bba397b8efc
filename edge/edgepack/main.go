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

// run is main with its surroundings as parameters. It returns the exit code: 0, 1 for a failure, 2 for wrong usage.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("edgepack", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("o", ".", "write the zips to this `directory`; it is made if need be")
	var builder pack.Builder
	flags.StringVar(&builder.LDFlags, "ldflags", "", "more `flags` for the linker, such as '-X main.apiURL=https://api.example'")
	flags.StringVar(&builder.GCFlags, "gcflags", "", "more `flags` for the compiler, such as all=-l")
	flags.StringVar(&builder.Tags, "tags", "", "comma-separated `list` of build tags")
	checking := flags.Bool("check", false, "say what is in each zip, hold it to what Lambda@Edge takes, start it and send it an event of each trigger")
	runtime := flags.String("runtime", "", "with -check, start it as this managed runtime does, through its index file: `node or python`")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: edgepack [-o directory] [-ldflags flags] [-gcflags flags] [-tags list] [-check [-runtime node|python]] package...")
		fmt.Fprintln(stderr, "       edgepack -check [-runtime node|python] file.zip...")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	zips := strings.HasSuffix(flags.Arg(0), ".zip")
	if mistake := usage(flags, zips, *checking, *runtime); mistake != "" {
		fmt.Fprintln(stderr, "edgepack: "+mistake)
		flags.Usage()
		return 2
	}
	files, err := flags.Args(), error(nil)
	if !zips {
		files, err = build(ctx, builder, *out, flags.Args(), stdout, stderr)
	}
	if err == nil && *checking {
		err = checkAll(ctx, files, *runtime, stdout)
	}
	if err != nil {
		fmt.Fprintf(stderr, "edgepack: %v\n", err)
		return 1
	}
	return 0
}

// usage returns what is wrong with the arguments, or "".
func usage(flags *flag.FlagSet, zips, checking bool, runtime string) string {
	switch {
	case flags.NArg() == 0:
		return "no package named"
	case runtime != "" && runtime != "node" && runtime != "python":
		return fmt.Sprintf("-runtime: got %q, want node or python", runtime)
	case runtime != "" && !checking:
		return "-runtime has an effect with -check only"
	case zips && !checking:
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
func build(ctx context.Context, builder pack.Builder, dir string, patterns []string, stdout, stderr io.Writer) ([]string, error) {
	programs, err := builder.Find(ctx, patterns...)
	if err != nil {
		return nil, err
	}
	var results []result
	for _, program := range programs {
		data, err := zipProgram(ctx, builder, program)
		if err != nil {
			return nil, err
		}
		results = append(results, result{filepath.Join(dir, program.Name+".zip"), data})
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("output directory: %w", err)
	}
	var files []string
	for _, r := range results {
		if err := pack.WriteFile(r.path, r.data); err != nil {
			return nil, err
		}
		report(r, stdout, stderr)
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

// report prints a line for a zip, and the warning about its size if there is one.
func report(r result, stdout, stderr io.Writer) {
	size := len(r.data)
	fmt.Fprintf(stdout, "%s  %s bytes  %s left of %s  sha256 %s\n",
		r.path, pack.Grouped(size), pack.Grouped(pack.ViewerLimit-size), pack.Grouped(pack.ViewerLimit), pack.SHA256(r.data))
	if warning, _ := pack.CheckSize(size); warning != "" {
		fmt.Fprintf(stderr, "edgepack: warning: %s: %s\n", r.path, warning)
	}
}
