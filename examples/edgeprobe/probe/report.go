package probe

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// A Report is what a distribution answered: the file edgeprobe.json. [edgesim.ReadUnknowns] takes it.
type Report struct {
	Date     time.Time        `json:"date"`
	Pops     []string         `json:"pops"`              // the locations that answered, as X-Amz-Cf-Pop has them
	Regions  []string         `json:"regions,omitempty"` // in which functions ran, as their logs have it
	Unknowns edgesim.Unknowns `json:"unknowns"`          // as far as they were found
	Answers  []*Answer        `json:"answers"`
}

// Ask asks questions; it always gives a report. Those that change the distribution come last, one by one. The error says that ctx
// ended before the last one, or why the logs could not be read.
func Ask(ctx context.Context, t Target, questions []Question) (*Report, error) {
	target := t.fill()
	defer target.transport.CloseIdleConnections()
	r := &Report{Date: target.Now().UTC().Truncate(time.Second), Answers: make([]*Answer, len(questions))}
	run := rand.Text()[:8]
	var all sync.WaitGroup
	for i, q := range questions {
		switch ask := func() { r.Answers[i] = q.asked(ctx, target, run) }; {
		case q.alone: // below
		case t.OneByOne:
			ask()
		default:
			all.Go(ask)
		}
	}
	all.Wait()
	err := r.readLogs(ctx, target, run)
	for i, q := range questions {
		if q.alone {
			r.Answers[i] = q.asked(ctx, target, run)
		}
	}
	r.conclude()
	return r, errors.Join(ctx.Err(), err)
}

// conclude gathers from the answers what the report says of all.
func (r *Report) conclude() {
	for _, a := range r.Answers {
		if a.set != nil {
			a.set(&r.Unknowns)
		}
		for _, e := range a.Evidence {
			if pop := e.header.Get("X-Amz-Cf-Pop"); pop != "" && !slices.Contains(r.Pops, pop) {
				r.Pops = append(r.Pops, pop)
			}
		}
		for _, line := range a.Logs {
			if line.Region != "" && !slices.Contains(r.Regions, line.Region) {
				r.Regions = append(r.Regions, line.Region)
			}
		}
	}
	slices.Sort(r.Pops)
	slices.Sort(r.Regions)
}

// Write writes the report as JSON.
func (r *Report) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(r)
}
