// Command lambdastart serves the demo's viewer-request handler with AWS's own loop.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/functions/viewerrequest"
)

func main() {
	lambda.Start(&edge.Function{ViewerRequest: viewerrequest.Handler()})
}
