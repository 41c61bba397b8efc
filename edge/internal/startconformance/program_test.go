package startconformance_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/lambdactx"
)

// The test binary is the function's program too, with this variable set to the loop to use: "edge" or "aws".
const loopVariable = "STARTCONFORMANCE_LOOP"

func TestMain(m *testing.M) {
	f := &edge.Function{ViewerRequest: handle}
	switch os.Getenv(loopVariable) {
	case "edge":
		edge.Start(f)
	case "aws":
		lambda.Start(f)
	case "edge-settings":
		debug.SetGCPercent(77)
		debug.SetMemoryLimit(1 << 30)
		edge.Start(f)
	case "edge-nil":
		edge.Start(nil)
	}
	os.Exit(m.Run())
}

// handle does what the request's URI says.
func handle(ctx context.Context, r *edge.Request) (edge.Outcome, error) {
	switch r.URI {
	case "/error":
		return nil, errors.New("no such user")
	case "/own-error":
		return nil, &userError{"octocat"}
	case "/panic":
		panic("boom")
	case "/panic-error":
		panic(&userError{"octocat"})
	case "/index-out-of-range":
		_ = r.URI[len(r.URI)+len(r.Method):]
	case "/nil-map":
		var m map[string]int
		//lint:ignore SA5000 the panic is what is tested
		m["x"] = 1
	case "/exit":
		os.Exit(3)
	case "/hang":
		fmt.Print("on stdout before the end")
		fmt.Fprint(os.Stderr, "on stderr before the end")
		time.Sleep(time.Minute)
	case "/past-deadline":
		<-ctx.Done()
		return text(ctx.Err().Error()), nil
	case "/context":
		return text(describe(ctx)), nil
	case "/runtime":
		percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(-1)
		return text(fmt.Sprintf("processors %d, collector %d, limit %d", runtime.GOMAXPROCS(0), percent, limit)), nil
	case "/large":
		return text(strings.Repeat("x", 1<<15)), nil
	}
	return r, nil
}

type userError struct{ name string }

func (e *userError) Error() string { return "no user " + e.name }

func text(s string) *edge.Response {
	return &edge.Response{StatusCode: 200, Body: edge.Text(s)}
}

func describe(ctx context.Context) string {
	lc, _ := lambdactx.FromContext(ctx)
	deadline, ok := ctx.Deadline()
	left := time.Until(deadline)
	return fmt.Sprintf("id %d, arn %s, trace %v, soon %v, err %v, name %s, memory %d",
		len(lc.AwsRequestID), lc.InvokedFunctionArn, ctx.Value("x-amzn-trace-id") == os.Getenv("_X_AMZN_TRACE_ID") && strings.HasPrefix(os.Getenv("_X_AMZN_TRACE_ID"), "Root="),
		ok && left > 0 && left < 31*time.Second, ctx.Err(), lambdacontext.FunctionName, lambdacontext.MemoryLimitInMB)
}
