package stacktest_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/deployment"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/probe"
	"github.com/edgehelpers/lambdaedge/examples/internal/endpoints"
)

// newDeployment is the stack in a copy of the folder that LAMBDAEDGE_PROBE_STACK names, whose provider asks a stand-in for AWS. The
// command aws is left out: there are no logs.
func newDeployment(t *testing.T) (*deployment.Deployment, *endpoints.Server, *bytes.Buffer) {
	t.Helper()
	from := os.Getenv("LAMBDAEDGE_PROBE_STACK")
	if from == "" {
		t.Skip("LAMBDAEDGE_PROBE_STACK is not set: it names a copy of examples/edgeprobe with an initialised terraform in it (.ci/live makes one, and runs this test)")
	}
	dir, aws := filepath.Join(t.TempDir(), "edgeprobe"), endpoints.New()
	if out, err := exec.CommandContext(t.Context(), "cp", "-R", from, dir).CombinedOutput(); err != nil {
		t.Fatalf("cp: %v\n%s", err, out)
	}
	server := httptest.NewServer(aws)
	t.Cleanup(server.Close)
	if err := os.WriteFile(filepath.Join(dir, "terraform", "provider_override.tf"), []byte(endpoints.Provider(server.URL)), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	return &deployment.Deployment{
		Stack: filepath.Join(dir, "terraform"), Packages: "../../../../build/edgeprobe", PublicKey: publicKey(t), Approved: true, Out: &out,
		Run: func(ctx context.Context, c deployment.Command) error {
			if c.Name != "terraform" {
				return nil
			}
			return deployment.Execute(ctx, c)
		},
	}, aws, &out
}

// TestApplied makes the stack, holds a plan after it to have nothing left to do, deploys the trial anew, once as AWS does not take it, and
// destroys all of it.
func TestApplied(t *testing.T) {
	t.Setenv("TF_VAR_wait_for_deployment", "false") // the provider looks no sooner than after some minutes
	d, aws, out := newDeployment(t)
	defer func() {
		if t.Failed() {
			t.Logf("%s\nnot known: %q", out, aws.Unknown())
		}
	}()
	site, keyID, err := d.Apply(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^https://e[0-9]+\.cloudfront\.net$`).MatchString(site) || !regexp.MustCompile(`^K[0-9]+$`).MatchString(keyID) {
		t.Errorf("it gave the site %q and the key %q", site, keyID)
	}
	has(t, aws, strings.Split(strings.TrimSpace(made), "\n"))
	plan(t, d)
	if err := d.Change(t.Context(), probe.Trial{MemoryMB: 256}); err != nil {
		t.Errorf("a trial that is taken: %v", err)
	}
	aws.Refuse("UpdateDistribution", "InvalidLambdaFunctionAssociation", "The function has too much memory: 111122223333")
	refusal := (*probe.Refusal)(nil)
	if err := d.Change(t.Context(), probe.Trial{Timeout: 30}); !errors.As(err, &refusal) || !strings.Contains(refusal.Message, "InvalidLambdaFunctionAssociation") {
		t.Errorf("a trial that is refused: got the error %v", err)
	}
	aws.Refuse("", "", "")
	if err := d.Destroy(t.Context()); err != nil {
		t.Error(err)
	}
	has(t, aws, nil)
	if unknown := aws.Unknown(); len(unknown) != 0 {
		t.Errorf("calls that the stand-in does not know:\n%s", strings.Join(unknown, "\n"))
	}
	checkCalls(t, aws.Actions())
}

// made is what docs/first-deployment.md says is made, as far as it has a name.
const made = `
bucket edgeprobe-*
cache policy *
cache policy *
distribution *
edge function edgeprobe-body
function edgeprobe-asked
function edgeprobe-go-nodejs22x
function edgeprobe-go-nodejs24x
function edgeprobe-go-python313
function edgeprobe-go-python314
function edgeprobe-js-nodejs22x
function edgeprobe-js-nodejs24x
function edgeprobe-origin
function edgeprobe-trial
function url edgeprobe-origin
key group *
log group us-east-1 /aws/lambda/edgeprobe-origin
origin access control *
origin access control *
origin request policy *
public key *
role edgeprobe
`

// has holds what is in the account to want, identifiers and random ends aside.
func has(t *testing.T, aws *endpoints.Server, want []string) {
	t.Helper()
	random := regexp.MustCompile(`[EK][0-9]{6}$|[0-9]{26}$`)
	var got []string
	for _, thing := range aws.Left() {
		got = append(got, random.ReplaceAllString(thing, "*"))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("in the account (-want +got):\n%s", diff)
	}
}

// checkCalls holds deployer-policy.json to the calls that were made.
func checkCalls(t *testing.T, actions []string) {
	t.Helper()
	statements := deployerPolicy(t)
	for _, action := range actions {
		if !allowed(statements, action) {
			t.Errorf("deployer-policy.json: %s is called and not allowed", action)
		}
	}
}

// plan holds a plan to have nothing left to do.
func plan(t *testing.T, d *deployment.Deployment) {
	t.Helper()
	packages, err := filepath.Abs(d.Packages)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "terraform", "-chdir="+d.Stack, "plan", "-input=false", "-no-color", "-detailed-exitcode",
		"-var=packages="+packages, "-var=public_key="+d.PublicKey).CombinedOutput()
	if err != nil {
		t.Errorf("a plan after apply has changes: %v\n%s", err, out)
	}
}

func publicKey(t *testing.T) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}))
}
