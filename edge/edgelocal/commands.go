package main

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"sync"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/shell"
)

// commands are what the settings have run: builds of functions and folders, and servers behind origins. They end with ctx.
type commands struct {
	ctx context.Context
	log *output

	mu      sync.Mutex
	servers map[settings.Origin]bool       // that run; they go on when the configuration is read anew
	builds  map[settings.Build]*sync.Mutex // one build does not run twice at once, for two functions that it makes
	all     sync.WaitGroup
}

// longestWait is how long a server may take until it answers.
const longestWait = 30 * time.Second

func newCommands(ctx context.Context, log *output) *commands {
	return &commands{ctx: ctx, log: log, servers: map[settings.Origin]bool{}, builds: map[settings.Build]*sync.Mutex{}}
}

// wait waits for the end of everything, when ctx has ended.
func (c *commands) wait() { c.all.Wait() }

// build runs a build to its end. Its lines are printed under the name of what it is for.
func (c *commands) build(name string, b settings.Build) error {
	if c == nil || b.Command == "" {
		return nil
	}
	c.all.Add(1)
	defer c.all.Done()
	defer c.alone(b).Unlock()
	began := time.Now()
	c.log.print("%s: %s\n", name, b.Command)
	if err := c.command(name, b.Dir, b.Command).Run(c.ctx); err != nil {
		return fmt.Errorf("%s: build %q: %w", name, b.Command, err)
	}
	c.log.print("%s: built in %s\n", name, time.Since(began).Round(time.Millisecond))
	return nil
}

// alone waits until the build does not run, and keeps others from running it.
func (c *commands) alone(b settings.Build) *sync.Mutex {
	c.mu.Lock()
	one := c.builds[b]
	if one == nil {
		one = new(sync.Mutex)
		c.builds[b] = one
	}
	c.mu.Unlock()
	one.Lock()
	return one
}

func (c *commands) command(name, dir, line string) shell.Command {
	return shell.Command{Line: line, Dir: dir, Say: func(said string) { c.log.print("%s | %s\n", name, said) }}
}

// serve starts the server of an origin, unless it was started, and waits until it answers. Nothing else may answer there before.
func (c *commands) serve(name string, o settings.Origin) error {
	if c == nil || o.Command == "" {
		return nil
	}
	c.mu.Lock()
	known := c.servers[o]
	c.servers[o] = true
	c.mu.Unlock()
	if known {
		return nil
	}
	if answers(o.URL) {
		c.forget(o)
		return fmt.Errorf("%s: something answers at %s already: end it, or take command away to use it", name, o.URL)
	}
	c.log.print("%s: %s\n", name, o.Command)
	ended := make(chan error, 1)
	c.all.Go(func() {
		err := <-c.command(name, o.Build.Dir, o.Command).Start(c.ctx)
		c.forget(o)
		if c.ctx.Err() == nil {
			c.log.print("%s: the server has ended: %s\n", name, how(err))
		}
		ended <- err
	})
	for deadline := time.Now().Add(longestWait); time.Now().Before(deadline); {
		if answers(o.URL) {
			return nil
		}
		select {
		case err := <-ended:
			return fmt.Errorf("%s: %q ended before it answered at %s: %s", name, o.Command, o.URL, how(err))
		case <-time.After(20 * time.Millisecond):
		}
	}
	return fmt.Errorf("%s: %q does not answer at %s after %s: its requests get a 502 until it does", name, o.Command, o.URL, longestWait)
}

// forget has a server started again when the configuration is read anew.
func (c *commands) forget(o settings.Origin) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.servers, o)
}

func how(err error) string {
	if err == nil {
		return "exit status 0"
	}
	return err.Error()
}

// answers reports whether something takes connections at a URL's address.
func answers(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := u.Host
	if u.Port() == "" {
		host = net.JoinHostPort(u.Hostname(), map[string]string{"http": "80", "https": "443"}[u.Scheme])
	}
	conn, err := net.DialTimeout("tcp", host, time.Second)
	if err != nil {
		return false
	}
	conn.Close()
	return true
}
