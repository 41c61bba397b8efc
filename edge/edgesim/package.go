package edgesim

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
)

// runtimes holds the programs that run Node.js and Python handlers.
//
//go:embed runtimes
var runtimes embed.FS

// A Package is a function as it is deployed: a zip or a folder, run in processes of its own over a local Runtime
// API, as Lambda runs it. It may hold a function of this library, or one in JavaScript or Python. [Package.Open]
// makes a [Function] of it.
type Package struct {
	Path    string // a zip file, or a folder
	Handler string // module and member; "" is "index.handler"

	// Runtime is "bootstrap" (the file of that name is started), "node" or "python3" (the handler's module is
	// imported, which in a package of this library starts bootstrap). "" takes the first of these that the
	// package has a file for.
	Runtime     string
	Interpreter string // the node or python3 program; "" is found in PATH

	Timeout     time.Duration // of an invocation; 0 is 5 seconds. The process that does not keep it is killed
	InitTimeout time.Duration // from start to first request for an event; 0 is 10 seconds
	Processes   int           // how many events are worked on at once, each in a process of its own; 0 is 4
	Log         io.Writer     // what the processes print; nil discards it
}

// An OpenPackage is a [Package] that is ready to run. It is safe for concurrent use.
type OpenPackage struct {
	config  lambdahost.Config
	temp    string
	slots   chan struct{} // holds a value for each event that is worked on
	closing sync.Once

	mu   sync.Mutex
	all  []*lambdahost.Host
	idle []*lambdahost.Host // the one that was used last is used next, as it is warm
}

// Open unpacks the package and finds out how to run it; a process starts with the first event. Close ends what
// was started.
func (p Package) Open() (*OpenPackage, error) {
	temp, err := os.MkdirTemp("", "edgesim-package-")
	if err != nil {
		return nil, fmt.Errorf("edgesim: package: %w", err)
	}
	o := &OpenPackage{temp: temp}
	if o.config, err = p.prepare(temp); err != nil {
		o.Close()
		return nil, fmt.Errorf("edgesim: package %s: %w", p.Path, err)
	}
	o.slots = make(chan struct{}, max(1, cmp.Or(p.Processes, 4)))
	return o, nil
}

// prepare puts everything into place and says how to start a process.
func (p Package) prepare(temp string) (lambdahost.Config, error) {
	dir, err := filepath.Abs(p.Path)
	if err != nil {
		return lambdahost.Config{}, err
	}
	if info, err := os.Stat(dir); err != nil {
		return lambdahost.Config{}, err
	} else if !info.IsDir() {
		dir = filepath.Join(temp, "task")
		if err := os.Mkdir(dir, 0o755); err != nil {
			return lambdahost.Config{}, err
		}
		if err := lambdahost.Unpack(p.Path, dir); err != nil {
			return lambdahost.Config{}, err
		}
	}
	handler := cmp.Or(p.Handler, "index.handler")
	command, err := p.command(dir, temp, handler)
	return lambdahost.Config{Command: command, Dir: dir, Env: []string{"_HANDLER=" + handler}, Timeout: p.Timeout, InitTimeout: p.InitTimeout,
		FunctionName: strings.TrimSuffix(filepath.Base(p.Path), ".zip"), Stdout: p.Log, Stderr: p.Log}, err
}

// command is the command line of a process.
func (p Package) command(dir, temp, handler string) ([]string, error) {
	module := handler
	if at := strings.LastIndexByte(handler, '.'); at > 0 {
		module = handler[:at]
	} else {
		return nil, fmt.Errorf("handler: got %q, want module.member, for instance index.handler", handler)
	}
	has := func(names ...string) bool {
		return slices.ContainsFunc(names, func(name string) bool {
			info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name)))
			return err == nil && info.Mode().IsRegular()
		})
	}
	kinds := []struct {
		name    string
		present bool
	}{{"bootstrap", has("bootstrap")}, {"node", has(module+".js", module+".mjs", module+".cjs")}, {"python3", has(module + ".py")}}
	for _, kind := range kinds {
		if p.Runtime != kind.name && (p.Runtime != "" || !kind.present) {
			continue
		}
		if !kind.present {
			return nil, fmt.Errorf("runtime %s: the package has no file for %q", p.Runtime, handler)
		}
		return p.start(kind.name, dir, temp)
	}
	return nil, fmt.Errorf("runtime: got %q and handler %q, want bootstrap, node or python3 and a package with its file", p.Runtime, handler)
}

func (p Package) start(kind, dir, temp string) ([]string, error) {
	if kind == "bootstrap" {
		return lambdahost.Bootstrap(dir), nil
	}
	interpreter := p.Interpreter
	if interpreter == "" {
		found, err := exec.LookPath(kind)
		if err != nil {
			return nil, fmt.Errorf("runtime %s: %w; install it, or set Interpreter", kind, err)
		}
		interpreter = found
	}
	program := map[string]string{"node": "node.mjs", "python3": "python.py"}[kind]
	text, err := fs.ReadFile(runtimes, "runtimes/"+program)
	if err != nil {
		return nil, err
	}
	client := filepath.Join(temp, program)
	return []string{interpreter, client}, os.WriteFile(client, text, 0o600)
}

// Invoke implements [Function]: it gives the event to a process that is free, or to a new one.
func (o *OpenPackage) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	select {
	case o.slots <- struct{}{}:
		defer func() { <-o.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	host := o.take()
	defer o.give(host)
	return host.Invoke(ctx, event)
}

func (o *OpenPackage) take() *lambdahost.Host {
	o.mu.Lock()
	defer o.mu.Unlock()
	if n := len(o.idle); n > 0 {
		host := o.idle[n-1]
		o.idle = o.idle[:n-1]
		return host
	}
	host := lambdahost.New(o.config)
	o.all = append(o.all, host)
	return host
}

func (o *OpenPackage) give(host *lambdahost.Host) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.idle = append(o.idle, host)
}

// Starts is how many processes were started so far: one more after each crash and each timeout.
func (o *OpenPackage) Starts() (n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, host := range o.all {
		n += host.Starts()
	}
	return n
}

// Close ends the processes and removes what was unpacked.
func (o *OpenPackage) Close() error {
	var errs []error
	o.closing.Do(func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		for _, host := range o.all {
			errs = append(errs, host.Close())
		}
		errs = append(errs, os.RemoveAll(o.temp))
	})
	return errors.Join(errs...)
}
