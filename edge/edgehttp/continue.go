package edgehttp

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgeurl"
)

// Continue lets the request go on, to the cache from viewer-request and to the
// origin from origin-request. It is the place of the next handler for middleware:
//
//	edgehttp.Handler(requireLogin(http.HandlerFunc(edgehttp.Continue)))
//
// Of r, or of the request that r was cloned from, these changes go along; what has
// not changed goes back to CloudFront byte for byte as it came:
//
//   - URL.Path and URL.RawPath, URL.RawQuery,
//   - Header, where a deleted name is deleted; Host is r.Host, as everywhere in
//     net/http, and a Host in r.Header counts for nothing; so does a
//     Transfer-Encoding, which goes on as it came,
//   - Body, if it was replaced. One that was only read, wholly or in part, counts as
//     unchanged: the viewer's body goes on as a whole.
//
// To go to another origin, change the request that [FromContext] returns. A changed
// URL.Host, or a response header that was set before the call, would be lost, and
// is an error. So is an answer beside it. Which headers may be changed depends on
// the trigger ([edge.Function.Invoke] refuses the others).
//
// Continue panics if r is no request of [Handler].
func Continue(_ http.ResponseWriter, r *http.Request) {
	x, ok := r.Context().Value(exchangeKey{}).(*exchange)
	if !ok {
		panic("edgehttp: Continue was called with a request that is not of edgehttp.Handler")
	}
	x.onward = r
}

// resume returns the CloudFront request with the changes of the handler.
func (x *exchange) resume() (*edge.Request, error) {
	if err := x.lost(); err != nil {
		return nil, err
	}
	was, now := edgeurl.Request(&x.came), x.onward.URL
	if now.Path != was.Path || now.RawPath != was.RawPath {
		x.request.URI = now.EscapedPath()
		if x.request.URI == "" {
			x.request.URI = "/" // RFC 9112, section 3.2.1; http.StripPrefix leaves ""
		}
	}
	if now.RawQuery != was.RawQuery {
		x.request.QueryString = now.RawQuery
	}
	if x.onward.Method != x.came.Method {
		x.request.Method = x.onward.Method // for Invoke to refuse
	}
	x.resumeHeader()
	if err := x.resumeBody(); err != nil {
		return nil, err
	}
	return x.request, nil
}

// lost returns an error if the handler has done something that has no place in a
// request that goes on.
func (x *exchange) lost() error {
	switch header := EdgeHeader(x.recorder.header); {
	case x.recorder.err != nil:
		return x.recorder.err
	case x.recorder.status != 0:
		return errors.New("edgehttp: the handler wrote an answer and called Continue; want one of them")
	case header.Len() > 0:
		for name := range header.All() {
			return fmt.Errorf("edgehttp: the handler set the response header %q and called Continue; set it in a response trigger", name)
		}
	case x.onward.URL.Host != "" || x.onward.URL.Scheme != "":
		return fmt.Errorf("edgehttp: the handler set URL to %q and called Continue; to go to another origin change the request of edgehttp.FromContext", x.onward.URL)
	}
	return nil
}

// resumeHeader makes the changes of the headers, name by name.
func (x *exchange) resumeHeader() {
	was, now := x.came.Header, EdgeHeader(x.onward.Header)
	if host := x.onward.Host; host != was.Get("host") {
		x.request.Header.Set("Host", host)
	}
	for name := range was.All() {
		if !now.Has(name) && !hasField(name) {
			x.request.Header.Del(name)
		}
	}
	done := ""
	for name := range now.All() {
		values := now.Values(name)
		if name == done || hasField(name) || slices.Equal(values, was.Values(name)) {
			continue
		}
		done = name
		x.request.Header.Del(name)
		for _, value := range values {
			x.request.Header.Add(name, value)
		}
	}
}

// resumeBody makes the body that the handler has put into the request the one that
// goes on.
func (x *exchange) resumeBody() error {
	if x.onward.Body == x.body || x.onward.Body == nil {
		return nil
	}
	rest, err := io.ReadAll(io.LimitReader(x.onward.Body, maxBody+1))
	switch {
	case (err == nil || errors.Is(err, x.end)) && bytes.HasSuffix(x.data, rest):
		return nil // the viewer's own, wrapped, and what reading has left of it
	case err != nil:
		return fmt.Errorf("edgehttp: the body that the handler put into the request: %w", err)
	case len(rest) > maxBody:
		return errors.New("edgehttp: the body that the handler put into the request is larger than 1 MB")
	}
	if x.request.Body == nil {
		x.request.Body = new(edge.RequestBody)
	}
	x.request.Body.Replace(rest)
	return nil
}
