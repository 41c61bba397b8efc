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

// The stack of a Terraform plan on this machine: what stands behind its origin and its functions is bound, and what
// CloudFront does differently is listed.
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
	for _, line := range config.NotSimulated {
		fmt.Println(line)
	}
	// Output:
	// redirect-to-https Managed-CachingOptimized index.html
	// origin[0]: the bucket's domain name is not known: functions see amzn-s3-demo-bucket.s3.us-east-1.amazonaws.com
	// without effect on this machine: comment, http_version, is_ipv6_enabled, price_class, viewer_certificate, wait_for_deployment
}
