package edgehttp_test

import (
	"context"
	"io"
	"net/http"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgehttp"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

func BenchmarkHandler(b *testing.B) {
	for name, h := range map[string]http.HandlerFunc{
		"answer": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			io.WriteString(w, "hello")
		},
		"continue": edgehttp.Continue,
		"continue-with-a-header": func(w http.ResponseWriter, r *http.Request) {
			r.Header.Set("X-A", "1")
			edgehttp.Continue(w, r)
		},
	} {
		b.Run(name, func(b *testing.B) {
			handle := edgehttp.Handler(h)
			came := edgetest.NewRequest(edge.ViewerRequest, "GET", "/index.html?username=octocat")
			b.ReportAllocs()
			for b.Loop() {
				r := *came
				if _, err := handle(context.Background(), &r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkHTTPHeader(b *testing.B) {
	h := edgetest.NewRequest(edge.OriginRequest, "GET", "/").Header
	b.ReportAllocs()
	for b.Loop() {
		edgehttp.HTTPHeader(h)
	}
}
