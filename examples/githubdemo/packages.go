package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// openPackages builds the two packages and returns functions that run them as Lambda does.
func openPackages(ctx context.Context, api string, stdout io.Writer) (f edgesim.Functions, stop func(), err error) {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return f, nil, fmt.Errorf("-packages: the packages hold programs for linux/amd64, as Lambda@Edge has it, and this is %s/%s; leave the flag out", runtime.GOOS, runtime.GOARCH)
	}
	dir, err := os.MkdirTemp("", "githubdemo-")
	if err != nil {
		return f, nil, fmt.Errorf("-packages: %w", err)
	}
	var opened []*edgesim.OpenPackage
	stop = func() {
		for _, p := range opened {
			p.Close()
		}
		os.RemoveAll(dir)
	}
	open := func(name string) (edgesim.Association, error) {
		p, err := edgesim.Package{Path: filepath.Join(dir, name), Log: stdout}.Open()
		if err != nil {
			return edgesim.Association{}, err
		}
		opened = append(opened, p)
		return edgesim.Association{Function: p, Name: name}, nil
	}
	err = buildPackages(ctx, dir, api, stdout)
	if err == nil {
		var viewerErr, originErr error
		f.ViewerRequest, viewerErr = open("viewerrequest.zip")
		f.OriginResponse, originErr = open("originresponse.zip")
		err = errors.Join(viewerErr, originErr)
	}
	if err != nil {
		stop()
		return f, nil, fmt.Errorf("-packages: %w", err)
	}
	return f, stop, nil
}

// buildPackages makes the zips in dir. Lambda@Edge has no environment variables, so the API's address is built in.
func buildPackages(ctx context.Context, dir, api string, stdout io.Writer) error {
	const module = "github.com/edgehelpers/lambdaedge"
	edgepack := filepath.Join(dir, "edgepack")
	fmt.Fprintln(stdout, "Building the packages ...")
	for _, command := range [][]string{
		{"go", "build", "-o", edgepack, module + "/edge/edgepack"},
		{edgepack, "-o", dir, "-ldflags", "-X main.githubAPI=" + api,
			module + "/examples/githubdemo/lambda/viewerrequest", module + "/examples/githubdemo/lambda/originresponse"},
	} {
		build := exec.CommandContext(ctx, command[0], command[1:]...)
		build.Stdout, build.Stderr = stdout, stdout
		build.Cancel = func() error { return build.Process.Signal(os.Interrupt) } // so that it cleans up
		build.WaitDelay = 5 * time.Second
		if err := build.Run(); err != nil {
			return fmt.Errorf("build: %w; it needs the go command, and this repository as the current directory", err)
		}
	}
	return nil
}
