package edgesim

import (
	"io"
	"log"
	"net/http"
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
