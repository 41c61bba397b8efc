package origin

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// A Handler is an origin in this process. What the handler writes is kept until it is done; when it flushes or writes much, the
// answer goes on as a stream.
type Handler struct{ http.Handler }

// Ask implements [Asker].
func (h Handler) Ask(ctx context.Context, call *Call) (*message.Response, error) {
	target := message.Target(call.Path, call.Query)
	u, err := url.ParseRequestURI(target)
	if err != nil {
		return nil, &Error{http.StatusBadGateway, "the path is not one that an origin takes", err}
	}
	ctx, cancel := context.WithCancel(ctx)
	req := (&http.Request{
		Method: call.Method, URL: u, RequestURI: target, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: call.Header.Clone(), Host: call.Header.Get("Host"), Body: http.NoBody, ContentLength: call.Length, RemoteAddr: "127.0.0.1:0",
	}).WithContext(ctx)
	req.Header.Del("Host")
	req.Header.Del("Transfer-Encoding") // as net/http's server has it
	if call.Body != nil {
		req.Body = io.NopCloser(call.Body)
		if call.Length < 0 {
			req.TransferEncoding = []string{"chunked"}
		}
	}
	w := &handlerWriter{header: http.Header{}, head: call.Method == http.MethodHead, ready: make(chan struct{}), interim: call.Interim}
	go w.run(h, req)
	timeout := time.NewTimer(call.Origin.ReadTimeout)
	defer timeout.Stop()
	select {
	case <-w.ready:
	case <-timeout.C:
		cancel()
		go w.abandon()
		return nil, &Error{http.StatusGatewayTimeout, "the origin did not answer in time", errReadTimeout}
	}
	if w.failed != nil {
		cancel()
		return nil, w.failed
	}
	resp := &message.Response{Status: w.status, Header: w.sent, Body: w.buffer, Length: -1}
	if w.reader != nil {
		resp.Stream = &handlerStream{w.reader, cancel}
		resp.Body = nil
		if n, err := strconv.ParseInt(w.sent.Get("Content-Length"), 10, 64); err == nil {
			resp.Length = n
		}
		return resp, nil
	}
	cancel()
	return resp, nil
}

const (
	handlerBuffer = 64 << 10 // how much of an answer is kept before it goes on as a stream
	sniffed       = 512      // http.DetectContentType looks at so much
	serverBuffer  = 2 << 10  // an answer that fits net/http's server buffer gets a Content-Length, a longer one comes in chunks
)

// A handlerWriter is the http.ResponseWriter of a handler that plays an origin. run closes ready when the answer
// is complete or a stream; until then only the handler's goroutine touches it.
type handlerWriter struct {
	header http.Header
	head   bool
	ready  chan struct{}

	interim func(status int, h http.Header) // nil: dropped

	status  int
	sent    http.Header // the headers as they were when the status was written; the viewer's side has them once ready is closed
	buffer  []byte      // of an answer to HEAD only what its type is told by
	length  int         // of what was written
	flushed bool        // the headers are on their way: what is written now changes none
	reader  *io.PipeReader
	writer  *io.PipeWriter // both set when the answer is a stream
	failed  error
}

func (w *handlerWriter) run(h http.Handler, req *http.Request) {
	defer func() {
		caught := recover()
		switch {
		case w.writer != nil && caught != nil:
			w.writer.CloseWithError(io.ErrUnexpectedEOF)
			return
		case w.writer != nil:
			w.writer.Close()
			return
		case caught != nil:
			w.failed = &Error{http.StatusBadGateway, fmt.Sprintf("the origin's handler panicked: %v", caught), nil}
		}
		w.finish()
		close(w.ready)
	}()
	h.ServeHTTP(w, req)
}

// abandon lets the handler go on to its end when nobody reads what it writes.
func (w *handlerWriter) abandon() {
	<-w.ready
	if w.reader != nil {
		w.reader.Close()
	}
}

// finish completes an answer that fits the buffer, as net/http's server does.
func (w *handlerWriter) finish() {
	w.WriteHeader(http.StatusOK)
	if w.failed != nil {
		return
	}
	if !w.flushed {
		w.frame(true)
	}
	if w.head {
		w.buffer = nil
	}
	stated, err := strconv.Atoi(w.sent.Get("Content-Length"))
	if err == nil && stated != len(w.buffer) && !w.head && w.status != http.StatusNotModified {
		w.failed = &Error{http.StatusBadGateway, fmt.Sprintf("the origin announced %d bytes and sent %d", stated, len(w.buffer)), nil}
	}
}

// frame sets the headers that say what the body is and where it ends, as net/http's server does for a viewer of HTTP/1.1:
// with a length when the answer is complete and short.
func (w *handlerWriter) frame(complete bool) {
	coding := w.sent.Get("Transfer-Encoding")
	if _, typed := w.sent["Content-Type"]; !typed && coding == "" && len(w.buffer) > 0 && w.sent.Get("Content-Encoding") == "" {
		w.sent["Content-Type"] = []string{http.DetectContentType(w.buffer)}
	}
	delete(w.sent, "Transfer-Encoding")
	switch {
	case w.bodyless() || len(w.sent["Content-Length"]) > 0 || coding == "identity":
	case coding == "" && complete && w.length <= serverBuffer && (!w.head || w.length > 0):
		w.sent["Content-Length"] = []string{strconv.Itoa(w.length)}
	case !w.head:
		message.SetChunked(w.sent)
	}
}

// bodyless reports whether the status is one that has no body.
func (w *handlerWriter) bodyless() bool {
	return w.status == http.StatusNoContent || w.status == http.StatusNotModified
}

func (w *handlerWriter) Header() http.Header { return w.header }

func (w *handlerWriter) WriteHeader(status int) {
	if w.status == 0 && status > http.StatusSwitchingProtocols && status < 200 && w.interim != nil {
		w.interim(status, w.header)
	}
	if w.status != 0 || status < 200 {
		return
	}
	w.status, w.sent = status, w.header.Clone()
}

func (w *handlerWriter) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	w.length += len(p)
	switch {
	case w.bodyless():
		return len(p), nil
	case w.head:
		w.buffer = append(w.buffer, p[:min(len(p), sniffed-len(w.buffer))]...)
		return len(p), nil
	case w.writer != nil:
		return w.writer.Write(p)
	}
	w.buffer = append(w.buffer, p...)
	if len(w.buffer) > handlerBuffer {
		w.Flush()
	}
	return len(p), nil
}

// Flush turns the answer into a stream.
func (w *handlerWriter) Flush() {
	w.WriteHeader(http.StatusOK)
	if w.flushed {
		return
	}
	w.flushed = true
	w.frame(false)
	if w.head {
		return
	}
	w.reader, w.writer = io.Pipe()
	early := w.buffer
	close(w.ready)
	w.writer.Write(early)
}

// A handlerStream ends the handler's request when the answer is no longer wanted.
type handlerStream struct {
	*io.PipeReader
	cancel context.CancelFunc
}

func (s *handlerStream) Close() error {
	err := s.PipeReader.Close()
	s.cancel()
	return err
}
