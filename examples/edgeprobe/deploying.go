package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/signedurl"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/deployment"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/probe"
)

// deploy builds the zips, makes the stack, asks it, and removes it.
func (o *options) deploy(ctx context.Context, stdout io.Writer) error {
	if err := o.ready(); err != nil {
		return err
	}
	if err := build(ctx, o.packages, stdout); err != nil {
		return err
	}
	return o.deployBuilt(ctx, stdout)
}

// deployBuilt is deploy with the zips that are there.
func (o *options) deployBuilt(ctx context.Context, stdout io.Writer) error {
	d, key, err := o.deployment(stdout)
	if err != nil {
		return err
	}
	fmt.Fprintln(stdout, "What is made and what it costs: docs/first-deployment.md. The whole takes about an hour, nearly all of it waiting.")
	site, keyID, err := d.Apply(ctx)
	if errors.Is(err, deployment.ErrDeclined) { // what -keep has left stays
		return err
	}
	if err == nil {
		err = awaitAnswer(ctx, site, stdout)
	}
	if err == nil {
		err = o.ask(ctx, stdout, probe.Target{
			Site: site, Signer: &signedurl.Signer{KeyPairID: keyID, Key: key}, Logs: d.Logs, Change: d.Change,
		})
	}
	if o.keep {
		fmt.Fprintln(stdout, "All that was made is still there: edgeprobe -destroy removes it.")
		return err
	}
	return errors.Join(err, o.remove(context.WithoutCancel(ctx), stdout, d))
}

// destroy removes what an earlier run has left.
func (o *options) destroy(ctx context.Context, stdout io.Writer) error {
	if err := o.ready(); err != nil {
		return err
	}
	if err := buildMissing(ctx, o.packages, stdout); err != nil {
		return err
	}
	d, _, err := o.deployment(stdout)
	if err != nil {
		return err
	}
	return o.remove(ctx, stdout, d)
}

// remove removes the stack and its key.
func (o *options) remove(ctx context.Context, stdout io.Writer, d *deployment.Deployment) error {
	fmt.Fprintln(stdout, "Removing all that was made. Lambda lets go of its functions when CloudFront has removed the replicas, which may take hours.")
	if err := d.Destroy(ctx); err != nil {
		return fmt.Errorf("%w\nSomething may be left: run edgeprobe -destroy again later", err)
	}
	if err := os.Remove(o.keyFile()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	fmt.Fprintln(stdout, "Nothing is left.")
	return nil
}

// buildMissing builds the zips when they are not there: Terraform reads them also to destroy.
func buildMissing(ctx context.Context, packages string, stdout io.Writer) error {
	for _, name := range zips() {
		if _, err := os.Stat(filepath.Join(packages, name)); err != nil {
			return build(ctx, packages, stdout)
		}
	}
	return nil
}

// ready says what is missing before anything is begun.
func (o *options) ready() error {
	for _, name := range []string{"terraform", "aws"} {
		if _, err := exec.LookPath(name); err != nil && o.runner == nil {
			return trouble{fmt.Errorf("the command %s is not there: it needs terraform 1.9 or newer and aws, with credentials in the environment", name)}
		}
	}
	if _, err := os.Stat(filepath.Join(o.stack, "distribution.tf")); err != nil {
		return trouble{fmt.Errorf("-stack %s: it has no distribution.tf; want the folder examples/edgeprobe/terraform, with the top of the repository as the current directory", o.stack)}
	}
	return nil
}

// deployment is the stack, with the key of an earlier run or a new one.
func (o *options) deployment(stdout io.Writer) (*deployment.Deployment, *ecdsa.PrivateKey, error) {
	key, err := o.ownKey()
	if err != nil {
		return nil, nil, err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return nil, nil, err
	}
	return &deployment.Deployment{
		Stack: o.stack, Packages: o.packages, PublicKey: string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public})),
		Approved: o.yes, In: os.Stdin, Out: stdout, Run: o.runner, Poll: o.poll,
	}, key, nil
}

// keyFile is where the key is until all is removed: a run that was interrupted goes on with it.
func (o *options) keyFile() string { return filepath.Join(o.packages, "key.pem") }

// ownKey reads the key, or makes one which only this user may read.
func (o *options) ownKey() (*ecdsa.PrivateKey, error) {
	text, err := os.ReadFile(o.keyFile())
	switch {
	case err == nil:
		signer, err := signedurl.ParsePrivateKey(text)
		key, ok := signer.(*ecdsa.PrivateKey)
		if err != nil || !ok {
			return nil, fmt.Errorf("%s: want the EC key that an earlier run made; remove the file if there was none", o.keyFile())
		}
		return key, nil
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(o.packages, 0o755); err != nil {
		return nil, err
	}
	return key, os.WriteFile(o.keyFile(), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600)
}

// awaitAnswer waits until the distribution's name resolves and it answers, which may be some minutes after AWS calls it deployed.
func awaitAnswer(ctx context.Context, site string, stdout io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	for tries := 0; ; tries++ {
		request, err := http.NewRequestWithContext(ctx, http.MethodHead, site, nil)
		if err != nil {
			return err
		}
		response, err := http.DefaultClient.Do(request)
		if err == nil {
			return response.Body.Close()
		}
		if tries == 0 {
			fmt.Fprintf(stdout, "Waiting until %s answers.\n", strings.TrimPrefix(site, "https://"))
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s does not answer: %w", site, err)
		case <-time.After(5 * time.Second):
		}
	}
}
