package console_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/console"
)

// serve serves the console on a free port until the test ends, and gives its address.
func serve(t *testing.T, b *bench) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.console.Serve(ctx, listener, b.sim) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("Serve: %v; want nil when its context ends", err)
			}
		case <-time.After(5 * time.Second):
			t.Error("Serve goes on after its context has ended, though a stream is open")
		}
	})
	return "http://" + listener.Addr().String()
}

// A reader reads the messages of a stream.
type reader struct {
	t     *testing.T
	lines *bufio.Scanner
}

func openStream(t *testing.T, address string) *reader {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", address+"/api/stream", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	if got := response.Header.Get("Content-Type"); response.StatusCode != 200 || got != "text/event-stream" {
		t.Fatalf("stream: %d, %s", response.StatusCode, got)
	}
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	return &reader{t, lines}
}

// next reads the next message with the name into v.
func (r *reader) next(name string, v any) {
	r.t.Helper()
	found := false
	for r.lines.Scan() {
		line := r.lines.Text()
		if data, ok := strings.CutPrefix(line, "data: "); ok && found {
			if err := json.Unmarshal([]byte(data), v); err != nil {
				r.t.Fatal(err)
			}
			return
		}
		if event, ok := strings.CutPrefix(line, "event: "); ok {
			found = event == name
		}
	}
	r.t.Fatalf("the stream ended before a %q message: %v", name, r.lines.Err())
}

type line struct {
	Seq        int64
	ID, Target string
	Status     int
	Saved      int
	Stages     []struct{ Name string }
}

func TestStream(t *testing.T) {
	t.Parallel()
	b := newBench(t, &console.Console{Requests: 3, Site: "http://localhost:8080"})
	b.view("/page.html")
	stream := openStream(t, serve(t, b))
	var state struct {
		Site   string
		Oldest int64
		Most   int
		Stats  struct{ Requests, Saved int64 }
	}
	var lines []line
	stream.next("requests", &lines)
	if len(lines) != 1 || lines[0].Target != "/page.html" || lines[0].Status != 200 || len(lines[0].Stages) == 0 {
		t.Errorf("what is kept already: %+v", lines)
	}
	stream.next("state", &state)
	if state.Site != "http://localhost:8080" || state.Oldest != 1 || state.Most != 3 || state.Stats.Requests != 1 {
		t.Errorf("state: %+v", state)
	}
	second := b.view("/page.html")
	stream.next("requests", &lines)
	if len(lines) != 1 || lines[0].ID != second.ID || lines[0].Saved != 1 || lines[0].Seq != 2 {
		t.Errorf("live: %+v; want the hit alone", lines)
	}
	for range 5 {
		b.view("/page.html")
	}
	for lines[0].Seq < 7 {
		stream.next("requests", &lines)
	}
	stream.next("state", &state)
	if state.Oldest != 5 || state.Stats.Requests != 7 || state.Stats.Saved != 6 {
		t.Errorf("state after seven requests of which three are kept: %+v", state)
	}
	if status := b.call("clear", "{}", nil); status != 200 {
		t.Fatalf("clear: %d", status)
	}
	stream.next("state", &state)
	if state.Oldest != 8 {
		t.Errorf("state after all were forgotten: %+v", state)
	}
}

// Too many pages are refused; one that closes makes room.
func TestStreamsAreBounded(t *testing.T) {
	t.Parallel()
	b := newBench(t, &console.Console{})
	address := serve(t, b)
	ctx, cancel := context.WithCancel(t.Context())
	get := func(ctx context.Context) int {
		r, err := http.NewRequestWithContext(ctx, "GET", address+"/api/stream", nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { response.Body.Close() })
		return response.StatusCode
	}
	for range 32 {
		if got := get(ctx); got != 200 {
			t.Fatalf("stream: %d", got)
		}
	}
	if got := get(t.Context()); got != 503 {
		t.Errorf("one too many: %d, want 503", got)
	}
	cancel()
	for deadline := time.Now().Add(5 * time.Second); get(t.Context()) != 200; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("streams that were closed still count")
		}
	}
}

// elsewhere is a listener that says it is on all addresses.
type elsewhere struct{ net.Listener }

func (elsewhere) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4zero, Port: 8081} }

func TestServeWantsLoopback(t *testing.T) {
	t.Parallel()
	b := newBench(t, &console.Console{})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	err = b.console.Serve(t.Context(), elsewhere{listener}, b.sim)
	if err == nil || !strings.Contains(err.Error(), `got "0.0.0.0:8081"`) {
		t.Errorf("error %v; want one that names the address", err)
	}
	if _, err := listener.Accept(); err == nil {
		t.Error("the listener is still open")
	}
}
