package edgesim

import (
	"maps"
	"net/http"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/viewer"
)

// stamp sets the headers that CloudFront itself puts on every answer and that a viewer-response function can see.
func (x *exchange) stamp(resp *message.Response) { resp.Header["Via"] = x.via() }

// via is the Via header of requests to origins and of answers; for HTTP/1.1 it is one for all.
func (x *exchange) via() []string {
	if x.viewer.Proto == "1.1" {
		return x.s.via
	}
	return []string{x.viewer.Proto + strings.TrimPrefix(x.s.via[0], "1.1")}
}

// write sends the answer: with CloudFront's own headers, and with the local address in the place of the
// distribution's. The error says why the body broke off.
func (x *exchange) write(w http.ResponseWriter, r *http.Request, resp *message.Response) error {
	st := x.begin(StageReply)
	h := resp.Header
	x.stamp(resp)
	lines := [4]string{resp.Result, x.s.config.Pop, x.trace.ID} // one value each, in one piece
	h["X-Cache"], h["X-Amz-Cf-Pop"], h["X-Amz-Cf-Id"] = lines[:1:1], lines[1:2:2], lines[2:3:3]
	if len(h["Date"]) == 0 {
		lines[3] = x.now.UTC().Format(http.TimeFormat)
		h["Date"] = lines[3:]
	}
	x.trace.warnOfShared(x.fromStore, h)
	x.trace.findKept(x.intoStore, h)
	for _, name := range x.names.Outward(h) {
		st.note("%s: %s is %s to the viewer", name, x.names.Domain, x.names.Local)
	}
	if location := h.Get("Location"); location != "" {
		st.note("Location: %s", showURL(location))
	}
	bodyless := r.Method == http.MethodHead || resp.Status == http.StatusNoContent || resp.Status == http.StatusNotModified
	x.frame(resp, r.Method == http.MethodHead, bodyless)
	if m, ok := w.(*memoryWriter); ok {
		m.header = message.CloneHeader(h, 0) // the caller of Do may change what is his, values in their place too
	} else {
		maps.Copy(w.Header(), h)
	}
	x.trace.Header = h
	w.WriteHeader(resp.Status)
	n, err := x.writeBody(w, resp, bodyless)
	x.trace.Status, x.trace.Result, x.trace.Bytes = resp.Status, resp.Result, n
	if resp.Result == page.Hit || resp.Result == page.Refresh {
		x.s.counts.hits.Add(1)
	}
	st.say(strconv.Itoa(resp.Status) + ", " + strconv.FormatInt(n, 10) + " bytes")
	if err != nil {
		st.Error = "the body broke off: " + strings.TrimSpace(err.Error())
		x.trace.Reason = st.Error
	}
	x.end(st)
	return err
}

// frame sets the headers that say where the body ends.
func (x *exchange) frame(resp *message.Response, head, bodyless bool) {
	h := resp.Header
	chunked := message.Chunked(h)
	if chunked {
		delete(h, "Content-Length") // an origin-response function may add one (RFC 9112 section 6.3)
	}
	if chunked && (bodyless || x.viewer.Proto != "1.1") {
		delete(h, "Transfer-Encoding") // it is HTTP/1.1's, and of a body that is sent (RFC 9112 section 6.1)
	}
	if !chunked && resp.Stream == nil && (!bodyless || head && len(resp.Body) > 0) {
		h["Content-Length"] = []string{strconv.Itoa(len(resp.Body))}
	}
	if resp.Status == http.StatusNoContent {
		delete(h, "Content-Length")
	}
}

// writeBody sends the body, a stream piece by piece.
func (x *exchange) writeBody(w http.ResponseWriter, resp *message.Response, bodyless bool) (int64, error) {
	if resp.Stream == nil {
		if bodyless {
			return 0, nil
		}
		if m, ok := w.(*memoryWriter); ok {
			m.body = resp.Body // which is only read from
			return int64(len(resp.Body)), nil
		}
		n, err := w.Write(resp.Body)
		return int64(n), err
	}
	defer resp.Stream.Close()
	if bodyless {
		return 0, nil
	}
	return viewer.Copy(w, resp.Stream)
}
