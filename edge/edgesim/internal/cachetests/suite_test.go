package cachetests_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// loopback is what Node.js runs before the suite's server, which would listen on every address of the machine, and serve the files of
// its folder there.
const loopback = `data:text/javascript,
import { Server } from 'node:net';
const listen = Server.prototype.listen;
Server.prototype.listen = function (port) { return listen.call(this, port, '127.0.0.1'); };`

// A suite is a checkout of the tests.
type suite struct{ dir string }

// node is a command of Node.js in the suite's folder. The suite takes its settings from variables that npm would set.
func (s suite) node(t *testing.T, settings map[string]string, args ...string) *exec.Cmd {
	t.Helper()
	command := exec.CommandContext(t.Context(), "node", args...)
	command.Dir, command.Env, command.Stderr = s.dir, os.Environ(), os.Stderr
	for name, value := range settings {
		command.Env = append(command.Env, "npm_config_"+name+"="+value, "npm_package_config_"+name+"="+value)
	}
	return command
}

// A test is what the suite says of one of its tests.
type test struct {
	ID          string
	Kind        string   // "required", "optimal" or "check"; "" is required
	DependsOn   []string `json:"depends_on"`
	BrowserOnly bool     `json:"browser_only"`
}

// tests are the suite's tests by ID, without those for browsers only.
func (s suite) tests(t *testing.T) map[string]test {
	t.Helper()
	var groups []struct{ Tests []test }
	s.read(t, &groups, s.node(t, nil, "--input-type=module", "--eval",
		`import tests from './tests/index.mjs'; console.log(JSON.stringify(tests))`))
	byID := map[string]test{}
	for _, group := range groups {
		for _, test := range group.Tests {
			if test.Kind == "" {
				test.Kind = required
			}
			if !test.BrowserOnly {
				byID[test.ID] = test
			}
		}
	}
	return byID
}

// read runs a command and decodes its output.
func (s suite) read(t *testing.T, v any, command *exec.Cmd) {
	t.Helper()
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %v", command.Args, err)
	}
	if err := json.Unmarshal(out, v); err != nil {
		t.Fatalf("%v: %v: %.200s", command.Args, err, out)
	}
}

// serve starts the suite's server, which is the origin of all tests, on a free port and returns its URL.
func (s suite) serve(t *testing.T) string {
	t.Helper()
	server := s.node(t, map[string]string{"protocol": "http", "port": "0", "pidfile": filepath.Join(t.TempDir(), "pid")},
		"--import", loopback, "test-engine/server/server.mjs")
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Process.Kill()
		server.Wait()
	})
	lines := bufio.NewReader(out)
	first, err := lines.ReadString('\n')
	url := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(first)
	if url == "" {
		t.Fatalf("the suite's server: got %q, %v; want the address that it listens on", first, err)
	}
	go io.Copy(shown(), lines)
	return url
}

// shown is where the output of the suite's programs goes: it is of use with a single test.
func shown() io.Writer {
	if *id != "" {
		return os.Stdout
	}
	return io.Discard
}

// A result is what the suite's client says of a test: true when it passed, or the kind of failure and a message.
type result struct {
	Passed         bool
	Class, Message string
}

func (r *result) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("true")) {
		*r = result{Passed: true}
		return nil
	}
	pair := [2]string{}
	if err := json.Unmarshal(data, &pair); err != nil {
		return fmt.Errorf("a result is neither true nor a pair: %.100s", data)
	}
	*r = result{Class: pair[0], Message: pair[1]}
	return nil
}

// run runs the suite's client against a cache.
func (s suite) run(t *testing.T, url string) map[string]result {
	t.Helper()
	results := map[string]result{}
	s.read(t, &results, s.node(t, map[string]string{"base": url, "id": ""}, "--no-warnings", "test-engine/cli.mjs"))
	return results
}

// show runs one test and prints what client and server saw.
func (s suite) show(t *testing.T, url string) {
	t.Helper()
	client := s.node(t, map[string]string{"base": url, "id": *id}, "--no-warnings", "test-engine/cli.mjs")
	client.Stdout = shown()
	if err := client.Run(); err != nil {
		t.Fatal(err)
	}
}

// others are the results that the suite has of other caches, by the cache's name.
func (s suite) others(t *testing.T) map[string]map[string]result {
	t.Helper()
	var index []struct{ File, Name, Type string }
	s.read(t, &index, s.node(t, nil, "--input-type=module", "--eval",
		`import index from './results/index.mjs'; console.log(JSON.stringify(index))`))
	others := map[string]map[string]result{}
	for _, cache := range index {
		if cache.Type == "browser" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(s.dir, "results", cache.File))
		if err != nil {
			t.Fatal(err)
		}
		results := map[string]result{}
		if err := json.Unmarshal(data, &results); err != nil {
			t.Fatalf("%s: %v", cache.File, err)
		}
		others[strings.TrimSpace(cache.Name)] = results
	}
	return others
}
