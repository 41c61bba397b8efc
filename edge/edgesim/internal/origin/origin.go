// Package origin asks origins: servers over the network, handlers in this process, buckets with the files of a file system. It
// gives the answer as the origin sent it; what CloudFront passes on of it is decided elsewhere.
package origin

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// A Call is the request that CloudFront sends to an origin.
type Call struct {
	Method, Path, Query string // path with the origin's own path before it, escaped
	Header              http.Header
	Body                io.Reader
	Length              int64 // of Body, -1 when not known
	Origin              *message.Origin

	// Interim is called for each interim response but 100 (Continue) and 101, perhaps from another goroutine; nil: they are dropped.
	Interim func(status int, h http.Header)
}

// An Asker is what answers for an origin. Its error is an *[Error] where the status for the viewer is known.
type Asker interface {
	Ask(ctx context.Context, call *Call) (*message.Response, error)
}

// An Error is a failure to get an answer from an origin, with the status that CloudFront gives to the viewer.
type Error struct {
	Status int
	Reason string
	Err    error
}

func (e *Error) Error() string {
	if e.Err == nil {
		return e.Reason
	}
	return e.Reason + ": " + e.Err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// Check refuses an answer that CloudFront does not pass on: with a status that is none, with headers of more than maxHead bytes, or
// with one that cannot be sent. It then closes the answer.
func Check(resp *message.Response, maxHead int) error {
	var reason string
	size := message.HeadSize(resp.Header, "")
	switch {
	case resp.Status < 200 || resp.Status > 599:
		reason = fmt.Sprintf("the origin answered with the status %d", resp.Status)
	case size > maxHead:
		reason = fmt.Sprintf("the origin's headers have %d bytes, %d are allowed", size, maxHead)
	}
	for name, values := range resp.Header {
		if !message.IsToken(name) || slices.ContainsFunc(values, func(v string) bool { return message.ControlAt(v) >= 0 }) {
			reason = fmt.Sprintf("the origin sent the header %q with a name or a value that no header has", name)
		}
	}
	if reason == "" {
		return nil
	}
	resp.Close()
	return &Error{http.StatusBadGateway, reason, nil}
}
