package edgesim

import (
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
)

// stamp sets the headers that CloudFront itself puts on every answer and that a viewer-response function can see.
func (x *exchange) stamp(resp *response) {
	resp.header["Via"] = []string{x.proto + " " + x.s.via}
}

// write sends the answer: with CloudFront's own headers, and with the local address in the place of the
// distribution's. The error says why the body broke off.
func (x *exchange) write(w http.ResponseWriter, r *http.Request, resp *response) error {
	st := x.begin(StageReply)
	h := resp.header
	x.stamp(resp)
	h["X-Cache"] = []string{resp.result}
	h["X-Amz-Cf-Pop"] = []string{x.s.config.Pop}
	h["X-Amz-Cf-Id"] = []string{x.trace.ID}
	if len(h["Date"]) == 0 {
		h["Date"] = []string{x.now.UTC().Format(http.TimeFormat)}
	}
	for _, name := range x.names.outward(h) {
		st.note("%s: %s is %s to the viewer", name, x.names.domain, x.names.local)
	}
	if location := h.Get("Location"); location != "" {
		st.note("Location: %s", showURL(location))
	}
	bodyless := r.Method == http.MethodHead || resp.status == http.StatusNoContent || resp.status == http.StatusNotModified
	if resp.stream == nil && (!bodyless || r.Method == http.MethodHead && len(resp.body) > 0) {
		h["Content-Length"] = []string{strconv.Itoa(len(resp.body))}
	}
	if resp.status == http.StatusNoContent {
		delete(h, "Content-Length")
	}
	maps.Copy(w.Header(), h)
	x.trace.Header = h
	w.WriteHeader(resp.status)
	n, err := x.writeBody(w, resp, bodyless)
	x.trace.Status, x.trace.Result, x.trace.Bytes = resp.status, resp.result, n
	st.note("%d, %d bytes", resp.status, n)
	if err != nil {
		st.Error = "the body broke off: " + strings.TrimSpace(err.Error())
		x.trace.Reason = st.Error
	}
	x.end(st)
	return err
}

// writeBody sends the body, a stream piece by piece.
func (x *exchange) writeBody(w http.ResponseWriter, resp *response, bodyless bool) (int64, error) {
	if resp.stream == nil {
		if bodyless {
			return 0, nil
		}
		n, err := w.Write(resp.body)
		return int64(n), err
	}
	defer resp.stream.Close()
	if bodyless {
		return 0, nil
	}
	return copyFlushing(w, resp.stream)
}

// copyFlushing copies a stream and sends each piece at once, as server-sent events need it.
func copyFlushing(w http.ResponseWriter, stream io.Reader) (sent int64, err error) {
	controller := http.NewResponseController(w)
	buffer := make([]byte, 32<<10)
	for {
		n, err := stream.Read(buffer)
		if n > 0 {
			written, writeErr := w.Write(buffer[:n])
			sent += int64(written)
			if writeErr != nil {
				return sent, writeErr
			}
			controller.Flush() // a writer that cannot flush sends when it likes
		}
		switch {
		case err == io.EOF:
			return sent, nil
		case err != nil:
			return sent, err
		}
	}
}
