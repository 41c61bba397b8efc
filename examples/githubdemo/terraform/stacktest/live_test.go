package stacktest_test

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/examples/internal/endpoints"
)

// A stack is a copy of the demo's folder, initialised, whose provider asks a stand-in for AWS.
type stack struct {
	t   *testing.T
	dir string
	aws *endpoints.Server
}

// newStack copies the folder that LAMBDAEDGE_STACK names. .ci/live sets it; nothing else has Terraform and the provider.
func newStack(t *testing.T) stack {
	t.Helper()
	from := os.Getenv("LAMBDAEDGE_STACK")
	if from == "" {
		t.Skip("LAMBDAEDGE_STACK is not set: it names a copy of the demo with an initialised terraform in it (.ci/live makes one, and runs this test)")
	}
	s := stack{t, filepath.Join(t.TempDir(), "githubdemo"), endpoints.New()}
	if out, err := exec.CommandContext(t.Context(), "cp", "-R", from, s.dir).CombinedOutput(); err != nil {
		t.Fatalf("cp: %v\n%s", err, out)
	}
	server := httptest.NewServer(s.aws)
	t.Cleanup(server.Close)
	override := endpoints.Provider(server.URL)
	if err := os.WriteFile(filepath.Join(s.dir, "terraform", "provider_override.tf"), []byte(override), 0o644); err != nil {
		t.Fatal(err)
	}
	return s
}

// run runs a command of Terraform's with the stack's variables, and returns what it says and whether it ended well.
func (s stack) run(command, name string, flags ...string) (string, error) {
	args := append([]string{command, "-input=false", "-no-color", "-var=packages=tests/packages", "-var=name=" + name,
		`-var=log_regions=["us-east-1"]`, "-var=delete_timeout=60s", "-var=wait_for_deployment=false"}, flags...)
	cmd := exec.CommandContext(s.t.Context(), "terraform", args...)
	cmd.Dir = filepath.Join(s.dir, "terraform")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), err
}

// apply makes the stack be as it is written, and holds a plan after it to have nothing left to do.
func (s stack) apply(name string) {
	s.t.Helper()
	if out, err := s.run("apply", name, "-auto-approve"); err != nil {
		s.t.Fatalf("apply, name %s: %v\n%s\nnot known: %q", name, err, out, s.aws.Unknown())
	}
	if out, err := s.run("plan", name, "-detailed-exitcode"); err != nil {
		s.t.Errorf("a plan after apply, name %s, has changes: %v\n%s", name, err, out)
	}
}

// has holds what is in the account to want, identifiers and random ends aside.
func (s stack) has(want ...string) {
	s.t.Helper()
	random := regexp.MustCompile(`E[0-9]{6}$|[0-9]{26}$`)
	var got []string
	for _, thing := range s.aws.Left() {
		got = append(got, random.ReplaceAllString(thing, "*"))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		s.t.Errorf("in the account (-want +got):\n%s", diff)
	}
}

// remove takes a function out of local.functions.
func (s stack) remove(trigger string) {
	s.t.Helper()
	file := filepath.Join(s.dir, "terraform", "locals.tf")
	data, err := os.ReadFile(file)
	if err != nil {
		s.t.Fatal(err)
	}
	entry := regexp.MustCompile(fmt.Sprintf(`(?ms)^    %s = \{.*?^    \}\n`, trigger))
	if !entry.Match(data) {
		s.t.Fatalf("no function %s in %s", trigger, file)
	}
	if err := os.WriteFile(file, entry.ReplaceAll(data, nil), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// TestChangesWhileItServes makes the stack, renames it, takes a function out and destroys it, against a stand-in that refuses
// what AWS refuses: a function goes after the distribution that has it, and after no call is the site without what it needs.
func TestChangesWhileItServes(t *testing.T) {
	s := newStack(t)
	s.apply("first")
	s.has("bucket first-*", "distribution *", "function first-origin-response", "function first-viewer-request",
		"log group us-east-1 /aws/lambda/us-east-1.first-origin-response", "log group us-east-1 /aws/lambda/us-east-1.first-viewer-request",
		"origin access control *", "role first-*")

	s.aws.Watch(true)
	s.apply("second")
	s.has("bucket first-*", "distribution *", "function second-origin-response", "function second-viewer-request",
		"log group us-east-1 /aws/lambda/us-east-1.second-origin-response", "log group us-east-1 /aws/lambda/us-east-1.second-viewer-request",
		"origin access control *", "role second-*")

	s.remove("origin-response")
	s.apply("second")
	s.has("bucket first-*", "distribution *", "function second-viewer-request",
		"log group us-east-1 /aws/lambda/us-east-1.second-viewer-request", "origin access control *", "role second-*")
	if outages := s.aws.Outages(); len(outages) != 0 {
		t.Errorf("the site was down:\n%s", strings.Join(outages, "\n"))
	}

	s.aws.Watch(false)
	if out, err := s.run("destroy", "second", "-auto-approve"); err != nil {
		t.Fatalf("destroy: %v\n%s", err, out)
	}
	s.has()
	if unknown := s.aws.Unknown(); len(unknown) != 0 {
		t.Errorf("calls that the stand-in does not know:\n%s", strings.Join(unknown, "\n"))
	}
	checkDeployer(t, s.aws.Actions())
}
