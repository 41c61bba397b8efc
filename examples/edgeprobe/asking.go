package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"github.com/edgehelpers/lambdaedge/edge/edgecli"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/signedurl"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/local"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/probe"
)

// probe asks a distribution of the simulator, or one that is deployed.
func (o *options) probe(ctx context.Context, stdout io.Writer) error {
	open := o.deployed
	if o.simulator {
		open = o.simulated
	}
	target, stop, err := open()
	if err != nil {
		return err
	}
	defer stop()
	return o.ask(ctx, stdout, target)
}

// ask asks all questions and writes the report. What was asked until ctx ended is written too.
func (o *options) ask(ctx context.Context, stdout io.Writer, target probe.Target) error {
	if o.tune != nil {
		o.tune(&target)
	}
	questions := probe.Questions()
	fmt.Fprintf(stdout, "%s to %s\n", edgecli.Count(len(questions), "question"), target.Site)
	if !target.Simulated {
		fmt.Fprintln(stdout, "This takes some minutes: what CloudFront keeps for a while is asked for until it has gone.")
	}
	report, err := probe.Ask(ctx, target, questions)
	answered := show(stdout, report)
	if err == nil && answered == 0 {
		return errors.New("no question could be asked: is this the distribution of examples/edgeprobe?")
	}
	if err := errors.Join(err, o.writeReport(report)); err != nil {
		return err
	}
	needAWS := 0
	for _, q := range questions {
		if q.OnAWS && target.Simulated {
			needAWS++
		}
	}
	fmt.Fprintf(stdout, "%s, %d not asked, %d that need AWS: %s\n", edgecli.Count(answered, "answer"), len(questions)-answered-needAWS, needAWS, o.out)
	return nil
}

func (o *options) writeReport(r *probe.Report) error {
	var file bytes.Buffer
	if err := r.Write(&file); err != nil {
		return err
	}
	return o.write(o.out, file.Bytes())
}

// simulated plays the distribution on this machine.
func (o *options) simulated() (t probe.Target, stop func(), err error) {
	var u edgesim.Unknowns
	if o.unknowns != "" {
		content, err := o.read("-unknowns", o.unknowns)
		if err != nil {
			return t, nil, err
		}
		if u, err = edgesim.ReadUnknowns(content); err != nil {
			return t, nil, trouble{fmt.Errorf("-unknowns %s: %s", o.unknowns, strings.TrimPrefix(err.Error(), "edgesim: settings: "))}
		}
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return t, nil, err
	}
	parts, closeParts, err := local.Open(2)
	if err != nil {
		return t, nil, err
	}
	const id = "K2JCJMDEHXQW5F" // as AWS's documents have it
	parts.Keys = []edgesim.PublicKey{{ID: id, Key: key.Public()}}
	t, closeServer, err := local.Serve(parts, u, local.NewClock(time.Now()))
	if err != nil {
		closeParts()
		return t, nil, err
	}
	t.Signer = &signedurl.Signer{KeyPairID: id, Key: key}
	return t, func() { closeServer(); closeParts() }, nil
}

// deployed is a distribution in an account.
func (o *options) deployed() (t probe.Target, stop func(), err error) {
	t.Site = o.url
	if o.key == "" {
		return t, func() {}, nil
	}
	pem, err := o.read("-key", o.key)
	if err != nil {
		return t, nil, err
	}
	key, err := signedurl.ParsePrivateKey(pem)
	if err != nil {
		return t, nil, trouble{fmt.Errorf("-key %s: %s", o.key, strings.TrimPrefix(err.Error(), "signedurl: "))}
	}
	t.Signer = &signedurl.Signer{KeyPairID: o.keyID, Key: key}
	return t, func() {}, nil
}

// show prints a line for each question, and returns how many have an answer.
func show(w io.Writer, r *probe.Report) (answered int) {
	for _, a := range r.Answers {
		said := a.Answer
		if a.Unasked != "" {
			said = "not asked: " + a.Unasked
		} else {
			answered++
		}
		fmt.Fprintf(w, "%-22s%s\n", a.ID, printable(said))
	}
	return answered
}

// printable is a text for a terminal, on one line: an answer has what a server sent.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}
