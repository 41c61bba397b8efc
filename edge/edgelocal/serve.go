package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/console"
)

// A server serves a site, and another one in its place when the configuration changes.
type server struct {
	*command
	site     atomic.Pointer[site]
	commands *commands
	console  console.Console
	archive  *console.Archive // nil: no trace is written
}

// ServeHTTP gives the request to the site of now.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.site.Load().sim.ServeHTTP(w, r) }

// serve serves until ctx ends.
func (c *command) serve(ctx context.Context) int {
	ctx, cancel := context.WithCancel(ctx)
	s := &server{command: c, commands: newCommands(ctx, c.stderr)}
	defer s.commands.wait()
	defer cancel()
	terminal := &edgesim.Terminal{Writer: c.terminal, Short: true}
	observe := func(t *edgesim.Trace) {
		terminal.Print(t)
		if !c.noConsole() {
			s.console.Observe(t)
		}
		if s.archive != nil {
			s.archive.Add(t)
		}
	}
	first, err := load(c.options, s.commands, observe, c.stderr)
	if err != nil {
		return c.fail(err)
	}
	s.site.Store(first)
	defer func() { cancel(); s.site.Load().close() }()
	first.describe(c.stdout)
	first.complain(c.stderr)
	listener, err := listen("-addr", c.addr)
	if err != nil {
		return c.fail(err)
	}
	end, err := s.writeTrace()
	if err != nil {
		listener.Close()
		return c.fail(err)
	}
	defer end()
	return s.run(ctx, listener, observe)
}

// run serves, shows the console and watches, until ctx ends or serving fails.
func (s *server) run(ctx context.Context, listener net.Listener, observe func(*edgesim.Trace)) int {
	ctx, cancel := context.WithCancel(ctx)
	var others sync.WaitGroup
	defer others.Wait()
	defer cancel()
	web := s.site.Load().sim.Server()
	web.Handler = s
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	s.stdout.print("serving on http://%s\n", shown(listener, s.addr))
	if a, ok := listener.Addr().(*net.TCPAddr); ok && !a.IP.IsLoopback() {
		s.stderr.print("edgelocal: -addr %s: others on the network can reach it: localhost:8080 is this machine alone\n", s.addr)
	}
	s.console.Site = "http://" + shown(listener, s.addr)
	changed := make(chan *site)
	others.Go(func() { s.showConsole(ctx, changed) })
	if s.watch {
		others.Go(func() { s.watchFiles(ctx, observe, changed) })
	}
	select {
	case err := <-failed:
		return s.fail(err)
	case <-ctx.Done():
	}
	patience, done := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer done()
	if web.Shutdown(patience) != nil {
		web.Close()
	}
	return exitOK
}

// onThisMachine is an address, of which a port alone is one on this machine.
func onThisMachine(address string) string {
	if strings.HasPrefix(address, ":") {
		return "localhost" + address
	}
	return address
}

// listen listens on an address.
func listen(name, address string) (net.Listener, error) {
	address = onThisMachine(address)
	l, err := net.Listen("tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s %s: the port is taken: choose another, or 0 for a free one, or end the program that has it", name, address)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, fmt.Errorf("%s %s: not an address of this machine: want one such as localhost:8080", name, address)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("%s %s: not allowed for this user: want a port from 1024 on", name, address)
	case errors.As(err, new(*net.DNSError)):
		return nil, fmt.Errorf("%s %s: there is no host of this name: want one such as localhost:8080", name, address)
	case err != nil:
		return nil, fmt.Errorf("%s %s: %w", name, address, err)
	}
	return l, nil
}

// shown is the address as it was asked for, with the port that it is.
func shown(l net.Listener, asked string) string {
	_, port, _ := net.SplitHostPort(l.Addr().String())
	host, _, _ := net.SplitHostPort(asked)
	if host == "" {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// noConsole reports whether no console is wanted.
func (o *options) noConsole() bool { return o.console == "off" || o.console == "" }

// showConsole shows the console of the site of now. Without its port the site is served all the same.
func (s *server) showConsole(ctx context.Context, changed <-chan *site) {
	if s.noConsole() {
		drain(ctx, changed)
		return
	}
	l, err := listen("-console", s.options.console)
	if err != nil {
		s.stderr.print("edgelocal: %v; there is no console\n", err)
		drain(ctx, changed)
		return
	}
	s.stdout.print("console on http://%s\n", shown(l, s.options.console))
	all := share(l)
	defer all.Close()
	for now := s.site.Load(); now != nil; {
		now = s.showUntil(ctx, all.view(), now, changed)
	}
}

// showUntil shows the console of a site until another takes its place, which it gives back; nil at the end.
func (s *server) showUntil(ctx context.Context, l net.Listener, now *site, changed <-chan *site) (next *site) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- s.console.Serve(ctx, l, now.sim) }()
	select {
	case next = <-changed:
		cancel()
		<-done
	case <-ctx.Done():
		<-done
	case err := <-done:
		s.stderr.print("edgelocal: %v\n", err)
		drain(ctx, changed)
	}
	cancel()
	return next
}

// drain lets those go on who have another site for a console that is not there.
func drain(ctx context.Context, changed <-chan *site) {
	for {
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}

// writeTrace begins the file of -trace. It holds what viewers sent: others may not read it. end ends it.
func (s *server) writeTrace() (end func(), err error) {
	if s.trace == "" {
		return func() {}, nil
	}
	to, closeFile := s.har, func() error { return nil }
	if s.trace != "-" {
		file, err := os.OpenFile(s.trace, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return nil, fmt.Errorf("-trace: %w", err)
		}
		to, closeFile = file, file.Close
	}
	s.archive = console.NewArchive(to, s.site.Load().sim.DomainName())
	return func() {
		if err := errors.Join(s.archive.Close(), closeFile()); err != nil {
			s.stderr.print("edgelocal: -trace: %v\n", err)
		}
	}, nil
}
