package probe

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// A Report is what a distribution answered: the file edgeprobe.json. [edgesim.ReadUnknowns] takes it.
type Report struct {
	Date     time.Time        `json:"date"`
	Pops     []string         `json:"pops"`     // the locations that answered, as X-Amz-Cf-Pop has them
	Unknowns edgesim.Unknowns `json:"unknowns"` // as far as they were found
	Answers  []*Answer        `json:"answers"`
}

// Ask asks questions; it always gives a report. The error says that ctx ended before the last one.
func Ask(ctx context.Context, t Target, questions []Question) (*Report, error) {
	target := t.fill()
	defer target.transport.CloseIdleConnections()
	r := &Report{Date: target.Now().UTC().Truncate(time.Second), Answers: make([]*Answer, len(questions))}
	run := rand.Text()[:8]
	var all sync.WaitGroup
	for i, q := range questions {
		ask := func() { r.Answers[i] = q.asked(ctx, target, run) }
		if t.OneByOne {
			ask()
			continue
		}
		all.Go(ask)
	}
	all.Wait()
	for _, a := range r.Answers {
		if a.set != nil {
			a.set(&r.Unknowns)
		}
		for _, e := range a.Evidence {
			if pop := e.header.Get("X-Amz-Cf-Pop"); pop != "" && !slices.Contains(r.Pops, pop) {
				r.Pops = append(r.Pops, pop)
			}
		}
	}
	slices.Sort(r.Pops)
	return r, ctx.Err()
}

// Write writes the report as JSON.
func (r *Report) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(r)
}
