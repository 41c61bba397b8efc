package prober

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// The paths of the prober's own pages; everything else is a request of a probe.
const (
	ownPaths   = "/.prober/"
	runnerPath = ownPaths + "runner"   // the page that drives the probes
	nextPath   = ownPaths + "next"     // gives it something to do
	pagePath   = ownPaths + "page"     // a page with a policy
	seenPath   = ownPaths + "seen"     // tells which probes of a page were seen
	donePath   = ownPaths + "finished" // takes the page's results
)

//go:embed runner.js
var runnerScript string

// A server answers the requests that a browser makes, and remembers those of the probes.
type server struct {
	jobs chan *job // those that no runner has taken yet

	mu   sync.Mutex
	held []*job              // taken, but for another origin than the runner's
	open map[string]*job     // by identifier: given to a runner, not finished
	seen map[string][]string // URLs by the probe's identifier, in the order of their arrival
	live chan struct{}       // closed when the first runner has called
}

type connKey struct{}

func newServer() *server {
	return &server{
		jobs: make(chan *job),
		open: map[string]*job{},
		seen: map[string][]string{},
		live: make(chan struct{}),
	}
}

// serve answers until the listener is closed.
func (s *server) serve(l net.Listener) {
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: handshakeTime,
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			return context.WithValue(ctx, connKey{}, c)
		},
	}
	server.SetKeepAlivesEnabled(false) // see mendTarget
	server.Serve(l)                    // ends with the listener's error, which is that of a closed one
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Access-Control-Allow-Headers", "*")
	switch r.URL.Path {
	case runnerPath:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><title>runner</title><body><script>%s</script>", runnerScript)
	case nextPath:
		s.serveNext(w, r)
	case pagePath:
		s.servePage(w, r)
	case seenPath:
		s.serveSeen(w, r)
	case donePath:
		s.serveDone(w, r)
	default:
		s.serveProbe(w, r)
	}
}

// serveNext gives a runner a page of its origin to load, sends it to another origin, or tells it to ask again.
func (s *server) serveNext(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Has("first") {
		s.markLive()
	}
	origin := r.Context().Value(connKey{}).(*conn).origin()
	next, elsewhere := s.take(origin)
	switch {
	case next != nil:
		writeJSON(w, map[string]any{"job": next.task()})
	case elsewhere != "":
		writeJSON(w, map[string]any{"goto": elsewhere + runnerPath})
	default:
		writeJSON(w, map[string]any{})
	}
}

// markLive tells that the browser has come as far as the runner.
func (s *server) markLive() {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.live:
	default:
		close(s.live)
	}
}

// servePage sends the page of a job, with its policies.
func (s *server) servePage(w http.ResponseWriter, r *http.Request) {
	j := s.job(r)
	if j == nil {
		http.NotFound(w, r)
		return
	}
	probe := j.probes[0]
	fill := j.filler()
	for _, policy := range probe.Policies {
		w.Header().Add("Content-Security-Policy", fill.Replace(policy))
	}
	for _, policy := range probe.ReportOnly {
		w.Header().Add("Content-Security-Policy-Report-Only", fill.Replace(policy))
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, "<!doctype html>")
	for _, policy := range probe.Meta {
		fmt.Fprintf(w, `<meta http-equiv="Content-Security-Policy" content="%s">`, html.EscapeString(fill.Replace(policy)))
	}
	fmt.Fprint(w, "<title>page</title><body><i></i>")
	switch probe.Kind {
	case "html", "report":
		fmt.Fprint(w, fill.Replace(probe.Text))
	case "page":
		fmt.Fprintf(w, `<img src="%s">`, html.EscapeString(j.address(0)))
	}
}

// serveSeen tells a runner which probes of its page have reached the server.
func (s *server) serveSeen(w http.ResponseWriter, r *http.Request) {
	seen := []string{}
	if j := s.job(r); j != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		for i := range j.probes {
			if len(s.seen[j.probeID(i)]) > 0 {
				seen = append(seen, j.probeID(i))
			}
		}
	}
	writeJSON(w, seen)
}

// serveDone takes what the runner saw, and completes it by what the server saw.
func (s *server) serveDone(w http.ResponseWriter, r *http.Request) {
	j := s.job(r)
	if j == nil {
		http.NotFound(w, r)
		return
	}
	var notes map[string]string
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&notes); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	results := j.results(notes, s.seen)
	delete(s.open, j.id)
	s.mu.Unlock()
	j.done <- results
}

// serveProbe remembers a request of a probe and answers it by its kind.
func (s *server) serveProbe(w http.ResponseWriter, r *http.Request) {
	id := r.URL.Query().Get(probeParameter)
	jobID, index, _ := strings.Cut(strings.TrimSuffix(id, "-"), "-")
	s.mu.Lock()
	j := s.open[jobID]
	i, err := strconv.Atoi(index)
	if j == nil || err != nil || i < 0 || i >= len(j.probes) {
		s.mu.Unlock()
		http.NotFound(w, r)
		return
	}
	probe := j.probes[i]
	if probe.Redirect != "" && !r.URL.Query().Has(redirectedParameter) {
		s.mu.Unlock()
		w.Header().Set("Location", withQuery(mark(probe.Redirect, id), redirectedParameter))
		w.WriteHeader(http.StatusFound)
		return
	}
	s.seen[id] = append(s.seen[id], seenURL(r))
	s.mu.Unlock()
	if r.Method == http.MethodOptions {
		return
	}
	if strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		upgrade(w, r)
		return
	}
	answerProbe(w, probe, r.URL.Path)
}

// seenURL is the URL of a request without the parameters that the prober added.
func seenURL(r *http.Request) string {
	c := r.Context().Value(connKey{}).(*conn)
	path := r.URL.EscapedPath()
	var kept []string
	for pair := range strings.SplitSeq(r.URL.RawQuery, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if name != probeParameter && name != redirectedParameter && pair != "" {
			kept = append(kept, pair)
		}
	}
	if len(kept) > 0 {
		path += "?" + strings.Join(kept, "&")
	}
	origin := c.origin()
	if strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		origin = "ws" + strings.TrimPrefix(origin, "http")
	}
	return origin + path
}

func writeJSON(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(value)
}
