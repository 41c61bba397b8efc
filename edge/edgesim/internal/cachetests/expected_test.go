package cachetests_test

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A group is tests that do not pass for one reason.
type group struct {
	reason, clause string
	tests          []expected
}

// An expected test is one that does not pass.
type expected struct{ kind, id string }

// expectations reads testdata/expected.txt: groups of lines, each begun by "reason: ..." and "clause: ...", then a kind and an ID a line.
func expectations(t *testing.T) []group {
	t.Helper()
	f, err := os.Open("testdata/expected.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var groups []group
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		if line := lines.Text(); line != "" && line[0] != '#' {
			if groups, err = readLine(groups, line); err != nil {
				t.Errorf("%s:%d: %v", f.Name(), n, err)
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return groups
}

// readLine adds a line to the groups.
func readLine(groups []group, line string) ([]group, error) {
	first, rest, _ := strings.Cut(line, " ")
	if first == "reason:" {
		return append(groups, group{reason: rest}), nil
	}
	if len(groups) == 0 {
		return groups, fmt.Errorf("got %q before the first reason", line)
	}
	g := &groups[len(groups)-1]
	switch {
	case first == "clause:" && g.clause == "":
		g.clause = rest
	case (first == required || first == optimal) && g.clause != "" && !strings.Contains(rest, " "):
		g.tests = append(g.tests, expected{first, rest})
	default:
		return groups, fmt.Errorf("got %q, want a clause after a reason, and after both a kind and an ID", line)
	}
	return groups, nil
}

// TestExpectations: every test that does not pass is named once, with a reason and the document that asks for it.
func TestExpectations(t *testing.T) {
	t.Parallel()
	groups := expectations(t)
	if len(groups) == 0 {
		t.Error("no group")
	}
	seen := map[string]bool{}
	for _, g := range groups {
		if g.reason == "" || g.clause == "" || len(g.tests) == 0 {
			t.Errorf("%q: want a reason, a clause and tests", g.reason)
		}
		for _, e := range g.tests {
			if seen[e.id] {
				t.Errorf("%s stands twice", e.id)
			}
			seen[e.id] = true
		}
	}
}

func TestReadLine(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, lines string
		groups      []group
		fails       bool
	}{
		{"a group", "reason: r\nclause: c, d\nrequired a\noptimal b", []group{{"r", "c, d", []expected{{required, "a"}, {optimal, "b"}}}}, false},
		{"two groups", "reason: r\nclause: c\nrequired a\nreason: s\nclause: d\noptimal b",
			[]group{{"r", "c", []expected{{required, "a"}}}, {"s", "d", []expected{{optimal, "b"}}}}, false},
		{"no reason", "clause: c", nil, true},
		{"no clause", "reason: r\nrequired a", []group{{reason: "r"}}, true},
		{"two clauses", "reason: r\nclause: c\nclause: d", []group{{reason: "r", clause: "c"}}, true},
		{"another kind", "reason: r\nclause: c\ncheck a", []group{{reason: "r", clause: "c"}}, true},
		{"two IDs", "reason: r\nclause: c\nrequired a b", []group{{reason: "r", clause: "c"}}, true},
	}
	for _, test := range tests {
		var got []group
		var failed error
		for line := range strings.SplitSeq(test.lines, "\n") {
			var err error
			if got, err = readLine(got, line); err != nil {
				failed = err
			}
		}
		if diff := cmp.Diff(test.groups, got, cmp.AllowUnexported(group{}, expected{})); diff != "" || (failed != nil) != test.fails {
			t.Errorf("%s: error %v, want one %t; groups (-want +got):\n%s", test.name, failed, test.fails, diff)
		}
	}
}

// compare holds the results to the expectations; it reports each test that passed or failed against them, and each that the suite no
// longer has.
func compare(t *testing.T, groups []group, tests map[string]test, results map[string]result) {
	t.Helper()
	expect := map[string]expected{}
	for _, g := range groups {
		for _, e := range g.tests {
			expect[e.id] = e
			if tests[e.id].Kind != e.kind {
				t.Errorf("%s: expected.txt has it as %s, the suite as %q", e.id, e.kind, tests[e.id].Kind)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(tests)) {
		_, excused := expect[id]
		switch v := judge(tests, results, id); {
		case tests[id].Kind == check:
		case v == pass && excused:
			t.Errorf("%s passes: take it out of expected.txt", id)
		case v != pass && !excused:
			t.Errorf("%s, %s: %s: %s %s; mend the simulator, or name the document that asks for this in expected.txt",
				id, tests[id].Kind, v, results[id].Class, results[id].Message)
		}
	}
}

// why is the table of reasons for docs/simulator.md.
func why(groups []group) string {
	var b strings.Builder
	b.WriteString("| Why not | Page | required | optimal |\n| --- | --- | --- | --- |\n")
	for _, g := range groups {
		n := map[string]int{}
		for _, e := range g.tests {
			n[e.kind]++
		}
		fmt.Fprintf(&b, "| %s | %s | %d | %d |\n", g.reason, g.clause, n[required], n[optimal])
	}
	return b.String()
}
