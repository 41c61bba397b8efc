package hosttest_test

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// A question is a file and requests to its site; hosts.mjs says what it reads and writes.
type question struct {
	Dialect  string    `json:"dialect"`
	Text     string    `json:"text"`
	Requests []request `json:"requests"`
}

// A request is one as a browser sends it.
type request struct {
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers,omitempty"`
}

// An answer is what a host says of a file, and of each request.
type answer struct {
	Errors  []string  `json:"errors"`
	Answers []outcome `json:"answers"`
}

// An outcome is what comes of a request.
type outcome struct {
	URL      string `json:"url"`    // the request's, as browsers write it
	Status   int    `json:"status"` // 0 if the request passes
	Location string `json:"location"`
	To       string `json:"to"`     // at Netlify, what its command line makes the Location of
	Plain    string `json:"plain"`  // at Netlify, the Location before the query is added
	Failed   string `json:"failed"` // why the host could not answer, "" if it could
}

// String returns status and Location, as the table in docs/redirect-hosts.md has them.
func (o outcome) String() string {
	switch {
	case o.Failed != "":
		return "fails"
	case o.Status == 0:
		return "passes"
	}
	return strconv.Itoa(o.Status) + " " + o.Location
}

// hosts is a process that knows what the hosts do.
type hosts struct {
	questions *json.Encoder
	answers   *json.Decoder
}

// startHosts starts the process, which ends with the test. It skips the test where Node.js or the packages are not there.
func startHosts(t *testing.T) *hosts {
	t.Helper()
	dir := os.Getenv("LAMBDAEDGE_HOSTS")
	node, err := exec.LookPath("node")
	if dir == "" || err != nil {
		if os.Getenv("LAMBDAEDGE_REQUIRE_ALL") == "1" {
			t.Fatalf("LAMBDAEDGE_HOSTS is %q, node: %v; run: eval \"$(.ci/hosts)\"", dir, err)
		}
		t.Skip(`the hosts' packages are not here to be asked; with npm, run: eval "$(.ci/hosts)"`)
	}
	cmd := exec.Command(node, "hosts.mjs")
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, cmd, stdin) })
	return &hosts{json.NewEncoder(stdin), json.NewDecoder(bufio.NewReader(stdout))}
}

// stop ends the process, which it does of itself when no more questions come.
func stop(t *testing.T, cmd *exec.Cmd, stdin io.Closer) {
	if err := stdin.Close(); err != nil {
		t.Error(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("node: %v", err)
	}
}

// ask asks the dialect's host.
func (h *hosts) ask(t *testing.T, d rulefile.Dialect, text string, requests ...request) answer {
	t.Helper()
	if err := h.questions.Encode(question{d.String(), text, requests}); err != nil {
		t.Fatal(err)
	}
	var a answer
	if err := h.answers.Decode(&a); err != nil {
		t.Fatalf("no answer from node: %v", err)
	}
	if len(a.Answers) != len(requests) {
		t.Fatalf("got %d answers to %d requests", len(a.Answers), len(requests))
	}
	return a
}
