package startconformance_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
)

const eventText = `{"Records":[{"cf":{"config":{"distributionDomainName":"d111111abcdef8.cloudfront.net","distributionId":"EDFDVBD6EXAMPLE","eventType":"viewer-request","requestId":"4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ=="},` +
	`"request":{"clientIp":"203.0.113.178","headers":{"host":[{"key":"Host","value":"d111111abcdef8.cloudfront.net"}]},"method":"GET","querystring":"","uri":"URI"}}}]}`

func event(uri string) []byte { return []byte(strings.Replace(eventText, "URI", uri, 1)) }

// eachLoop runs the test with each loop.
func eachLoop(t *testing.T, test func(t *testing.T, loop string)) {
	for _, loop := range []string{"edge", "aws"} {
		t.Run(loop, func(t *testing.T) {
			t.Parallel()
			test(t, loop)
		})
	}
}

func newHost(t *testing.T, loop string, c lambdahost.Config) *lambdahost.Host {
	c.Command = []string{os.Args[0]}
	c.Env = []string{loopVariable + "=" + loop}
	h := lambdahost.New(c)
	t.Cleanup(func() { h.Close() })
	return h
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, uri, want, reason string }{
		{"pass", "/index.html", `{"clientIp":"203.0.113.178","headers":{"host":[{"key":"Host","value":"d111111abcdef8.cloudfront.net"}]},"method":"GET","querystring":"","uri":"/index.html"}`, "an untouched request goes back as it came"},
		{"large", "/large", strings.Repeat("x", 1<<15), "an answer of several segments"},
		{"context", "/context", "id 36, arn arn:aws:lambda:us-east-1:123456789012:function:demo:1, trace true, soon true, err \\u003cnil\\u003e, name us-east-1.demo, memory 128", "values of lambdactx and lambdacontext, trace id, deadline"},
	}
	eachLoop(t, func(t *testing.T, loop string) {
		h := newHost(t, loop, lambdahost.Config{Timeout: 30 * time.Second, FunctionName: "demo"})
		for _, test := range tests {
			got, err := h.Invoke(t.Context(), event(test.uri))
			// JSON may be written with or without the escapes for HTML.
			if text := strings.NewReplacer(`<`, `\u003c`, `>`, `\u003e`).Replace(string(got)); err != nil || !strings.Contains(text, test.want) {
				t.Errorf("%s: got %.300s, %v; want %.300s (%s)", test.name, text, err, test.want, test.reason)
			}
		}
		if h.Starts() != 1 {
			t.Errorf("%d processes; want 1", h.Starts())
		}
	})
}

func TestFailures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, uri     string
		kind          lambdahost.Kind
		typ, message  string
		stack, starts int // whether there is a stack; processes after one more invocation
		reason        string
	}{
		{"error", "/error", lambdahost.Reported, "errorString", "no such user", 0, 1, "an error leaves the process"},
		{"own-error", "/own-error", lambdahost.Reported, "userError", "no user octocat", 0, 1, "the type's name"},
		{"no-json", "\"", lambdahost.Reported, "EventError", "edge: ", 0, 1, "an event that is not JSON"},
		{"panic", "/panic", lambdahost.Reported, "string", "boom", 1, 2, "reported, and the process ends"},
		{"panic-error", "/panic-error", lambdahost.Reported, "userError", "no user octocat", 1, 2, "the value's type"},
		{"index-out-of-range", "/index-out-of-range", lambdahost.Reported, "boundsError", "runtime error: slice bounds out of range", 1, 2, "the runtime's panic"},
		{"nil-map", "/nil-map", lambdahost.Reported, "plainError", "assignment to entry in nil map", 1, 2, "the runtime's panic"},
		{"exit", "/exit", lambdahost.Crashed, "Runtime.ExitError", "exit status 3", 0, 2, "nothing is reported"},
	}
	eachLoop(t, func(t *testing.T, loop string) {
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				t.Parallel()
				h := newHost(t, loop, lambdahost.Config{Timeout: 30 * time.Second})
				_, err := h.Invoke(t.Context(), event(test.uri))
				got := (*lambdahost.Error)(nil)
				if !errors.As(err, &got) || got.Kind != test.kind || got.Type != test.typ || !strings.Contains(got.Message, test.message) || min(len(got.Stack), 1) != test.stack {
					t.Errorf("got %v, stack %q; want %v %s: %s (%s)", err, got.Stack, test.kind, test.typ, test.message, test.reason)
				}
				if answer, err := h.Invoke(t.Context(), event("/next")); err != nil || !strings.Contains(string(answer), "/next") {
					t.Errorf("the next invocation: %s, %v", answer, err)
				}
				if h.Starts() != test.starts {
					t.Errorf("%d processes; want %d (%s)", h.Starts(), test.starts, test.reason)
				}
			})
		}
	})
}

