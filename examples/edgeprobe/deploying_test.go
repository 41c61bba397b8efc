package main

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/deployment"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/local"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/probe"
)

// An account stands in for the commands terraform and aws: what it deploys is a distribution of the simulator, in which one of the Go
// functions runs and another does not.
type account struct {
	t     *testing.T
	parts local.Parts
	clock *local.Clock
	fails map[string]string // what a command says before it fails, by its beginning

	mu  sync.Mutex
	ran []string // commands of Terraform's, and log groups that were deleted in the first region
	url string
}

func newAccount(t *testing.T) *account {
	needNode(t)
	parts, stop, err := local.Open(2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return &account{t: t, parts: parts, clock: local.NewClock(time.Now()), fails: map[string]string{}}
}

func (a *account) run(_ context.Context, c deployment.Command) error {
	command := strings.Join(c.Args, " ")
	if c.Name == "aws" {
		return a.logs(command, c.Out)
	}
	_, command, _ = strings.Cut(command, " ") // -chdir
	command = strings.Replace(command, " -no-color", "", 1)
	a.mu.Lock()
	a.ran = append(a.ran, command)
	a.mu.Unlock()
	for begins, says := range a.fails {
		if strings.HasPrefix(command+variableOf(c, "TF_VAR_trial"), begins) {
			io.WriteString(c.Out, says)
			return errors.New("terraform: exit status 1")
		}
	}
	switch {
	case a.url == "" && strings.HasPrefix(command, "apply"):
		a.deploy(variableOf(c, "TF_VAR_public_key"))
	case strings.HasPrefix(command, "output"):
		a.output(c.Out)
	case strings.HasPrefix(command, "destroy"):
		a.url = ""
	}
	return nil
}

func variableOf(c deployment.Command, name string) string {
	for _, line := range c.Env {
		if value, ok := strings.CutPrefix(line, name+"="); ok {
			return value
		}
	}
	return ""
}

// deploy plays the distribution with the key that it is given.
func (a *account) deploy(public string) {
	block, _ := pem.Decode([]byte(public))
	if block == nil {
		a.t.Fatalf("no public key: %q", public)
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		a.t.Fatal(err)
	}
	a.parts.Keys = []edgesim.PublicKey{{ID: "K2JCJMDEHXQW5F", Key: key}}
	d := local.Distribution(a.parts)
	for _, pattern := range []string{"/go/nodejs22.x/*", "/js/nodejs22.x/*", "/trial/*"} {
		d.Behaviors = append(d.Behaviors, edgesim.Behavior{
			PathPattern: pattern, Origin: d.DefaultBehavior.Origin, CachePolicy: edgesim.CachingDisabled(),
			Functions: edgesim.Functions{ViewerRequest: edgesim.Association{Function: &edge.Function{ViewerRequest: says}}},
		})
	}
	sim, err := edgesim.New(edgesim.Config{Distribution: d, Clock: a.clock.Now})
	if err != nil {
		a.t.Fatal(err)
	}
	server := httptest.NewServer(sim)
	a.t.Cleanup(server.Close)
	a.url = server.URL
}

func says(context.Context, *edge.Request) (edge.Outcome, error) {
	return &edge.Response{StatusCode: 200, Body: edge.Text(`{"language":"go1.26","environment":"AWS_Lambda_x","memoryMB":"128","requests":1}`)}, nil
}

func (a *account) output(w io.Writer) {
	if a.url == "" {
		io.WriteString(w, "{}")
		return
	}
	functions := map[string]string{"/ask/*": "edgeprobe-asked", "/trial/*": "edgeprobe-trial"}
	for _, pattern := range []string{"go/nodejs22.x", "go/nodejs24.x", "go/python3.13", "go/python3.14", "js/nodejs22.x", "js/nodejs24.x"} {
		functions["/"+pattern+"/*"] = "edgeprobe-" + strings.ReplaceAll(strings.ReplaceAll(pattern, "/", "-"), ".", "")
	}
	json.NewEncoder(w).Encode(map[string]any{
		"url": map[string]any{"value": a.url}, "key_id": map[string]any{"value": "K2JCJMDEHXQW5F"}, "functions": map[string]any{"value": functions},
	})
}

// logs answers the aws command: functions ran in one region, and one of them wrote why it did not start.
func (a *account) logs(command string, w io.Writer) error {
	var region, group string
	for i, word := range strings.Fields(command) {
		switch rest := strings.Fields(command)[i+1:]; word {
		case "--region":
			region = rest[0]
		case "--log-group-name":
			group = rest[0]
		}
	}
	if region != "eu-central-1" {
		return errors.New("aws logs: exit status 254: An error occurred (ResourceNotFoundException) when calling it")
	}
	var lines []string
	switch name, _ := strings.CutPrefix(group, "/aws/lambda/us-east-1.edgeprobe-"); {
	case strings.HasPrefix(command, "logs delete-log-group"):
		a.mu.Lock()
		defer a.mu.Unlock()
		a.ran = append(a.ran, "delete "+name)
		return nil
	case name == "asked":
		all, _ := a.parts.Log.Lines(context.Background(), "", "probe") // it gives no error
		for _, line := range all {
			lines = append(lines, line.Text)
		}
	case name == "go-nodejs24x":
		lines = []string{"START RequestId: 1", "the index file: EACCES, arn:aws:lambda:eu-central-1:111122223333:function:x", "REPORT RequestId: 1"}
	default:
		lines = []string{"REPORT RequestId: 1 Duration: 1.20 ms Init Duration: 50.12 ms"}
	}
	var events []map[string]string
	for _, line := range lines {
		events = append(events, map[string]string{"message": line + "\n"})
	}
	return json.NewEncoder(w).Encode(map[string]any{"events": events})
}

// options are those of edgeprobe -deploy in this account.
func (a *account) options() *options {
	dir := a.t.TempDir()
	o := &options{
		deploying: true, yes: true, stack: "terraform", packages: filepath.Join(dir, "build"), out: filepath.Join(dir, "report.json"), runner: a.run, poll: time.Millisecond,
		tune: func(t *probe.Target) {
			t.Now, t.Wait, t.Delay, t.OneByOne = a.clock.Now, a.clock.Advance, 150*time.Millisecond, true
		},
	}
	os.MkdirAll(o.packages, 0o755)
	for _, name := range zips() { // Terraform would read them
		os.WriteFile(filepath.Join(o.packages, name), nil, 0o600)
	}
	return o
}

// TestDeploy holds what is done in which order, and what the report has that only a deployment answers.
func TestDeploy(t *testing.T) {
	a := newAccount(t)
	a.fails[`apply -json -input=false -auto-approve{"package":"goruntime.zip","memory":256`] = `{"@level":"info","@message":"Plan"}
{"@level":"error","diagnostic":{"severity":"error","summary":"updating CloudFront Distribution (E1)","detail":"StatusCode: 400, InvalidLambdaFunctionAssociation: 111122223333: too much memory"}}
`
	o := a.options()
	var stdout bytes.Buffer
	if err := o.deployBuilt(t.Context(), &stdout); err != nil {
		t.Fatalf("%v\n%s", err, &stdout)
	}
	answers := readReport(t, o.out)
	want := map[string]string{
		"go-nodejs22.x":  "5 of 5 ran: go1.26 in AWS_Lambda_x with 128 MB; Init Duration 50.12 ms",
		"go-nodejs24.x":  "no: 403; the index file: EACCES, arn:aws:lambda:eu-central-1:ACCOUNT:function:x",
		"viewer-package": "yes, with 128 MB",
		"viewer-memory":  "no: updating CloudFront Distribution (E1) StatusCode: 400, InvalidLambdaFunctionAssociation: ACCOUNT: too much memory",
		"viewer-timeout": "yes, with 128 MB",
		"root-object":    "/",
	}
	got := map[string]string{}
	for id := range want {
		got[id] = answers[id].Answer + answers[id].Unasked
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +answered:\n%s", diff)
	}
	if logs := answers["root-object"].Logs; len(logs) != 1 || logs[0].Region != "eu-central-1" || !strings.Contains(logs[0].Text, `"trigger":"vr"`) {
		t.Errorf("the logs of root-object are %v", logs)
	}
	wantRan := []string{
		"init -input=false", "apply -input=false -auto-approve", "output -json",
		"apply -json -input=false -auto-approve", "apply -json -input=false -auto-approve", "apply -json -input=false -auto-approve",
		"init -input=false", "output -json", "destroy -input=false -auto-approve",
		"delete asked", "delete go-nodejs22x", "delete go-nodejs24x", "delete go-python313", "delete go-python314", "delete js-nodejs22x", "delete js-nodejs24x", "delete trial",
	}
	slices.Sort(a.ran[len(a.ran)-8:])
	if diff := cmp.Diff(wantRan, a.ran); diff != "" {
		t.Errorf("-want +ran:\n%s", diff)
	}
	if _, err := os.Stat(o.keyFile()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the key is left: %v", err)
	}
}

func readReport(t *testing.T, name string) map[string]*probe.Answer {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var report probe.Report
	if err := json.Unmarshal(text, &report); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"eu-central-1"}, report.Regions); diff != "" {
		t.Errorf("regions (-want +got):\n%s", diff)
	}
	all := map[string]*probe.Answer{}
	for _, answer := range report.Answers {
		all[answer.ID] = answer
	}
	return all
}

