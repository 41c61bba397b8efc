package repo_test

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// linked are the packages outside this module whose code a function of the demo may have, and why. The runtime's own come with any program.
var linked = map[string]string{
	"runtime": "", "internal/abi": "", "internal/bytealg": "", "internal/chacha8rand": "", "internal/cpu": "", "internal/runtime/*": "", "internal/godebugs": "",
	"internal/stringslite": "", "internal/strconv": "", "internal/asan": "", "sync/atomic": "", "internal/reflectlite": "", "main": "", "go": "",

	"bytes":           "redirect and the loop cut texts",
	"context":         "a handler's argument",
	"embed":           "the demo's compiled rules",
	"encoding/base64": "bodies of events",
	"errors":          "errors.As and Join, for those who test for them",
	"internal/bisect": "internal/godebug", "internal/godebug": "os and time ask for settings", "internal/oserror": "os",
	"internal/filepathlite": "os", "internal/poll": "os: the wait for the Runtime API", "internal/syscall/*": "os", "internal/testlog": "os", "io/fs": "os",
	"internal/sync": "sync", "internal/synctest": "time", "internal/race": "sync",
	"io": "", "iter": "", "os": "the environment, standard error", "path": "os", "runtime/debug": "the collector's settings, and stacks of panics",
	"slices": "", "strconv": "", "strings": "", "sync": "", "syscall": "", "unicode": "strings", "unicode/utf16": "JSON's escapes", "unicode/utf8": "",
	"time": "deadlines", "math": "numbers of events", "math/bits": "", "encoding/binary": "redirect's compiled tables",
}

// notLinked would come back with a careless import.
var notLinked = []string{"crypto", "encoding/json", "fmt", "log", "log/slog", "net", "net/http", "net/netip", "net/url", "reflect", "regexp", "sort"}

// TestLinked holds what is in a function's program: the loop, the codec and the rules are what a viewer waits for.
func TestLinked(t *testing.T) {
	t.Parallel()
	leaveOutIfShort(t)
	for _, name := range []string{"viewerrequest", "originresponse"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program := filepath.Join(t.TempDir(), name)
			build := exec.Command("go", "build", "-trimpath", "-o", program, "./examples/githubdemo/lambda/"+name)
			build.Dir = "../../.."
			build.Env = append(build.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0")
			if out, err := build.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			symbols, err := exec.Command("go", "tool", "nm", program).Output()
			if err != nil {
				t.Fatal(err)
			}
			got := packagesOf(string(symbols))
			for _, p := range notLinked {
				if slices.ContainsFunc(got, func(have string) bool { return have == p || strings.HasPrefix(have, p+"/") }) {
					t.Errorf("%s is linked", p)
				}
			}
			unexpected := append([]string{}, slices.DeleteFunc(got, allowed)...)
			if diff := cmp.Diff([]string{}, unexpected); diff != "" {
				t.Errorf("linked without a reason in the table (-want +got):\n%s", diff)
			}
		})
	}
}

// packagesOf are the packages that have code among the symbols.
func packagesOf(symbols string) (packages []string) {
	for line := range strings.Lines(symbols) {
		fields := strings.Fields(line)
		if len(fields) < 3 || !strings.EqualFold(fields[1], "t") {
			continue
		}
		name := strings.Join(fields[2:], " ")
		if strings.HasPrefix(name, "type:") || strings.HasSuffix(name, ".init") {
			continue // comparisons that the compiler makes; variables of packages that are imported and not used, such as runtime/debug's fmt
		}
		name, _, _ = strings.Cut(name, "[") // the arguments of a generic function
		slash := strings.LastIndexByte(name, '/')
		if dot := strings.IndexAny(name[slash+1:], ".:"); dot >= 0 {
			name = name[:slash+1+dot]
		}
		if name != strings.Join(fields[2:], " ") { // a routine in assembly that has no package's name is the runtime's
			packages = append(packages, name)
		}
	}
	slices.Sort(packages)
	return slices.Compact(packages)
}

func allowed(name string) bool {
	if strings.HasPrefix(name, "github.com/edgehelpers/lambdaedge/") {
		return true
	}
	for pattern := range linked {
		prefix, some := strings.CutSuffix(pattern, "*")
		if name == pattern || some && strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
