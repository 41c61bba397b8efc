package prober

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Bounds of time. A browser that does not keep them is taken for hung.
const (
	startTime = 60 * time.Second        // from the start of a browser to the first page
	pageTime  = 60 * time.Second        // from one page's results to the next one's
	patience  = 1500 * time.Millisecond // the usual Session.Patience
)

// A Session is a browser that runs.
type Session struct {
	Browser Browser
	Version string // what the program says of itself

	// Patience is how long a probe may take until it counts as blocked, if nothing tells that it is. A probe that happens
	// by itself while a page is loaded has a fifth of it after the load.
	Patience time.Duration

	process  *process
	profile  string
	listener *listener
	server   *server
	jobs     int // so far
}

// Start starts a browser with a new profile. The error is [ErrAbsent] if it is not installed.
// Whoever starts a session closes it.
func Start(ctx context.Context, b Browser) (*Session, error) {
	program, err := b.find()
	if err != nil {
		return nil, fmt.Errorf("%w (Debian: apt-get install %s)", err, b.Package)
	}
	profile, err := os.MkdirTemp("", "prober-"+b.Name+"-")
	if err != nil {
		return nil, err
	}
	s := &Session{Browser: b, Patience: patience, profile: profile, server: newServer()}
	if s.listener, err = listen(); err != nil {
		s.Close()
		return nil, err
	}
	go s.server.serve(s.listener)
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	s.process, err = b.start(ctx, settings{program, profile, s.listener.Addr().String(), usualOrigin + runnerPath})
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	s.Version = version(program, s.process.command.Env)
	select {
	case <-s.server.live:
		return s, nil
	case <-s.process.ended:
		err = fmt.Errorf("%s ended at once: %s", s.Version, s.process.output)
	case <-ctx.Done():
		err = fmt.Errorf("%s has not opened the first page in time (%v): %s", s.Version, startTime, s.process.output)
	}
	s.Close()
	return nil, err
}

// Close ends the browser and removes its profile.
func (s *Session) Close() error {
	if s.process != nil {
		s.process.stop()
	}
	if s.listener != nil {
		s.listener.Close()
	}
	return os.RemoveAll(s.profile)
}

// Run makes probes and returns a result for each, in the same order. Those whose answer is not sure are asked a second time,
// with four times the patience.
func (s *Session) Run(ctx context.Context, probes []Probe) ([]Result, error) {
	for i, p := range probes {
		if err := p.check(); err != nil {
			return nil, fmt.Errorf("probe %d: %w", i+1, err)
		}
	}
	all := make([]int, len(probes))
	for i := range all {
		all[i] = i
	}
	results := make([]Result, len(probes))
	if err := s.run(ctx, probes, all, results, s.Patience); err != nil {
		return nil, err
	}
	again := slices.DeleteFunc(all, func(i int) bool { return results[i].Sure })
	if err := s.run(ctx, probes, again, results, 4*s.Patience); err != nil {
		return nil, err
	}
	return results, nil
}

// run makes the probes of some indexes, and sets their results.
func (s *Session) run(ctx context.Context, probes []Probe, indexes []int, results []Result, patience time.Duration) error {
	pages := share(probes, indexes)
	jobs := make([]*job, len(pages))
	for i, page := range pages {
		s.jobs++
		jobs[i] = &job{id: strconv.Itoa(s.jobs), origin: probes[page[0]].origin(), patience: patience, done: make(chan []Result, 1)}
		for _, index := range page {
			jobs[i].probes = append(jobs[i].probes, probes[index])
		}
	}
	stop := make(chan struct{})
	defer close(stop)
	go s.server.feed(jobs, stop)
	for i, j := range jobs {
		select {
		case answers := <-j.done:
			for k, index := range pages[i] {
				results[index] = answers[k]
			}
		case <-s.process.ended:
			return fmt.Errorf("%s has ended with %v: %s", s.Version, s.process.command.ProcessState, s.process.output)
		case <-time.After(pageTime):
			return fmt.Errorf("%s hangs: no result for %v from the page %v: %s", s.Version, pageTime, j, s.process.output)
		case <-ctx.Done():
			return errors.Join(fmt.Errorf("%s was given up", s.Version), ctx.Err())
		}
	}
	return nil
}

// share groups probes into pages, in an order that seldom changes the origin.
func share(probes []Probe, indexes []int) [][]int {
	var pages [][]int
	shared := map[string]int{}
	for _, i := range indexes {
		at, ok := shared[probes[i].page()]
		if !ok || probes[i].isAlone() || len(pages[at]) >= probesAPage {
			at = len(pages)
			pages = append(pages, nil)
			if !probes[i].isAlone() {
				shared[probes[i].page()] = at
			}
		}
		pages[at] = append(pages[at], i)
	}
	slices.SortStableFunc(pages, func(a, b []int) int { return strings.Compare(probes[a[0]].origin(), probes[b[0]].origin()) })
	return pages
}

// probesAPage keeps the wait for one page short.
const probesAPage = 50

// Ask starts browsers, lets all of them make the same probes at the same time, and ends them. The results are by browser,
// then by probe; the versions by browser.
func Ask(ctx context.Context, browsers []Browser, probes []Probe) (results [][]Result, versions []string, err error) {
	results, versions = make([][]Result, len(browsers)), make([]string, len(browsers))
	failures := make([]error, len(browsers))
	var group sync.WaitGroup
	for i, b := range browsers {
		group.Go(func() {
			session, err := Start(ctx, b)
			if err != nil {
				failures[i] = err
				return
			}
			defer session.Close()
			versions[i] = session.Version
			results[i], failures[i] = session.Run(ctx, probes)
		})
	}
	group.Wait()
	return results, versions, errors.Join(failures...)
}
