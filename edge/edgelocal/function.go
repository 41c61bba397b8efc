package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// A function is code that runs, and that can be opened anew while requests are served.
type function struct {
	name string
	code settings.Code
	at   string // the first place in the configuration that has it, and its trigger there
	log  io.Writer

	written string // the folder with the code that is inline, "" for other code

	mu       sync.Mutex
	versions int
	now      *revision // nil: it could not be opened, and failed says why
	failed   error
	note     string // how the interpreter that is here differs from the function's runtime; "" when it does not
}

// A revision is a function's code as it was at one time. It is closed when it is retired and its last event is answered.
type revision struct {
	open    *edgesim.OpenPackage
	name    string // "version 2, opened at 03:41:05"
	dir     string // with the code; "" when it is inline
	users   int
	retired bool
}

// label is what a function is called on the terminal.
func (f *function) label() string { return "function " + f.name }

// reopen opens the code as it is now, and with load loads it. Until that has worked, and when it does not work, the version before it
// answers. A first version that does not load is there all the same: as in Lambda each of its requests fails.
func (f *function) reopen(load bool) error {
	open, note, err := f.open()
	if err == nil && load {
		err = advise(f.dir(), open.Load(context.Background()))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil {
		err = fmt.Errorf("%s: %s", f.label(), words(strings.TrimPrefix(err.Error(), "edgesim: package ")))
		switch {
		case f.now == nil && open != nil:
			f.becomes(open, note)
		case open != nil:
			open.Close()
		case f.now == nil:
			f.failed = err
		}
		return err
	}
	f.becomes(open, note)
	return nil
}

// open opens the code. The note is how the interpreter differs from the function's runtime.
func (f *function) open() (open *edgesim.OpenPackage, note string, err error) {
	path, handler := f.code.Package()
	if f.code.Inline != "" {
		if err := f.writeInline(); err != nil {
			return nil, "", err
		}
		path = f.written
	}
	log := &opening{w: f.log}
	open, err = edgesim.Package{Path: path, Handler: handler, Runtime: f.code.Runtime, Log: log}.Open()
	note = words(strings.ReplaceAll(log.end(), "edgesim: package "+path, f.label()))
	if _, there := os.Stat(path); errors.Is(there, fs.ErrNotExist) {
		err = fmt.Errorf("there is no %s", f.code.Path)
	}
	return open, note, err
}

// dir is the folder or zip with the code; "" when it is inline.
func (f *function) dir() string {
	if f.code.Inline != "" {
		return ""
	}
	path, _ := f.code.Package()
	return path
}

// becomes makes a version the one that answers.
func (f *function) becomes(open *edgesim.OpenPackage, note string) {
	f.retire()
	f.versions++
	f.now, f.note = &revision{open: open, name: versionName(f.versions), dir: f.dir()}, note
}

// Version is the one that answers, for traces (edgesim.Function).
func (f *function) Version() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.now == nil {
		return ""
	}
	return f.now.name
}

// retire lets the version that answers go.
func (f *function) retire() {
	if f.now == nil {
		return
	}
	f.now.retired = true
	if f.now.users == 0 {
		f.now.open.Close()
	}
}

// Invoke implements edgesim.Function.
func (f *function) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	f.mu.Lock()
	v := f.now
	if v == nil {
		f.mu.Unlock()
		return nil, f.failed
	}
	v.users++
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if v.users--; v.users == 0 && v.retired {
			v.open.Close()
		}
	}()
	answer, err := v.open.Invoke(ctx, event)
	return answer, advise(v.dir, err)
}

// Limit is how long an event takes at most, as edgesim.Function has it.
func (f *function) Limit() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.now == nil {
		return 0
	}
	return f.now.open.Limit()
}

// close ends its processes.
func (f *function) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.retire()
	f.now, f.failed = nil, fmt.Errorf("function %s: the program ends", f.name)
	if f.written != "" {
		os.RemoveAll(f.written)
	}
}

// writeInline writes code that stands in a template into a folder of its own, as the file that CloudFormation makes of it
// (AWS::Lambda::Function Code, ZipFile).
func (f *function) writeInline() error {
	if f.written != "" {
		return nil
	}
	dir, err := os.MkdirTemp("", "edgelocal-")
	if err != nil {
		return err
	}
	f.written = dir
	name := "index.js"
	if strings.HasPrefix(f.code.Runtime, "python") {
		name = "index.py"
	}
	return os.WriteFile(filepath.Join(dir, name), []byte(f.code.Inline), 0o600)
}

// String is where the code is and how it is called.
func (f *function) String() string {
	path, handler := f.code.Package()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.code.Inline != "" {
		path = "the template's own text"
	}
	if f.now == nil {
		return path + ", which cannot run"
	}
	return strings.Join([]string{path, handler, f.now.open.Runtime()}, " ")
}

// An absent function is one without code: CloudFront's page for a function that failed, with the way out as its reason.
type absent struct{ reason string }

func (a absent) Invoke(context.Context, []byte) ([]byte, error) {
	return nil, fmt.Errorf("%s", a.reason)
}
