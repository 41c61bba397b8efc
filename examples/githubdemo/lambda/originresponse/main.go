// Command originresponse is the Lambda@Edge function of the demo's origin-response trigger: it adds the
// Content-Security-Policy and the other security headers.
package main

import (
	"cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/functions/originresponse"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/site"
)

// githubAPI is the GitHub API's address; "" is the one in site/config.js. A build sets it with
// -ldflags "-X main.githubAPI=http://localhost:1234", as Lambda@Edge has no environment variables.
var githubAPI string

func main() {
	addHeaders, err := originresponse.Handler(cmp.Or(githubAPI, site.GitHubAPI()))
	if err != nil {
		panic(err)
	}
	edge.Start(&edge.Function{OriginResponse: addHeaders})
}
