package edgesim

import (
	"maps"
	"net/http"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/viewer"
)

// stamp sets the headers that CloudFront itself puts on every answer and that a viewer-response function can see.
func (x *exchange) stamp(resp *message.Response) {
	resp.Header["Via"] = []string{x.viewer.Proto + " " + x.s.via}
}

// write sends the answer: with CloudFront's own headers, and with the local address in the place of the
// distribution's. The error says why the body broke off.
func (x *exchange) write(w http.ResponseWriter, r *http.Request, resp *message.Response) error {
	st := x.begin(StageReply)
	h := resp.Header
	x.stamp(resp)
	h["X-Cache"] = []string{resp.Result}
	h["X-Amz-Cf-Pop"] = []string{x.s.config.Pop}
	h["X-Amz-Cf-Id"] = []string{x.trace.ID}
	if len(h["Date"]) == 0 {
		h["Date"] = []string{x.now.UTC().Format(http.TimeFormat)}
	}
	for _, name := range x.names.Outward(h) {
		st.note("%s: %s is %s to the viewer", name, x.names.Domain, x.names.Local)
	}
	if location := h.Get("Location"); location != "" {
		st.note("Location: %s", showURL(location))
	}
	bodyless := r.Method == http.MethodHead || resp.Status == http.StatusNoContent || resp.Status == http.StatusNotModified
	if resp.Stream == nil && (!bodyless || r.Method == http.MethodHead && len(resp.Body) > 0) {
		h["Content-Length"] = []string{strconv.Itoa(len(resp.Body))}
	}
	if resp.Status == http.StatusNoContent {
		delete(h, "Content-Length")
	}
	maps.Copy(w.Header(), h)
	x.trace.Header = h
	w.WriteHeader(resp.Status)
	n, err := x.writeBody(w, resp, bodyless)
	x.trace.Status, x.trace.Result, x.trace.Bytes = resp.Status, resp.Result, n
	st.note("%d, %d bytes", resp.Status, n)
	if err != nil {
		st.Error = "the body broke off: " + strings.TrimSpace(err.Error())
		x.trace.Reason = st.Error
	}
	x.end(st)
	return err
}

// writeBody sends the body, a stream piece by piece.
func (x *exchange) writeBody(w http.ResponseWriter, resp *message.Response, bodyless bool) (int64, error) {
	if resp.Stream == nil {
		if bodyless {
			return 0, nil
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
