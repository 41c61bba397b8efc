package origin

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/google/go-cmp/cmp"
)

// TestHandlerAsServed holds that a handler in this process answers as it does behind net/http's server: status, type and framing.
func TestHandlerAsServed(t *testing.T) {
	t.Parallel()
	flush := func(w http.ResponseWriter) { w.(http.Flusher).Flush() }
	tests := []struct {
		name   string
		handle func(w http.ResponseWriter)
	}{
		{"nothing", func(http.ResponseWriter) {}},
		{"short", func(w http.ResponseWriter) { io.WriteString(w, "hello") }},
		{"long", func(w http.ResponseWriter) { io.WriteString(w, strings.Repeat("x", 3000)) }},
		{"type told by all writes, as a template makes them", func(w http.ResponseWriter) { io.WriteString(w, "\n"); io.WriteString(w, "<!doctype html><p>") }},
		{"type named", func(w http.ResponseWriter) { w.Header().Set("Content-Type", "a/b"); io.WriteString(w, "<html>") }},
		{"encoded: no type is guessed", func(w http.ResponseWriter) { w.Header().Set("Content-Encoding", "gzip"); io.WriteString(w, "<html>") }},
		{"flushed at the end", func(w http.ResponseWriter) { io.WriteString(w, "hello"); flush(w) }},
		{"flushed first: no type is guessed", func(w http.ResponseWriter) { flush(w); io.WriteString(w, "<html>") }},
		{"flushed twice", func(w http.ResponseWriter) { flush(w); flush(w); io.WriteString(w, "x"); flush(w) }},
		{"length named, flushed", func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "5")
			flush(w)
			io.WriteString(w, "hello")
		}},
		{"304", func(w http.ResponseWriter) { w.WriteHeader(304); flush(w) }},
		{"header set too late", func(w http.ResponseWriter) { w.WriteHeader(201); w.Header().Set("X-Late", "1"); io.WriteString(w, "x") }},
	}
	for _, tc := range tests {
		handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { tc.handle(w) })
		for _, method := range []string{"GET", "HEAD"} {
			t.Run(tc.name+"/"+method, func(t *testing.T) {
				if diff := cmp.Diff(served(t, handler, method), asked(t, handler, method)); diff != "" {
					t.Errorf("-served by net/http +asked as an origin\n%s", diff)
				}
			})
		}
	}
}

// A heard is an answer as far as its framing goes.
type heard struct {
	Status               int
	Type, Length, Coding string
	Late                 bool
	Body                 string
}

func served(t *testing.T, h http.Handler, method string) heard {
	s := httptest.NewServer(h)
	defer s.Close()
	req, err := http.NewRequest(method, s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "identity")
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return heard{resp.StatusCode, resp.Header.Get("Content-Type"), resp.Header.Get("Content-Length"),
		strings.Join(resp.TransferEncoding, ", "), len(resp.Header["X-Late"]) > 0, string(body)}
}

// asked reads the answer while it changes its headers, as CloudFront does: they are its own.
func asked(t *testing.T, h http.Handler, method string) heard {
	resp, err := Handler{h}.Ask(t.Context(), callTo(method, "/", ""))
	if err != nil {
		t.Fatal(err)
	}
	resp.Header["X-Cache"] = []string{"Miss from cloudfront"}
	body := resp.Body
	if resp.Stream != nil {
		if body, err = io.ReadAll(resp.Stream); err != nil {
			t.Fatal(err)
		}
		resp.Stream.Close()
	}
	coding := ""
	if message.Chunked(resp.Header) {
		coding = "chunked"
	}
	return heard{resp.Status, resp.Header.Get("Content-Type"), resp.Header.Get("Content-Length"), coding, len(resp.Header["X-Late"]) > 0, string(body)}
}

// TestHandlerTooLate holds that a handler that answers after its time comes to its end, and its goroutine with it.
func TestHandlerTooLate(t *testing.T) {
	t.Parallel()
	late, done := make(chan struct{}), make(chan struct{})
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		defer close(done)
		<-late
		w.(http.Flusher).Flush()
		io.WriteString(w, "hello")
	})
	call := callTo("GET", "/", "")
	call.Origin.ReadTimeout = time.Millisecond
	if _, err := (Handler{handler}).Ask(t.Context(), call); err == nil {
		t.Error("got an answer, want a timeout")
	}
	close(late)
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Error("the handler still waits for somebody to read")
	}
}
