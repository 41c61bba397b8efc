package lambdahost_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
	"github.com/google/go-cmp/cmp"
)

// The test binary is the function's process too: with this variable set it serves as the function it names.
const functionVariable = "LAMBDAHOST_TEST_FUNCTION"

func TestMain(m *testing.M) {
	if name := os.Getenv(functionVariable); name != "" {
		serve(name)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// serve is a Runtime API client of the simplest kind. What it does is told by the function's name and by the event.
func serve(name string) {
	base := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/"
	post := func(path, body string) int {
		r, err := http.Post(base+path, "application/json", strings.NewReader(body))
		if err != nil {
			os.Exit(4)
		}
		r.Body.Close()
		return r.StatusCode
	}
	switch name {
	case "init-error":
		post("init/error", `{"errorType":"Runtime.ImportModuleError","errorMessage":"no handler","stackTrace":["File \"index.py\", line 1"]}`)
		os.Exit(1)
	case "init-exit":
		os.Exit(3)
	case "init-hang":
		time.Sleep(time.Minute)
	}
	for served := 1; ; served++ {
		r, err := http.Get(base + "invocation/next")
		if err != nil {
			os.Exit(4)
		}
		event, _ := io.ReadAll(r.Body)
		r.Body.Close()
		id := r.Header.Get("Lambda-Runtime-Aws-Request-Id")
		invocation := "invocation/" + id
		switch string(event) {
		case "environment":
			post(invocation+"/response", strings.Join(os.Environ(), "\n"))
		case "headers":
			post(invocation+"/response", fmt.Sprintf("%s\n%s\n%s", r.Header.Get("Lambda-Runtime-Invoked-Function-Arn"), r.Header.Get("Lambda-Runtime-Trace-Id"), r.Header.Get("Lambda-Runtime-Deadline-Ms")))
		case "error":
			post(invocation+"/error", `{"errorType":"errorString","errorMessage":"no","stackTrace":[{"path":"a.go","line":7,"label":"main"}]}`)
		case "panic":
			post(invocation+"/error", `{"errorType":"string","errorMessage":"boom"}`)
			os.Exit(1)
		case "exit":
			os.Exit(7)
		case "exit-after-answer":
			post(invocation+"/response", "bye")
			os.Exit(0)
		case "hang":
			time.Sleep(time.Minute)
		case "slow":
			time.Sleep(200 * time.Millisecond)
			post(invocation+"/response", "slow")
		case "misbehave":
			first := post("invocation/00000000-0000-4000-8000-000000000000/response", "for another")
			busy, _ := http.Get(base + "invocation/next")
			busy.Body.Close()
			late := post("init/error", "{}")
			post(invocation+"/response", fmt.Sprint(first, busy.StatusCode, late))
		case "large":
			fmt.Println(post(invocation+"/response", strings.Repeat("x", 6<<20+101)), post(invocation+"/response", "smaller"))
		case "largest":
			post(invocation+"/response", strings.Repeat("x", 6<<20+100))
		case "streamed":
			stream("", "", base+invocation+"/response", "str", "eamed")
		case "streamed-error":
			report := base64.StdEncoding.EncodeToString([]byte(`{"errorType":"TypeError","errorMessage":"midway","trace":["at index.js:1"]}`))
			stream("TypeError", report, base+invocation+"/response", "str", "eam")
		case "twice":
			post(invocation+"/response", "first")
			fmt.Println(post(invocation+"/response", "second"))
		case "print":
			fmt.Fprint(os.Stdout, "to stdout")
			fmt.Fprint(os.Stderr, "to stderr")
			post(invocation+"/response", "")
		default:
			post(invocation+"/response", fmt.Sprintf("%d:%s", served, event))
		}
	}
}

// stream posts an answer in parts, as a handler that streams does; a failure midway stands in the trailer.
func stream(errorType, report, url string, parts ...string) {
	var readers []io.Reader
	for _, part := range parts {
		readers = append(readers, strings.NewReader(part))
	}
	r, err := http.NewRequest("POST", url, io.MultiReader(readers...))
	if err != nil {
		os.Exit(4)
	}
	r.Header.Set("Lambda-Runtime-Function-Response-Mode", "streaming")
	if errorType != "" {
		r.Trailer = http.Header{"Lambda-Runtime-Function-Error-Type": {errorType}, "Lambda-Runtime-Function-Error-Body": {report}}
	}
	if response, err := http.DefaultClient.Do(r); err == nil {
		response.Body.Close()
	}
}

func newHost(t *testing.T, function string, c lambdahost.Config) *lambdahost.Host {
	t.Helper()
	c.Command = []string{os.Args[0], "-test.run=^$"}
	c.Env = append(c.Env, functionVariable+"="+function)
	h := lambdahost.New(c)
	t.Cleanup(func() { h.Close() })
	return h
}

func invoke(t *testing.T, h *lambdahost.Host, event string) string {
	t.Helper()
	answer, err := h.Invoke(t.Context(), []byte(event))
	if err != nil {
		t.Fatalf("Invoke(%q): %v", event, err)
	}
	return string(answer)
}

func TestInvoke(t *testing.T) {
	t.Parallel()
	h := newHost(t, "plain", lambdahost.Config{})
	if h.PID() != 0 || h.Starts() != 0 {
		t.Errorf("before the first invocation: PID %d, %d starts; want none", h.PID(), h.Starts())
	}
	for i, event := range []string{"a", "b", "", "c"} {
		if got, want := invoke(t, h, event), fmt.Sprintf("%d:%s", i+1, event); got != want {
			t.Errorf("Invoke(%q) = %q; want %q", event, got, want)
		}
	}
	if h.PID() == 0 || h.Starts() != 1 {
		t.Errorf("after four invocations: PID %d, %d starts; want one process", h.PID(), h.Starts())
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, function, event string
		want                  lambdahost.Error
		starts                int // with the plain invocation that follows
		reason                string
	}{
		{"reported", "plain", "error", lambdahost.Error{Kind: lambdahost.Reported, Type: "errorString", Message: "no", Stack: []string{"main (a.go:7)"}}, 1, "a reported error leaves the process"},
		{"panic", "plain", "panic", lambdahost.Error{Kind: lambdahost.Reported, Type: "string", Message: "boom"}, 2, "reported, then ended: the next invocation starts a new process"},
		{"exit", "plain", "exit", lambdahost.Error{Kind: lambdahost.Crashed, Type: "Runtime.ExitError", Message: "the process ended without an answer: exit status 7"}, 2, "a crash starts a new process"},
		{"too-large", "plain", "large", lambdahost.Error{Kind: lambdahost.Reported, Type: "Function.ResponseSizeTooLarge", Message: "Response payload size exceeded maximum allowed payload size (6291556 bytes)."}, 1, "Lambda's own error, and the process may go on"},
		{"streamed-error", "plain", "streamed-error", lambdahost.Error{Kind: lambdahost.Reported, Type: "TypeError", Message: "midway", Stack: []string{"at index.js:1"}}, 1, "reported in the trailer of what was streamed"},
		{"timeout", "plain", "hang", lambdahost.Error{Kind: lambdahost.TimedOut, Type: "Sandbox.Timedout", Message: "task timed out after 0.50 seconds"}, 2, "killed at the timeout"},
		{"init-error", "init-error", "", lambdahost.Error{Kind: lambdahost.InitError, Type: "Runtime.ImportModuleError", Message: "no handler", Stack: []string{`File "index.py", line 1`}}, 0, "the report tells more than the exit"},
		{"init-exit", "init-exit", "", lambdahost.Error{Kind: lambdahost.InitError, Type: "Runtime.ExitError", Message: "the process ended before it asked for an invocation: exit status 3"}, 0, "no report"},
		{"init-hang", "init-hang", "", lambdahost.Error{Kind: lambdahost.InitError, Type: "Sandbox.Timedout", Message: "the process did not ask for an invocation within 500ms"}, 0, "the init phase has its own limit"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := lambdahost.Config{Timeout: time.Minute}
			switch test.name {
			case "timeout":
				c.Timeout = 500 * time.Millisecond
			case "init-hang":
				c.InitTimeout = 500 * time.Millisecond
			}
			h := newHost(t, test.function, c)
			_, err := h.Invoke(t.Context(), []byte(test.event))
			got := (*lambdahost.Error)(nil)
			if !errors.As(err, &got) {
				t.Fatalf("Invoke: error %v; want an *Error (%s)", err, test.reason)
			}
			if (got.RequestID == "") != (test.want.Kind == lambdahost.InitError) {
				t.Errorf("RequestID = %q", got.RequestID)
			}
			comparable := *got
			comparable.RequestID, comparable.Report = "", nil
			if diff := cmp.Diff(test.want, comparable); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.reason, diff)
			}
			if test.starts == 0 {
				return
			}
			if got := invoke(t, h, "x"); !strings.HasSuffix(got, ":x") {
				t.Errorf("the next invocation answers %q", got)
			}
			if h.Starts() != test.starts {
				t.Errorf("%d starts; want %d (%s)", h.Starts(), test.starts, test.reason)
			}
		})
	}
}

