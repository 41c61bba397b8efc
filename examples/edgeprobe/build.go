package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/functions"
)

// module is where the Go functions are: they are built from its source, with this repository as the current directory.
const module = "github.com/edgehelpers/lambdaedge"

// largeBytes is more than the 1,048,576 bytes above which packages of viewer triggers were seen to be refused.
const largeBytes = 2 << 20

// zips are the names of all that build writes.
func zips() []string {
	return []string{"asked.zip", "goruntime.zip", "jsruntime.zip", "large.zip", "origin.zip"}
}

// build writes the zips of the stack in folder terraform to a directory, which is made if need be.
func build(ctx context.Context, dir string, stdout io.Writer) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	padding := make([]byte, largeBytes)
	rand.Read(padding)
	return errors.Join(
		zipFolder(filepath.Join(dir, "asked.zip"), functions.Asked(), nil),
		zipFolder(filepath.Join(dir, "jsruntime.zip"), functions.Runtime(), nil),
		zipFolder(filepath.Join(dir, "large.zip"), functions.Runtime(), padding),
		command(ctx, stdout, nil, "go", "run", module+"/edge/edgepack", "-o", dir, module+"/examples/edgeprobe/lambda/goruntime"),
		buildOrigin(ctx, filepath.Join(dir, "origin.zip"), stdout),
	)
}

// buildOrigin builds the origin for provided.al2023, which starts the file bootstrap.
func buildOrigin(ctx context.Context, name string, stdout io.Writer) error {
	dir, err := os.MkdirTemp("", "edgeprobe-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	err = command(ctx, stdout, []string{"GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0"},
		"go", "build", "-trimpath", "-tags", "lambda.norpc", "-ldflags", "-s -w", "-o", filepath.Join(dir, "bootstrap"), module+"/examples/edgeprobe/lambda/origin")
	if err != nil {
		return err
	}
	return zipFolder(name, os.DirFS(dir), nil)
}

// command runs a command, with more in its environment.
func command(ctx context.Context, stdout io.Writer, environment []string, name string, args ...string) error {
	c := exec.CommandContext(ctx, name, args...)
	c.Env = append(c.Environ(), environment...)
	c.Stdout, c.Stderr = stdout, stdout
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s %s: %w; it needs the %s command, and this repository as the current directory", name, args[0], err, name)
	}
	return nil
}

// zipFolder writes a zip of a folder, and with padding a file that has nothing else in it. The same files give the same bytes.
func zipFolder(name string, dir fs.FS, padding []byte) error {
	var buffer bytes.Buffer
	w := zip.NewWriter(&buffer)
	err := fs.WalkDir(dir, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(dir, path)
		if err != nil {
			return err
		}
		return addFile(w, path, content)
	})
	if err == nil && padding != nil {
		err = addFile(w, "padding", padding)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return os.WriteFile(name, buffer.Bytes(), 0o644)
}

func addFile(w *zip.Writer, name string, content []byte) error {
	header := &zip.FileHeader{Name: name, Method: zip.Deflate}
	header.SetMode(0o755) // a program must be executable, and the rest may be
	f, err := w.CreateHeader(header)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return err
}
