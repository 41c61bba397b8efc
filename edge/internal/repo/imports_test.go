package repo_test

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// heavy are the packages that a function at the edge pays for with size and start time.
var heavy = []string{"net/http", "encoding/json", "log/slog", "regexp"}

// rules says which packages of this module a package may import, besides what is internal.
var rules = map[string][]string{
	"csp":            {},
	"csp/cspcrypto":  {"csp"},
	"csp/csptable":   {"csp"},
	"csp/evaluator":  {"csp"},
	"csp/csphtml":    {"csp", "csp/cspcrypto", "csp/csptable"},
	"csp/cspreport":  {"csp", "csp/evaluator"},
	"csp/csphttp":    {"csp", "csp/cspcrypto", "csp/cspreport"},
	"csp/cspedge":    {"csp/cspreport", "edge"},
	"edge":           {},
	"redirect":       {"edge"},
	"edge/lambdactx": {"edge"},
	"edge/edgeurl":   {"edge"},
	"edge/edgejson":  {"edge"},
	"edge/edgelog":   {"edge"},
	"edge/edgetest":  {"edge", "testdata"},
	"edge/edgehttp":  {"edge", "edge/edgeurl"},
	"edge/edgesim":   {"edge", "edge/edgehttp"},

	"edge/edgelog/slogedge": {"edge/edgelog"},
}

// A pkg is what go list tells of a package, without its tests.
type pkg struct {
	ImportPath, Name string
	Imports, Deps    []string
}

// list returns the packages that go list tells of, by import path.
func list(t *testing.T, args ...string) map[string]pkg {
	t.Helper()
	out := goCommand(t, root(t), nil, append([]string{"list", "-json=ImportPath,Name,Imports,Deps"}, args...)...)
	packages := map[string]pkg{}
	for dec := json.NewDecoder(strings.NewReader(out)); ; {
		var p pkg
		if err := dec.Decode(&p); err == io.EOF {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages[p.ImportPath] = p
	}
}

// TestImportsRunOneWay holds the packages to the order of the module: csp -> nothing, and those beside it -> csp; edge -> nothing;
// redirect, lambdactx, edgeurl, edgejson, edgelog, edgetest -> edge; edgehttp -> edge, edgeurl; edgesim -> edge, edgehttp; slogedge -> edgelog.
func TestImportsRunOneWay(t *testing.T) {
	t.Parallel()
	packages := list(t, "./...")
	for dir, allowed := range rules {
		p, found := packages[module+"/"+dir]
		if !found {
			t.Errorf("%s: no such package", dir)
			continue
		}
		for _, dep := range p.Imports {
			name, ours := strings.CutPrefix(dep, module+"/")
			above, _, _ := strings.Cut(dir, "/")
			internal := strings.HasPrefix(name, "edge/internal/") && above != "csp" || strings.HasPrefix(name, above+"/internal/") || strings.HasPrefix(name, dir+"/internal/")
			if ours && !internal && !slices.Contains(allowed, name) {
				t.Errorf("%s imports %s, may import %q of this module", dir, name, allowed)
			}
			if strings.Contains(dep, ".") && !ours && (dir != "edge/lambdactx" || dep != "github.com/aws/aws-lambda-go/lambdacontext") {
				t.Errorf("%s imports %s: edge/lambdactx alone imports a package of another module, lambdacontext", dir, dep)
			}
		}
	}
}

// TestRoomsOfCSP: what is below csp knows nothing of it, and the grammar nothing of matching.
func TestRoomsOfCSP(t *testing.T) {
	t.Parallel()
	packages := list(t, "./csp/internal/...")
	for dir, allowed := range map[string][]string{"csp/internal/syntax": {}, "csp/internal/match": {"csp/internal/syntax"}, "csp/internal/html": {}, "csp/internal/css": {}, "csp/internal/js": {}} {
		p, found := packages[module+"/"+dir]
		if !found {
			t.Errorf("%s: no such package", dir)
		}
		for _, dep := range p.Imports {
			if name, ours := strings.CutPrefix(dep, module+"/"); ours && !slices.Contains(allowed, name) {
				t.Errorf("%s imports %s, may import %q of this module", dir, name, allowed)
			}
		}
	}
}

// TestLightPackages: edge, csp and redirect go into every function's zip, so none of them may bring in a heavy package.
func TestLightPackages(t *testing.T) {
	t.Parallel()
	packages := list(t, "-deps", "./edge", "./csp", "./redirect")
	for _, dir := range []string{"edge", "csp", "redirect"} {
		p := packages[module+"/"+dir]
		for _, dep := range append(p.Deps, p.ImportPath) {
			if slices.Contains(heavy, dep) {
				t.Errorf("%s depends on %s", dir, dep)
			}
		}
	}
}

// TestEdgelogBringsNothing: a function that logs has no package that it has not had before, but edgelog and what redacts values.
func TestEdgelogBringsNothing(t *testing.T) {
	t.Parallel()
	packages := list(t, "./edge", "./edge/edgelog")
	had := packages[module+"/edge"].Deps
	own := []string{module + "/edge", module + "/edge/internal/redact"}
	for _, dep := range packages[module+"/edge/edgelog"].Deps {
		if !slices.Contains(had, dep) && !slices.Contains(own, dep) {
			t.Errorf("edge/edgelog brings %s", dep)
		}
	}
}

// TestHTTPIsImportedWhereItBelongs: of what users import, only csphttp, edgehttp, edgesim, edgetest and what is below them know
// net/http.
func TestHTTPIsImportedWhereItBelongs(t *testing.T) {
	t.Parallel()
	allowed := []string{"csp/csphttp", "edge/edgehttp", "edge/edgesim", "edge/edgetest"}
	for path, p := range list(t, "./edge/...", "./csp/...", "./redirect/...") {
		dir := strings.TrimPrefix(path, module+"/")
		library := p.Name != "main" && !strings.Contains(path, "/internal/")
		known := slices.ContainsFunc(allowed, func(name string) bool { return dir == name || strings.HasPrefix(dir, name+"/") })
		if library && slices.Contains(p.Imports, "net/http") && !known {
			t.Errorf("%s imports net/http, only %q may", dir, allowed)
		}
	}
}

// TestRequirements: a user's go.sum has two modules of ours in it, one of them for our tests alone.
func TestRequirements(t *testing.T) {
	t.Parallel()
	var got struct {
		Require []struct{ Path, Version string }
		Replace []any
	}
	if err := json.Unmarshal([]byte(goCommand(t, root(t), nil, "mod", "edit", "-json")), &got); err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, r := range got.Require {
		paths = append(paths, r.Path+" "+r.Version)
	}
	want := []string{"github.com/aws/aws-lambda-go v1.55.1", "github.com/google/go-cmp v0.7.0"}
	if diff := cmp.Diff(want, paths); diff != "" {
		t.Errorf("go.mod requires (-want +got):\n%s", diff)
	}
	if len(got.Replace) > 0 {
		t.Errorf("go.mod replaces %v: that has no effect for users", got.Replace)
	}
	for path := range list(t, "-deps", "./...") {
		if strings.HasPrefix(path, "github.com/google/go-cmp/") {
			t.Errorf("%s is imported outside tests", path)
		}
	}
}
