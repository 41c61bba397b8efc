package main

import "slices"

// A row is what the measuring program says of one thing.
type row struct {
	Name                       string
	Time, Allocs, Memory, Form float64
	More                       bool // another lookup is to be measured
}

// measurements are the rows of all rounds, by name in the order of the table.
type measurements struct {
	names []string
	rows  map[string]*[2][]row // by name; of today's tree and of the other
}

func (m *measurements) add(tree int, r row) {
	if m.rows == nil {
		m.rows = map[string]*[2][]row{}
	}
	if m.rows[r.Name] == nil {
		m.names = append(m.names, r.Name)
		m.rows[r.Name] = new([2][]row)
	}
	m.rows[r.Name][tree] = append(m.rows[r.Name][tree], r)
}

// treeOrder returns the trees in the order of a round: each is the first in every
// other.
func treeOrder(round int) [2]int {
	if round%2 != 0 {
		return [2]int{1, 0}
	}
	return [2]int{0, 1}
}

// A value is one number of a row.
type value func(row) float64

func timeOf(r row) float64   { return r.Time }
func allocsOf(r row) float64 { return r.Allocs }
func memoryOf(r row) float64 { return r.Memory }
func formOf(r row) float64   { return r.Form }

// median returns the median of a value in a tree's rows.
func (m *measurements) median(name string, tree int, of value) float64 {
	var values []float64
	for _, r := range m.rows[name][tree] {
		values = append(values, of(r))
	}
	return medianOf(values)
}

// ratio returns the median of the rounds' ratios.
func (m *measurements) ratio(name string, of value) float64 {
	var ratios []float64
	both := m.rows[name]
	for i := range min(len(both[0]), len(both[1])) {
		ratios = append(ratios, of(both[0][i])/of(both[1][i]))
	}
	return medianOf(ratios)
}

// has reports whether a tree has such rows.
func (m *measurements) has(name string, tree int) bool { return len(m.rows[name][tree]) > 0 }

// medianOf returns the median, 0 of nothing.
func medianOf(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[len(values)/2]
}
