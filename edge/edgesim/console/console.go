package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// A Console keeps the last requests of a simulator and shows them. Its zero value is ready; a Console must not be copied after its first use.
// It is safe for concurrent use.
type Console struct {
	Requests int    // how many requests are kept at most; 0 is 500
	Bytes    int64  // how much memory they may take, as JSON; 0 is 32 MiB. The oldest go first.
	Site     string // where the simulator listens, for a link on the page; "" is no link

	kept ring
}

// Observe keeps a trace and shows it on every open page. It is an edgesim.Config.Observe. The trace must not be changed afterwards.
func (c *Console) Observe(t *edgesim.Trace) {
	c.kept.add(newRecord(t, c.bytes()), c.requests(), c.bytes())
}

func (c *Console) requests() int {
	if c.Requests <= 0 {
		return 500
	}
	return c.Requests
}

func (c *Console) bytes() int64 {
	if c.Bytes <= 0 {
		return 32 << 20
	}
	return c.Bytes
}

// Serve shows the console on l until ctx ends, then closes l and returns nil. sim is what replays, invalidations and the clock act on; its
// Observe should come to c. A listener that is not on a loopback address is closed at once, and is an error.
func (c *Console) Serve(ctx context.Context, l net.Listener, sim *edgesim.Simulator) error {
	if address, ok := l.Addr().(*net.TCPAddr); !ok || !address.IP.IsLoopback() {
		l.Close()
		return fmt.Errorf("console: listener: got %q, want a loopback address such as localhost:8081, since the console shows what viewers send", l.Addr())
	}
	server := &http.Server{
		Handler:           c.handler(sim),
		BaseContext:       func(net.Listener) context.Context { return ctx }, // so that streams end with ctx
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("console: serve: %w", err)
	case <-ctx.Done():
	}
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if err := server.Shutdown(patience); !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return server.Close()
}

// handler is the console's pages and calls.
func (c *Console) handler(sim *edgesim.Simulator) http.Handler {
	a := &api{console: c, sim: sim}
	mux := http.NewServeMux()
	mux.Handle("GET /", pages())
	mux.HandleFunc("GET /api/stream", a.stream)
	mux.HandleFunc("GET /api/trace", a.trace)
	mux.HandleFunc("GET /api/headers", a.headers)
	mux.HandleFunc("GET /api/event", a.event)
	mux.HandleFunc("GET /api/find", a.search)
	mux.HandleFunc("GET /api/har", a.har)
	mux.HandleFunc("POST /api/replay", a.replay)
	mux.HandleFunc("POST /api/send", a.send)
	mux.HandleFunc("POST /api/invalidate", a.invalidate)
	mux.HandleFunc("POST /api/advance", a.advance)
	mux.HandleFunc("POST /api/clear", a.clear)
	return guard(mux)
}
