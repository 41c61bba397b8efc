package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/githubapi"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/site"
)

// run serves the demo until ctx ends.
func run(ctx context.Context, s settings, stdout io.Writer) error {
	listener, err := listen("addr", s.addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	view, err := openConsole(s.console, urlOf(listener))
	if err != nil {
		return err
	}
	defer view.close()
	api, stopAPI, err := openGitHub(s.github)
	if err != nil {
		return err
	}
	defer stopAPI()
	functions, closeFunctions, err := openFunctions(ctx, s, api, stdout)
	if ctx.Err() != nil {
		return nil // Ctrl-C while the packages were built
	}
	if err != nil {
		return err
	}
	defer closeFunctions()
	terminal := &edgesim.Terminal{Writer: stdout}
	distribution, err := newSite(functions, site.Files(api, view.url()), func(t *edgesim.Trace) { terminal.Print(t); view.observe(t) })
	if err != nil {
		return err
	}
	stopConsole := view.start(ctx, distribution, stdout)
	defer stopConsole()
	printBanner(stdout, urlOf(listener), api, view.url(), s)
	return serve(ctx, listener, distribution)
}

// openGitHub returns the API's address as the browser sees it, and a function that ends what was started for it.
func openGitHub(address string) (api string, stop func(), err error) {
	if address != "" {
		api, err = checkGitHub(address)
		return api, func() {}, err
	}
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return "", nil, fmt.Errorf("listen for the built-in GitHub API: %w", err)
	}
	api = urlOf(listener)
	server := newServer(githubapi.Handler(api))
	go server.Serve(listener)
	return api, func() { server.Close() }, nil
}

// serve serves until ctx ends, and then lets answers that are under way come to their end.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := newServer(handler)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := server.Shutdown(patience); !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return server.Close() // a browser that keeps its connection open is no reason to stay
}

func newServer(handler http.Handler) *http.Server {
	return &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
}
