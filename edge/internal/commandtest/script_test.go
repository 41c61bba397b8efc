package commandtest

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// root is the folder of the repository.
const root = "../../.."

// programs are the folders of the commands, by the folder of their module.
func programs() map[string][]string {
	return map[string][]string{
		".":                  {"./edge/edgepack", "./csp/csplint", "./examples/githubdemo", "./examples/edgeprobe"},
		"edge/edgelocal":     {"."},
		"redirect/redirects": {"."},
	}
}

func TestScripts(t *testing.T) {
	bin := t.TempDir()
	for module, packages := range programs() {
		build := exec.CommandContext(t.Context(), "go", append([]string{"build", "-o", bin + string(filepath.Separator)}, packages...)...)
		build.Dir = filepath.Join(root, filepath.FromSlash(module))
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("go build in %s: %v\n%s", module, err, out)
		}
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", bin+string(filepath.ListSeparator)+env.Getenv("PATH"))
			for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPROXY"} {
				value, err := exec.Command("go", "env", name).Output()
				if err != nil {
					return err
				}
				env.Setenv(name, strings.TrimSpace(string(value)))
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "documented": documented, "plain": plain, "taken": taken,
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

// exits STATUS COMMAND ARGUMENT... runs a command, and wants its exit status.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND ARGUMENT...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		ended, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = ended.ExitCode()
	}
	if got != want {
		ts.Fatalf("got exit status %d, want %d", got, want)
	}
}

// documented FILE... wants the exit statuses of the help that was just printed in files of the repository.
func documented(ts *testscript.TestScript, neg bool, files []string) {
	_, block, found := strings.Cut(ts.ReadFile("stdout"), "\nexit status:\n")
	if neg || !found || len(files) == 0 {
		ts.Fatalf("usage: documented FILE..., after a help with exit statuses")
	}
	block, _, _ = strings.Cut(block, "\n\n")
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
		ts.Check(err)
		for line := range strings.SplitSeq(strings.TrimSpace(block), "\n") {
			if !strings.Contains(string(text), strings.TrimSpace(line)+"\n") {
				ts.Fatalf("%s: no line %q", file, line)
			}
		}
	}
}

// packageName matches what the errors of Go packages begin with, names out of them, and what fmt writes of wrong arguments.
var packageName = regexp.MustCompile(`\b(awsconfig|csp|csphtml|cspreport|csptable|edgesim|evaluator|flag|forms|lambdahost|pack|redirect|rulefile|settings|signedurl|template|terraform): |` +
	`\b(awsconfig|csp|csphtml|cspreport|csptable|edgesim|evaluator|redirect|rulefile|signedurl)\.[A-Z]|%!`)

// one matches a number that is not in the singular.
var one = regexp.MustCompile(`\b1 (arguments|bytes|causes|expectations|files|findings|mistakes|names|notes|others|packages|pages|programs|redirects|reports|rules|URLs|words)\b`)

// plain wants no name of a Go package, and the singular of one thing, in what was just printed.
func plain(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: plain")
	}
	text := ts.ReadFile("stdout") + ts.ReadFile("stderr")
	for _, wrong := range []*regexp.Regexp{packageName, one} {
		if found := wrong.FindString(text); found != "" {
			ts.Fatalf("printed %q", found)
		}
	}
}

// taken NAME takes a port of this machine until the script ends, and sets the environment variable to its address.
func taken(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: taken NAME")
	}
	l, err := net.Listen("tcp", "localhost:0")
	ts.Check(err)
	ts.Defer(func() { l.Close() })
	ts.Setenv(args[0], l.Addr().String())
}
