package repo_test

import (
	"bufio"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestEdgelocal publishes the library and the command edgelocal, and does what its users do in a folder of theirs, far from the tree: go run
// and go install with a version, which refuse a module with a replace line, a look at the configuration, its requests, and a server.
func TestEdgelocal(t *testing.T) {
	t.Parallel()
	leaveOutUnlessAll(t)
	if _, err := exec.LookPath("node"); err != nil {
		t.Fatal("node is not installed")
	}
	const command = module + "/edge/edgelocal@" + version
	env, dir, bin := published(t, ".", "edge/edgelocal"), t.TempDir(), t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root(t), "edge", "edgelocal", "testdata", "template"))); err != nil {
		t.Fatal(err)
	}
	if got, want := goCommand(t, dir, env, "run", command, "-check"), "template-Rewrite: rewrite app.handler nodejs20.x\n"; !strings.Contains(got, want) {
		t.Errorf("go run %s -check: got %q, want %q in it", command, got, want)
	}
	goCommand(t, dir, append(env, "GOBIN="+bin), "install", command)
	for _, tc := range []struct {
		args []string
		want string
	}{
		{[]string{"-version"}, "edgelocal " + version + " go"},
		{[]string{"test", "pages.requests"}, "TAP version 14\n1..3\nok 1 - GET /\nok 2 - GET /\nok 3 - GET /\n"},
	} {
		cmd := exec.CommandContext(t.Context(), filepath.Join(bin, "edgelocal"), tc.args...)
		cmd.Dir = dir
		if got, err := cmd.CombinedOutput(); err != nil || !strings.HasPrefix(string(got), tc.want) {
			t.Errorf("edgelocal %s: got %q, %v, want it to begin with %q", strings.Join(tc.args, " "), got, err, tc.want)
		}
	}
	if status, frame := getFrom(t, filepath.Join(bin, "edgelocal"), dir); status != http.StatusOK || frame != "DENY" {
		t.Errorf("GET /: got %d and X-Frame-Options %q, want 200 and DENY", status, frame)
	}
}

// getFrom starts the command in a folder, and gets / from it.
func getFrom(t *testing.T, program, dir string) (status int, frame string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, "-addr", "localhost:0", "-console", "off")
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		site, serves := strings.CutPrefix(lines.Text(), "serving on ")
		if !serves {
			continue
		}
		resp, err := http.Get(site)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode, resp.Header.Get("X-Frame-Options")
	}
	t.Fatal("it ended without serving")
	return 0, ""
}
