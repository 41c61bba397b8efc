package runtimeapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge/internal/runtimeapi"
	"github.com/google/go-cmp/cmp"
)

type paymentError struct{ amount int }

func (e *paymentError) Error() string { return fmt.Sprintf("no %d", e.amount) }

type generic[T any] struct{}

func (generic[T]) Error() string { return "generic" }

type report struct {
	ErrorMessage string  `json:"errorMessage"`
	ErrorType    string  `json:"errorType"`
	StackTrace   []frame `json:"stackTrace"`
}

type frame struct {
	Path, Label string
	Line        int
}

func panics(context.Context, []byte, []byte) ([]byte, error) { panic("boom") }

func indexes(_ context.Context, _, event []byte) ([]byte, error) { return event[len(event)+1:], nil }

func TestReports(t *testing.T) {
	t.Parallel()
	type handler = func(_ context.Context, dst, event []byte) ([]byte, error)
	returns := func(err error) handler {
		return func(_ context.Context, dst, _ []byte) ([]byte, error) { return append(dst, "dropped"...), err }
	}
	tests := []struct {
		name, reason string
		handler      handler
		want         report // of the stack its first frame only
		header       string
		panics       bool
	}{
		{"errors-new", "type names have no package and no pointer", returns(errors.New("no")), report{ErrorMessage: "no", ErrorType: "errorString"}, "errorString", false},
		{"own-type", "a pointer's type is what it points to", returns(&paymentError{3}), report{ErrorMessage: "no 3", ErrorType: "paymentError"}, "paymentError", false},
		{"hostile-message", "nothing leaves its string", returns(errors.New("a\"b\\c\r\nd\x00\x1b[31m<\u2028\xff")), report{ErrorMessage: "a\"b\\c\r\nd\x00\x1b[31m<\u2028\ufffd", ErrorType: "errorString"}, "errorString", false},
		{"generic-type", "a header holds visible ASCII only", returns(generic[map[string]int]{}), report{ErrorMessage: "generic", ErrorType: "generic[map[string]int]"}, "generic[map[string]int]", false},
		{"panic-string", "the stack begins at the panic", panics, report{ErrorMessage: "boom", ErrorType: "string",
			StackTrace: []frame{{Path: "github.com/edgehelpers/lambdaedge/edge/internal/runtimeapi_test/report_test.go", Label: "panics", Line: 36}}}, "string", true},
		{"panic-runtime", "the runtime's own frames are not of interest", indexes, report{ErrorMessage: "runtime error: slice bounds out of range [1:0]", ErrorType: "boundsError",
			StackTrace: []frame{{Path: "github.com/edgehelpers/lambdaedge/edge/internal/runtimeapi_test/report_test.go", Label: "indexes", Line: 38}}}, "boundsError", true},
		{"panic-nil", "Go 1.21 gives it a value", func(context.Context, []byte, []byte) ([]byte, error) { panic(nil) }, report{ErrorMessage: "panic called with nil argument", ErrorType: "PanicNilError"}, "PanicNilError", true},
		{"nil-pointer-error", "its Error method panics in place of the handler", returns((*paymentError)(nil)), report{ErrorMessage: "runtime error: invalid memory address or nil pointer dereference", ErrorType: "errorString"}, "errorString", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			steps := []step{{reply: event("a", "")}, {reply: accepted}, {reply: event("b", "")}, {reply: accepted}}
			if test.panics {
				steps = steps[:2]
			}
			requests, ended := run(t, runtimeapi.Loop{Handler: test.handler, Log: &log}, steps)
			if len(requests) != len(steps) {
				t.Fatalf("the API got %d requests; want %d", len(requests), len(steps))
			}
			if got := errors.Is(ended, runtimeapi.ErrPanic); got != test.panics {
				t.Errorf("the loop ended with %v; want ErrPanic: %v", ended, test.panics)
			}
			sent := requests[1]
			if sent.Line != "POST invocation/a/error" || sent.ErrorType != test.header {
				t.Errorf("got %s with type %q; want POST invocation/a/error with %q", sent.Line, sent.ErrorType, test.header)
			}
			var got report
			if err := json.Unmarshal([]byte(sent.Body), &got); err != nil {
				t.Fatalf("the report %q is not JSON: %v", sent.Body, err)
			}
			if test.panics != (len(got.StackTrace) > 0) {
				t.Errorf("stack %v; want one: %v", got.StackTrace, test.panics)
			}
			if got.StackTrace = got.StackTrace[:len(test.want.StackTrace)]; len(got.StackTrace) == 0 {
				got.StackTrace = nil
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.reason, diff)
			}
			if line, _, _ := strings.Cut(log.String(), "\n"); line != sent.Body {
				t.Errorf("the log has %q; want the report on a line of its own", log.String())
			}
		})
	}
}

func TestReportInitError(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		step    step
		wantErr string
	}{
		{"accepted", step{reply: accepted}, ""},
		{"refused", step{reply: status(403)}, "got status 403"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			played := make(chan []request, 1)
			go func() {
				requests, _ := play(l, []step{test.step})
				played <- requests
			}()
			loop := runtimeapi.Loop{API: addressOf(l)}
			err = loop.ReportInitError(errors.New("no handler"))
			if got := fmt.Sprint(err); err == nil && test.wantErr != "" || !strings.Contains(got, test.wantErr) {
				t.Errorf("error %v; want %q", err, test.wantErr)
			}
			want := []request{{Line: "POST init/error", ErrorType: "errorString", Body: `{"errorMessage":"no handler","errorType":"errorString"}`}}
			if diff := cmp.Diff(want, <-played); diff != "" {
				t.Errorf("requests (-want +got):\n%s", diff)
			}
		})
	}
}
