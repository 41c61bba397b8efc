package console

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

const harComment = "Requests to a simulator on a developer's machine. This file holds what viewers sent: addresses, cookies, query strings, credentials. " +
	"Bodies are not in it. Times are by the simulator's clock."

// har saves the requests of the list that a query finds, oldest first: GET /api/har?q=...
func (a *api) har(w http.ResponseWriter, r *http.Request) {
	found, err := a.found(r)
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	slices.Reverse(found)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", a.sim.Now().UTC().Format("edgesim-20060102-150405.har")))
	out := bufio.NewWriter(w)
	defer out.Flush()
	archive := NewArchive(out, a.sim.DomainName())
	for _, record := range found {
		if record.trace != nil {
			archive.Add(record.trace)
		}
	}
	archive.Close()
}

// An Archive writes requests as an HTTP Archive (HAR 1.2), one after the other. It is safe for concurrent use.
type Archive struct {
	domain string

	mu      sync.Mutex
	w       io.Writer
	entries int
	err     error
}

// NewArchive begins an archive on w. domain is the distribution's domain name, [edgesim.Simulator.DomainName].
func NewArchive(w io.Writer, domain string) *Archive {
	creator, _ := json.Marshal(map[string]string{"name": "edgesim", "version": version()})
	comment, _ := json.Marshal(harComment)
	a := &Archive{w: w, domain: domain}
	_, a.err = fmt.Fprintf(w, `{"log":{"version":"1.2","creator":%s,"comment":%s,"pages":[],"entries":[`, creator, comment)
	return a
}

// Add writes a request: it can be an edgesim.Config.Observe. What the writer refuses is told by Close.
func (a *Archive) Add(t *edgesim.Trace) {
	entry, err := json.Marshal(newHAREntry(t, a.domain))
	if err != nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	separator := ",\n"
	if a.entries == 0 {
		separator = "\n"
	}
	a.entries++
	if a.err == nil {
		_, a.err = a.w.Write(append([]byte(separator), entry...))
	}
}

// Close writes the end, without which nothing can read the archive. It does not close the writer. The error is the writer's first.
func (a *Archive) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.err == nil {
		_, a.err = io.WriteString(a.w, "\n]}}\n")
	}
	return a.err
}

// version is that of the module which this package comes from.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range append(info.Deps, &info.Main) {
			if m.Path == "github.com/edgehelpers/lambdaedge" && m.Version != "" {
				return m.Version
			}
		}
	}
	return "(devel)"
}

func newHAREntry(t *edgesim.Trace, domain string) harEntry {
	v := t.Viewer
	e := harEntry{
		Started: t.Time.Format(timeFormat),
		Request: harRequest{
			Method: v.Method, URL: harURL(&v, domain), HTTPVersion: v.Proto, Headers: harHeaders(v.Header), HeadersSize: -1,
			Cookies: requestCookies(v.Header), QueryString: queryPairs(v.Target), BodySize: -1,
		},
		Response: harResponse{
			Status: t.Status, StatusText: http.StatusText(t.Status), HTTPVersion: v.Proto, Headers: harHeaders(t.Header), HeadersSize: -1, BodySize: t.Bytes,
			Cookies: responseCookies(t.Header), Content: harContent{t.Bytes, http.Header(t.Header).Get("Content-Type")},
			RedirectURL: http.Header(t.Header).Get("Location"),
		},
		Timings: harTimings{Blocked: -1, DNS: -1, Connect: -1, SSL: -1},
		Edgesim: harExtra{
			ID: t.ID, Target: v.Target, Client: v.Client, Background: t.Background, Behavior: t.Behavior, Result: t.Result, Reason: t.Reason,
			Warnings: t.Warnings, Cache: t.Cache, Stages: slices.Clone(t.Stages), Origins: t.Origins,
		},
	}
	e.Request.Headers = append(e.Request.Headers, harPair{"Host", v.Host})
	if v.Method == http.MethodGet || v.Method == http.MethodHead {
		e.Request.BodySize = 0
	}
	if t.Background {
		e.Comment = "in the background: no viewer waited for it"
	}
	for i := range e.Edgesim.Stages {
		e.Edgesim.Stages[i].Input, e.Edgesim.Stages[i].Output = nil, nil
	}
	var sending time.Duration
	if reply := t.Stage(edgesim.StageReply); reply != nil {
		sending = min(reply.Duration, t.Duration)
	}
	e.Timings.Wait, e.Timings.Receive = milliseconds(t.Duration-sending), milliseconds(sending)
	e.Time = e.Timings.Wait + e.Timings.Receive
	return e
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
