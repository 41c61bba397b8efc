package edgesim

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Server is an http.Server for the simulator with limits that suit it: headers may be large enough for the
// simulator itself to answer 494, and a viewer that sends nothing for long is let go. Whoever serves it chooses
// a listener on a loopback address: the simulator is for one developer.
func (s *Simulator) Server() *http.Server {
	return &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 30 * time.Second,
		IdleTimeout:       10 * time.Minute, // cloudfront-limits.html: connection idle timeout of viewers
		MaxHeaderBytes:    2 << 20,
		ErrorLog:          log.New(io.Discard, "", 0), // what the server says of a viewer, such as its address, is not for a log
	}
}

// viewerIdle is how long a viewer may be silent in the middle of a request body.
const viewerIdle = 30 * time.Second

// A watchedBody is a viewer's request body with a deadline for each piece.
type watchedBody struct {
	io.ReadCloser
	controller *http.ResponseController
}

func (b *watchedBody) Read(p []byte) (int, error) {
	b.controller.SetReadDeadline(time.Now().Add(viewerIdle)) // without a connection below there is nothing to watch
	return b.ReadCloser.Read(p)
}

// Request is the request of a trace once more, to send it again with [Simulator.Do]. Its body is not kept on the
// trace, so that it has none.
func (v ViewerRequest) Request(ctx context.Context) *http.Request {
	r := (&http.Request{
		Method: v.Method, Host: v.Host, Proto: v.Proto, ProtoMajor: 1, ProtoMinor: 1, RequestURI: v.Target,
		Header: http.Header(v.Header).Clone(), Body: http.NoBody, RemoteAddr: v.Client,
	}).WithContext(ctx)
	path, query, _ := strings.Cut(v.Target, "?")
	r.URL = &url.URL{Path: path, RawQuery: query}
	if r.Header == nil {
		r.Header = http.Header{}
	}
	if strings.HasPrefix(v.Proto, "HTTP/2") {
		r.ProtoMajor, r.ProtoMinor = 2, 0
	}
	return r
}
