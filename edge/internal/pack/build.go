package pack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A Builder compiles programs with the Go command for Lambda@Edge. Its zero value builds in the current directory.
type Builder struct {
	Dir     string // where package patterns are resolved; "" is the current directory
	LDFlags string // more linker flags, such as -X main.apiURL=https://api.example
	GCFlags string // compiler flags, such as all=-l
	Tags    string // build tags, comma-separated
}

// A Program is a main package.
type Program struct {
	Name       string // last element of the import path, major version suffix aside: the zip's name
	ImportPath string
}

// Environment returns env with everything pinned that would make the Go command build something else than a static
// linux/amd64 program. GOFLAGS is not empty because an empty one lets "go env -w GOFLAGS=..." speak.
func Environment(env []string) []string {
	return append(env[:len(env):len(env)],
		"GOOS=linux", "GOARCH=amd64", "GOAMD64=v1", "CGO_ENABLED=0", "GOFLAGS=-trimpath")
}

// Find resolves package patterns, as the Go command understands them, to programs. Every mistake is in the error: a
// pattern without a package, a package that is not a main package or cannot be loaded, two packages of one name. What is no
// main package is left out where a pattern with three dots alone matches it.
func (b Builder) Find(ctx context.Context, patterns ...string) ([]Program, error) {
	args := append([]string{"list", "-e", "-find", "-tags=" + b.Tags, "-json=Name,ImportPath,Match,Error", "--"}, patterns...)
	out, err := b.run(ctx, args...)
	if err != nil {
		return nil, fmt.Errorf("find packages: %w", err)
	}
	var programs []Program
	var errs []error
	taken := map[string]string{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			return nil, fmt.Errorf("find packages: go list: %w", err)
		}
		if p.inPassing() {
			continue
		}
		program, err := p.program()
		if other := taken[program.Name]; err == nil && other != "" {
			err = fmt.Errorf("%s: would be %s.zip as %s is: build them one by one, with -name or into two directories", p.ImportPath, program.Name, other)
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		taken[program.Name] = p.ImportPath
		programs = append(programs, program)
	}
	if len(programs)+len(errs) == 0 {
		errs = append(errs, fmt.Errorf("no program matches %s: want package main", strings.Join(patterns, " ")))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return programs, nil
}

// listed is what go list tells of a package.
type listed struct {
	Name, ImportPath string
	Match            []string // the patterns that it matches
	Error            *struct{ Err string }
}

// inPassing reports whether a package is no program, and was not asked for but by patterns such as ./...
func (p listed) inPassing() bool {
	named := slices.ContainsFunc(p.Match, func(pattern string) bool { return !strings.Contains(pattern, "...") })
	return p.Error == nil && p.Name != "main" && len(p.Match) > 0 && !named
}

// majorVersion matches the element that the Go command leaves out of a program's name too.
var majorVersion = regexp.MustCompile(`^v[2-9]$|^v[1-9][0-9]+$`)

func (p listed) program() (Program, error) {
	switch {
	case p.Error != nil:
		reason := strings.TrimSpace(p.Error.Err)
		if strings.Contains(reason, "is not in std") { // whose words do not tell what was meant
			reason += "; a folder begins with ./, such as ./" + p.ImportPath
		}
		return Program{}, fmt.Errorf("%s: %s", p.ImportPath, reason)
	case p.ImportPath == "command-line-arguments":
		return Program{}, errors.New("got a Go file: name the package, such as ./lambda/viewerrequest")
	case p.Name != "main":
		return Program{}, fmt.Errorf("%s: package %s is not a program: want package main", p.ImportPath, p.Name)
	}
	dir, name := path.Split(p.ImportPath)
	if majorVersion.MatchString(name) && dir != "" {
		name = path.Base(dir)
	}
	return Program{Name: name, ImportPath: p.ImportPath}, nil
}

// Build compiles a program and returns the executable. An error carries the compiler's own words.
func (b Builder) Build(ctx context.Context, program Program) ([]byte, error) {
	tmp, err := os.MkdirTemp("", "edgepack-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	file := filepath.Join(tmp, Bootstrap)
	_, err = b.run(ctx, "build", "-trimpath", "-buildvcs=false", "-tags="+b.Tags, "-gcflags="+b.GCFlags,
		"-ldflags="+strings.TrimSpace("-s -w -buildid= "+b.LDFlags), "-o", file, "--", program.ImportPath)
	if err != nil {
		return nil, b.withoutCgo(ctx, program, fmt.Errorf("build %s: %w", program.ImportPath, err))
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("build %s: %w", program.ImportPath, err)
	}
	return data, nil
}

// ErrNoGo says that there is no Go command to build with.
var ErrNoGo = errors.New("the go command is not in PATH")

// run runs the Go command and returns its standard output. An error has what it wrote to standard error.
func (b Builder) run(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = b.Dir
	cmd.Env = Environment(os.Environ())
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	switch text := strings.TrimSpace(stderr.String()); {
	case err == nil:
		return stdout.Bytes(), nil
	case errors.Is(err, exec.ErrNotFound):
		return nil, ErrNoGo
	case text != "":
		return nil, fmt.Errorf("go %s: %w\n%s", args[0], err, text)
	default:
		return nil, fmt.Errorf("go %s: %w", args[0], err)
	}
}
