package edgesim

import (
	"cmp"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/viewer"
)

// exchange begins the work on a request.
func (s *Simulator) exchange(r *http.Request) *exchange {
	s.counts.requests.Add(1)
	client, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		client = cmp.Or(r.RemoteAddr, "127.0.0.1")
	}
	x := &exchange{s: s, ctx: r.Context(), began: time.Now(), now: s.now()}
	x.trace = &Trace{ID: requestID(), Time: x.now, Stages: make([]Stage, 0, 6), Viewer: ViewerRequest{
		Method: r.Method, Target: rawTarget(r), Host: r.Host, Proto: r.Proto, Client: client, Header: r.Header.Clone(),
	}}
	x.viewer = viewer.Viewer{
		Proto: fmt.Sprintf("%d.%d", max(r.ProtoMajor, 1), r.ProtoMinor), ClientIP: client, HTTPS: true,
		Header: x.trace.Viewer.Header, Defaults: s.config.ViewerHeaders,
	}
	return x
}

// requestID is a new X-Amz-Cf-Id: 56 characters and "==".
func requestID() string {
	var b [42]byte
	rand.Read(b[:])
	return base64.URLEncoding.EncodeToString(b[:]) + "=="
}

// rawTarget is the request target as it was sent; a request made by hand has only its URL.
func rawTarget(r *http.Request) string {
	if r.RequestURI != "" {
		return r.RequestURI
	}
	return r.URL.RequestURI()
}

// begin opens a stage; end closes it and puts it on the trace.
func (x *exchange) begin(name StageName) *Stage {
	return &Stage{Name: name, Start: time.Since(x.began)}
}

func (x *exchange) end(st *Stage) {
	st.Duration = time.Since(x.began) - st.Start
	x.trace.Stages = append(x.trace.Stages, *st)
}

// note adds a line to a stage. Notes are printed on terminals and in logs: nothing that the viewer sent goes
// into one but the method and the path.
func (st *Stage) note(format string, args ...any) {
	st.Notes = append(st.Notes, fmt.Sprintf(format, args...))
}

// addNote adds a line to the stage that was the last.
func (t *Trace) addNote(note string) {
	if n := len(t.Stages); n > 0 {
		t.Stages[n-1].Notes = append(t.Stages[n-1].Notes, note)
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
