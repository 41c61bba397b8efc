package prober

import (
	"net/http"
	"slices"
	"time"
)

// feed hands jobs to the runner until all are taken or it is stopped.
func (s *server) feed(jobs []*job, stop <-chan struct{}) {
	for _, j := range jobs {
		select {
		case s.jobs <- j:
		case <-stop:
			return
		}
	}
}

// take finds a job for a runner of an origin, or else the origin of a job for another one. It waits a little for one.
func (s *server) take(origin string) (next *job, elsewhere string) {
	if next, elsewhere = s.takeHeld(origin); next != nil || elsewhere != "" {
		return next, elsewhere
	}
	select {
	case j := <-s.jobs:
		s.mu.Lock()
		s.held = append(s.held, j)
		s.mu.Unlock()
		return s.takeHeld(origin)
	case <-time.After(askAgain):
		return nil, ""
	}
}

// askAgain is how long a runner waits for an answer when there is nothing to do.
const askAgain = time.Second

func (s *server) takeHeld(origin string) (next *job, elsewhere string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, j := range s.held {
		if j.origin == origin {
			s.held = slices.Delete(s.held, i, i+1)
			s.open[j.id] = j
			return j, ""
		}
	}
	if len(s.held) > 0 {
		return nil, s.held[0].origin
	}
	return nil, ""
}

// job finds the job that a request names.
func (s *server) job(r *http.Request) *job {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open[r.URL.Query().Get("job")]
}
