package edgetest_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

func TestFunctionThatKeepsTheLaws(t *testing.T) {
	for name, f := range map[string]*edge.Function{
		"pass-through": passThrough(),
		"answering": viewerRequest(func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			return &edge.Response{StatusCode: 200, Body: edge.Text(r.URI)}, nil
		}),
		"editing": {OriginResponse: func(_ context.Context, r *edge.Response) error {
			r.Header.Set("X-Frame-Options", "DENY")
			return nil
		}},
	} {
		if err := edgetest.TestFunction(f, edgetest.Events()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFunctionThatBreaksALaw(t *testing.T) {
	var calls atomic.Int64
	for _, tt := range []struct {
		name, want string
		handler    edge.RequestHandler
	}{
		{"fails", "it does not answer: mine", func(context.Context, *edge.Request) (edge.Outcome, error) {
			return nil, errors.New("mine")
		}},
		{"panics", "the handler panicked: runtime error: index out of range", func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			return r, errors.New(r.Header.Values("x-none")[0])
		}},
		{"breaks-a-rule", "must not be added", func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			r.Header.Set("Via", "1.1 x")
			return r, nil
		}},
		{"decides-nothing", "decided nothing", func(context.Context, *edge.Request) (edge.Outcome, error) {
			return nil, nil
		}},
		{"counts", "it is not stable: the second answer is", func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			r.Header.Set("X-Count", strconv.FormatInt(calls.Add(1), 10))
			return r, nil
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := edgetest.TestFunction(viewerRequest(tt.handler), edgetest.Events())
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "viewer-request-minimal.json: ") {
				t.Fatalf("got %v; want an error with the event's name and %q", err, tt.want)
			}
			if n := strings.Count(err.Error(), "viewer-request-minimal.json: it does not answer: "); n > 1 {
				t.Errorf("one failure is told %d times:\n%v", n, err)
			}
		})
	}
}

// TestFunctionThatDropsTransferEncoding: in each trigger an event has the header, which is read-only, so that a function which leaves it
// out is found (serverless-express issue 369).
func TestFunctionThatDropsTransferEncoding(t *testing.T) {
	request := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		r.Header.Del("Transfer-Encoding")
		return r, nil
	}
	response := func(_ context.Context, r *edge.Response) error { r.Header.Del("Transfer-Encoding"); return nil }
	for trigger, f := range map[edge.Trigger]*edge.Function{
		edge.ViewerRequest:  {ViewerRequest: request},
		edge.OriginRequest:  {OriginRequest: request},
		edge.OriginResponse: {OriginResponse: response},
		edge.ViewerResponse: {ViewerResponse: response},
	} {
		want := "edge: " + string(trigger) + ": headers.transfer-encoding: this header is read-only in this trigger and must not be deleted"
		if err := edgetest.TestFunction(f, edgetest.Events()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v; want an error with %q", trigger, err, want)
		}
	}
}

// TestFunctionCalledAtOnce gives TestFunction a function that answers otherwise
// once two calls of it have met, which is after the two in a row.
func TestFunctionCalledAtOnce(t *testing.T) {
	var calls atomic.Int64
	met := make(chan struct{})
	f := viewerRequest(func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		switch calls.Add(1) {
		case 1, 2:
			return r, nil
		case 3:
			select {
			case <-met:
			case <-time.After(10 * time.Second):
				t.Error("no second call came while the first was running")
			}
		case 4:
			close(met)
		}
		r.Header.Set("X-Met", "1")
		return r, nil
	})
	events := fstest.MapFS{"one.json": {Data: readEvent(t, "viewer-request-minimal.json")}}
	err := edgetest.TestFunction(f, events)
	if err == nil || !strings.Contains(err.Error(), "one.json: it is not stable: called concurrently it answers") {
		t.Errorf("got %v; want an error of the concurrent calls", err)
	}
}

