//go:build !race

package edgesim_test

import (
	"net/http/httptest"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
)

// TestHitAllocations: what a request does not ask for costs it nothing. Conditions, ranges, cookies, mocks and faults come with few
// requests, and hits are what a simulator mostly answers.
func TestHitAllocations(t *testing.T) {
	const budget = 38
	s := simulator(t, demoConfig(&edge.Function{}))
	r := httptest.NewRequest("GET", "/index.html", nil)
	r.Host = "localhost:8080"
	s.Do(r)
	if got := testing.AllocsPerRun(200, func() { s.Do(r) }); got > budget {
		t.Errorf("%.0f allocations; want %d", got, budget)
	}
}