func TestEndsBetweenInvocations(t *testing.T) {
	t.Parallel()
	h := newHost(t, "plain", lambdahost.Config{})
	if got := invoke(t, h, "exit-after-answer"); got != "bye" {
		t.Errorf("got %q; want the answer that was given before the end", got)
	}
	if got := invoke(t, h, "x"); got != "1:x" {
		t.Errorf("got %q; want 1:x of a new process", got)
	}
}

func TestProtocol(t *testing.T) {
	t.Parallel()
	stdout := new(bytes.Buffer)
	h := newHost(t, "plain", lambdahost.Config{Stdout: stdout, Timeout: time.Minute})
	if got, want := invoke(t, h, "misbehave"), "400 403 403"; got != want {
		t.Errorf("statuses for another id, a second poll and a late init error: %s; want %s", got, want)
	}
	if _, err := h.Invoke(t.Context(), []byte("large")); err == nil {
		t.Error("an answer of 6,291,557 bytes was taken; 6,291,556 are allowed")
	}
	if got := invoke(t, h, "largest"); len(got) != 6291556 {
		t.Errorf("got %d bytes; want the 6,291,556 that are allowed", len(got))
	}
	if got := invoke(t, h, "streamed"); got != "streamed" {
		t.Errorf("streamed in two parts: got %q", got)
	}
	if got := invoke(t, h, "twice"); got != "first" {
		t.Errorf("answered twice: got %q; want the first", got)
	}
	if got := invoke(t, h, "x"); got != "6:x" {
		t.Errorf("after a second answer the next invocation got %q; want its own", got)
	}
	h.Close()
	if got, want := stdout.String(), "413 400\n400\n"; got != want {
		t.Errorf("statuses of a large answer with a smaller one after it, and of a second answer: %q; want %q", got, want)
	}
}

