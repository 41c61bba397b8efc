package lambdactx_test

import (
	"context"
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/internal/lambdahost"
	"github.com/edgehelpers/lambdaedge/edge/lambdactx"
	"github.com/google/go-cmp/cmp"
)

// The test binary is the function's program too, with this variable set to the loop to use: "edge" or "aws".
const loopVariable = "LAMBDACTX_LOOP"

func TestMain(m *testing.M) {
	f := &edge.Function{ViewerRequest: handle}
	switch os.Getenv(loopVariable) {
	case "edge":
		edge.Start(f)
	case "aws":
		lambda.Start(f)
	}
	os.Exit(m.Run())
}

// A view is all that a handler sees of its invocation.
type view struct {
	Found    *lambdacontext.LambdaContext // what FromContext gives
	Put      *lambdacontext.LambdaContext // what lambdacontext finds after NewContext
	Trace    any
	Function string // variables of lambdacontext
	Version  string
	Group    string
	Memory   int
}

func handle(ctx context.Context, _ *edge.Request) (edge.Outcome, error) {
	v := view{
		Trace:    ctx.Value("x-amzn-trace-id"),
		Function: lambdacontext.FunctionName, Version: lambdacontext.FunctionVersion,
		Group: lambdacontext.LogGroupName, Memory: lambdacontext.MemoryLimitInMB,
	}
	v.Found, _ = lambdactx.FromContext(ctx)
	v.Put, _ = lambdacontext.FromContext(lambdactx.NewContext(ctx))
	text, err := json.Marshal(v)
	return &edge.Response{StatusCode: 200, Body: edge.Text(string(text))}, err
}

// TestBothLoops: what a handler sees under edge.Start is what it sees under lambda.Start.
func TestBothLoops(t *testing.T) {
	t.Parallel()
	own, aws := look(t, "edge"), look(t, "aws")
	for _, v := range []*view{&own, &aws} {
		if len(v.Found.AwsRequestID) != 36 || v.Trace == "" {
			t.Errorf("request id %q, trace id %q; want Lambda's", v.Found.AwsRequestID, v.Trace)
		}
		v.Found.AwsRequestID, v.Put.AwsRequestID, v.Trace = "", "", "" // each invocation has its own
	}
	if diff := cmp.Diff(aws, own); diff != "" {
		t.Errorf("lambda.Start and edge.Start (-aws +edge):\n%s", diff)
	}
	const arn = "arn:aws:lambda:us-east-1:123456789012:function:demo:1"
	want := view{
		Found: &lambdacontext.LambdaContext{InvokedFunctionArn: arn}, Put: &lambdacontext.LambdaContext{InvokedFunctionArn: arn}, Trace: "",
		Function: "us-east-1.demo", Version: "1", Group: "/aws/lambda/us-east-1.demo", Memory: 128,
	}
	if diff := cmp.Diff(want, own); diff != "" {
		t.Errorf("edge.Start (-want +got):\n%s", diff)
	}
}

// look invokes the function once and returns what its handler saw.
func look(t *testing.T, loop string) (v view) {
	t.Helper()
	h := lambdahost.New(lambdahost.Config{
		Command: []string{os.Args[0]}, Env: []string{loopVariable + "=" + loop}, FunctionName: "demo", Timeout: 30 * time.Second,
	})
	defer h.Close()
	const event = `{"Records":[{"cf":{"config":{"distributionDomainName":"d111111abcdef8.cloudfront.net","distributionId":"EDFDVBD6EXAMPLE",` +
		`"eventType":"viewer-request","requestId":"4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ=="},` +
		`"request":{"clientIp":"203.0.113.178","headers":{},"method":"GET","querystring":"","uri":"/"}}}]}`
	answer, err := h.Invoke(t.Context(), []byte(event))
	if err != nil {
		t.Fatal(err)
	}
	var response struct{ Body string }
	if err := json.Unmarshal(answer, &response); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(response.Body), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestContexts(t *testing.T) {
	t.Parallel()
	inv := edge.Invocation{RequestID: "8476a536", FunctionARN: "arn:aws:lambda:us-east-1:123456789012:function:demo:1", TraceID: "Root=1", TenantID: "t1"}
	own := edge.ContextWithInvocation(t.Context(), inv)
	tests := []struct {
		name   string
		ctx    context.Context
		want   *lambdacontext.LambdaContext
		reason string
	}{
		{"neither", t.Context(), nil, "a test without an invocation"},
		{"edge", own, &lambdacontext.LambdaContext{AwsRequestID: "8476a536", InvokedFunctionArn: inv.FunctionARN, TenantID: "t1"}, "the fields that both have"},
		{"both", lambdacontext.NewContext(own, &lambdacontext.LambdaContext{AwsRequestID: "of AWS"}), &lambdacontext.LambdaContext{AwsRequestID: "of AWS"}, "what is there already stays"},
	}
	for _, test := range tests {
		got, ok := lambdactx.FromContext(test.ctx)
		put, _ := lambdacontext.FromContext(lambdactx.NewContext(test.ctx))
		if diff := cmp.Diff([]*lambdacontext.LambdaContext{test.want, test.want}, []*lambdacontext.LambdaContext{got, put}); diff != "" || ok != (test.want != nil) {
			t.Errorf("%s (%s): ok %v, FromContext and NewContext (-want +got):\n%s", test.name, test.reason, ok, diff)
		}
	}
}