func TestHandlerThatHangs(t *testing.T) {
	t.Parallel()
	eachLoop(t, func(t *testing.T, loop string) {
		var stdout, stderr bytes.Buffer
		h := newHost(t, loop, lambdahost.Config{Timeout: 2 * time.Second, Stdout: &stdout, Stderr: &stderr})
		_, err := h.Invoke(t.Context(), event("/hang"))
		if got := (*lambdahost.Error)(nil); !errors.As(err, &got) || got.Kind != lambdahost.TimedOut {
			t.Errorf("got %v; want a timeout", err)
		}
		// The process was killed: what is here now went through without a buffer.
		if stdout.String() != "on stdout before the end" || stderr.String() != "on stderr before the end" {
			t.Errorf("stdout %q, stderr %q", &stdout, &stderr)
		}
	})
}

// A deadline ends the context at once; the process is Lambda's to end. The answer comes too late by then, or just in time.
func TestDeadlineInContext(t *testing.T) {
	t.Parallel()
	eachLoop(t, func(t *testing.T, loop string) {
		api := httpAPI(t, func(w http.ResponseWriter) {
			w.Header().Set("Lambda-Runtime-Deadline-Ms", "1000") // 1970
			w.Write(event("/past-deadline"))
		})
		start(t, loop, "AWS_LAMBDA_RUNTIME_API="+api.address)
		if got := <-api.posts; !strings.Contains(got, "context deadline exceeded") || !strings.HasPrefix(got, "/2018-06-01/runtime/invocation/id/response") {
			t.Errorf("got %q; want an answer with the context's error", got)
		}
	})
}

// An API is a Runtime API with one invocation.
type API struct {
	address string
	posts   chan string // path and body
	polls   chan struct{}
}

func httpAPI(t *testing.T, next func(http.ResponseWriter)) *API {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	api := &API{address: l.Addr().String(), posts: make(chan string, 10), polls: make(chan struct{}, 10)}
	served := false
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "POST" {
			body, _ := io.ReadAll(r.Body)
			w.WriteHeader(202)
			api.posts <- r.URL.Path + " " + string(body)
			return
		}
		api.polls <- struct{}{}
		if served || next == nil {
			<-r.Context().Done()
			return
		}
		served = true
		w.Header().Set("Lambda-Runtime-Aws-Request-Id", "id")
		w.Header().Set("Lambda-Runtime-Deadline-Ms", "32503680000000")
		next(w)
	})}
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return api
}

// start starts the program with nothing but env, and returns it with its standard error, which is complete when it has ended.
func start(t *testing.T, loop string, env ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	stderr := new(bytes.Buffer)
	c := exec.Command(os.Args[0])
	c.Env = append(env, loopVariable+"="+loop)
	c.Stderr = stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Process.Kill() })
	return c, stderr
}

func exitStatus(c *exec.Cmd) int {
	c.Wait()
	return c.ProcessState.ExitCode()
}

func TestExitStatusAfterPanic(t *testing.T) {
	t.Parallel()
	eachLoop(t, func(t *testing.T, loop string) {
		api := httpAPI(t, func(w http.ResponseWriter) { w.Write(event("/panic")) })
		c, stderr := start(t, loop, "AWS_LAMBDA_RUNTIME_API="+api.address)
		if got := <-api.posts; !strings.HasPrefix(got, "/2018-06-01/runtime/invocation/id/error") {
			t.Errorf("got %q; want an error report", got)
		}
		if got := exitStatus(c); got != 1 || !strings.Contains(stderr.String(), `"errorMessage":"boom"`) {
			t.Errorf("exit status %d with %q; want 1 and the report", got, stderr)
		}
	})
}

