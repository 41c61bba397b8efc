package cspreport_test

import (
	"bytes"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp/cspreport"
)

func BenchmarkParse(b *testing.B) {
	var bodies [][]byte
	size := 0
	for _, c := range captures(b) {
		bodies = append(bodies, c.Bytes)
		size += len(c.Bytes)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, body := range bodies {
			if _, err := cspreport.Parse(body); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkSummary reads lines and puts them together, as csplint does.
func BenchmarkSummary(b *testing.B) {
	var file []byte
	for _, c := range captures(b) {
		reports, err := cspreport.Parse(c.Bytes)
		if err != nil {
			b.Fatal(err)
		}
		for _, r := range reports {
			file = r.AppendLine(file)
		}
	}
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		var s cspreport.Summary
		for r, err := range cspreport.Read(bytes.NewReader(file)) {
			if err != nil {
				b.Fatal(err)
			}
			s.Add(r)
		}
	}
}
