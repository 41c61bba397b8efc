package edgetest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime/debug"
	"sync"

	"github.com/edgehelpers/lambdaedge/edge"
)

// TestFunction tries f against every event in events, which are the files whose
// names end in .json. It holds f to these laws:
//
//   - it answers: no event makes it fail or panic, or breaks a rule of CloudFront's,
//   - it loses nothing: in a request or a response that goes on, the members that
//     are not a function's to change are as they came, those that nobody knows
//     included,
//   - its answer is a request or a response, by CloudFront's own way of telling,
//   - it is stable: the same event again, and all events at once from several
//     goroutines, get the same answers.
//
// Events of triggers for which f has no handler are passed over, but not all of
// them: to have tried nothing is an error. A function that means to fail for some
// event, or that reads a clock or a source of random numbers, cannot keep these
// laws; give it a fixed one in the test.
//
// If f breaks a law, TestFunction returns the breaches joined, each with the name
// of its event. Function.Warn is told of the warnings of each event once.
//
// Typical usage inside a test is:
//
//	if err := edgetest.TestFunction(function, edgetest.Events()); err != nil {
//		t.Error(err)
//	}
func TestFunction(f *edge.Function, events fs.FS) error {
	t := &functionTest{loud: f}
	t.quiet = *f
	t.quiet.Warn = nil
	if err := t.load(events); err != nil {
		return err
	}
	for i := range t.cases {
		t.check(&t.cases[i])
	}
	t.atOnce()
	return errors.Join(t.errs...)
}

// A functionTest is a run of TestFunction.
type functionTest struct {
	loud  *edge.Function
	quiet edge.Function // without Warn
	cases []eventCase
	errs  []error
}

// An eventCase is an event and what the function first returned for it.
type eventCase struct {
	name   string
	event  []byte
	config edge.Config
	answer []byte // nil if it failed
}

func (t *functionTest) errorf(c *eventCase, format string, args ...any) {
	t.errs = append(t.errs, fmt.Errorf("edgetest: "+c.name+": "+format, args...))
}

// load reads the events that the function has a handler for.
func (t *functionTest) load(events fs.FS) error {
	files := 0
	err := fs.WalkDir(events, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".json" {
			return err
		}
		files++
		event, err := fs.ReadFile(events, name)
		if err != nil {
			return err
		}
		config, err := configOf(event)
		if err != nil {
			if _, added, _ := Complete(event, edge.ViewerRequest); added != nil {
				return fmt.Errorf("%s: %w; edgetest.Complete fills in what an event written by hand has not", name, err)
			}
			return fmt.Errorf("%s: %w", name, err)
		}
		if handles(t.loud, config.Trigger) {
			t.cases = append(t.cases, eventCase{name: name, event: event, config: config})
		}
		return nil
	})
	switch {
	case err != nil:
		return fmt.Errorf("edgetest: %w", err)
	case len(t.cases) == 0:
		return fmt.Errorf("edgetest: nothing to try: of %d events none is of a trigger that the function has a handler for", files)
	}
	return nil
}

// check holds the function to the laws of one event.
func (t *functionTest) check(c *eventCase) {
	answer, err := invoke(t.loud, c.event)
	if err != nil {
		t.errorf(c, "it does not answer: %w", err)
		return
	}
	c.answer = answer
	if err := keeps(c.config.Trigger, c.event, answer); err != nil {
		t.errorf(c, "it loses something: %w", err)
	}
	if err := readable(c.config, answer); err != nil {
		t.errorf(c, "its answer is neither a request nor a response: %w", err)
	}
	if again, err := invoke(&t.quiet, c.event); err != nil || !bytes.Equal(again, answer) {
		t.errorf(c, "it is not stable: the second answer is %s; want the first, %s", show(again, err), show(answer, nil))
	}
}

// atOnce sends all events at once, several times.
func (t *functionTest) atOnce() {
	const goroutines = 4
	var (
		group sync.WaitGroup
		mu    sync.Mutex
	)
	for g := range goroutines {
		group.Go(func() {
			for i := range t.cases {
				// Each starts elsewhere, so that different events meet.
				c := &t.cases[(i+g*len(t.cases)/goroutines)%len(t.cases)]
				if c.answer == nil {
					continue
				}
				if got, err := invoke(&t.quiet, c.event); err != nil || !bytes.Equal(got, c.answer) {
					mu.Lock()
					t.errorf(c, "it is not stable: called concurrently it answers %s; want %s", show(got, err), show(c.answer, nil))
					mu.Unlock()
				}
			}
		})
	}
	group.Wait()
}

// invoke calls f and makes an error of a panic.
func invoke(f *edge.Function, event []byte) (answer []byte, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("the handler panicked: %v\n%s", v, debug.Stack())
		}
	}()
	return f.Invoke(context.Background(), event)
}

// configOf returns the config of an event, and an error if it is none.
func configOf(event []byte) (c edge.Config, err error) {
	reader := continuing(
		func(r *edge.Request) { c = r.Config },
		func(r *edge.Response) { c = r.Request.Config })
	_, err = reader.Invoke(context.Background(), event)
	return c, err
}

func handles(f *edge.Function, t edge.Trigger) bool {
	switch t {
	case edge.ViewerRequest:
		return f.ViewerRequest != nil
	case edge.OriginRequest:
		return f.OriginRequest != nil
	case edge.OriginResponse:
		return f.OriginResponse != nil
	}
	return f.ViewerResponse != nil
}

// readable reports whether the answer is one that CloudFront can read.
func readable(c edge.Config, answer []byte) error {
	if c.Trigger == edge.ViewerRequest || c.Trigger == edge.OriginRequest {
		_, err := readOutcome(c, answer)
		return err
	}
	_, err := readResponse(c, answer)
	return err
}

// keeps compares the members that are not a function's to change.
func keeps(trigger edge.Trigger, text, answer []byte) error {
	var event struct {
		Records [1]struct {
			CF struct{ Request, Response map[string]json.RawMessage }
		}
	}
	var got map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal(text, &event), json.Unmarshal(answer, &got)); err != nil {
		return err
	}
	came := event.Records[0].CF.Response
	if trigger == edge.ViewerRequest || trigger == edge.OriginRequest {
		if came = event.Records[0].CF.Request; got["status"] != nil {
			return nil // an answer, not the request
		}
	}
	var lost []error
	for name, want := range came {
		switch name {
		case "uri", "querystring", "headers", "body", "origin", "status", "statusDescription":
			continue
		}
		if !bytes.Equal(got[name], want) {
			lost = append(lost, fmt.Errorf("the member %q is %s; want %s", name, show(got[name], nil), show(want, nil)))
		}
	}
	return errors.Join(lost...)
}

// show returns an answer for an error message.
func show(answer []byte, err error) string {
	const most = 300
	switch {
	case err != nil:
		return "the error " + err.Error()
	case answer == nil:
		return "absent"
	case len(answer) > most:
		return string(answer[:most]) + "..."
	}
	return string(answer)
}
