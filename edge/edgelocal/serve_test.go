package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A running command, with what it has written so far.
type running struct {
	t     *testing.T
	cmd   *exec.Cmd
	mu    sync.Mutex
	lines []string
	ended chan struct{}
}

// start serves a folder on free ports.
func start(t *testing.T, dir string, args ...string) *running {
	t.Helper()
	return follow(t, process(t, dir, append([]string{"-addr", "localhost:0", "-console", "localhost:0"}, args...)...))
}

// follow starts the command and reads its lines: all, or those of standard error where standard output goes elsewhere.
func follow(t *testing.T, cmd *exec.Cmd) *running {
	t.Helper()
	pipe := cmd.StderrPipe
	if cmd.Stdout == nil {
		pipe = cmd.StdoutPipe
	}
	out, err := pipe()
	if err != nil {
		t.Fatal(err)
	}
	if cmd.Stderr == nil {
		cmd.Stderr = cmd.Stdout
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r := &running{t: t, cmd: cmd, ended: make(chan struct{})}
	go func() {
		defer close(r.ended)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			r.mu.Lock()
			r.lines = append(r.lines, lines.Text())
			r.mu.Unlock()
		}
	}()
	return r
}

// line waits for a line that begins like this, and gives the rest of it.
func (r *running) line(begin string) string {
	r.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		r.mu.Lock()
		for _, l := range r.lines {
			if rest, ok := strings.CutPrefix(l, begin); ok {
				r.mu.Unlock()
				return rest
			}
		}
		r.mu.Unlock()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.t.Fatalf("no line begins with %q in:\n%s", begin, strings.Join(r.lines, "\n"))
	return ""
}

// stop ends it as Control-C does.
func (r *running) stop() {
	r.t.Helper()
	if err := r.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		r.t.Fatal(err)
	}
	<-r.ended
	if err := r.cmd.Wait(); err != nil {
		r.t.Error(err)
	}
}

// get gives status, X-Cache and body of an answer.
func get(t *testing.T, url string) string {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(resp.StatusCode, " ", resp.Header.Get("X-Cache"), " ", strings.TrimSpace(string(body)))
}

// want waits for an answer that has the text.
func (r *running) want(url, text string) time.Duration {
	r.t.Helper()
	begun, got := time.Now(), ""
	for time.Since(begun) < 20*time.Second {
		if got = get(r.t, url); strings.Contains(got, text) {
			return time.Since(begun)
		}
		time.Sleep(5 * time.Millisecond)
	}
	r.t.Fatalf("%s: got %q, want %q in it", url, got, text)
	return 0
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestServe: requests, the console, the trace, and the line of each request.
func TestServe(t *testing.T) {
	t.Parallel()
	need(t, "node")
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "the API at "+r.URL.Path) }))
	defer api.Close()
	dir := copied(t, "node", nil)
	r := start(t, dir, "-trace", "out.har", "-env", "api="+api.URL)
	site, shown := r.line("serving on "), r.line("console on ")
	for _, tc := range []struct{ path, want string }{
		{"/", "200 Miss from cloudfront <!doctype html>"}, {"/", "200 Hit from cloudfront <!doctype html>"},
		{"/old", "301 LambdaGeneratedResponse from cloudfront"}, {"/api/users", "200 Miss from cloudfront the API at /api/users"},
	} {
		if got := get(t, site+tc.path); !strings.HasPrefix(got, tc.want) {
			t.Errorf("%s: got %q, want %q", tc.path, got, tc.want)
		}
	}
	if got := get(t, shown); !strings.HasPrefix(got, "200") || !strings.Contains(got, "<title>") {
		t.Errorf("console: got %q", got)
	}
	r.line("GET /old  301  LambdaGeneratedResponse from cloudfront")
	r.stop()
	content, err := os.ReadFile(filepath.Join(dir, "out.har"))
	if err != nil {
		t.Fatal(err)
	}
	wantEntries(t, content, 4)
}

