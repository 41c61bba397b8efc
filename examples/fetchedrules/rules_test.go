package fetchedrules_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
	"github.com/edgehelpers/lambdaedge/examples/fetchedrules"
	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/google/go-cmp/cmp"
)

// compile returns the compiled form of a table of one rule.
func compile(from, to string) string {
	form, err := redirect.MustCompile(redirect.Config{Rules: []redirect.Rule{{From: from, To: to}}}).MarshalBinary()
	if err != nil {
		panic(err)
	}
	return string(form)
}

// A bucket plays a bucket with one object.
type bucket struct {
	mu     sync.Mutex
	tag    string
	object string
	status int // what is answered in place of the object, 0 for the object
	last   int // the status of the last answer
	asked  int
}

func (b *bucket) put(tag, object string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tag, b.object = `"`+tag+`"`, object
}

func (b *bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked++
	b.last = http.StatusOK
	switch {
	case b.status != 0:
		b.last = b.status
	case r.Header.Get("If-None-Match") == b.tag:
		b.last = http.StatusNotModified
	}
	w.Header().Set("ETag", b.tag)
	w.Header().Set("Location", "/elsewhere.bin")
	w.WriteHeader(b.last)
	if b.last == http.StatusOK {
		io.WriteString(w, b.object)
	}
}

// RoundTrip answers without a network, so that time is that of a synctest bubble.
func (b *bucket) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return w.Result(), nil
}

// A transport is a function that answers requests.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// newRules returns rules that come through t, silently.
func newRules(t *testing.T, through http.RoundTripper) *fetchedrules.Rules {
	log.SetOutput(io.Discard)
	t.Cleanup(func() { log.SetOutput(os.Stderr) })
	r := fetchedrules.New("https://bucket.example/redirects.bin", new(redirect.Table))
	r.Client.Transport = through
	return r
}

// location returns where rules lead a request for /a, "" if it goes on.
func location(t *testing.T, r *fetchedrules.Rules) string {
	t.Helper()
	out, err := edgetest.Request(&edge.Function{ViewerRequest: r.Handle}, edgetest.NewRequest(edge.ViewerRequest, "GET", "/a"))
	if err != nil {
		t.Error(err)
	}
	if answer, ok := out.(*edge.Response); ok {
		return answer.Header.Get("Location")
	}
	return ""
}

func TestKeep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &bucket{}
		b.put("1", compile("/a", "/1"))
		r := newRules(t, b)
		if err := r.Fetch(t.Context()); err != nil {
			t.Fatal(err)
		}
		steps := []struct {
			after time.Duration
			put   string
			want  string
			asked int
			last  int
			why   string
		}{
			{0, "", "/1", 1, 200, "just fetched"},
			{59 * time.Second, "2", "/1", 1, 200, "kept for a minute"},
			{time.Second, "", "/2", 2, 200, "and not for longer"},
			{time.Minute, "", "/2", 3, 304, "the bucket has nothing new"},
			{30 * time.Second, "3", "/2", 3, 304, "which is good for another minute"},
			{time.Hour, "", "/3", 4, 200, "asked when there is a request, not each minute"},
		}
		for _, s := range steps {
			time.Sleep(s.after)
			if s.put != "" {
				b.put(s.put, compile("/a", "/"+s.put))
			}
			got := []any{location(t, r), b.asked, b.last}
			if diff := cmp.Diff([]any{s.want, s.asked, s.last}, got); diff != "" {
				t.Errorf("location, requests, last status (-want +got), %s:\n%s", s.why, diff)
			}
		}
	})
}

