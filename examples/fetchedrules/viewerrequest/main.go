// Command viewerrequest is a Lambda@Edge function that redirects by rules from a
// bucket: see docs/rules-at-run-time.md.
package main

import (
	"context"
	"log"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/examples/fetchedrules"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// Where the compiled table lies. There are no environment variables at the edge, so
// these are set when the function is built:
// edgepack -ldflags '-X main.url=https://... -X main.region=...'.
var (
	url    = "https://bucket.s3.eu-central-1.amazonaws.com/redirects.bin"
	region = "eu-central-1"
)

func main() {
	// Before the first fetch, and if it fails, nothing is redirected. Embed a compiled
	// table and give New what redirect.Load makes of it to start with those rules.
	rules := fetchedrules.New(url, new(redirect.Table))
	// Through CloudFront there is nothing to sign: leave this line out.
	rules.Client.Transport = fetchedrules.Signer{Region: region, Next: rules.Client.Transport}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	if err := rules.Fetch(ctx); err != nil {
		log.Printf("no rules yet: %v", err)
	}
	cancel()
	edge.Start(&edge.Function{ViewerRequest: rules.Handle})
}
