package csp

import (
	"math/rand/v2"
	"testing"
)

// subsumesSlowly compares for every engine, and leaves none out.
func subsumesSlowly(a, b List) bool {
	for _, e := range comparedEngines {
		c := newComparison(e, e.rules(), "", b, []List{a})
		if !c.all(func(Change) bool { return false }) {
			return false
		}
	}
	return true
}

// TestEnginesLeftOut: an engine is left out of a comparison only if it would find
// nothing that another does not.
func TestEnginesLeftOut(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	sources := []string{"'self'", "*", "http:", "https:", "wss:", "ws://a.b", "a.b", "http://a.b", "https://a.b:443", "a.b:8443", "http://a.b:80", "*:443",
		"https://*/x/", "a.b./", "a.b:080", "a.b/x%2Fy", "http://192.0.2.1", "http://*", "'strict-dynamic'", "'nonce-a'", "'unsafe-inline'", "'sha256-abcde'"}
	directives := []string{"default-src", "script-src", "img-src", "connect-src", "worker-src", "frame-ancestors", "form-action"}
	policy := func() Policy {
		text := ""
		for range 1 + r.IntN(2) {
			text += directives[r.IntN(len(directives))]
			for range 1 + r.IntN(3) {
				text += " " + sources[r.IntN(len(sources))]
			}
			text += "; "
		}
		p, _ := Parse(text)
		return p
	}
	yes := 0
	for range 150 {
		a, b := List{policy()}, List{policy()}
		if r.IntN(2) == 0 {
			b = append(b, a[0])
		}
		want := subsumesSlowly(a, b)
		if got := Subsumes(a, b); got != want {
			t.Fatalf("Subsumes(%q, %q): got %v; want %v", a, b, got, want)
		}
		if want {
			yes++
		}
	}
	if yes < 20 {
		t.Errorf("only %d pairs were in the relation", yes)
	}
}
