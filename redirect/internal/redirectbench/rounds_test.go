package main

import "testing"

// TestRatio: a machine that is busy in one round is so for both trees, and that round's
// ratio is as good as another's. The ratio of the medians would be 1.
func TestRatio(t *testing.T) {
	var m measurements
	for _, times := range [][2]float64{{1, 4}, {2, 8}, {8, 2}} {
		m.add(0, row{Name: "x", Time: times[0]})
		m.add(1, row{Name: "x", Time: times[1]})
	}
	m.add(0, row{Name: "only today's"})
	if got := m.ratio("x", timeOf); got != 0.25 {
		t.Errorf("ratio %v; want 0.25", got)
	}
	if got := m.median("x", 0, timeOf); got != 2 {
		t.Errorf("median %v; want 2", got)
	}
	if m.has("only today's", 1) {
		t.Error("the older tree has a row that nobody measured")
	}
}

func TestNanoseconds(t *testing.T) {
	for _, test := range []struct {
		ns   float64
		want string
	}{
		{0.6, "1 ns"},
		{999, "999 ns"},
		{1234, "1.2 us"},
		{123456, "123 us"},
		{1.26e6, "1.3 ms"},
		{3.219e8, "322 ms"},
		{2.5e9, "2.5 s"},
	} {
		if got := nanoseconds(test.ns); got != test.want {
			t.Errorf("%v: %s; want %s", test.ns, got, test.want)
		}
	}
}
