package main

import (
	"errors"
	"io"
	"os"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect"
)

// TestPeers: each peer finds the rules of all sets that it says it can hold.
func TestPeers(t *testing.T) {
	if os.Getenv("LAMBDAEDGE_HOSTS") == "" {
		if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
			t.Error(`LAMBDAEDGE_HOSTS is not set: eval "$(.ci/hosts)" sets it`)
		}
		t.Log("without netlify-redirector, since LAMBDAEDGE_HOSTS is not set")
	}
	// How many of the three sets a peer holds: exact rules, and wildcards of two and
	// of four forms.
	held := map[string]int{"redirect": 3, "Go map": 1, "net/http.ServeMux": 2, "httprouter 1.3.0": 2, "netlify-redirector 0.5.0": 3}
	for _, p := range peers() {
		n := 0
		for _, set := range routeSets() {
			if peerHolds(t, p, set) {
				n++
			}
		}
		if n != held[p.name] {
			t.Errorf("%s holds %d sets; want %d", p.name, n, held[p.name])
		}
	}
}

// peerHolds reports whether a peer takes rules of a set, and tries it if so.
func peerHolds(t *testing.T, p peer, set routeSet) bool {
	var rules []redirect.Rule
	var hits, misses []string
	for i := range 40 {
		rules = append(rules, set.rule(i))
		hits = append(hits, set.path(i))
		misses = append(misses, missingPath(set.path(i)))
	}
	f, err := p.open(t.Context(), rules)
	if c, ok := f.(io.Closer); ok {
		defer c.Close()
	}
	if errors.As(err, new(unsupported)) {
		t.Logf("%s with %s: %v", p.name, set.name, err)
		return false
	} else if err != nil {
		t.Fatalf("%s with %s: %v", p.name, set.name, err)
	}
	for _, paths := range []struct {
		list []string
		want int
	}{{hits, len(hits)}, {misses, 0}} {
		if found, _, err := f.find(paths.list); err != nil || found != paths.want {
			t.Errorf("%s with %s: found %d of %q, %v; want %d", p.name, set.name, found, paths.list, err, paths.want)
		}
	}
	return true
}
