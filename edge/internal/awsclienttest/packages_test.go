package awsclienttest_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/functions/originresponse"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/functions/viewerrequest"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/site"
	"github.com/edgehelpers/lambdaedge/testdata"
	"github.com/google/go-cmp/cmp"
)

// names are the event files of a trigger.
func names(t *testing.T, trigger string) []string {
	t.Helper()
	names, err := fs.Glob(testdata.Events, trigger+"-*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("no events for %s: %v", trigger, err)
	}
	return names
}

func event(t *testing.T, name string) []byte {
	t.Helper()
	event, err := fs.ReadFile(testdata.Events, name)
	if err != nil {
		t.Fatal(err)
	}
	return event
}

// expect compares the host's answer for each event with the function's own, byte for byte, and an error's message with its error.
func expect(t *testing.T, h *lambdahost.Host, f *edge.Function, names []string) {
	t.Helper()
	for _, name := range names {
		want, wantErr := f.Invoke(t.Context(), event(t, name))
		got, err := h.Invoke(t.Context(), event(t, name))
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s: answer (-want +got):\n%s", name, diff)
		}
		if reported := (*lambdahost.Error)(nil); (err != nil) != (wantErr != nil) || err != nil && (!errors.As(err, &reported) || reported.Message != wantErr.Error()) {
			t.Errorf("%s: error %v; want %v", name, err, wantErr)
		}
	}
	if h.Starts() != 1 {
		t.Errorf("%d processes were started; want 1", h.Starts())
	}
}

// isBootstrap checks that the process is the package's program, and the one that was started: no interpreter is left, and no child.
func isBootstrap(t *testing.T, h *lambdahost.Host, dir string) {
	t.Helper()
	exe, err := os.Readlink(filepath.Join("/proc", strconv.Itoa(h.PID()), "exe"))
	if want := filepath.Join(dir, "bootstrap"); err != nil || exe != want {
		t.Errorf("the process runs %q, %v; want %q", exe, err, want)
	}
}

func TestViewerRequest(t *testing.T) {
	t.Parallel()
	eachStarter(t, "viewerrequest", func(t *testing.T, h *lambdahost.Host, dir string) {
		expect(t, h, &edge.Function{ViewerRequest: viewerrequest.Handler()}, names(t, "viewer-request"))
		isBootstrap(t, h, dir)

		answer, err := h.Invoke(t.Context(), event(t, "viewer-request-demo-index-query.json"))
		if err != nil || !strings.Contains(string(answer), `"status":"302"`) || !strings.Contains(string(answer), "/other.html?") {
			t.Errorf("the form's request: %s, %v; want a redirect to /other.html", answer, err)
		}
	})
}

func TestOriginResponse(t *testing.T) {
	t.Parallel()
	eachStarter(t, "originresponse", func(t *testing.T, h *lambdahost.Host, dir string) {
		handler, err := originresponse.Handler(site.GitHubAPI())
		if err != nil {
			t.Fatal(err)
		}
		expect(t, h, &edge.Function{OriginResponse: handler}, names(t, "origin-response"))
		isBootstrap(t, h, dir)

		answer, err := h.Invoke(t.Context(), event(t, "origin-response-demo-other.json"))
		if err != nil || !strings.Contains(string(answer), "connect-src") {
			t.Errorf("the page's response: %s, %v; want a policy with connect-src", answer, err)
		}
	})
}

func TestThousandInvocations(t *testing.T) {
	t.Parallel()
	eachStarter(t, "viewerrequest", func(t *testing.T, h *lambdahost.Host, dir string) {
		f := &edge.Function{ViewerRequest: viewerrequest.Handler()}
		names := slices.DeleteFunc(names(t, "viewer-request"), func(name string) bool { _, err := f.Invoke(t.Context(), event(t, name)); return err != nil })
		var pid int
		for i := range 1000 {
			name := names[i%len(names)]
			want, _ := f.Invoke(t.Context(), event(t, name))
			got, err := h.Invoke(t.Context(), event(t, name))
			if err != nil || string(got) != string(want) {
				t.Fatalf("invocation %d, %s: %s, %v; want %s", i, name, got, err, want)
			}
			if i == 0 {
				pid = h.PID()
			}
		}
		if h.PID() != pid || h.Starts() != 1 {
			t.Errorf("process %d after %d starts; want %d after 1", h.PID(), h.Starts(), pid)
		}
		isBootstrap(t, h, dir)
	})
}

