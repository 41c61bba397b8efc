// Command goruntime is the Lambda@Edge function that says whether Go runs behind a managed runtime: at viewer-request it answers with the
// runtime and how many requests the process had. functions/jsruntime is the same in JavaScript.
package main

import (
	"context"
	"encoding/json"
	"os"
	"runtime"
	"sync/atomic"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/probe/answered"
)

func main() {
	var requests atomic.Int64
	edge.Start(&edge.Function{ViewerRequest: func(context.Context, *edge.Request) (edge.Outcome, error) {
		body, err := json.Marshal(answered.Runtime{
			Language: runtime.Version(), Environment: os.Getenv("AWS_EXECUTION_ENV"), MemoryMB: os.Getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"),
			Requests: requests.Add(1),
		})
		if err != nil {
			return nil, err
		}
		r := &edge.Response{StatusCode: 200, Body: edge.Text(string(body))}
		r.Header.Set("Content-Type", "application/json")
		return r, nil
	}})
}
