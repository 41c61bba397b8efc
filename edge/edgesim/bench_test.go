package edgesim_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// through is a pair of viewer-facing functions that do as little as a function can.
func through() *edge.Function {
	return &edge.Function{
		ViewerRequest:  func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return r, nil },
		ViewerResponse: func(_ context.Context, r *edge.Response) error { r.Header.Set("X-Seen", "yes"); return nil },
	}
}

// The loopback benchmarks compare a cache hit with http.FileServer on the same file: the simulator is to have at
// least half of its throughput without a function, and a quarter with two viewer-facing functions.
func BenchmarkLoopback(b *testing.B) {
	dir := b.TempDir()
	if err := os.WriteFile(dir+"/file.html", make([]byte, 4096), 0o600); err != nil {
		b.Fatal(err)
	}
	distribution := func(f *edge.Function) http.Handler {
		return simulator(b, edgesim.Config{Distribution: edgesim.Distribution{DefaultBehavior: edgesim.Behavior{
			Origin: &edgesim.S3Origin{FS: os.DirFS(dir)}, CachePolicy: edgesim.CachingOptimized(), Functions: edgesim.Associate(f),
		}}})
	}
	for _, bc := range []struct {
		name    string
		handler http.Handler
	}{
		{"FileServer", http.FileServer(http.Dir(dir))},
		{"hit", distribution(&edge.Function{})},
		{"hit-with-two-functions", distribution(through())},
	} {
		b.Run(bc.name, func(b *testing.B) {
			server := httptest.NewServer(bc.handler)
			defer server.Close()
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					resp, err := client.Get(server.URL + "/file.html")
					if err != nil {
						b.Error(err)
						return
					}
					io.Copy(io.Discard, resp.Body)
					resp.Body.Close()
				}
			})
		})
	}
}

// BenchmarkDo is a simulated request in process, as a test makes it.
func BenchmarkDo(b *testing.B) {
	for _, bc := range []struct {
		name     string
		function *edge.Function
		target   func(i int) string
	}{
		{"hit", &edge.Function{}, func(int) string { return "/index.html" }},
		{"hit-with-two-functions", through(), func(int) string { return "/index.html" }},
		{"miss", &edge.Function{}, func(i int) string { return fmt.Sprintf("/index.html?%d", i) }},
		{"redirect", demo(), func(int) string { return "/index.html?username=octocat" }},
	} {
		b.Run(bc.name, func(b *testing.B) {
			c := demoConfig(bc.function)
			c.Distribution.DefaultBehavior.CachePolicy.QueryStrings = edgesim.All()
			s := simulator(b, c)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				get(s, bc.target(i))
			}
		})
	}
}
