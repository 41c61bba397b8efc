package edgesim_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

func TestEndlessBody(t *testing.T) {
	t.Parallel()
	gone := make(chan struct{})
	o := script(func(w http.ResponseWriter, r *http.Request) {
		defer close(gone)
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 32<<10)); err != nil {
				return
			}
		}
	})
	w := serving(t, o, caching(0, 60, 600), func(c *edgesim.Config) { c.ObjectBytes = 1 << 20 })
	server := httptest.NewServer(w)
	defer server.Close()
	resp, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := resp.Body.Read(make([]byte, 1024)); err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	select {
	case <-gone:
	case <-time.After(10 * time.Second):
		t.Error("the origin still sends to a viewer who left")
	}
	if n := w.Stats().Objects; n != 0 {
		t.Errorf("%d objects stored", n)
	}
}

func TestStreamIsSentAtOnce(t *testing.T) {
	t.Parallel()
	proceed := make(chan struct{})
	o := script(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.Write([]byte("data: 1\n\n"))
		w.(http.Flusher).Flush()
		<-proceed
		w.Write([]byte("data: 2\n\n"))
	})
	w := serving(t, o, caching(0, 60, 600))
	server := httptest.NewServer(w)
	defer server.Close()
	resp, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	buffer := make([]byte, 64)
	n, err := resp.Body.Read(buffer)
	if err != nil || string(buffer[:n]) != "data: 1\n\n" {
		t.Fatalf("got %q, %v before the origin was done", buffer[:n], err)
	}
	close(proceed)
	if rest := body(t, resp); rest != "data: 2\n\n" {
		t.Errorf("got %q", rest)
	}
	if resp, trace := get(w.Simulator, "/", "X", "y"); trace.Cache.Key == "" || body(t, resp) == "" {
		t.Errorf("got %+v", trace.Cache)
	}
}
