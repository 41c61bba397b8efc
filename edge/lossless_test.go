package edge_test

import (
	"context"
	"encoding/json"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/testdata"
)

// untouched is a function that changes nothing.
var untouched = &edge.Function{
	ViewerRequest:  func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return r, nil },
	OriginRequest:  func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return r, nil },
	OriginResponse: func(context.Context, *edge.Response) error { return nil },
	ViewerResponse: func(context.Context, *edge.Response) error { return nil },
}

// captured returns every event of testdata by name.
func captured(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := fs.Glob(testdata.Events, "*.json")
	if err != nil || len(names) < 24 {
		t.Fatalf("testdata has %d events, %v; want at least 24", len(names), err)
	}
	events := make(map[string][]byte)
	for _, name := range names {
		if events[name], err = fs.ReadFile(testdata.Events, name); err != nil {
			t.Fatal(err)
		}
	}
	return events
}

// returned returns the object of an event that an untouched function gives back.
func returned(t testing.TB, event []byte) string {
	t.Helper()
	var e struct {
		Records []struct {
			CF struct {
				Request, Response json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(event, &e); err != nil {
		t.Fatal(err)
	}
	if cf := e.Records[0].CF; cf.Response != nil {
		return string(cf.Response)
	} else {
		return string(cf.Request)
	}
}

// TestUntouched is the law: what a handler does not touch goes back byte for byte.
func TestUntouched(t *testing.T) {
	for name, event := range captured(t) {
		t.Run(name, func(t *testing.T) {
			got, err := untouched.Invoke(t.Context(), event)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(returned(t, event), string(got)); diff != "" {
				t.Errorf("an untouched event came back changed (-want +got):\n%s", diff)
			}
		})
	}
}

// TestOneHeaderTouched sets a header and deletes it again: the map is written anew
// and must still be what came, but for white space between its members.
func TestOneHeaderTouched(t *testing.T) {
	touch := func(h *edge.Header) { h.Set("x-touched", "1"); h.Del("X-TOUCHED") }
	f := &edge.Function{
		ViewerRequest:  func(_ context.Context, r *edge.Request) (edge.Outcome, error) { touch(&r.Header); return r, nil },
		OriginRequest:  func(_ context.Context, r *edge.Request) (edge.Outcome, error) { touch(&r.Header); return r, nil },
		OriginResponse: func(_ context.Context, r *edge.Response) error { touch(&r.Header); return nil },
		ViewerResponse: func(_ context.Context, r *edge.Response) error { touch(&r.Header); return nil },
	}
	for name, event := range captured(t) {
		t.Run(name, func(t *testing.T) {
			got, err := f.Invoke(t.Context(), event)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(compact(t, returned(t, event)), compact(t, string(got))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func compact(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	inString := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inString && c == '\\':
			b.WriteByte(c)
			i++
			b.WriteByte(text[i])
			continue
		case c == '"':
			inString = !inString
		case !inString && strings.IndexByte(" \t\r\n", c) >= 0:
			continue
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

func TestConcurrent(t *testing.T) {
	events := captured(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for name, event := range events {
				got, err := untouched.Invoke(t.Context(), event)
				if want := returned(t, event); err != nil || string(got) != want {
					t.Errorf("%s: got %s, %v; want %s", name, got, err, want)
				}
			}
		})
	}
	wg.Wait()
}

// TestBufferReused proves that nothing refers to the caller's buffer after the
// call, as a runtime that reuses it needs.
func TestBufferReused(t *testing.T) {
	var kept *edge.Request
	f := &edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		kept = r
		return r, nil
	}}
	event, err := fs.ReadFile(testdata.Events, "viewer-request-browser.json")
	if err != nil {
		t.Fatal(err)
	}
	answer, err := f.Invoke(t.Context(), event)
	if err != nil {
		t.Fatal(err)
	}
	host, before := kept.Header.Get("host"), string(answer)
	for i := range event {
		event[i] = 'x'
	}
	if got := kept.Header.Get("host"); got != host || host == "" || string(answer) != before {
		t.Errorf("got host %q after the buffer was reused; want %q", got, host)
	}
}

// FuzzInvoke holds Invoke to its laws for any bytes: it never panics, and what it
// accepts as an event goes back untouched, with no rule broken and no warning.
func FuzzInvoke(f *testing.F) {
	for _, event := range captured(f) {
		f.Add(event)
	}
	for _, tt := range unchangedRequests {
		if len(tt.members) < 4<<10 { // the fuzzer takes minutes to shorten a large one
			f.Add([]byte(eventOf(tt.config, `{`+tt.members+`}`, "")))
		}
	}
	f.Fuzz(func(t *testing.T, event []byte) {
		f := *untouched
		f.Warn = func(w *edge.FieldError) { t.Errorf("%q, untouched: %v", event, w) }
		got, err := f.Invoke(context.Background(), event)
		if err != nil {
			if _, is := err.(*edge.EventError); !is || got != nil {
				t.Fatalf("%q, untouched: got an answer %q and an error %v", event, got, err)
			}
			return
		}
		if !json.Valid(event) {
			t.Fatalf("%q: accepted; encoding/json refuses it", event)
		}
		if !strings.Contains(string(event), string(got)) {
			t.Fatalf("%q came back as %q", event, got)
		}
	})
}
