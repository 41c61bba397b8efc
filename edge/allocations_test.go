//go:build !race

package edge_test

import "testing"

// TestInvokeAllocations: an untouched event takes two allocations, its text with the answer behind it, and the event with its origin. Served
// by Start, whose answer has room already, these are the text and the event.
// (The race detector has the compiler inline less, and one more comes of it.)
func TestInvokeAllocations(t *testing.T) {
	event, ctx := benchEvent(t), t.Context()
	const budget = 2
	got := testing.AllocsPerRun(200, func() {
		if _, err := untouched.Invoke(ctx, event); err != nil {
			t.Fatal(err)
		}
	})
	if got > budget {
		t.Errorf("%.0f allocations; want %d", got, budget)
	}
}
