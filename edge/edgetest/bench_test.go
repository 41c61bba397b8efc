package edgetest_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

func BenchmarkRequest(b *testing.B) {
	f, r := passThrough(), edgetest.NewRequest(edge.OriginRequest, "GET", "/")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := edgetest.Request(f, r); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTestFunction(b *testing.B) {
	f := passThrough()
	b.ReportAllocs()
	for b.Loop() {
		if err := edgetest.TestFunction(f, edgetest.Events()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRedact(b *testing.B) {
	event := readEvent(b, "viewer-request-browser.json")
	b.SetBytes(int64(len(event)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := edgetest.Redact(event); err != nil {
			b.Fatal(err)
		}
	}
}
