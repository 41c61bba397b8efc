package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/internal/workload"
)

// A lookup is what is looked up again and again: each path in turn.
type lookup struct {
	name    string
	table   *redirect.Table
	request *edge.Request
	paths   []string // as many as a power of two
	hit     bool
}

// measureLookups measures lookups in the table of all rules, and the worst ones: that
// of the number in each line of in. So two processes can take turns.
func measureLookups(file string, in *json.Decoder, out *json.Encoder) error {
	lookups, err := openLookups(file)
	if err != nil {
		return err
	}
	runtime.GOMAXPROCS(1) // the collector's work counts, too
	for {
		var i int
		if err := in.Decode(&i); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		r, err := lookups[i].measure()
		if err != nil {
			return err
		}
		r.More = i < len(lookups)-1
		if err := out.Encode(r); err != nil {
			return err
		}
	}
}

func openLookups(file string) ([]lookup, error) {
	form, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	table, err := redirect.Load(string(form))
	if err != nil {
		return nil, err
	}
	request := workload.Request("/", "")
	lookups := []lookup{
		{"hit", table, request, workload.Scattered(workload.ExactPath, workload.ManyExact), true},
		{"miss", table, request, workload.Scattered(workload.MissingPath, workload.ManyExact), false},
		{"miss, the same path", table, request, []string{workload.MissingPath(7)}, false},
		{"wildcard hit", table, request, workload.Scattered(workload.WildcardPath, workload.ManyWildcards), true},
	}
	for _, w := range workload.Worst() {
		table, err := redirect.Compile(redirect.Config{Rules: w.Rules, Tolerate: workload.Tolerate()})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", w.Name, err)
		}
		lookups = append(lookups, lookup{w.Name, table, w.Request, []string{w.Request.URI}, w.Hit})
	}
	return lookups, nil
}

// How long and how often a lookup is measured. The best counts: whatever else the
// machine does can only make it slower.
const (
	batch   = 10 * time.Millisecond
	batches = 5
)

func (l *lookup) measure() (row, error) {
	n, i := 1, 0
	for {
		took, err := l.run(n, &i)
		if err != nil {
			return row{}, err
		}
		if took >= batch/2 {
			break
		}
		n *= 2
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	best := time.Duration(math.MaxInt64)
	for range batches {
		took, err := l.run(n, &i)
		if err != nil {
			return row{}, err
		}
		best = min(best, took)
	}
	runtime.ReadMemStats(&after)
	return row{
		Name:   l.name,
		Time:   float64(best) / float64(n),
		Allocs: float64((after.Mallocs - before.Mallocs) / uint64(batches*n)),
		Memory: float64((after.TotalAlloc - before.TotalAlloc) / uint64(batches*n)),
	}, nil
}

// run looks up n times, from path i on.
func (l *lookup) run(n int, i *int) (time.Duration, error) {
	begun := time.Now()
	for range n {
		l.request.URI = l.paths[*i&(len(l.paths)-1)]
		*i++
		if _, ok := l.table.Lookup(l.request); ok != l.hit {
			return 0, fmt.Errorf("%s: %s: redirect %v; want %v", l.name, l.request.URI, ok, l.hit)
		}
	}
	return time.Since(begun), nil
}
