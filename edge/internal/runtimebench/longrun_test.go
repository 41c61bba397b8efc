package main

import (
	"os"
	"runtime"
	"testing"
)

// The long runs themselves are the command's; these are short ones of the same kind.
func TestLongRuns(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skipf("reads /proc; this is %s", runtime.GOOS)
	}
	t.Chdir("../../..")
	stdout := os.Stdout
	t.Cleanup(func() { os.Stdout = stdout })
	os.Stdout, _ = os.Open(os.DevNull) // the account is for the command's user
	for _, test := range []struct {
		name   string
		faults bool
	}{{"soak", false}, {"faults", true}} {
		t.Run(test.name, func(t *testing.T) {
			if err := longRun(t.Context(), t.TempDir(), 4000, 1, test.faults); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	good := account{served: 7, failed: 2, panicked: 1, refused: 1}
	good.faults[resetBefore] = 1
	for _, test := range []struct {
		name, reason string
		change       func(*account)
		ok           bool
	}{
		{"good", "all ten have one answer", func(*account) {}, true},
		{"one-missing", "an invocation without an answer", func(c *account) { c.served-- }, false},
		{"lost", "the next one was asked for before the answer", func(c *account) { c.lost++ }, false},
		{"wrong", "another's answer", func(c *account) { c.wrong++ }, false},
		{"twice", "a second answer without a reset", func(c *account) { c.refused++ }, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := &api{total: 10, account: good}
			test.change(&a.account)
			if err := a.judge(); (err == nil) != test.ok {
				t.Errorf("judge() = %v; want ok %v: %s", err, test.ok, test.reason)
			}
		})
	}
}

// What the judge counts must be counted.
func TestAPICountsWhatGoesWrong(t *testing.T) {
	t.Parallel()
	a := &api{total: 10, answered: true}
	a.next()
	a.given = true
	if a.take("/2018-06-01/runtime/invocation/id-7/response", nil) != refused || a.account.refused != 1 {
		t.Error("an answer with another id was taken")
	}
	a.next()
	if a.account.lost != 1 {
		t.Error("a second request without an answer in between was not counted")
	}
	if a.take("/2018-06-01/runtime/invocation/id-1/response", []byte(`{"body":"served n=2"}`)) != accepted || a.account.wrong != 1 {
		t.Error("another invocation's answer was not counted")
	}
	if a.take("/2018-06-01/runtime/invocation/id-1/response", nil) != refused || a.account.refused != 2 {
		t.Error("a second answer was taken")
	}
}

func TestPackageOf(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ symbol, want string }{
		{"main.main", "main"},
		{"net/netip.(*Addr).String", "net/netip"},
		{"github.com/edgehelpers/lambdaedge/edge.(*Function).Invoke", "github.com/edgehelpers/lambdaedge/edge"},
		{"slices.SortFunc[go.shape.[]github.com/edgehelpers/lambdaedge/edge.field]", "slices"},
		{"type:.eq.github.com/edgehelpers/lambdaedge/edge.Config", "type: (types and tables of the linker)"},
		{"indexbytebody", "indexbytebody"},
	} {
		if got := packageOf(test.symbol); got != test.want {
			t.Errorf("packageOf(%q) = %q; want %q", test.symbol, got, test.want)
		}
	}
}
