package lambdahost

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// ErrClosed is the error of an invocation after [Host.Close].
var ErrClosed = errors.New("lambdahost: the host is closed")

// A Kind says how an invocation failed.
type Kind int

const (
	Reported  Kind = iota + 1 // the function reported an error for the invocation; its process may go on
	Crashed                   // the process ended without answering
	TimedOut                  // the process had not answered at the deadline and was killed
	InitError                 // the process reported an error, ended or took too long before it asked for an invocation
)

// String returns "reported", "crashed", "timed out" or "init error".
func (k Kind) String() string {
	switch k {
	case Reported:
		return "reported"
	case Crashed:
		return "crashed"
	case TimedOut:
		return "timed out"
	case InitError:
		return "init error"
	}
	return fmt.Sprintf("Kind(%d)", int(k))
}

// An Error is a failed invocation.
type Error struct {
	Kind      Kind
	RequestID string   // of the invocation; "" when none was handed over
	Type      string   // the function's errorType, or Lambda's own: Runtime.ExitError, Sandbox.Timedout
	Message   string   // the function's errorMessage, or what happened to the process
	Stack     []string // a line for each frame, innermost first; nil when none was reported
	Report    []byte   // the function's report as it came; nil for a crash and a timeout
}

func (e *Error) Error() string {
	what := map[Kind]string{Reported: "the function reported", Crashed: "the function crashed:", TimedOut: "the function took too long:", InitError: "the function does not start:"}
	return fmt.Sprintf("%s %s: %s", what[e.Kind], e.Type, e.Message)
}

// reportError reads an error report. Its members are those of AWS's clients: all send errorType and errorMessage; the stack is stackTrace with
// objects in Go, stackTrace with strings in Python, and trace with strings in Node.js.
func reportError(kind Kind, requestID, headerType string, report []byte) *Error {
	e := &Error{Kind: kind, RequestID: requestID, Type: headerType, Report: report}
	var r struct {
		ErrorType    string            `json:"errorType"`
		ErrorMessage string            `json:"errorMessage"`
		StackTrace   []json.RawMessage `json:"stackTrace"`
		Trace        []json.RawMessage `json:"trace"`
	}
	if err := json.Unmarshal(report, &r); err != nil {
		e.Message = fmt.Sprintf("the error report is not the Runtime API's: %v", err)
		return e
	}
	if r.ErrorType != "" {
		e.Type = r.ErrorType
	}
	e.Message = r.ErrorMessage
	for _, frame := range append(r.StackTrace, r.Trace...) {
		e.Stack = append(e.Stack, frameText(frame))
	}
	return e
}

func frameText(frame json.RawMessage) string {
	var text string
	if json.Unmarshal(frame, &text) == nil {
		return strings.TrimSpace(text)
	}
	var f struct {
		Path  string `json:"path"`
		Label string `json:"label"`
		Line  int    `json:"line"`
	}
	if json.Unmarshal(frame, &f) == nil {
		return fmt.Sprintf("%s (%s:%d)", f.Label, f.Path, f.Line)
	}
	return string(frame)
}
