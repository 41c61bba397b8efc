package edgesim_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
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

// simulator makes a simulator or ends the test.
func simulator(t testing.TB, c edgesim.Config) *edgesim.Simulator {
	t.Helper()
	s, err := edgesim.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// get asks for a target, with headers as name and value in turn.
func get(s *edgesim.Simulator, target string, headers ...string) (*http.Response, *edgesim.Trace) {
	return send(s, http.MethodGet, target, headers...)
}

func send(s *edgesim.Simulator, method, target string, headers ...string) (*http.Response, *edgesim.Trace) {
	r := httptest.NewRequest(method, target, nil)
	r.Host = "localhost:8080"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return s.Do(r)
}

func body(t testing.TB, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// behind makes a simulator with one behaviour.
func behind(t testing.TB, b edgesim.Behavior, change ...func(*edgesim.Config)) *edgesim.Simulator {
	t.Helper()
	c := edgesim.Config{Distribution: edgesim.Distribution{DefaultBehavior: b}}
	for _, f := range change {
		f(&c)
	}
	return simulator(t, c)
}

// listen serves a simulator on loopback and returns its address.
func listen(t testing.TB, s *edgesim.Simulator) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := s.Server()
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return l.Addr().String()
}

// talk sends bytes and returns the status of each answer, until the connection ends.
func talk(t testing.TB, address, bytes string) []int {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	go io.WriteString(conn, bytes)
	reader := bufio.NewReader(conn)
	var statuses []int
	for {
		resp, err := http.ReadResponse(reader, nil)
		if err != nil {
			return statuses
		}
		if _, err := io.Copy(io.Discard, resp.Body); err != nil {
			return append(statuses, -resp.StatusCode)
		}
		statuses = append(statuses, resp.StatusCode)
	}
}
