// Command viewerrequest is the Lambda@Edge function of the demo's viewer-request trigger: it redirects the form's request
// to the page that answers it.
package main

import (
	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/functions/viewerrequest"
)

func main() {
	edge.Start(&edge.Function{ViewerRequest: viewerrequest.Handler()})
}