func TestFunctionWarnsOnce(t *testing.T) {
	event := readEvent(t, "viewer-request-minimal.json")
	var warnings []string
	f := viewerRequest(func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		r.Header.Set("Set-Cookie", "a=1")
		return r, nil
	})
	f.Warn = func(w *edge.FieldError) { warnings = append(warnings, w.Rule) }
	if err := edgetest.TestFunction(f, fstest.MapFS{"viewer-request-minimal.json": {Data: event}}); err != nil {
		t.Fatal(err)
	}
	if len(warnings) != 1 || warnings[0] != "set-cookie-request" {
		t.Errorf("got the warnings %q; want set-cookie-request once", warnings)
	}
}

func TestFunctionNeedsEvents(t *testing.T) {
	event := readEvent(t, "viewer-request-minimal.json")
	onlyResponses := &edge.Function{ViewerResponse: func(context.Context, *edge.Response) error { return nil }}
	for _, tt := range []struct {
		name, want string
		function   *edge.Function
		events     fstest.MapFS
	}{
		{"none", "of 0 events none is of a trigger", passThrough(), fstest.MapFS{}},
		{"other-files", "of 0 events", passThrough(), fstest.MapFS{"README.md": {Data: []byte("x")}}},
		{"other-triggers", "of 1 events", onlyResponses, fstest.MapFS{"a/b.json": {Data: event}}},
		{"no-event", "bad.json: edge: event, byte 0", passThrough(), fstest.MapFS{"good.json": {Data: event}, "bad.json": {Data: []byte("[]")}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := edgetest.TestFunction(tt.function, tt.events); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v; want an error with %q", err, tt.want)
			}
		})
	}
}

// TestKeeps gives the law answers that package edge itself would not let out.
func TestKeeps(t *testing.T) {
	request := readEvent(t, "viewer-request-unknown-members.json")
	response := readEvent(t, "origin-response-unknown-members.json")
	for _, tt := range []struct {
		name    string
		trigger edge.Trigger
		event   []byte
		answer  string
		want    string // "" for none
	}{
		{"respelt", edge.OriginResponse, response, `{"trailers": {}, "timing": {"firstByteMs": 12.5}}`, `the member "timing" is`},
		{"lost", edge.OriginResponse, response, `{"status": "200"}`, `the member "trailers" is absent; want {}`},
		{"changed", edge.ViewerRequest, request, `{"method": "PUT"}`, `the member "method" is "PUT"; want "GET"`},
		{"answer", edge.ViewerRequest, request, `{"status": "200"}`, ""},
	} {
		err := edgetest.Keeps(tt.trigger, tt.event, []byte(tt.answer))
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v; want %q", tt.name, err, tt.want)
		}
	}
}

func FuzzPassThrough(f *testing.F) { edgetest.Fuzz(f, passThrough()) }

// FuzzBroken is for TestFuzzFails, which says what is broken.
func FuzzBroken(f *testing.F) {
	var calls atomic.Int64
	handlers := map[string]edge.RequestHandler{
		"rule": func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			r.Header.Set("Host", "www.example.net")
			return r, nil
		},
		"panic": func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			return r, errors.New(r.Header.Values("x-none")[0])
		},
		"unstable": func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			r.Header.Set("X-Count", strconv.FormatInt(calls.Add(1), 10))
			return r, nil
		},
		"own-error": func(context.Context, *edge.Request) (edge.Outcome, error) { return nil, errors.New("mine") },
	}
	handler := handlers[os.Getenv("EDGETEST_BROKEN")]
	if handler == nil {
		f.Skip("run by TestFuzzFails")
	}
	edgetest.Fuzz(f, viewerRequest(handler))
}

// TestFuzzFails runs FuzzBroken in a process of its own and wants it to fail.
func TestFuzzFails(t *testing.T) {
	t.Parallel()
	for broken, want := range map[string]string{
		"rule":      "must not be changed",
		"panic":     "index out of range",
		"unstable":  "the second answer is",
		"own-error": "", // no breach: the viewer gets an error page
	} {
		cmd := exec.Command(os.Args[0], "-test.run=^FuzzBroken$")
		cmd.Env = append(os.Environ(), "EDGETEST_BROKEN="+broken)
		out, err := cmd.CombinedOutput()
		if failed := err != nil; failed != (want != "") || !strings.Contains(string(out), want) {
			t.Errorf("%s: got %v; want the failure %q\n%s", broken, err, want, out)
		}
	}
}
