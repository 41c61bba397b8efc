package edge

import (
	"errors"
	"os"
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge/internal/goruntime"
	"github.com/edgehelpers/lambdaedge/edge/internal/runtimeapi"
)

// Start serves f to Lambda. It does not return: a function's main calls it last.
//
//	func main() {
//		edge.Start(&edge.Function{ViewerRequest: handle})
//	}
//
// The program is started by Lambda, which sets AWS_LAMBDA_RUNTIME_API. Without it Start says how to try the function on one's own
// machine, and ends the process with status 1.
//
// Start asks Lambda's Runtime API for one event after another and answers each with what [Function.Invoke] makes of it. The handler's
// context ends at the invocation's deadline and carries its [Invocation]. An error of Invoke is reported
// to Lambda, and a line of JSON about it goes to standard error, which Lambda puts into the log; the process goes on. A panic is reported in
// the same way, with its stack, and ends the process with status 1; Lambda starts a new one for the next event. Start
// also ends the process with status 1, and says why on standard error, when the Runtime API cannot be used any more.
//
// The settings of the Go runtime are fitted to the function's memory size, unless main has changed them from their defaults before: GOMAXPROCS, the garbage collector's
// percentage and the memory limit. That happens when the first event has been asked for, since to set GOMAXPROCS takes a moment.
// Where the collector's percentage is fitted, it runs between two invocations, when the viewer has the answer.
//
// lambda.Start(f) of aws-lambda-go serves f too, and larger and slower: see docs/benchmarks.md.
func Start(f *Function) {
	os.Stderr.WriteString(serve(f).Error() + "\n")
	os.Exit(1)
}

// serve returns why it could not begin or go on.
func serve(f *Function) error {
	value := os.Getenv("AWS_LAMBDA_RUNTIME_API")
	api, err := runtimeapi.ParseAddress(value)
	if errors.Is(err, runtimeapi.ErrNotSet) {
		return errors.New("edge: AWS_LAMBDA_RUNTIME_API is not set: this program is started by Lambda, which sets it." + tryLocally)
	}
	if err != nil {
		return errors.New("edge: AWS_LAMBDA_RUNTIME_API is " + strconv.Quote(value) + "; it must be an IPv4 address and a port, such as 127.0.0.1:9001:" +
			" this program is started by Lambda, which sets it." + tryLocally)
	}
	loop := runtimeapi.Loop{API: api, Log: os.Stderr}
	if f == nil {
		err := errors.New("edge: Start was called with a nil *Function; it needs one with the field of its trigger set")
		return errors.Join(err, loop.ReportInitError(err))
	}
	loop.Handler = f.appendAnswer
	c := new(goruntime.Collector)
	loop.Polled = func() {
		goruntime.BlockOutput()
		if goruntime.Fit(os.Getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")) {
			c.Begin()
		}
	}
	loop.Answered = c.Answered
	return errors.New("edge: " + loop.Run().Error())
}

const tryLocally = `
To try a function on your own machine, give it to CloudFront's simulator, package github.com/edgehelpers/lambdaedge/edge/edgesim;
in a clone of that repository, "go run ./examples/githubdemo" shows it at work in a browser`
