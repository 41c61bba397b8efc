// Probe asks browsers what they do under a Content-Security-Policy.
//
//	go run ./probe [-browsers chromium,firefox] [-json] [FILE]
//
// FILE, or standard input, has a probe a line, in JSON with the members of prober.Probe:
//
//	{"policies":["img-src cdn.test"],"kind":"img","url":"http://cdn.test/logo.png"}
//	{"origin":"https://site.test","policies":["script-src 'nonce-a'"],"kind":"inline","nonce":"a"}
//
// It prints a line a probe with what each browser did, with -json as an object that has the probe and the results by browser.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/edgehelpers/lambdaedge/csp/e2e/prober"
)

func main() {
	names := flag.String("browsers", "chromium,firefox", "the browsers to ask, separated by commas: chromium, firefox, webkit")
	asJSON := flag.Bool("json", false, "print a JSON object a line")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: probe [-browsers chromium,firefox] [-json] [FILE]\nFILE or standard input has a probe a line, in JSON (go doc ./prober Probe, go doc ./prober Kinds)")
		flag.PrintDefaults()
	}
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *names, *asJSON, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "probe:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, names string, asJSON bool, file string) error {
	browsers, err := prober.Browsers(names)
	if err != nil {
		return err
	}
	probes, err := read(file)
	if err != nil {
		return err
	}
	results, versions, err := prober.Ask(ctx, browsers, probes)
	if err != nil {
		return err
	}
	for i, b := range browsers {
		fmt.Fprintf(os.Stderr, "%s: %s\n", b.Name, versions[i])
	}
	for i, p := range probes {
		if err := print(browsers, p, results, i, asJSON); err != nil {
			return err
		}
	}
	return nil
}

// print writes what each browser did with a probe.
func print(browsers []prober.Browser, p prober.Probe, results [][]prober.Result, i int, asJSON bool) error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if !asJSON {
		for k, b := range browsers {
			fmt.Printf("%s: %v\t", b.Name, results[k][i])
		}
		fmt.Printf("%s\n", text)
		return nil
	}
	line := struct {
		Probe   prober.Probe             `json:"probe"`
		Results map[string]prober.Result `json:"results"`
	}{p, map[string]prober.Result{}}
	for k, b := range browsers {
		line.Results[b.Name] = results[k][i]
	}
	return json.NewEncoder(os.Stdout).Encode(line)
}

// read reads the probes of a file, or of standard input if it has no name.
func read(file string) ([]prober.Probe, error) {
	input := io.Reader(os.Stdin)
	if file != "" {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		input = f
	}
	var probes []prober.Probe
	lines := bufio.NewScanner(input)
	for number := 1; lines.Scan(); number++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		decoder := json.NewDecoder(strings.NewReader(lines.Text()))
		decoder.DisallowUnknownFields()
		var p prober.Probe
		if err := decoder.Decode(&p); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		probes = append(probes, p)
	}
	return probes, lines.Err()
}
