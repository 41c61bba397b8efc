package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"github.com/edgehelpers/lambdaedge/redirect/internal/workload"
)

const allRules = workload.ManyExact + workload.ManyWildcards

// writeRules writes the rules of the large table as a _redirects file. This program
// never has them all: the most memory that a process has had is also what its parent
// had when it began.
func writeRules(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(workload.Write(f, workload.Rules(workload.ManyExact, workload.ManyWildcards)), f.Close())
}

// compileTable measures how the large table is compiled, and prints the table of that.
func compileTable(ctx context.Context, dir string, trees [2]tree, rounds int) error {
	rules, form := filepath.Join(dir, "rules"), filepath.Join(dir, "form")
	if err := writeRules(rules); err != nil {
		return err
	}
	var m measurements
	for round := range rounds {
		for _, kind := range []string{"command", "compile", "compileseq"} {
			for _, i := range treeOrder(round) {
				if kind == "compileseq" && !trees[i].compileSeq {
					continue
				}
				r, err := trees[i].compile(ctx, kind, rules, form)
				if err != nil {
					return fmt.Errorf("%s: %w", trees[i].name, err)
				}
				m.add(i, r)
			}
		}
		fmt.Fprintf(os.Stderr, "compile: round %d of %d\n", round+1, rounds)
	}
	printCompile(&m, trees)
	return nil
}

// compile measures one way to compile the rules of a file.
func (t *tree) compile(ctx context.Context, kind, rules, form string) (r row, err error) {
	if kind == "command" {
		return t.command(ctx, rules, form)
	}
	out, err := output(ctx, ".", t.measure, kind, rules, form)
	if err != nil {
		return row{}, err
	}
	return r, json.Unmarshal([]byte(out), &r)
}

// command measures the command of the repository.
func (t *tree) command(ctx context.Context, rules, form string) (row, error) {
	c := exec.CommandContext(ctx, t.redirects, "compile", "-o", form, rules)
	if out, err := c.CombinedOutput(); err != nil {
		return row{}, fmt.Errorf("redirects compile: %w\n%s", err, out)
	}
	info, err := os.Stat(form)
	if err != nil {
		return row{}, err
	}
	used, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return row{}, errors.New("redirects compile: the system does not tell its memory")
	}
	return row{
		Name:   "`redirects compile`, the whole process",
		Time:   float64(c.ProcessState.UserTime()+c.ProcessState.SystemTime()) / allRules,
		Memory: float64(used.Maxrss) * 1024 / allRules,
		Form:   float64(info.Size()) / allRules,
	}, nil
}
