package runtimeapi

import (
	"path"
	"runtime"
	"strings"
)

// A frame is a line of a stack trace.
type frame struct {
	path  string // the import path of the package and the name of the file: nothing of the machine that built the program
	line  int
	label string // the function, without its package
}

const maxFrames = 32 // as in AWS's client

// panicStack returns the stack of a panic that is being recovered, from the function that panicked outwards.
func panicStack() []frame {
	counters := make([]uintptr, maxFrames)
	counters = counters[:runtime.Callers(0, counters)]
	frames := runtime.CallersFrames(counters)
	stack, inPanic := []frame{}, false
	for {
		f, more := frames.Next()
		// First come this function and its callers that recover; then the runtime's, beginning with gopanic; then what is of interest.
		ofRuntime := strings.HasPrefix(f.Function, "runtime.")
		if inPanic && (!ofRuntime || len(stack) > 0) {
			stack = append(stack, newFrame(f))
		}
		inPanic = inPanic || f.Function == "runtime.gopanic"
		if !more {
			return stack
		}
	}
}

func newFrame(f runtime.Frame) frame {
	slash := strings.LastIndexByte(f.Function, '/') + 1
	pkg, label, _ := strings.Cut(f.Function[slash:], ".")
	return frame{
		path:  f.Function[:slash] + pkg + "/" + path.Base(f.File),
		line:  f.Line,
		label: label,
	}
}