func TestServerGone(t *testing.T) {
	t.Parallel()
	eachLoop(t, func(t *testing.T, loop string) {
		c, stderr := start(t, loop, "AWS_LAMBDA_RUNTIME_API=127.0.0.1:1")
		if got := exitStatus(c); got != 1 || !strings.Contains(stderr.String(), "refused") {
			t.Errorf("exit status %d with %q; want 1 and why", got, stderr)
		}
	})
}

// Neither loop takes the signal: it ends a process at rest at once, as Go has it.
func TestSIGTERM(t *testing.T) {
	t.Parallel()
	eachLoop(t, func(t *testing.T, loop string) {
		api := httpAPI(t, nil)
		c, _ := start(t, loop, "AWS_LAMBDA_RUNTIME_API="+api.address)
		<-api.polls
		c.Process.Signal(syscall.SIGTERM)
		c.Wait()
		if status := c.ProcessState.Sys().(syscall.WaitStatus); !status.Signaled() || status.Signal() != syscall.SIGTERM {
			t.Errorf("ended with %v; want by SIGTERM", c.ProcessState)
		}
	})
}

// Here the two differ in their words: AWS's names the variable, ours says what to do.
func TestNotStartedByLambda(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, env string
		want      []string // of edge.Start's message
	}{
		{"unset", "X=", []string{"AWS_LAMBDA_RUNTIME_API is not set", "started by Lambda", "go run ./examples/githubdemo", "edgesim"}},
		{"empty", "AWS_LAMBDA_RUNTIME_API=", []string{"AWS_LAMBDA_RUNTIME_API is not set"}},
		{"malformed", "AWS_LAMBDA_RUNTIME_API=http://localhost", []string{`is "http://localhost"; it must be`, "started by Lambda", "go run ./examples/githubdemo"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			eachLoop(t, func(t *testing.T, loop string) {
				c, stderr := start(t, loop, test.env)
				if got := exitStatus(c); got != 1 {
					t.Errorf("exit status %d; want 1", got)
				}
				for _, want := range test.want {
					if loop == "edge" && !strings.Contains(stderr.String(), want) {
						t.Errorf("%q lacks %q", stderr, want)
					}
				}
			})
		})
	}
}

// Start with a nil function fails in the init phase; lambda.Start cannot tell.
func TestNilFunction(t *testing.T) {
	t.Parallel()
	h := newHost(t, "edge-nil", lambdahost.Config{})
	_, err := h.Invoke(t.Context(), event("/"))
	if got := (*lambdahost.Error)(nil); !errors.As(err, &got) || got.Kind != lambdahost.InitError || !strings.Contains(got.Message, "nil *Function") {
		t.Errorf("got %v; want an init error", err)
	}
}

func TestRuntimeSettings(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, loop string
		memory     int
		want       string
		reason     string
	}{
		{"small", "edge", 128, "processors 1, collector 25, limit 100663275", "less than one processor's time; three quarters of the memory"},
		{"one-processor", "edge", 1769, fmt.Sprintf("processors 1, collector 25, limit %d", 1769<<20/100*75), "exactly one"},
		{"more", "edge", 1770, fmt.Sprintf("processors %d, collector 25, limit %d", min(2, runtime.NumCPU()), 1770<<20/100*75), "more than one"},
		{"set-by-main", "edge-settings", 128, "processors 1, collector 77, limit 1073741824", "what main has set stays"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h := newHost(t, test.loop, lambdahost.Config{MemoryMB: test.memory, Timeout: 30 * time.Second})
			if answer, err := h.Invoke(t.Context(), event("/runtime")); err != nil || !strings.Contains(string(answer), test.want) {
				t.Errorf("got %s, %v; want %q (%s)", answer, err, test.want, test.reason)
			}
		})
	}
}
