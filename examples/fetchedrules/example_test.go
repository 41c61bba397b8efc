package fetchedrules_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/fetchedrules"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// The rules lie in a bucket, which a local server plays; the function runs in a
// distribution that edgesim plays. With Keep at zero each request asks the bucket.
func Example() {
	bucket := &bucket{}
	bucket.put("v1", compile("/blog/*", "/news/:splat"))
	server := httptest.NewServer(bucket)
	defer server.Close()

	rules := fetchedrules.New(server.URL+"/redirects.bin", new(redirect.Table))
	rules.Keep = 0
	if err := rules.Fetch(context.Background()); err != nil {
		fmt.Println(err)
	}
	sim, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{
		Origin:    &edgesim.S3Origin{FS: fstest.MapFS{"news/today": {Data: []byte("news")}}},
		Functions: edgesim.Associate(&edge.Function{ViewerRequest: rules.Handle}),
	}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	get := func(what string) {
		response, _ := sim.Do(httptest.NewRequest("GET", "/blog/today", nil))
		fmt.Println(response.StatusCode, response.Header.Get("Location"), "|", what, "| the bucket:", bucket.last)
	}
	get("the first rules")
	bucket.put("v2", compile("/blog/*", "/stories/:splat"))
	get("new ones")
	bucket.put("v3", "not a table")
	log.SetOutput(io.Discard) // where it is said that the rules stay as they are
	defer log.SetOutput(os.Stderr)
	get("what is no table changes nothing")
	bucket.status = http.StatusServiceUnavailable
	get("nor does a bucket that fails")
	// Output:
	// 302 /news/today | the first rules | the bucket: 304
	// 302 /stories/today | new ones | the bucket: 200
	// 302 /stories/today | what is no table changes nothing | the bucket: 200
	// 302 /stories/today | nor does a bucket that fails | the bucket: 503
}
