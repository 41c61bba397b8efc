package edgesim_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// A clock stands still until a test lets time pass.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// An origin is a handler that counts and numbers its requests.
type origin struct {
	calls atomic.Int64
	serve func(n int64, w http.ResponseWriter, r *http.Request)
}

func (o *origin) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.serve(o.calls.Add(1), w, r)
}

// says is an origin that answers with the headers, given as name and value in turn, and the number of the
// request as the body.
func says(status int, headers ...string) *origin {
	return &origin{serve: func(n int64, w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Add(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		fmt.Fprint(w, n)
	}}
}

// caching is a policy with the three times in seconds.
func caching(minimum, standard, maximum int) *edgesim.CachePolicy {
	second := func(n int) time.Duration { return time.Duration(n) * time.Second }
	return &edgesim.CachePolicy{Name: "test", MinTTL: second(minimum), DefaultTTL: second(standard), MaxTTL: second(maximum)}
}

// world is a simulator in front of a handler, with a clock.
type world struct {
	*edgesim.Simulator
	clock  *clock
	origin *origin
}

// serving makes a world; change may edit its configuration.
func serving(t testing.TB, o *origin, policy *edgesim.CachePolicy, change ...func(*edgesim.Config)) *world {
	t.Helper()
	w := &world{clock: newClock(), origin: o}
	c := edgesim.Config{Clock: w.clock.Now, Distribution: edgesim.Distribution{
		DefaultBehavior: edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: o}, CachePolicy: policy},
	}}
	for _, f := range change {
		f(&c)
	}
	w.Simulator = simulator(t, c)
	return w
}

// raw is a foreign function: it answers with the JSON that f makes of the event.
type raw func(event []byte) ([]byte, error)

func (f raw) Invoke(_ context.Context, event []byte) ([]byte, error) { return f(event) }

// returns is a foreign function that always gives the same.
func returns(answer string) raw {
	return func([]byte) ([]byte, error) { return []byte(answer), nil }
}
