package pack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
	"github.com/edgehelpers/lambdaedge/testdata"
)

// Triggers returns the four event types, in the order in which a request meets them.
func Triggers() []string {
	return []string{"viewer-request", "origin-request", "origin-response", "viewer-response"}
}

// An Outcome is what a function made of the event of a trigger.
type Outcome struct {
	Trigger string
	Handled bool   // whether it has a handler for the trigger
	Answer  string // "continues" or "answers 302"; "" if it is not handled
}

// A Trial is what [Try] saw.
type Trial struct {
	Start    time.Duration // from the start of the process to its first request for an invocation
	Outcomes []Outcome     // one for each of [Triggers]
}

// Try unpacks a zip, starts it over a Runtime API of this machine's, on the loopback address, and sends it one event of
// each trigger. A function that fails an event for which it has a handler, or has no handler at all, is an error.
func Try(ctx context.Context, zip string, runtime Runtime) (Trial, error) {
	dir, err := os.MkdirTemp("", "edgepack-")
	if err != nil {
		return Trial{}, err
	}
	defer os.RemoveAll(dir)
	if err := lambdahost.Unpack(zip, dir); err != nil {
		return Trial{}, errors.New(plain(err))
	}
	var stderr tail
	host := lambdahost.New(lambdahost.Config{Command: runtime.command(dir), Dir: dir, Stdout: &stderr, Stderr: &stderr})
	trial, err := try(ctx, host)
	host.Close() // ends the process: stderr is complete
	if text := strings.TrimSpace(string(stderr.kept)); err != nil && text != "" {
		err = fmt.Errorf("%w\nthe process wrote:\n%s", err, text)
	}
	return trial, err
}

func try(ctx context.Context, host *lambdahost.Host) (Trial, error) {
	var trial Trial
	begun := time.Now()
	if err := host.Start(ctx); err != nil {
		return trial, errors.New("the program does not start: " + plain(err))
	}
	trial.Start = time.Since(begun)
	handled := false
	var errs []error
	for _, trigger := range Triggers() {
		outcome, err := send(ctx, host, trigger)
		if err != nil {
			errs = append(errs, errors.New(trigger+": "+plain(err)))
		}
		handled = handled || outcome.Handled
		trial.Outcomes = append(trial.Outcomes, outcome)
	}
	if !handled {
		errs = append(errs, errors.New("the function has a handler for no trigger: set a field of edge.Function"))
	}
	return trial, errors.Join(errs...)
}

// plain is an error in words for users of the command: package lambdahost's are for programs.
func plain(err error) string { return strings.TrimPrefix(err.Error(), "lambdahost: ") }

// send sends the event of a trigger.
func send(ctx context.Context, host *lambdahost.Host, trigger string) (Outcome, error) {
	name := map[string]string{
		"viewer-request": "viewer-request-minimal.json", "origin-request": "origin-request-s3-oac.json",
		"origin-response": "origin-response-custom.json", "viewer-response": "viewer-response-age.json",
	}[trigger]
	event, err := testdata.Events.ReadFile(name)
	if err != nil {
		return Outcome{}, err
	}
	answer, err := host.Invoke(ctx, event)
	if failed := (*lambdahost.Error)(nil); errors.As(err, &failed) && failed.Kind == lambdahost.Reported && noHandler(failed.Message) {
		return Outcome{Trigger: trigger}, nil
	}
	outcome := Outcome{Trigger: trigger, Handled: true}
	if err != nil {
		return outcome, err
	}
	outcome.Answer, err = describe(answer)
	return outcome, err
}

// noHandler reports whether an error is the one of edge.Function.Invoke for a trigger without a handler.
func noHandler(message string) bool {
	return strings.Contains(message, "but Function.") && strings.Contains(message, " is nil")
}

// describe says in a few words what a function answered: CloudFront tells a response from a request by its status.
func describe(answer []byte) (string, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(answer, &members); err != nil || members == nil {
		return "", fmt.Errorf("the answer is no JSON object: %.100q", answer)
	}
	if status, found := members["status"]; found {
		return "answers " + strings.Trim(string(status), `"`), nil
	}
	if _, found := members["uri"]; found {
		return "continues", nil
	}
	return "", fmt.Errorf("the answer is neither a request nor a response: %.100q", answer)
}

// A tail keeps the last bytes that are written to it.
type tail struct{ kept []byte }

func (t *tail) Write(data []byte) (int, error) {
	const most = 4 << 10
	t.kept = append(t.kept, data...)
	if extra := len(t.kept) - most; extra > 0 {
		t.kept = bytes.Clone(t.kept[extra:])
	}
	return len(data), nil
}
