package edgesim

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/function"
)

// A Fault is what goes wrong with a function on purpose, to see what the viewer then gets. The zero Fault is
// none. A single request can ask for one with the header X-Mock-Lambda-Fault: <trigger>=<fault>, for instance
// origin-request=timeout.
type Fault string

// The faults.
const (
	FaultThrottle Fault = "throttle" // the function is not run: 503, LambdaLimitExceeded
	FaultTimeout  Fault = "timeout"  // the function never answers; the time is not waited for: 503, LambdaExecutionError
	FaultCrash    Fault = "crash"    // the function's process ends: 503, LambdaExecutionError
	FaultOversize Fault = "oversize" // the function's answer is padded beyond every limit: 502, LambdaValidationError
	FaultInvalid  Fault = "invalid"  // the function's answer is cut in the middle: 502, LambdaValidationError
	FaultCold     Fault = "cold"     // the function answers 500 ms late, as after a cold start
)

// known reports whether the fault is one of the constants.
func (f Fault) known() bool {
	switch f {
	case "", FaultThrottle, FaultTimeout, FaultCrash, FaultOversize, FaultInvalid, FaultCold:
		return true
	}
	return false
}

// errCrash is the cause of a function whose process ends.
var errCrash = errors.New("the function's process ended (fault on demand)")

// faultsOf reads what X-Mock-Lambda-Fault asks for, by trigger.
func faultsOf(items []string) map[edge.Trigger]Fault {
	var faults map[edge.Trigger]Fault
	for _, item := range items {
		trigger, fault, _ := strings.Cut(item, "=")
		if f := Fault(fault); f != "" && f.known() {
			if faults == nil {
				faults = map[edge.Trigger]Fault{}
			}
			faults[edge.Trigger(trigger)] = f
		}
	}
	return faults
}

// invoke calls the function of an association, and lets the fault happen.
func (f Fault) invoke(ctx context.Context, a *Association, event []byte) ([]byte, error) {
	switch f {
	case FaultThrottle, FaultTimeout:
		return nil, function.ErrTimeout
	case FaultCrash:
		return nil, errCrash
	case FaultCold:
		time.Sleep(500 * time.Millisecond)
	}
	out, err := function.Invoke(ctx, a.Function.Invoke, cmp.Or(a.Timeout, function.Timeout), event)
	return f.spoil(out), err
}

// spoil applies the faults that change an answer.
func (f Fault) spoil(out []byte) []byte {
	switch f {
	case FaultInvalid:
		return out[:len(out)/2]
	case FaultOversize:
		padded := append([]byte(`{"status":"200","body":"`), make([]byte, 2<<20)...)
		for i := len(padded) - 2<<20; i < len(padded); i++ {
			padded[i] = 'x'
		}
		return append(padded, `"}`...)
	}
	return out
}
