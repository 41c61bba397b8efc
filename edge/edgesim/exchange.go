package edgesim

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
)

// An exchange takes one request through the stages.
type exchange struct {
	s     *Simulator
	ctx   context.Context
	began time.Time // real time, for durations
	now   time.Time // the simulator's, for the cache
	trace *Trace
	names addresses

	behavior *behavior
	viewer   *request    // as the viewer sent it, then as viewer-request left it
	mocks    http.Header // X-Mock-CloudFront-*, under the names that they stand for
	faults   map[edge.Trigger]Fault
	proto    string // "1.1" or "2.0", for Via
	https    bool
	unknown  *Unknowns

	errorPage bool // the request for a custom error page: viewer-facing functions do not run
}

// exchange begins the work on a request.
func (s *Simulator) exchange(r *http.Request) *exchange {
	s.counts.requests.Add(1)
	x := &exchange{s: s, ctx: r.Context(), began: time.Now(), now: s.now(), unknown: &s.config.Unknowns, https: true,
		proto: fmt.Sprintf("%d.%d", max(r.ProtoMajor, 1), r.ProtoMinor)}
	client, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		client = or(r.RemoteAddr, "127.0.0.1")
	}
	x.trace = &Trace{ID: requestID(), Time: x.now, Stages: make([]Stage, 0, 6), Viewer: ViewerRequest{
		Method: r.Method, Target: rawTarget(r), Host: r.Host, Proto: r.Proto, Client: client, Header: r.Header.Clone(),
	}}
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

// run takes the request through the stages in the order of the event model (lambda-cloudfront-trigger-events.html).
func (x *exchange) run(r *http.Request) *response {
	resp := x.admit(r)
	if resp == nil {
		resp = x.viewerRequest(r)
	}
	if resp == nil {
		resp = x.object(r)
		resp = x.viewerResponse(resp)
	}
	return resp
}

// object answers from the cache or the origin: everything between the two viewer triggers. The default root
// object and the CloudFront-* headers are for the cache and the origin only: the viewer-response function sees
// the request as the viewer-request function left it.
func (x *exchange) object(r *http.Request) *response {
	left, inner := x.viewer, *x.viewer
	x.viewer = &inner
	defer func() { x.viewer = left }()
	if !x.unknown.RootObjectFirst {
		x.rootObject()
	}
	resp := x.lookup()
	x.conditional(resp)
	if resp.status >= 400 {
		resp = x.errorResponse(r, resp)
	}
	x.stamp(resp)
	return resp
}

// rootObject puts the default root object in the place of "/" (DefaultRootObject.html).
func (x *exchange) rootObject() {
	root := x.s.config.Distribution.DefaultRootObject
	if root == "" || x.viewer.uri != "/" {
		return
	}
	x.viewer.uri = "/" + root
	if len(x.trace.Stages) > 0 {
		last := &x.trace.Stages[len(x.trace.Stages)-1]
		last.Notes = append(last.Notes, "default root object: / is "+x.viewer.uri)
	}
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

// finish completes the trace and shows it.
func (x *exchange) finish() {
	x.trace.Duration = time.Since(x.began)
	if x.s.config.Observe != nil {
		x.s.config.Observe(x.trace)
	}
}

// refuse is CloudFront's own page for a request that goes no further; the reason is for the trace only.
func (x *exchange) refuse(st *Stage, status int, page, format string, args ...any) *response {
	st.Error = fmt.Sprintf(format, args...)
	x.trace.Reason = st.Error
	return errorPage(status, resultError, page, x.trace.ID)
}
