package edge

import (
	"os"
	"testing"
)

// BenchmarkCheck shows what the rule book costs: the same edit of the same event
// with the checks and without.
func BenchmarkCheck(b *testing.B) {
	file, err := os.ReadFile("../testdata/origin-request-custom-headers.json")
	if err != nil {
		b.Fatal(err)
	}
	text := string(file)
	for _, checked := range []bool{false, true} {
		name := "without"
		if checked {
			name = "with"
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ev, err := decode(text)
				if err != nil {
					b.Fatal(err)
				}
				ev.request.URI = "/index.html"
				ev.request.Header.Set("x-variant", "b")
				ev.request.Origin.(*CustomOrigin).ReadTimeout = 10
				if checked {
					c := checker{trigger: ev.trigger()}
					if c.request(&ev.request, &ev.came); c.err() != nil {
						b.Fatal(c.err())
					}
				}
				ev.appendRequest(nil, &ev.request)
			}
		})
	}
}
