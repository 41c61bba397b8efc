package edgesim

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/viewer"
)

// A record is what the trace of nearly every request needs, in one piece.
type record struct {
	Trace
	stages [6]Stage
	notes  [6][2]string // room for two notes in each of the stages
	limits [2]Limit     // of the first stage
}

// exchange begins the work on a request.
func (s *Simulator) exchange(r *http.Request) *exchange {
	s.counts.requests.Add(1)
	client, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		client = cmp.Or(r.RemoteAddr, "127.0.0.1")
	}
	x := &exchange{s: s, ctx: r.Context(), began: time.Now(), now: s.now(), record: &record{}}
	x.trace = &x.record.Trace
	*x.trace = Trace{ID: requestID(), Time: x.now, Stages: x.record.stages[:0], Viewer: ViewerRequest{
		Method: r.Method, Target: rawTarget(r), Host: r.Host, Proto: r.Proto, Client: client, Header: r.Header.Clone(),
	}}
	x.viewer = viewer.Viewer{
		Proto: httpVersion(r), ClientIP: client, HTTPS: true, Header: x.trace.Viewer.Header, Defaults: s.config.ViewerHeaders,
	}
	return x
}

// requestID is a new X-Amz-Cf-Id: 56 characters and "==". It has to be unique, not secret.
func requestID() string {
	var random [48]byte
	for i := 0; i < len(random); i += 8 {
		binary.NativeEndian.PutUint64(random[i:], rand.Uint64())
	}
	var id [58]byte
	base64.URLEncoding.Encode(id[:], random[:42])
	copy(id[56:], "==")
	return string(id[:])
}

// httpVersion is the version in Via and CloudFront-Viewer-Http-Version.
func httpVersion(r *http.Request) string {
	switch {
	case r.ProtoMajor > 1:
		return fmt.Sprintf("%d.%d", r.ProtoMajor, r.ProtoMinor)
	case r.ProtoMinor == 0:
		return "1.0"
	}
	return "1.1"
}

// rawTarget is the request target as it was sent; a request made by hand has only its URL.
func rawTarget(r *http.Request) string {
	if r.RequestURI != "" {
		return r.RequestURI
	}
	return r.URL.RequestURI()
}

// begin opens a stage and puts it on the trace; end closes it, which must come before the next one is opened.
func (x *exchange) begin(name StageName) *Stage {
	n := len(x.trace.Stages)
	x.trace.Stages = append(x.trace.Stages, Stage{Name: name, Start: time.Since(x.began)})
	st := &x.trace.Stages[n]
	if x.record != nil && n < len(x.record.notes) {
		st.Notes = x.record.notes[n][:0]
	}
	return st
}

func (x *exchange) end(st *Stage) {
	st.Duration = time.Since(x.began) - st.Start
	if len(st.Notes) == 0 {
		st.Notes = nil
	}
}

// note adds a line to a stage. Notes are printed on terminals and in logs: nothing that the viewer sent goes
// into one but the method and the path.
func (st *Stage) note(format string, args ...any) {
	st.say(fmt.Sprintf(format, args...))
}

// say is note without a format.
func (st *Stage) say(note string) { st.Notes = append(st.Notes, note) }

// addNote adds a line to the stage that was the last.
func (t *Trace) addNote(note string) {
	if n := len(t.Stages); n > 0 {
		t.Stages[n-1].say(note)
	}
}

// finish completes the trace and shows it.
func (x *exchange) finish() {
	x.trace.Duration = time.Since(x.began)
	if x.s.config.Observe != nil {
		x.s.config.Observe(x.trace)
	}
}

// refuse is CloudFront's own page for a request that goes no further; the reason is for the trace only.
func (x *exchange) refuse(st *Stage, status int, sentence, format string, args ...any) *message.Response {
	st.Error = fmt.Sprintf(format, args...)
	x.trace.Reason = st.Error
	return page.New(status, page.Error, sentence, x.trace.ID)
}