// TestDeployFails holds that all is removed whatever fails, and what is said when it cannot be; and that nothing is removed when the user
// says no to what would be made, for a stack of an earlier run may be there.
func TestDeployFails(t *testing.T) {
	tests := map[string]struct {
		fails, says string
		ran         []string
		keyLeft     bool
		asked       string // what Terraform says after its question; "" when it does not ask
	}{
		"apply": {
			"apply", "terraform: exit status 1",
			[]string{"init -input=false", "apply -input=false -auto-approve", "init -input=false", "output -json", "destroy -input=false -auto-approve"}, false, "",
		},
		"declined": {"apply", "the answer was not yes", []string{"init -input=false", "apply"}, true, "\n  Enter a value: no\n\nApply cancelled.\n"},
		"apply after yes": {
			"apply", "terraform: exit status 1",
			[]string{"init -input=false", "apply", "init -input=false", "output -json", "destroy -input=false -auto-approve"}, false, "\n  Enter a value: yes\n",
		},
		"destroy": {
			"destroy", "run edgeprobe -destroy again later",
			[]string{"init -input=false", "output -json", "destroy -input=false -auto-approve"}, true, "",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a := &account{t: t, fails: map[string]string{test.fails: test.asked}}
			o := a.options()
			o.yes = test.asked == ""
			do := o.deployBuilt
			if name == "destroy" {
				do = o.destroy
			}
			err := do(t.Context(), io.Discard)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got the error %v, want %s in it", err, test.says)
			}
			if diff := cmp.Diff(test.ran, a.ran); diff != "" {
				t.Errorf("-want +ran:\n%s", diff)
			}
			if _, err := os.Stat(o.keyFile()); (err == nil) != test.keyLeft {
				t.Errorf("the key is left: %v, want %v", err == nil, test.keyLeft)
			}
		})
	}
}

// TestRunOn holds that a key is made once, for this user only, and taken again by the next run; and that what is none is not overwritten.
func TestRunOn(t *testing.T) {
	o := &options{packages: t.TempDir()}
	first, err := o.ownKey()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := o.ownKey(); err != nil || !first.Equal(again) {
		t.Errorf("the second run has another key, or %v", err)
	}
	if info, err := os.Stat(o.keyFile()); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read the key: %v, %v", fmt.Sprint(info.Mode()), err)
	}
	if err := os.WriteFile(o.keyFile(), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := o.ownKey(); err == nil || !strings.Contains(err.Error(), "want the EC key that an earlier run made") {
		t.Errorf("what is no key: got the error %v", err)
	}
}
