package edgesim

import (
	"sync/atomic"

	"github.com/edgehelpers/lambdaedge/edge"
)

// Stats are counts since the simulator was made.
type Stats struct {
	Requests int64                  `json:"requests"` // viewer requests
	Runs     map[edge.Trigger]int64 `json:"runs"`     // function runs by trigger
	Saved    int64                  `json:"saved"`    // runs of origin-facing functions that a cache hit made unnecessary
	Hits     int64                  `json:"hits"`     // answers from the cache, refreshed ones among them but no errors (cache-statistics.html)
	Misses   int64                  `json:"misses"`   // answers for which the origin was asked
	Objects  int                    `json:"objects"`  // in the cache now
	Bytes    int64                  `json:"bytes"`    // that they take, with an allowance for what surrounds them
	Limit    int64                  `json:"limit"`    // bound of Bytes
	Evicted  int64                  `json:"evicted"`  // objects that had to go to make room
}

// counters are the running counts; the triggers are in the order of the event model.
type counters struct {
	requests, saved, hits, misses atomic.Int64

	viewerRequest, originRequest, originResponse, viewerResponse atomic.Int64
}

func (c *counters) of(trigger edge.Trigger) *atomic.Int64 {
	switch trigger {
	case edge.ViewerRequest:
		return &c.viewerRequest
	case edge.OriginRequest:
		return &c.originRequest
	case edge.OriginResponse:
		return &c.originResponse
	}
	return &c.viewerResponse
}

// Stats counts what happened so far.
func (s *Simulator) Stats() Stats {
	objects, bytes, evicted := s.cache.Stats()
	st := Stats{
		Requests: s.counts.requests.Load(), Saved: s.counts.saved.Load(), Hits: s.counts.hits.Load(), Misses: s.counts.misses.Load(),
		Objects: objects, Bytes: bytes, Limit: s.cache.Limit(), Evicted: evicted, Runs: map[edge.Trigger]int64{},
	}
	for _, t := range []edge.Trigger{edge.ViewerRequest, edge.OriginRequest, edge.OriginResponse, edge.ViewerResponse} {
		st.Runs[t] = s.counts.of(t).Load()
	}
	return st
}
