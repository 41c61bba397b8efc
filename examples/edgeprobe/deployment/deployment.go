// Package deployment makes the stack of folder terraform in an account of AWS, deploys its trial anew, reads its logs, and removes all
// of it, by the commands terraform and aws. It has no credentials of its own: both find them in the environment.
package deployment

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/probe"
)

// A Deployment is the stack in one account. Its methods are called one after the other, but for Logs.
type Deployment struct {
	Stack     string // the folder with Terraform's files and its state
	Packages  string // the folder with the zips
	PublicKey string // in PEM, of the key that signs
	Approved  bool   // Terraform does not ask before it makes the stack

	In  io.Reader // what answers Terraform's question
	Out io.Writer // what the commands say
	Run Runner    // runs them; nil is Execute

	Poll time.Duration // between two looks at logs that have not come; 0 is ten seconds

	outputs outputs
	since   time.Time // of which on logs are read
	reading sync.Mutex
}

// outputs are those of the stack.
type outputs struct {
	URL       string
	KeyID     string            `json:"key_id"`
	Functions map[string]string // names, by the path pattern that they answer for
}

// environment is what Terraform is told, besides what the user's has.
func (d *Deployment) environment(trial string) ([]string, error) {
	packages, err := filepath.Abs(d.Packages)
	if err != nil {
		return nil, err
	}
	return []string{
		"TF_IN_AUTOMATION=1", "AWS_PAGER=", "AWS_REGION=" + cmp.Or(os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION"), "us-east-1"),
		"TF_VAR_packages=" + packages, "TF_VAR_public_key=" + d.PublicKey, "TF_VAR_trial=" + trial,
	}, nil
}

// terraform runs a command of Terraform's, whose words go to a writer.
func (d *Deployment) terraform(ctx context.Context, out io.Writer, trial probe.Trial, args ...string) error {
	environment, err := d.environment(variable(trial))
	if err != nil {
		return err
	}
	args = append([]string{"-chdir=" + d.Stack, args[0], "-no-color"}, args[1:]...)
	return d.run(ctx, Command{Name: "terraform", Args: args, Env: environment, In: d.In, Out: out})
}

// ErrDeclined is that Terraform's question was not answered with yes.
var ErrDeclined = errors.New("the answer was not yes: nothing was made, changed or removed")

// Apply makes the stack, and waits until CloudFront has deployed the distribution. It tells where it is and CloudFront's id of the key.
// The error is [ErrDeclined] if the user did not want it.
func (d *Deployment) Apply(ctx context.Context) (site, keyID string, err error) {
	d.since = time.Now()
	err = d.terraform(ctx, d.Out, probe.Trial{}, "init", "-input=false")
	if err == nil {
		err = d.apply(ctx)
	}
	if err == nil {
		err = d.readOutputs(ctx)
	}
	if err == nil && (d.outputs.URL == "" || d.outputs.KeyID == "") {
		err = errors.New("the stack is there and has no outputs url and key_id")
	}
	return d.outputs.URL, d.outputs.KeyID, err
}

// apply makes the stack, when the user wants it.
func (d *Deployment) apply(ctx context.Context) error {
	if d.Approved {
		return d.terraform(ctx, d.Out, probe.Trial{}, "apply", "-input=false", "-auto-approve")
	}
	var said bytes.Buffer
	err := d.terraform(ctx, io.MultiWriter(d.Out, &said), probe.Trial{}, "apply")
	if err != nil && bytes.Contains(said.Bytes(), []byte("Apply cancelled.")) { // the exit status is that of any failure
		return ErrDeclined
	}
	return err
}

// readOutputs reads the stack's outputs; there are none while nothing is made.
func (d *Deployment) readOutputs(ctx context.Context) error {
	var text bytes.Buffer
	if err := d.terraform(ctx, &text, probe.Trial{}, "output", "-json"); err != nil {
		return err
	}
	var values map[string]struct{ Value json.RawMessage }
	err := json.Unmarshal(text.Bytes(), &values)
	all := map[string]json.RawMessage{}
	for name, v := range values {
		all[name] = v.Value
	}
	if err == nil {
		var plain []byte
		if plain, err = json.Marshal(all); err == nil {
			err = json.Unmarshal(plain, &d.outputs)
		}
	}
	if err != nil {
		return fmt.Errorf("terraform output -json: %w", err)
	}
	return nil
}

// variable is a Trial as the stack's variable has it.
func variable(t probe.Trial) string {
	name := "goruntime.zip"
	if t.Large {
		name = "large.zip"
	}
	return fmt.Sprintf(`{"package":%q,"memory":%d,"timeout":%d}`, name, cmp.Or(t.MemoryMB, 128), cmp.Or(t.Timeout, 5))
}

// Change deploys the trial anew. What AWS does not take is a *probe.Refusal.
func (d *Deployment) Change(ctx context.Context, t probe.Trial) error {
	d.since = time.Now()
	fmt.Fprintf(d.Out, "terraform apply with trial = %s\n", variable(t))
	var text bytes.Buffer
	err := d.terraform(ctx, &text, t, "apply", "-json", "-input=false", "-auto-approve")
	if err == nil {
		return nil
	}
	message := diagnostics(text.Bytes())
	if refused.MatchString(message) {
		return &probe.Refusal{Message: message}
	}
	return fmt.Errorf("%w: %s", err, message)
}

// refused finds a message with which AWS does not take what it was asked for. A 403 is about rights or credentials, and others about AWS.
var refused = regexp.MustCompile(`StatusCode: (400|409|413)\b`)

// diagnostics are the errors that Terraform said in its JSON lines.
func diagnostics(text []byte) string {
	var all []string
	for line := range bytes.Lines(text) {
		var said struct {
			Level      string `json:"@level"`
			Diagnostic struct{ Summary, Detail string }
		}
		if json.Unmarshal(line, &said) == nil && said.Level == "error" && said.Diagnostic.Summary != "" {
			all = append(all, strings.TrimSpace(said.Diagnostic.Summary+" "+said.Diagnostic.Detail))
		}
	}
	return strings.Join(all, "; ")
}

// Destroy removes the stack, and the log groups that the functions made where they ran. It may be called again.
func (d *Deployment) Destroy(ctx context.Context) error {
	if err := errors.Join(d.terraform(ctx, d.Out, probe.Trial{}, "init", "-input=false"), d.readOutputs(ctx)); err != nil {
		return err
	}
	err := d.terraform(ctx, d.Out, probe.Trial{}, "destroy", "-input=false", "-auto-approve")
	if err != nil {
		err = fmt.Errorf("%w; Lambda may need some hours to remove the functions' replicas", err)
	}
	return errors.Join(err, d.deleteLogs(ctx)) // after a failure the names of the groups may be gone
}
