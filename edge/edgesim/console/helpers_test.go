package console_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/console"
)

const own = "http://localhost:8081"

// A bench is a simulator with two functions, and its console.
type bench struct {
	t        *testing.T
	function *edge.Function
	console  *console.Console
	sim      *edgesim.Simulator
	handler  http.Handler
}

func newBench(t *testing.T, c *console.Console) *bench {
	t.Helper()
	b := &bench{t: t, console: c, function: &edge.Function{
		ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			r.Header.Set("X-Seen", "yes")
			return r, nil
		},
		OriginResponse: func(_ context.Context, r *edge.Response) error {
			r.Header.Set("X-Frame-Options", "DENY")
			return nil
		},
	}}
	var err error
	b.sim, err = edgesim.New(edgesim.Config{
		Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{
			Origin:      &edgesim.S3Origin{FS: fstest.MapFS{"page.html": {Data: []byte("hello")}}},
			CachePolicy: edgesim.CachingOptimized(),
			Functions:   edgesim.Associate(b.function),
		}},
		Observe: c.Observe,
	})
	if err != nil {
		t.Fatal(err)
	}
	b.handler = c.Handler(b.sim)
	return b
}

// view sends a viewer's request through the simulator.
func (b *bench) view(target string) *edgesim.Trace {
	_, trace := b.sim.Do(httptest.NewRequest("GET", target, nil))
	return trace
}

// ask sends a request to the console, and gives the status and the body.
func (b *bench) ask(r *http.Request) (int, string) {
	b.t.Helper()
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return w.Code, string(body)
}

func (b *bench) get(path string) (int, string) {
	b.t.Helper()
	return b.ask(httptest.NewRequest("GET", own+path, nil))
}

// read gets a path and reads its JSON into v.
func (b *bench) read(path string, v any) int {
	b.t.Helper()
	status, body := b.get(path)
	if err := json.Unmarshal([]byte(body), v); err != nil {
		b.t.Fatalf("%s: %v in %q", path, err, body)
	}
	return status
}

// call makes a call as the page does, and reads its answer into v.
func (b *bench) call(name, body string, v any) int {
	b.t.Helper()
	r := httptest.NewRequest("POST", own+"/api/"+name, strings.NewReader(body))
	r.Header.Set("Origin", own)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	status, answer := b.ask(r)
	if v != nil {
		if err := json.Unmarshal([]byte(answer), v); err != nil {
			b.t.Fatalf("%s: %v in %q", name, err, answer)
		}
	}
	return status
}

// trace reads a trace back from the console.
func (b *bench) trace(id string) edgesim.Trace {
	b.t.Helper()
	var t edgesim.Trace
	if status := b.read("/api/trace?id="+id, &t); status != 200 {
		b.t.Fatalf("trace: %d", status)
	}
	return t
}
