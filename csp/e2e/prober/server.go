package prober

import (
	"cmp"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
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

// filler replaces what stands for the first probe's URL, and for the hash of its first script element's text.
func (j *job) filler() *strings.Replacer {
	address := j.address(0)
	text := strings.ReplaceAll(j.probes[0].Text, "{url}", address)
	_, text, _ = strings.Cut(text, "<script")
	_, text, _ = strings.Cut(text, ">")
	text, _, _ = strings.Cut(text, "</script>")
	sum := sha256.Sum256([]byte(text))
	return strings.NewReplacer("{url}", address, "{hash}", "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
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

// job finds the job that a request names.
func (s *server) job(r *http.Request) *job {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open[r.URL.Query().Get("job")]
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
		w.Header().Set("Location", mark(probe.Redirect, id)+"&"+redirectedParameter)
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

const (
	probeParameter      = "probe"
	redirectedParameter = "redirected"
)

// mark adds the parameter that tells to which probe a request belongs.
func mark(address, id string) string {
	if !isSent(address) {
		return address
	}
	address, fragment, hasFragment := strings.Cut(address, "#")
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	address += separator + probeParameter + "=" + url.QueryEscape(id)
	if hasFragment {
		address += "#" + fragment
	}
	return address
}

// isSent reports whether a request for the URL goes to a server.
func isSent(address string) bool {
	scheme, _, _ := strings.Cut(address, ":")
	return slices.Contains([]string{"http", "https", "ws", "wss"}, strings.ToLower(scheme))
}

func writeJSON(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(value)
}

// A job is a page and the probes that share it.
type job struct {
	id       string
	origin   string
	probes   []Probe
	patience time.Duration // how long a probe may take to be settled
	done     chan []Result // takes one value
}

// probeID names a probe of the job. Its end shows that it is one: none is the beginning of another.
func (j *job) probeID(i int) string { return fmt.Sprintf("%s-%d-", j.id, i) }

func (j *job) address(i int) string { return mark(j.probes[i].URL, j.probeID(i)) }

func (j *job) String() string { return fmt.Sprintf("%s under %q", j.origin, j.probes[0].Policies) }

// A task is a job as its runner gets it.
type task struct {
	Page     string      `json:"page"`
	ID       string      `json:"id"`
	Patience int64       `json:"patience"` // milliseconds
	Probes   []taskProbe `json:"probes"`
}

type taskProbe struct {
	ID        string `json:"id"`
	Kind      string `json:"kind"`
	URL       string `json:"url"`
	Nonce     string `json:"nonce"`
	Integrity string `json:"integrity"`
	Text      string `json:"text"`
}

func (j *job) task() task {
	t := task{Page: pagePath + "?job=" + j.id, ID: j.id, Patience: j.patience.Milliseconds()}
	for i, p := range j.probes {
		text := cmp.Or(p.Text, map[string]string{"inlinestyle": StyleBody, "styleattr": StyleAttribute}[p.Kind], ScriptBody)
		t.Probes = append(t.Probes, taskProbe{j.probeID(i), p.Kind, j.address(i), p.Nonce, p.Integrity, strings.ReplaceAll(text, "{url}", j.address(i))})
	}
	return t
}

// notLoaded is what the runner notes when the page itself did not come.
const notLoaded = "the page did not load"

// results judges the probes by what the runner noted and the server saw.
func (j *job) results(notes map[string]string, seen map[string][]string) []Result {
	results := make([]Result, len(j.probes))
	for i, p := range j.probes {
		id := j.probeID(i)
		r := Result{Note: notes[id], Sure: notes[id] != "" && notes[id] != notLoaded}
		for _, address := range seen[id] {
			if strings.HasPrefix(address, p.As) {
				r.Allowed, r.Sure = true, true
			}
			r.Seen = address
		}
		if r.Note == "ran" || r.Note == "load" && !isSent(p.URL) {
			r.Allowed = true
		}
		results[i] = r
		delete(seen, id)
	}
	return results
}
