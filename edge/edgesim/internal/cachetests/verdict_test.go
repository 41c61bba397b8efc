package cachetests_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The kinds of tests.
const (
	required = "required"
	optimal  = "optimal"
	check    = "check"
)

// A verdict is what a result means, as test-engine/lib/results.mjs of the suite has it.
type verdict string

const (
	pass       verdict = "pass"
	fail       verdict = "fail"
	dependency verdict = "dependency" // a test that this one builds upon does not pass
	setup      verdict = "setup"      // the test could not be made
	untested   verdict = "untested"
)

// judge gives the verdict on a test.
func judge(tests map[string]test, results map[string]result, id string) verdict {
	r, found := results[id]
	if !found {
		return untested
	}
	for _, on := range tests[id].DependsOn {
		if judge(tests, results, on) != pass {
			return dependency
		}
	}
	switch {
	case r.Passed:
		return pass
	case r.Class == "Setup" || r.Class == "AbortError":
		return setup
	}
	return fail
}

// A count is how many tests of a kind passed, of how many.
type count struct{ passed, of int }

// tally counts the tests by kind.
func tally(tests map[string]test, results map[string]result) map[string]count {
	counts := map[string]count{}
	for id, test := range tests {
		c := counts[test.Kind]
		c.of++
		if judge(tests, results, id) == pass {
			c.passed++
		}
		counts[test.Kind] = c
	}
	return counts
}

func TestJudge(t *testing.T) {
	t.Parallel()
	tests := map[string]test{
		"passes": {Kind: required}, "fails": {Kind: required}, "not-made": {Kind: optimal}, "timed-out": {Kind: optimal}, "left-out": {Kind: check},
		"builds-on-passes": {Kind: required, DependsOn: []string{"passes"}}, "builds-on-fails": {Kind: required, DependsOn: []string{"fails"}},
	}
	results := map[string]result{
		"passes": {Passed: true}, "fails": {Class: "Assertion"}, "not-made": {Class: "Setup"}, "timed-out": {Class: "AbortError"},
		"builds-on-passes": {Passed: true}, "builds-on-fails": {Passed: true},
	}
	got := map[string]verdict{}
	for id := range tests {
		got[id] = judge(tests, results, id)
	}
	want := map[string]verdict{
		"passes": pass, "fails": fail, "not-made": setup, "timed-out": setup, "left-out": untested, "builds-on-passes": pass, "builds-on-fails": dependency,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("verdicts (-want +got):\n%s", diff)
	}
	counts := map[string]count{required: {2, 4}, optimal: {0, 2}, check: {0, 1}}
	if diff := cmp.Diff(counts, tally(tests, results), cmp.AllowUnexported(count{})); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}
