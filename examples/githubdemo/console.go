package main

import (
	"context"
	"fmt"
	"io"
	"net"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/console"
)

// A view is the console and where it listens; nil when the command line wants none.
type view struct {
	listener net.Listener
	console  *console.Console
}

// openConsole listens for the console of the site with that address.
func openConsole(addr, site string) (*view, error) {
	if addr == "" {
		return nil, nil
	}
	listener, err := listen("console", addr)
	if err != nil {
		return nil, err
	}
	return &view{listener, &console.Console{Site: site}}, nil
}

// url is the console's address, "" when there is none.
func (v *view) url() string {
	if v == nil {
		return ""
	}
	return urlOf(v.listener)
}

// observe shows a request.
func (v *view) observe(t *edgesim.Trace) {
	if v != nil {
		v.console.Observe(t)
	}
}

// start serves the console in the background. stop ends that, and waits for the end. When it fails the demo goes on without it.
func (v *view) start(ctx context.Context, site *edgesim.Simulator, stdout io.Writer) (stop func()) {
	if v == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := v.console.Serve(ctx, v.listener, site); err != nil {
			fmt.Fprintf(stdout, "githubdemo: %v\n", err)
		}
	}()
	return func() { cancel(); <-ended }
}

// close is for a console that was not started.
func (v *view) close() {
	if v != nil {
		v.listener.Close()
	}
}