// TestFailures: whatever comes in place of new rules, the old ones stay, no viewer
// waits for longer than Wait, and the next one is a minute later.
func TestFailures(t *testing.T) {
	answer := func(status int, body string) transport {
		return func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Status: http.StatusText(status), Body: io.NopCloser(strings.NewReader(body)), Header: http.Header{"Etag": {`"2"`}}}, nil
		}
	}
	tests := []struct {
		name  string
		next  transport
		waits time.Duration
	}{
		{"refused", func(*http.Request) (*http.Response, error) { return nil, errors.New("connection refused") }, 0},
		{"silent", func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		}, time.Second},
		{"slow-body", func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: io.NopCloser(slow{r.Context()})}, nil
		}, time.Second},
		{"forbidden", answer(403, compile("/a", "/2")), 0},
		{"moved", answer(301, compile("/a", "/2")), 0},
		{"partial", answer(206, compile("/a", "/2")), 0},
		{"empty", answer(200, ""), 0},
		{"page", answer(200, "<html>Please log in</html>"), 0},
		{"cut-short", answer(200, compile("/a", "/2")[:60]), 0},
		{"trailing", answer(200, compile("/a", "/2")+"x"), 0},
		{"too-large", answer(200, compile("/a", "/"+strings.Repeat("2", 5000))), 0},
		{"no-end", func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: io.NopCloser(endless{})}, nil
		}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				asked := 0
				b := &bucket{}
				b.put("1", compile("/a", "/1"))
				r := newRules(t, b)
				r.MaxSize = 4096
				if err := r.Fetch(t.Context()); err != nil {
					t.Fatal(err)
				}
				r.Client.Transport = transport(func(r *http.Request) (*http.Response, error) {
					asked++
					return tt.next(r)
				})
				time.Sleep(time.Minute)
				var logged bytes.Buffer
				log.SetOutput(&logged)
				begun := time.Now()
				for range 3 {
					if got := location(t, r); got != "/1" {
						t.Errorf("leads to %q; want the old rule", got)
					}
				}
				if waited := time.Since(begun); waited != tt.waits || asked != 1 {
					t.Errorf("three viewers waited %v for %d requests; want %v for 1", waited, asked, tt.waits)
				}
				if !strings.Contains(logged.String(), "the rules stay as they are: ") {
					t.Errorf("logged %q; want why the rules are not new", &logged)
				}
				r.Client.Transport = b
				b.put("2", compile("/a", "/2"))
				time.Sleep(time.Minute)
				if got := location(t, r); got != "/2" {
					t.Errorf("leads to %q when the bucket is well again; want /2", got)
				}
			})
		})
	}
}

// slow is a body that does not come before the request is given up.
type slow struct{ ctx context.Context }

func (s slow) Read([]byte) (int, error) {
	<-s.ctx.Done()
	return 0, s.ctx.Err()
}

// endless is a body without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// TestConcurrent: of many requests at once one waits for new rules, the others are
// answered by the old ones.
func TestConcurrent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &bucket{}
		b.put("1", compile("/a", "/1"))
		r := newRules(t, b)
		if err := r.Fetch(t.Context()); err != nil {
			t.Fatal(err)
		}
		r.Client.Transport = transport(func(request *http.Request) (*http.Response, error) {
			time.Sleep(300 * time.Millisecond)
			return b.RoundTrip(request)
		})
		b.put("2", compile("/a", "/2"))
		time.Sleep(time.Minute)
		var mu sync.Mutex
		got := map[string]int{}
		begun := time.Now()
		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() {
				where := location(t, r)
				mu.Lock()
				defer mu.Unlock()
				got[where+" after "+time.Since(begun).String()]++
			})
		}
		wg.Wait()
		if diff := cmp.Diff(map[string]int{"/1 after 0s": 99, "/2 after 300ms": 1}, got); diff != "" || b.asked != 2 {
			t.Errorf("the bucket was asked %d times, want 2; answers (-want +got):\n%s", b.asked, diff)
		}
	})
}

// TestNoRules: before the first rules all requests go on.
func TestNoRules(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &bucket{status: http.StatusForbidden}
		r := newRules(t, b)
		if err := r.Fetch(t.Context()); err == nil || !strings.Contains(err.Error(), "https://bucket.example/redirects.bin: 403 Forbidden") {
			t.Errorf("Fetch: %v; want the URL and 403", err)
		}
		if got := location(t, r); got != "" {
			t.Errorf("leads to %q; want that it goes on", got)
		}
		b.status = 0
		b.put("1", compile("/a", "/1"))
		time.Sleep(time.Minute)
		if got := location(t, r); got != "/1" {
			t.Errorf("leads to %q a minute later; want /1", got)
		}
	})
}
