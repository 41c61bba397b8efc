//go:build linux

package main

import (
	"bufio"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

//go:embed testdata
var files embed.FS

// A subject is a server that is measured.
type subject struct {
	name    string
	command func(port string) *exec.Cmd

	process *exec.Cmd
	address string
	body    string
	times   []time.Duration // the processor time of each round
}

// subjects are the servers, with their files in dir; the first is the measure of the others.
func subjects(dir, offline string) ([]*subject, error) {
	pages, err := fs.Sub(files, "testdata")
	if err != nil {
		return nil, err
	}
	if err := os.CopyFS(dir, pages); err != nil {
		return nil, err
	}
	binary := filepath.Join(dir, "edgelocal")
	if out, err := exec.Command("go", "build", "-o", binary, "github.com/edgehelpers/lambdaedge/edge/edgelocal").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build: %w\n%s", err, out)
	}
	in := func(c *exec.Cmd) *exec.Cmd { c.Dir = dir; return c }
	all := []*subject{
		{name: "a server of Node.js that calls the handler", command: func(port string) *exec.Cmd { return in(exec.Command("node", "server.mjs", port)) }},
		{name: "edgelocal", command: func(port string) *exec.Cmd {
			return in(exec.Command(binary, "-config", "template.yaml", "-env", "pages=.", "-addr", "127.0.0.1:"+port, "-console", "off"))
		}},
		{name: "edgelocal with its console", command: func(port string) *exec.Cmd {
			return in(exec.Command(binary, "-config", "template.yaml", "-env", "pages=.", "-addr", "127.0.0.1:"+port, "-console", "127.0.0.1:0"))
		}},
	}
	if offline == "" {
		return all, nil
	}
	if err := os.Symlink(filepath.Join(offline, "node_modules"), filepath.Join(dir, "node_modules")); err != nil {
		return nil, err
	}
	return append(all, &subject{name: "serverless-offline-edge-lambda", command: func(port string) *exec.Cmd {
		c := in(exec.Command("node", "node_modules/serverless/bin/serverless.js", "offline", "start", "--port="+port))
		c.Env = append(os.Environ(), "SLS_TELEMETRY_DISABLED=1", "SLS_NOTIFICATIONS_MODE=off", "AWS_ACCESS_KEY_ID=none", "AWS_SECRET_ACCESS_KEY=none")
		return c
	}}), nil
}

// start starts the server and waits for its first answer.
func (s *subject) start() error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.address = l.Addr().String()
	l.Close()
	_, port, _ := net.SplitHostPort(s.address)
	s.process = s.command(port)
	s.process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := s.process.Start(); err != nil {
		return err
	}
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		resp, err := http.Get("http://" + s.address + "/")
		if err != nil {
			continue
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK {
			return fmt.Errorf("status %d, %v: %.200s", resp.StatusCode, err, body)
		}
		s.body = string(body)
		return nil
	}
	return errors.New("no answer within a minute")
}

// stop ends the server's processes.
func (s *subject) stop() {
	syscall.Kill(-s.process.Process.Pid, syscall.SIGTERM)
	s.process.Wait()
}

// round sends the requests of a round, over each connection one after the other.
func (s *subject) round(requests, connections int) error {
	before, err := cpuTime(s.process.Process.Pid)
	if err != nil {
		return err
	}
	errs := make([]error, connections)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { errs[i] = s.ask(requests / connections) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	after, err := cpuTime(s.process.Process.Pid)
	s.times = append(s.times, after-before)
	return err
}

func (s *subject) ask(requests int) error {
	conn, err := net.Dial("tcp", s.address)
	if err != nil {
		return err
	}
	defer conn.Close()
	r := bufio.NewReader(conn)
	request := "GET / HTTP/1.1\r\nHost: " + s.address + "\r\nAccept: text/html\r\nUser-Agent: localbench\r\n\r\n"
	for range requests {
		if _, err := io.WriteString(conn, request); err != nil {
			return err
		}
		resp, err := http.ReadResponse(r, nil)
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.StatusCode != http.StatusOK {
			return fmt.Errorf("status %d, %v", resp.StatusCode, err)
		}
	}
	return nil
}

// cpuTime is the processor time of a process and of all that it started, in the nanoseconds that the scheduler counts.
func cpuTime(pid int) (sum time.Duration, err error) {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", pid))
	if err != nil || len(threads) == 0 {
		return 0, fmt.Errorf("process %d: not in /proc", pid)
	}
	for _, thread := range threads {
		stat, err := os.ReadFile(thread + "/schedstat")
		if err != nil {
			return 0, err
		}
		first, _, _ := strings.Cut(string(stat), " ")
		ns, err := strconv.ParseInt(first, 10, 64)
		if err != nil {
			return 0, err
		}
		sum += time.Duration(ns)
		children, err := os.ReadFile(thread + "/children")
		if err != nil {
			return 0, err
		}
		for child := range strings.FieldsSeq(string(children)) {
			id, err := strconv.Atoi(child)
			if err != nil {
				return 0, err
			}
			of, err := cpuTime(id)
			if err != nil {
				return 0, err
			}
			sum += of
		}
	}
	return sum, nil
}
