package awsconfig_test

import (
	"context"
	"fmt"
	"os"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// The stack of a Terraform plan on this machine: what stands behind its origin and its functions is bound, and what has no effect here is listed.
func ExampleRead() {
	plan, err := os.ReadFile("testdata/terraform-plan.json") // terraform show -json tfplan
	if err != nil {
		fmt.Println(err)
		return
	}
	both := &edge.Function{
		ViewerRequest:  func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return r, nil },
		OriginResponse: func(context.Context, *edge.Response) error { return nil },
	}
	config, err := awsconfig.Read(plan, awsconfig.Bindings{
		Origins:   map[string]edgesim.Origin{"site": &edgesim.S3Origin{FS: fstest.MapFS{"index.html": {Data: []byte("hello")}}}},
		Functions: map[string]edgesim.Function{"viewer-request": both, "origin-response": both},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	b := config.Distribution.DefaultBehavior
	fmt.Println(b.ViewerProtocol, b.CachePolicy.Name, config.Distribution.DefaultRootObject)
	for _, s := range config.NotSimulated {
		fmt.Println("not simulated:", s)
	}
	// Output:
	// redirect-to-https Managed-CachingOptimized index.html
	// not simulated: http_version: http2and3
	// not simulated: is_ipv6_enabled: true
	// not simulated: viewer_certificate: a block
}
