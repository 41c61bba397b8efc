package apitest_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the list of what the module exports")

const (
	module = "github.com/edgehelpers/lambdaedge/"
	golden = "../../../testdata/api.txt"
)

// public are the packages whose API is a promise.
func public() []string {
	return []string{
		"csp", "csp/cspcrypto", "csp/cspedge", "csp/csphtml", "csp/csphttp", "csp/cspreport", "csp/csptable", "csp/evaluator",
		"edge", "edge/edgecli", "edge/edgehttp", "edge/edgejson", "edge/edgelog", "edge/edgelog/slogedge", "edge/edgesim", "edge/edgesim/awsconfig", "edge/edgesim/signedurl",
		"edge/edgetest", "edge/edgeurl", "edge/lambdactx", "redirect", "redirect/rulefile",
	}
}

// TestAPI compares what the packages export with the list, so that no name comes,
// goes or changes its type unseen. If the change is meant:
//
//	go test ./edge/internal/apitest -update
func TestAPI(t *testing.T) {
	t.Parallel()
	var lines []string
	packages := load(t)
	for _, path := range public() {
		lines = append(lines, api(packages[module+path])...)
	}
	got := strings.Join(lines, "\n") + "\n"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("the API has changed; if that is meant, run go test ./edge/internal/apitest -update\n(-%s +packages):\n%s", golden, diff)
	}
}

// load reads the packages from the compiler's export data.
func load(t *testing.T) map[string]*types.Package {
	t.Helper()
	args := []string{"list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}"}
	for _, path := range public() {
		args = append(args, module+path)
	}
	var problems bytes.Buffer
	list := exec.Command("go", args...)
	list.Stderr = &problems
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &problems)
	}
	files := make(map[string]string)
	for line := range bytes.Lines(out) {
		path, file, _ := strings.Cut(strings.TrimSpace(string(line)), " ")
		files[path] = file
	}
	imports := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(files[path])
	})
	packages := make(map[string]*types.Package)
	for _, path := range public() {
		if packages[module+path], err = imports.Import(module + path); err != nil {
			t.Fatal(err)
		}
	}
	return packages
}

// api returns a line for each thing that a package exports.
func api(pkg *types.Package) []string {
	name := strings.TrimPrefix(pkg.Path(), module)
	relative := func(p *types.Package) string {
		if p == pkg {
			return ""
		}
		return p.Name()
	}
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, name+": "+fmt.Sprintf(format, args...)) }
	scope := pkg.Scope()
	for _, n := range scope.Names() {
		switch obj := scope.Lookup(n).(type) {
		case *types.TypeName:
			if obj.Exported() {
				typeAPI(add, obj, relative)
			}
		case *types.Const:
			if obj.Exported() {
				add("%s = %s", types.ObjectString(obj, relative), obj.Val())
			}
		default:
			if obj.Exported() {
				add("%s", types.ObjectString(obj, relative))
			}
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// typeAPI adds the lines of a type: its kind, and its exported fields and methods.
func typeAPI(add func(string, ...any), obj *types.TypeName, relative types.Qualifier) {
	text := func(t types.Type) string { return types.TypeString(t, relative) }
	switch u := obj.Type().Underlying().(type) {
	case *types.Struct:
		hidden := ""
		for f := range u.Fields() {
			if f.Exported() {
				add("type %s struct, %s %s", obj.Name(), f.Name(), text(f.Type()))
			} else {
				hidden = ", hidden fields"
			}
		}
		add("type %s struct%s", obj.Name(), hidden)
	case *types.Interface:
		hidden := ""
		for m := range u.Methods() {
			if m.Exported() {
				add("type %s interface, %s%s", obj.Name(), m.Name(), strings.TrimPrefix(text(m.Type()), "func"))
			} else {
				hidden = ", hidden methods"
			}
		}
		add("type %s interface%s", obj.Name(), hidden)
	default:
		add("type %s %s", obj.Name(), text(u))
	}
	for sel := range types.NewMethodSet(types.NewPointer(obj.Type())).Methods() {
		if m := sel.Obj(); m.Exported() && !types.IsInterface(obj.Type()) {
			add("%s", types.ObjectString(m, relative))
		}
	}
}
