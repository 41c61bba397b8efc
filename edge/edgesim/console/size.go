package console

import "github.com/edgehelpers/lambdaedge/edge/edgesim"

// size is about what a record takes: its texts, with an allowance for what surrounds each.
func (r *record) size() int64 {
	s := &r.summary
	n := measure(512)
	n.add(s.Target, s.Warning, s.Behavior)
	n += measure(64 * len(s.Stages))
	if t := r.trace; t != nil {
		n.add(t.Viewer.Target, t.Viewer.Host, t.Cache.Key, t.Cache.Reason, t.Reason)
		n.add(t.Warnings...)
		n.headers(t.Viewer.Header, t.Header)
		for _, p := range t.Cache.Parts {
			n.add(p.Name, p.Value)
		}
		for _, o := range t.Origins {
			n.add(o.Origin, o.Target)
			n.headers(o.Header, o.Received, o.Passed)
		}
		for i := range t.Stages {
			n.stage(&t.Stages[i])
		}
	}
	return int64(n)
}

// A measure is a number of bytes.
type measure int64

func (n *measure) add(texts ...string) {
	for _, text := range texts {
		*n += measure(len(text) + 16)
	}
}

func (n *measure) headers(all ...map[string][]string) {
	for _, h := range all {
		for name, values := range h {
			*n += measure(len(name) + 48)
			n.add(values...)
		}
	}
}

func (n *measure) stage(st *edgesim.Stage) {
	*n += measure(256 + len(st.Input) + len(st.Output) + 48*len(st.Limits))
	n.add(st.Function, st.Error)
	n.add(st.Notes...)
	n.add(st.Logs...)
	for _, f := range st.Findings {
		n.add(f.Field, f.Value, f.Reason, f.Cure, f.Page)
	}
}
