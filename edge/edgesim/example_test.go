package edgesim_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"testing/fstest"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// A test sends requests through a distribution without a port and looks at the way that each one took.
func ExampleSimulator_Do() {
	sim, err := edgesim.New(edgesim.Config{
		Distribution: edgesim.Distribution{
			DefaultRootObject: "index.html",
			DefaultBehavior: edgesim.Behavior{
				Origin:      &edgesim.S3Origin{FS: fstest.MapFS{"index.html": {Data: []byte("hello")}}},
				CachePolicy: edgesim.CachingOptimized(),
				Functions: edgesim.Associate(&edge.Function{
					OriginResponse: func(_ context.Context, r *edge.Response) error {
						r.Header.Set("X-Content-Type-Options", "nosniff")
						return nil
					},
				}),
			},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for range 2 {
		resp, trace := sim.Do(httptest.NewRequest("GET", "/", nil))
		fmt.Println(resp.StatusCode, resp.Header.Get("X-Cache"), resp.Header.Get("X-Content-Type-Options"), trace.Way())
	}
	sim.Advance(24 * time.Hour)
	_, trace := sim.Do(httptest.NewRequest("GET", "/", nil))
	fmt.Println(trace.Result)
	// Output:
	// 200 Miss from cloudfront nosniff [viewer cache origin origin-response store reply]
	// 200 Hit from cloudfront nosniff [viewer cache reply]
	// RefreshHit from cloudfront
}

// A CloudFront Function runs in Node.js, with a key value store from the file that AWS imports.
func ExampleCloudFrontFunction() {
	file, err := os.ReadFile("redirects.json")
	if err != nil {
		log.Fatal(err)
	}
	store, err := edgesim.ReadKeyValueStore(file)
	if err != nil {
		log.Fatal(err)
	}
	redirect, err := edgesim.CloudFrontFunction{Path: "redirect.js", KeyValueStore: store}.Open()
	if err != nil {
		log.Fatal(err)
	}
	defer redirect.Close()
	sim, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{
		Origin:              &edgesim.S3Origin{FS: os.DirFS("site")},
		CloudFrontFunctions: edgesim.CloudFrontFunctions{ViewerRequest: redirect},
	}}})
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe("localhost:8080", sim))
}

// Print shows on a terminal what happened to each request.
func ExampleTerminal() {
	terminal := &edgesim.Terminal{Writer: os.Stdout, Short: true}
	sim, err := edgesim.New(edgesim.Config{
		Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{
			Origin: &edgesim.S3Origin{FS: fstest.MapFS{}},
			Functions: edgesim.Associate(&edge.Function{
				ViewerRequest: func(context.Context, *edge.Request) (edge.Outcome, error) { return nil, fmt.Errorf("no such table") },
			}),
		}},
		Observe: func(trace *edgesim.Trace) {
			trace.Duration, trace.Stages[1].Duration = 0, 0 // times differ from run to run
			terminal.Print(trace)
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	sim.Do(httptest.NewRequest("GET", "/index.html?username=octocat", nil))
	// Output:
	// GET /index.html?…(16)  503  LambdaExecutionError from cloudfront  0s
	//   viewer-request        0s  ✗ no such table
}

// The website endpoint of a bucket has index documents, an error document and redirects.
func ExampleWebsiteOrigin() {
	sim, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{
		Origin: &edgesim.WebsiteOrigin{
			FS:            fstest.MapFS{"docs/index.html": {Data: []byte("documents")}, "404.html": {Data: []byte("not here")}},
			IndexDocument: "index.html",
			ErrorDocument: "404.html",
			RoutingRules:  []edgesim.RoutingRule{{KeyPrefix: "old/", HostName: "www.example.com", ReplaceKeyPrefixWith: new("docs/")}},
		},
	}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, path := range []string{"/docs/", "/docs", "/old/a", "/lost"} {
		resp, _ := sim.Do(httptest.NewRequest("GET", path, nil))
		fmt.Printf("%s %d %q\n", path, resp.StatusCode, resp.Header.Get("Location"))
	}
	// Output:
	// /docs/ 200 ""
	// /docs 302 "/docs/"
	// /old/a 301 "http://www.example.com/docs/a"
	// /lost 404 ""
}
