package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// lookupTable measures lookups, and prints the table of that.
func lookupTable(ctx context.Context, dir string, trees [2]tree, rounds int) error {
	rules := filepath.Join(dir, "rules")
	if err := writeRules(rules); err != nil {
		return err
	}
	for _, t := range trees {
		if _, err := t.compile(ctx, "compile", rules, t.form(dir)); err != nil {
			return err
		}
	}
	var m measurements
	for round := range rounds {
		if err := lookupRound(ctx, dir, trees, round, &m); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "lookups: round %d of %d\n", round+1, rounds)
	}
	printLookups(&m, trees)
	return nil
}

// form returns where the large table of a tree lies, in the tree's own form.
func (t *tree) form(dir string) string { return filepath.Join(dir, t.name+"-form") }

// lookupRound measures all lookups once, with a process for each tree.
func lookupRound(ctx context.Context, dir string, trees [2]tree, round int, m *measurements) error {
	var processes [2]*process
	for i, t := range trees {
		var err error
		if processes[i], err = startProcess(ctx, t.measure, "lookups", t.form(dir)); err != nil {
			return err
		}
		defer processes[i].Close()
	}
	for lookup, more := 0, true; more; lookup++ {
		best, err := compareLookup(processes, lookup, round)
		if err != nil {
			return err
		}
		for i, r := range best {
			m.add(i, r)
			more = r.More
		}
	}
	return nil
}

// compareLookup measures a lookup in two processes that take turns, short ones: what
// else the machine does meanwhile, it does to both. The best turn of each counts.
func compareLookup(processes [2]*process, lookup, round int) (best [2]row, err error) {
	for turn := range 6 {
		for _, i := range treeOrder(round + turn) {
			var r row
			if err := processes[i].exchange(lookup, &r); err != nil {
				return best, err
			}
			if turn == 0 || r.Time < best[i].Time {
				best[i] = r
			}
		}
	}
	return best, nil
}