func TestEnvironment(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h := newHost(t, "plain", lambdahost.Config{Dir: dir, MemoryMB: 256, FunctionName: "demo"})
	got := invoke(t, h, "environment")
	for _, want := range []string{
		"AWS_LAMBDA_RUNTIME_API=127.0.0.1:", "AWS_LAMBDA_FUNCTION_NAME=us-east-1.demo\n", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=256\n",
		"AWS_LAMBDA_FUNCTION_VERSION=1\n", "AWS_REGION=us-east-1\n", "LAMBDA_TASK_ROOT=" + dir + "\n", "_HANDLER=index.handler\n",
		"AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/us-east-1.demo\n", "TZ=:UTC\n",
	} {
		if !strings.Contains(got+"\n", want) {
			t.Errorf("the environment lacks %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "HOME=") {
		t.Errorf("the environment of the test leaks into the function's:\n%s", got)
	}
	headers := strings.Split(invoke(t, h, "headers"), "\n")
	if want := "arn:aws:lambda:us-east-1:123456789012:function:demo:1"; headers[0] != want {
		t.Errorf("function ARN %q; want %q", headers[0], want)
	}
	if !strings.HasPrefix(headers[1], "Root=1-") {
		t.Errorf("trace id %q; want Root=1-...", headers[1])
	}
}

func TestOutput(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	h := newHost(t, "plain", lambdahost.Config{Stdout: &stdout, Stderr: &stderr})
	invoke(t, h, "print")
	h.Close()
	if stdout.String() != "to stdout" || stderr.String() != "to stderr" {
		t.Errorf("stdout %q, stderr %q", &stdout, &stderr)
	}
}

func TestConcurrentInvocationsQueue(t *testing.T) {
	t.Parallel()
	h := newHost(t, "plain", lambdahost.Config{})
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			event := fmt.Sprint("event", i)
			answer, err := h.Invoke(t.Context(), []byte(event))
			if err != nil || !strings.HasSuffix(string(answer), ":"+event) {
				t.Errorf("Invoke(%q) = %q, %v", event, answer, err)
			}
		})
	}
	wg.Wait()
	if h.Starts() != 1 {
		t.Errorf("%d starts; want 1", h.Starts())
	}
}

func TestContext(t *testing.T) {
	t.Parallel()
	h := newHost(t, "plain", lambdahost.Config{})
	if err := h.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := h.Invoke(ctx, []byte("slow")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v; want the context's", err)
	}
	if got := invoke(t, h, "x"); got != "2:x" {
		t.Errorf("got %q; want 2:x, from the process that went on", got)
	}
}

func TestClose(t *testing.T) {
	t.Parallel()
	h := newHost(t, "plain", lambdahost.Config{Timeout: time.Minute})
	if err := h.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	failed := make(chan error)
	go func() {
		_, err := h.Invoke(t.Context(), []byte("hang"))
		failed <- err
	}()
	time.Sleep(50 * time.Millisecond)
	h.Close()
	if err := <-failed; !errors.Is(err, lambdahost.ErrClosed) {
		t.Errorf("the invocation under way: %v; want ErrClosed", err)
	}
	if _, err := h.Invoke(t.Context(), nil); !errors.Is(err, lambdahost.ErrClosed) {
		t.Errorf("an invocation after Close: %v; want ErrClosed", err)
	}
	if h.PID() != 0 {
		t.Errorf("PID = %d after Close; want 0", h.PID())
	}
}

func TestNoSuchProgram(t *testing.T) {
	t.Parallel()
	for _, command := range [][]string{nil, {"/no/such/program"}} {
		h := lambdahost.New(lambdahost.Config{Command: command})
		if _, err := h.Invoke(t.Context(), nil); err == nil {
			t.Errorf("Invoke with command %q succeeded", command)
		}
	}
}
