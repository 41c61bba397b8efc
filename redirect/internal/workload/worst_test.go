package workload_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/internal/workload"
)

// TestWorst: a lookup that has an end before its time is not the worst one.
func TestWorst(t *testing.T) {
	tables := map[*redirect.Rule]*redirect.Table{} // by the first rule: some lookups are in the same table
	for _, w := range workload.Worst() {
		table := tables[&w.Rules[0]]
		if table == nil {
			var err error
			if table, err = redirect.Compile(redirect.Config{Rules: w.Rules, Tolerate: workload.Tolerate()}); err != nil {
				t.Errorf("%s: %v", w.Name, err)
				continue
			}
			tables[&w.Rules[0]] = table
		}
		m, ok := table.Lookup(w.Request)
		if ok != w.Hit {
			t.Errorf("%s: redirect %v; want %v", w.Name, ok, w.Hit)
		}
		if last := w.Rules[len(w.Rules)-1].Line; ok && m.Line != last {
			t.Errorf("%s: rule %d; want the last, %d", w.Name, m.Line, last)
		}
	}
}
