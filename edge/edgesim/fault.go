package edgesim

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/cffunction"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/function"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/viewer"
)

// A Fault is what goes wrong with a function on purpose, to see what the viewer then gets. The zero Fault is
// none. A single request can ask for one with the header X-Mock-Lambda-Fault: <trigger>=<fault>, for instance
// origin-request=timeout; several are separated by commas. The trace names the fault, and who asked for it.
//
// CloudFront Functions have the same faults but cold, with FunctionThrottledError, FunctionExecutionError and
// FunctionValidationError. One that is oversize uses more than its 2 MB of memory (cloudfront-limits.html): 503,
// FunctionExecutionError. One that is invalid answers nothing.
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

// known reports whether the fault is none or one of the constants.
func (f Fault) known() bool { return f == "" || slices.Contains(faultNames(), string(f)) }

func faultNames() []string {
	var names []string
	for _, f := range []Fault{FaultThrottle, FaultTimeout, FaultCrash, FaultOversize, FaultInvalid, FaultCold} {
		names = append(names, string(f))
	}
	return names
}

// askedFor reads what a request asks for in X-Mock-Lambda-Fault, by trigger, and says what of it has no effect.
func (b *Behavior) askedFor(items []string) (asked map[edge.Trigger]Fault, notes []string) {
	if len(items) == 0 {
		return nil, nil
	}
	asked = map[edge.Trigger]Fault{}
	associations, triggers := map[string]*Association{}, []string{}
	for trigger, a := range b.Functions.all() {
		associations[string(trigger)] = a
		triggers = append(triggers, string(trigger))
	}
	for _, item := range items {
		trigger, fault, _ := strings.Cut(item, "=")
		problem := ""
		switch a := associations[trigger]; {
		case a == nil:
			problem = viewer.Unknown("trigger", trigger, triggers)
		case !slices.Contains(faultNames(), fault):
			problem = viewer.Unknown("fault", fault, faultNames())
		case b.CloudFrontFunctions.on(trigger) != nil && Fault(fault) == FaultCold:
			problem = "a CloudFront Function has no cold start"
		case a.Function == nil && b.CloudFrontFunctions.on(trigger) == nil:
			problem = "the behaviour has no function for this trigger"
		default:
			asked[edge.Trigger(trigger)] = Fault(fault)
			continue
		}
		if len(notes) < viewer.MostNotes {
			notes = append(notes, fmt.Sprintf("%s: got %q: %s", viewer.FaultHeader, message.Shorten(item, 100), problem))
		}
	}
	return asked, notes
}

// An injected fault is one with whoever asked for it. Every trace in which it happens says so, that nobody takes it for real.
type injected struct {
	Fault
	by string
}

func (i injected) String() string { return fmt.Sprintf("%s, asked for by %s", i.Fault, i.by) }

// faultOf is what goes wrong with the function of a trigger: what the request asks for, or else the association.
func (x *exchange) faultOf(trigger edge.Trigger, a *Association) injected {
	if f, ok := x.faults[trigger]; ok {
		return injected{f, viewer.FaultHeader}
	}
	return injected{a.Fault, "Association.Fault"}
}

// invoke calls the function of an association, and lets the fault happen.
func (i injected) invoke(ctx context.Context, a *Association, event []byte) ([]byte, error) {
	switch i.Fault {
	case FaultThrottle:
		return nil, fmt.Errorf("%v: the function is not run", i)
	case FaultTimeout:
		return nil, fmt.Errorf("%v: %w", i, function.ErrTimeout)
	case FaultCrash:
		return nil, fmt.Errorf("%v: the function's process ended", i)
	case FaultCold:
		time.Sleep(500 * time.Millisecond)
	}
	out, err := function.Invoke(ctx, a.Function, cmp.Or(a.Timeout, function.Timeout), event)
	return i.spoil(out), err
}

// run runs a CloudFront Function, and lets the fault happen.
func (i injected) run(f *cffunction.Process, event []byte) (r cffunction.Result, err error) {
	switch i.Fault {
	case FaultThrottle:
		return r, fmt.Errorf("%v: the function is not run", i)
	case FaultTimeout:
		return r, fmt.Errorf("%v: the function takes too long", i)
	case FaultCrash:
		return r, fmt.Errorf("%v: the function fails", i)
	case FaultOversize:
		return r, fmt.Errorf("%v: the function uses more than 2 MB of memory", i)
	}
	r, err = f.Run(event)
	if i.Fault == FaultInvalid {
		r.Answer = ""
	}
	return r, err
}

// note is what there is to say of a fault that is no error of the function.
func (i injected) note() string {
	switch i.Fault {
	case FaultCold:
		return i.String() + ": the function answers 500 ms late"
	case FaultInvalid:
		return i.String() + ": what the function answers is cut in the middle"
	case FaultOversize:
		return i.String() + ": the answer is one of 2 MB in place of the function's"
	}
	return ""
}

// spoils reports whether the fault changes an answer.
func (f Fault) spoils() bool { return f == FaultInvalid || f == FaultOversize }

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
