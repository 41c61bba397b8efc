//go:build !race

package edge_test

import "testing"

// TestInvokeAllocations: an untouched event takes four allocations, its text, the event, the origin with its copy, and the answer.
// (The race detector has the compiler inline less, and one more comes of it.)
func TestInvokeAllocations(t *testing.T) {
	event, ctx := benchEvent(t), t.Context()
	const budget = 4
	got := testing.AllocsPerRun(200, func() {
		if _, err := untouched.Invoke(ctx, event); err != nil {
			t.Fatal(err)
		}
	})
	if got > budget {
		t.Errorf("%.0f allocations; want %d", got, budget)
	}
}
