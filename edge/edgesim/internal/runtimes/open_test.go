package runtimes_test

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/runtimes"
)

// TestRuntime: the runtime by its name and by the package's files, on a Node.js 22.
func TestRuntime(t *testing.T) {
	t.Parallel()
	asked := runtimes.Interpreter{}.WithVersion(22)
	javascript := files{"index.js": ""}
	tests := []struct {
		name          string
		files         files
		handler       string
		runtime, want string // "" is an error
		reason        string
	}{
		{"program", files{"bootstrap": "", "index.js": ""}, "", "", "bootstrap", "a package of this library"},
		{"javascript", files{"index.js": "", "index.py": ""}, "", "", "nodejs22.x", "the interpreter's"},
		{"python", files{"index.py": ""}, "", "", "python3.22", "the interpreter's"},
		{"mjs", files{"index.mjs": ""}, "", "", "nodejs22.x", ""},
		{"cjs", files{"index.cjs": ""}, "", "", "nodejs22.x", ""},
		{"folder", files{"index/index.js": ""}, "", "", "nodejs22.x", ""},
		{"nested-javascript", files{"src/app.js": ""}, "src/app.edge.handler", "", "nodejs22.x", "the module ends at the first dot"},
		{"nested-python", files{"src/app.py": ""}, "src.app.handler", "", "python3.22", "the module ends at the last"},
		{"compiled-python", files{"index.cpython-313-x86_64-linux-gnu.so": ""}, "", "python3.13", "python3.13", ""},
		{"node", files{"bootstrap": "", "index.js": ""}, "", "node", "nodejs22.x", "named"},
		{"older", javascript, "", "nodejs18.x", "nodejs18.x", "named: its rules hold on whatever is there"},
		{"oldest", javascript, "", "nodejs8.10", "nodejs8.10", "deprecated at AWS, and in templates still"},
		{"newer", javascript, "", "nodejs24.x", "nodejs24.x", ""},
		{"provided", files{"bootstrap": ""}, "", "provided.al2023", "bootstrap", ""},

		{"none", files{"readme": ""}, "", "", "", "nothing to run"},
		{"no-program", javascript, "", "bootstrap", "", "not in the package"},
		{"no-module", javascript, "app.handler", "node", "", "not in the package"},
		{"odd", javascript, "", "nodejs23.x", "", "Lambda has the even ones"},
		{"other", javascript, "", "ruby3.4", "", "not on Lambda@Edge, and not here"},
		{"no-minor", javascript, "", "nodejs8.x", "", "the old names have minor versions"},
		{"wrong-minor", javascript, "", "nodejs20.10", "", "the new names have none"},
		{"short", javascript, "", "nodejs", "", "misspelt"},
		{"no-member", javascript, "index", "", "", "module.member"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p, err := runtimes.OpenOnce(runtimes.Config{Path: write(t, tc.files), Handler: tc.handler, Runtime: tc.runtime}, asked)
			if err != nil {
				if tc.want != "" {
					t.Errorf("got %v, want %s: %s", err, tc.want, tc.reason)
				}
				return
			}
			defer p.Close()
			if p.Runtime() != tc.want {
				t.Errorf("got %s, want %s: %s", p.Runtime(), tc.want, tc.reason)
			}
		})
	}
}

// TestOtherVersion: that a runtime is played on another version than its own is said, once, where the processes print.
func TestOtherVersion(t *testing.T) {
	t.Parallel()
	tests := []struct {
		runtime string
		version int
		want    string
	}{
		{"nodejs22.x", 24, "nodejs22.x is played on node 24.0.0"},
		{"nodejs24.x", 24, ""},
		{"node", 22, ""},
		{"node", 25, "nodejs24.x is played on node 25.0.0"},
	}
	for _, tc := range tests {
		var log bytes.Buffer
		p, err := runtimes.OpenOnce(runtimes.Config{Path: write(t, js("")), Runtime: tc.runtime, Log: &log}, runtimes.Interpreter{}.WithVersion(tc.version))
		if err != nil {
			t.Fatal(err)
		}
		p.Close()
		if got := log.String(); !strings.Contains(got, tc.want) || (got == "") != (tc.want == "") || strings.Count(got, "\n") > 1 {
			t.Errorf("%s on Node.js %d: the log has %q, want %q", tc.runtime, tc.version, got, tc.want)
		}
	}
}

// TestInterpreter: what is there is asked for its version.
func TestInterpreter(t *testing.T) {
	t.Parallel()
	require(t, "node")
	found, err := exec.LookPath("node")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ interpreter, want string }{
		{"", ""},
		{found, ""},
		{"/no/such/node", "set Interpreter"},
		{"true", "is none"},
		{"false", "does not run"},
	} {
		p, err := runtimes.Open(runtimes.Config{Path: write(t, js("")), Interpreter: tc.interpreter})
		if err == nil {
			defer p.Close()
		}
		if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%q: got %v, want %q", tc.interpreter, err, tc.want)
		}
		if err == nil && !strings.HasPrefix(p.Runtime(), "nodejs") {
			t.Errorf("%q: got %q", tc.interpreter, p.Runtime())
		}
	}
}
