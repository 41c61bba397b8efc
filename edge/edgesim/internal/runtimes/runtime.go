package runtimes

import (
	"cmp"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A family is what Lambda's runtimes for one language have in common.
type family string

const (
	bootstrap family = "bootstrap"
	node      family = "node"
	python    family = "python3"
)

// firstPromises is the first version of Node.js whose client takes promises alone.
const firstPromises = 24

// oldMinors are the minor versions of the runtimes for Node.js before nodejs10.x, whose names have them. Lambda makes no function with
// one any more (lambda-runtimes.html, "Deprecated runtimes"), and templates that were written for them are many.
var oldMinors = map[int]string{4: "3", 6: "10", 8: "10"}

// A runtime is one of Lambda's, with the identifier that AWS gives it.
type runtime struct {
	family  family
	version int // nodejs22.x is 22, python3.12 is 12; 0 is that of the interpreter
}

// String is the identifier, "nodejs24.x" for instance, or the family's name while the version is open.
func (r runtime) String() string {
	switch {
	case r.version == 0:
		return string(r.family)
	case r.family == node && oldMinors[r.version] != "":
		return fmt.Sprintf("nodejs%d.%s", r.version, oldMinors[r.version])
	case r.family == node:
		return fmt.Sprintf("nodejs%d.x", r.version)
	default:
		return fmt.Sprintf("python3.%d", r.version)
	}
}

const allowed = "nodejs22.x, nodejs24.x or another even version, python3.13 or another version, node, python3 or bootstrap " +
	`(and "" to go by the package's files)`

// parse reads a runtime's name. Lambda has runtimes for Node.js's even versions only, which are those with long-term support.
func parse(name string) (runtime, error) {
	switch name {
	case "bootstrap", "provided", "provided.al2", "provided.al2023":
		return runtime{family: bootstrap}, nil
	case "node", "python3":
		return runtime{family: family(name)}, nil
	}
	found := regexp.MustCompile(`^(?:nodejs([468]|[1-9]\d)\.(x|3|10)|python3\.([1-9]\d?))$`).FindStringSubmatch(name)
	if found == nil {
		return runtime{}, fmt.Errorf("runtime: got %q, want %s", name, allowed)
	}
	if version, err := strconv.Atoi(found[3]); err == nil {
		return runtime{python, version}, nil
	}
	version, _ := strconv.Atoi(found[1])
	if version%2 != 0 || found[2] != cmp.Or(oldMinors[version], "x") {
		return runtime{}, fmt.Errorf("runtime: got %q, which Lambda does not have; want %s", name, allowed)
	}
	return runtime{node, version}, nil
}

// choose returns the runtime with this name, or for "" the first that the package in dir has a file for.
func choose(name, dir, handler string) (runtime, error) {
	r, families := runtime{}, []family{bootstrap, node, python}
	if name != "" {
		var err error
		if r, err = parse(name); err != nil {
			return r, err
		}
		families = []family{r.family}
	}
	found := slices.IndexFunc(families, func(f family) bool { return slices.ContainsFunc(f.files(handler), in(dir)) })
	program := found >= 0 && families[found] == bootstrap
	switch {
	case !program && !strings.Contains(path.Base(handler), "."):
		return r, fmt.Errorf("handler: got %q, want module.member, for instance index.handler", handler)
	case found < 0 && name != "":
		return r, fmt.Errorf("runtime %s: the package has no file for the handler %q: want one of %q", name, handler, r.family.files(handler))
	case found < 0:
		return r, fmt.Errorf("runtime: the package has no file for the handler %q: want bootstrap, or one of %q, or one of %q",
			handler, node.files(handler), python.files(handler))
	}
	r.family = families[found]
	return r, nil
}

// files are patterns for the files of which a package has one if the family can run it. Node.js has the module up to the first dot of the
// handler, and takes one that was installed too; Python has it up to the last, and a dot before that is a slash.
func (f family) files(handler string) []string {
	folder, name := path.Split(handler)
	switch f {
	case bootstrap:
		return []string{"bootstrap"}
	case node:
		name, _, _ = strings.Cut(name, ".")
		module := folder + name
		return []string{module + ".js", module + ".mjs", module + ".cjs", module + "/index.js", module + "/package.json", "node_modules/" + name}
	default:
		module := strings.ReplaceAll(handler[:max(0, strings.LastIndexByte(handler, '.'))], ".", "/")
		return []string{module + ".py", module + ".pyc", module + "/__init__.py", module + ".*.so"}
	}
}

// in reports whether a folder has a file for a pattern.
func in(dir string) func(pattern string) bool {
	return func(pattern string) bool {
		if !strings.Contains(pattern, "*") {
			_, err := os.Stat(filepath.Join(dir, filepath.FromSlash(pattern)))
			return err == nil
		}
		found, _ := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		return len(found) > 0
	}
}
