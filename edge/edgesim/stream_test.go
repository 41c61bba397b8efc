package edgesim_test

import (
	"io"
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

// TestBrokenStream holds that a trace says in the same words why a body broke off, whoever asked.
func TestBrokenStream(t *testing.T) {
	t.Parallel()
	o := &origin{serve: func(_ int64, w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "text")
		w.(http.Flusher).Flush()
		panic("lost")
	}}
	traces := make(chan *edgesim.Trace, 2)
	w := serving(t, o, caching(0, 60, 600), func(c *edgesim.Config) { c.Observe = func(t *edgesim.Trace) { traces <- t } })
	get(w.Simulator, "/")
	if resp, err := http.Get("http://" + listen(t, w.Simulator)); err == nil {
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
	const want = "the body broke off: unexpected EOF"
	for _, by := range []string{"Do", "ServeHTTP"} {
		if got := (<-traces).Reason; got != want {
			t.Errorf("%s: got reason %q, want %q", by, got, want)
		}
	}
}

// TestStreamIsStoredAsItCame holds what is stored of an answer whose end is seen late: the headers of the moment at which it came, not
// as the viewer got them, and the path of the object, not of the viewer.
func TestStreamIsStoredAsItCame(t *testing.T) {
	t.Parallel()
	o := &origin{serve: func(_ int64, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "img-src https://"+edgesim.DefaultDomainName)
		w.(http.Flusher).Flush()
		io.WriteString(w, "text")
	}}
	w := serving(t, o, caching(60, 60, 60), func(c *edgesim.Config) { c.Distribution.DefaultRootObject = "index.html" })
	resp, _ := get(w.Simulator, "/")
	if got, want := resp.Header.Get("Content-Security-Policy"), "img-src http://localhost:8080"; got != want {
		t.Errorf("local viewer: got %q, want %q", got, want)
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Host = edgesim.DefaultDomainName
	resp, trace := w.Do(r)
	if got, want := resp.Header.Get("Content-Security-Policy"), "img-src https://"+edgesim.DefaultDomainName; got != want || trace.Cache.Result != "hit" {
		t.Errorf("another viewer: got %q, want %q (%s)", got, want, trace.Cache.Result)
	}
	if n, err := w.Invalidate("/index.html"); n != 1 || err != nil {
		t.Errorf("invalidated %d, %v; want 1: the default root object is the object's path", n, err)
	}
}