func TestFailures(t *testing.T) {
	t.Parallel()
	eachStarter(t, "faulty", func(t *testing.T, h *lambdahost.Host, dir string) {
		viewer := string(event(t, "viewer-request-demo-other-direct.json"))
		uri := func(path string) []byte { return []byte(strings.Replace(viewer, `"/other.html"`, `"`+path+`"`, 1)) }
		for i, test := range []struct {
			path   string
			want   lambdahost.Error
			starts int
		}{
			{"/error", lambdahost.Error{Kind: lambdahost.Reported, Type: "errorString", Message: "no such user"}, 1},
			{"/panic", lambdahost.Error{Kind: lambdahost.Reported, Type: "string", Message: "boom"}, 2},
			{"/exit", lambdahost.Error{Kind: lambdahost.Crashed, Type: "Runtime.ExitError", Message: "the process ended without an answer: exit status 3"}, 3},
		} {
			_, err := h.Invoke(t.Context(), uri(test.path))
			got := (*lambdahost.Error)(nil)
			if !errors.As(err, &got) || got.Kind != test.want.Kind || got.Type != test.want.Type || got.Message != test.want.Message {
				t.Errorf("%s: %v; want %v", test.path, err, &test.want)
			}
			if test.path == "/panic" && (len(got.Stack) == 0 || !strings.Contains(got.Stack[0], "main.go:")) {
				t.Errorf("%s: stack %q; want it to begin in main.go", test.path, got.Stack)
			}
			answer, err := h.Invoke(t.Context(), uri("/next"))
			if err != nil || !strings.Contains(string(answer), `"/next"`) {
				t.Errorf("%d, after %s: %s, %v; want the request to go on", i, test.path, answer, err)
			}
			if h.Starts() != test.starts {
				t.Errorf("after %s: %d processes were started; want %d", test.path, h.Starts(), test.starts)
			}
			isBootstrap(t, h, dir)
		}
	})
}

// TestDescriptors: the index file leaves the standard descriptors as it found them, which "node:process", when it is imported, does not.
func TestDescriptors(t *testing.T) {
	t.Parallel()
	eachStarter(t, "faulty", func(t *testing.T, h *lambdahost.Host, _ string) {
		viewer := string(event(t, "viewer-request-demo-other-direct.json"))
		answer, err := h.Invoke(t.Context(), []byte(strings.Replace(viewer, `"/other.html"`, `"/descriptors"`, 1)))
		if want := `"body":"non-blocking: "`; err != nil || !strings.Contains(string(answer), want) {
			t.Errorf("got %s, %v, want %s", answer, err, want)
		}
	})
}

// A slowLog takes its time, so that the pipe behind it fills.
type slowLog struct{ bytes.Buffer }

func (l *slowLog) Write(p []byte) (int, error) {
	time.Sleep(2 * time.Millisecond)
	return l.Buffer.Write(p)
}

// TestCrashTextIsWhole: behind every client the text of a crash that is longer than a pipe arrives.
func TestCrashTextIsWhole(t *testing.T) {
	t.Parallel()
	var logs sync.Map // by test
	open := func(t *testing.T) io.Writer {
		log := &slowLog{}
		logs.Store(t, log)
		return log
	}
	eachStarterWith(t, "faulty", open, func(t *testing.T, h *lambdahost.Host, _ string) {
		viewer := string(event(t, "viewer-request-demo-other-direct.json"))
		_, err := h.Invoke(t.Context(), []byte(strings.Replace(viewer, `"/other.html"`, `"/crash"`, 1)))
		got := (*lambdahost.Error)(nil)
		if !errors.As(err, &got) || got.Kind != lambdahost.Crashed {
			t.Fatalf("got %v, want a crash", err)
		}
		log, _ := logs.Load(t)
		if text := log.(*slowLog).String(); strings.Count(text, "long") != 75_000 || !strings.Contains(text, "main.go:") {
			t.Errorf("%d bytes of the crash's text came, with %d of 75,000 words; its end: %q", len(text), strings.Count(text, "long"), text[max(0, len(text)-200):])
		}
	})
}
