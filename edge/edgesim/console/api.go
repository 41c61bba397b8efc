package console

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// mostCall is the size of a call's JSON: a request body for a function to see, and some headers.
const mostCall = 4 << 20

// An api is the calls that the page makes. Those that change something are POSTs with JSON; an answer is JSON, with an "error" when it failed.
type api struct {
	console *Console
	sim     *edgesim.Simulator
	streams atomic.Int32
}

// reply writes an answer.
func reply(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}

func fail(w http.ResponseWriter, status int, reason string) {
	reply(w, status, map[string]string{"error": reason})
}

// read reads a call's JSON into v. It reports whether it could, and has answered when not.
func read(w http.ResponseWriter, r *http.Request, v any) bool {
	// A form of another site cannot have this type (Fetch, "CORS-safelisted request-header").
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		fail(w, http.StatusUnsupportedMediaType, "console: Content-Type: want application/json")
		return false
	}
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostCall))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(v); err != nil {
		fail(w, http.StatusBadRequest, "console: the call's JSON: "+err.Error())
		return false
	}
	return true
}

// find gives the trace that a call names, and has answered when there is none.
func (a *api) find(w http.ResponseWriter, id string) (json.RawMessage, bool) {
	detail, ok := a.console.kept.find(id)
	if !ok {
		fail(w, http.StatusNotFound, "console: this request is no longer kept; newer ones took its place")
	}
	return detail, ok
}

// findTrace does so too, and decodes it.
func (a *api) findTrace(w http.ResponseWriter, id string) (*edgesim.Trace, bool) {
	detail, ok := a.find(w, id)
	if !ok {
		return nil, false
	}
	var t edgesim.Trace
	if err := json.Unmarshal(detail, &t); err != nil {
		fail(w, http.StatusInternalServerError, "console: "+err.Error())
		return nil, false
	}
	return &t, true
}

// trace gives a request's trace: GET /api/trace?id=...
func (a *api) trace(w http.ResponseWriter, r *http.Request) {
	if detail, ok := a.find(w, r.URL.Query().Get("id")); ok {
		w.Header().Set("Content-Type", "application/json")
		w.Write(detail)
	}
}

// event gives the event that a function got, as a file for edgetest.TestFunction: GET /api/event?id=...&stage=2, the stage by its place on the trace.
func (a *api) event(w http.ResponseWriter, r *http.Request) {
	t, ok := a.findTrace(w, r.URL.Query().Get("id"))
	if !ok {
		return
	}
	n, err := strconv.Atoi(r.URL.Query().Get("stage"))
	var out bytes.Buffer
	if err != nil || n < 0 || n >= len(t.Stages) || json.Indent(&out, t.Stages[n].Input, "", "  ") != nil || out.Len() == 0 || t.Stages[n].Function == "" {
		fail(w, http.StatusNotFound, "console: stage: no function got an event there")
		return
	}
	out.WriteByte('\n')
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", fixtureName(t.Stages[n].Name, t.Viewer.Target)))
	w.Write(out.Bytes())
}

// fixtureName is a file name after the custom of edgetest: the trigger and what is asked for.
func fixtureName(trigger edgesim.StageName, target string) string {
	path, _, _ := strings.Cut(target, "?")
	words := strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	name := strings.Join(append([]string{string(trigger)}, words...), "-")
	return name[:min(len(name), 80)] + ".json"
}

// replay sends a request once more, without a body: that is not kept.
func (a *api) replay(w http.ResponseWriter, r *http.Request) {
	var call struct{ ID string }
	if !read(w, r, &call) {
		return
	}
	if t, ok := a.findTrace(w, call.ID); ok {
		a.do(w, t.Viewer.Request(r.Context()))
	}
}

// do sends a request through the simulator, and answers with the id of its trace.
func (a *api) do(w http.ResponseWriter, r *http.Request) {
	_, t := a.sim.Do(r)
	reply(w, http.StatusOK, map[string]any{"id": t.ID, "status": t.Status, "result": t.Result})
}

// invalidate removes objects from the cache.
func (a *api) invalidate(w http.ResponseWriter, r *http.Request) {
	var call struct{ Paths []string }
	if !read(w, r, &call) {
		return
	}
	if len(call.Paths) == 0 {
		fail(w, http.StatusBadRequest, `console: paths: none; want some, such as "/*"`)
		return
	}
	removed, err := a.sim.Invalidate(call.Paths...)
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	a.console.kept.touch()
	reply(w, http.StatusOK, map[string]int{"removed": removed})
}

// advance lets time pass. The bounds keep the clock within what a time.Duration can count.
func (a *api) advance(w http.ResponseWriter, r *http.Request) {
	var call struct{ Seconds int64 }
	if !read(w, r, &call) {
		return
	}
	const most = 10 * 365 * 24 * 60 * 60
	if call.Seconds <= 0 || call.Seconds > most {
		fail(w, http.StatusBadRequest, fmt.Sprintf("console: seconds: got %d, want 1 to %d", call.Seconds, most))
		return
	}
	if a.sim.Now().Year() > 2150 {
		fail(w, http.StatusBadRequest, "console: the clock is far enough in the future; start anew")
		return
	}
	a.sim.Advance(time.Duration(call.Seconds) * time.Second)
	a.console.kept.touch()
	reply(w, http.StatusOK, map[string]time.Time{"now": a.sim.Now()})
}

// clear forgets the requests; the cache stays as it is.
func (a *api) clear(w http.ResponseWriter, r *http.Request) {
	var call struct{}
	if read(w, r, &call) {
		a.console.kept.clear()
		reply(w, http.StatusOK, struct{}{})
	}
}
