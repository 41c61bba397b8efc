package edge_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"runtime"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
)

// plainEvent is what a program without this package would decode into: structs,
// and maps of header entries.
type plainEvent struct {
	Records []struct {
		CF struct {
			Config struct {
				DistributionDomainName, DistributionID, EventType, RequestID string
			} `json:"config"`
			Request  plainRequest   `json:"request"`
			Response *plainResponse `json:"response,omitempty"`
		} `json:"cf"`
	}
}

type plainHeader map[string][]struct {
	Key   string `json:"key,omitempty"`
	Value string `json:"value"`
}

type plainRequest struct {
	ClientIP    string      `json:"clientIp"`
	Headers     plainHeader `json:"headers"`
	Method      string      `json:"method"`
	QueryString string      `json:"querystring"`
	URI         string      `json:"uri"`
	Origin      *struct {
		Custom *struct {
			CustomHeaders             plainHeader `json:"customHeaders"`
			DomainName                string      `json:"domainName"`
			KeepaliveTimeout          int         `json:"keepaliveTimeout"`
			Path                      string      `json:"path"`
			Port                      int         `json:"port"`
			Protocol                  string      `json:"protocol"`
			ReadTimeout               int         `json:"readTimeout"`
			ResponseCompletionTimeout int         `json:"responseCompletionTimeout,omitempty"`
			SSLProtocols              []string    `json:"sslProtocols"`
		} `json:"custom,omitempty"`
	} `json:"origin,omitempty"`
}

type plainResponse struct {
	Headers           plainHeader `json:"headers"`
	Status            string      `json:"status"`
	StatusDescription string      `json:"statusDescription"`
}

// benchEvent is an origin-request event of about 1.2 KB, without white space as
// CloudFront sends it.
func benchEvent(b testing.TB) []byte {
	file, err := os.ReadFile("../testdata/origin-request-custom-headers.json")
	if err != nil {
		b.Fatal(err)
	}
	var event bytes.Buffer
	if err := json.Compact(&event, file); err != nil {
		b.Fatal(err)
	}
	return event.Bytes()
}

func BenchmarkInvoke(b *testing.B) {
	event, ctx := benchEvent(b), context.Background()
	pass := func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return r, nil }
	edit := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		r.URI = "/index.html"
		r.Header.Set("x-variant", "b")
		return r, nil
	}
	answer := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		res := &edge.Response{StatusCode: 302}
		res.Header.Set("location", "https://www.example.com/")
		return res, nil
	}
	for _, bench := range []struct {
		name   string
		handle edge.RequestHandler
	}{{"untouched", pass}, {"edited", edit}, {"answered", answer}} {
		f := &edge.Function{OriginRequest: bench.handle}
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(event)))
			for b.Loop() {
				if _, err := f.Invoke(ctx, event); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	// What encoding/json takes to decode the event, and to encode the request again, which is what "untouched" does.
	for _, encode := range []bool{false, true} {
		name := "encoding-json-decode"
		if encode {
			name = "encoding-json"
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(event)))
			for b.Loop() {
				var e plainEvent
				if err := json.Unmarshal(event, &e); err != nil {
					b.Fatal(err)
				}
				if !encode {
					continue
				}
				if _, err := json.Marshal(&e.Records[0].CF.Request); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkLiveHeap shows that memory does not grow with the number of
// invocations: the bytes that are live after them and a garbage collection, less
// those before. Run it with -benchtime 1000000x.
func BenchmarkLiveHeap(b *testing.B) {
	event, ctx := benchEvent(b), context.Background()
	f := &edge.Function{OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		r.Header.Set("x-variant", "b")
		return r, nil
	}}
	live := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before := live()
	for b.Loop() {
		if _, err := f.Invoke(ctx, event); err != nil {
			b.Fatal(err)
		}
	}
	grown := live() - before
	b.ReportMetric(float64(grown), "live-bytes")
	if grown > 1<<20 {
		b.Errorf("%d bytes more are live after %d invocations", grown, b.N)
	}
}