// wantEntries wants an HTTP Archive with so many requests.
func wantEntries(t *testing.T, archive []byte, n int) {
	t.Helper()
	var har struct {
		Log struct {
			Entries []struct{ Response struct{ Status int } }
		}
	}
	if err := json.Unmarshal(archive, &har); err != nil || len(har.Log.Entries) != n {
		t.Errorf("-trace: got %d entries, want %d: %v", len(har.Log.Entries), n, err)
	}
}

// TestTraceOnStandardOutput: the archive is alone there, and what else is said is on standard error.
func TestTraceOnStandardOutput(t *testing.T) {
	t.Parallel()
	var archive bytes.Buffer
	cmd := process(t, copied(t, "", map[string]string{"distribution.json": pages}), "-addr", "localhost:0", "-console", "off", "-env", "app=.", "-trace", "-")
	cmd.Stdout = &archive
	r := follow(t, cmd)
	get(t, r.line("serving on ")+"/distribution.json")
	r.line("GET /distribution.json  200  Miss from cloudfront")
	r.stop()
	wantEntries(t, archive.Bytes(), 1)
}

const answer = "export const handler = async () => ({ status: \"200\", body: \"%s\" });\n"

// TestServeWatching: a function that is saved answers, what cannot be opened does not take its place, and a configuration that is saved
// is another distribution.
func TestServeWatching(t *testing.T) {
	t.Parallel()
	need(t, "node")
	dir := copied(t, "node", map[string]string{"lambda/auth/index.mjs": fmt.Sprintf(answer, "one")})
	r := start(t, dir, "-watch")
	site, shown := r.line("serving on "), r.line("console on ")
	r.want(site, "one")
	time.Sleep(200 * time.Millisecond) // until it watches
	write(t, filepath.Join(dir, "lambda", "auth", "index.mjs"), fmt.Sprintf(answer, "two"))
	took := r.want(site, "two")
	t.Logf("a saved function answered after %v", took)
	r.line("function auth: another version answers now; what is in the cache stays")

	write(t, filepath.Join(dir, "distribution.json"), "{")
	r.line("edgelocal: the distribution before it goes on answering")
	r.want(site, "two")

	time.Sleep(200 * time.Millisecond) // until it watches again
	config, err := os.ReadFile(filepath.Join("testdata", "node", "distribution.json"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "distribution.json"), strings.Replace(string(config), "viewer-request", "viewer-response", 1))
	r.line("distribution.json: another distribution answers now, with an empty cache")
	r.want(site, "502") // the function's answer has no viewer-response's form
	r.want(shown, "<title>")
	r.stop()
}

// TestServePorts: a port that is taken is said; without the console's the site is served.
func TestServePorts(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	taken := "localhost:" + fmt.Sprint(l.Addr().(*net.TCPAddr).Port)
	dir := copied(t, "", map[string]string{"distribution.json": pages, "edgelocal.yaml": "origins:\n  app: .\n"})
	status, _, stderr := inFolder(t, dir, "-addr", taken)
	if want := "edgelocal: -addr " + taken + ": the port is taken: choose another"; status != exitFailed || !strings.Contains(stderr, want) {
		t.Errorf("got %d %q, want %q", status, stderr, want)
	}
	status, _, stderr = inFolder(t, dir, "-addr", "8080")
	if want := `edgelocal: -addr: got "8080", want a colon before the port`; status != exitFailed || !strings.Contains(stderr, want) {
		t.Errorf("got %d %q, want %q", status, stderr, want)
	}
	open := start(t, dir, "-addr", "0.0.0.0:0")
	open.line("edgelocal: -addr 0.0.0.0:0: others on the network can reach it")
	open.stop()
	r := start(t, dir, "-console", taken)
	r.line("edgelocal: -console " + taken + ": the port is taken")
	if got := get(t, r.line("serving on ")+"/nothing.html"); !strings.HasPrefix(got, "403") {
		t.Errorf("got %q", got)
	}
	r.stop()
}
