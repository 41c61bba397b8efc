package edgehttp_test

import (
	"context"
	"io"
	"io/fs"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgehttp"
	"github.com/edgehelpers/lambdaedge/edge/edgetest"
)

// FuzzContinue holds that a request which a handler looks at and lets go on is byte
// for byte what came.
func FuzzContinue(f *testing.F) {
	names, err := fs.Glob(edgetest.Events(), "*-request-*.json")
	if err != nil || len(names) == 0 {
		f.Fatal("no events", err)
	}
	for _, name := range names {
		event, err := fs.ReadFile(edgetest.Events(), name)
		if err != nil {
			f.Fatal(err)
		}
		if len(event) < 16<<10 { // the fuzzer takes minutes to shorten a large one
			f.Add(event)
		}
	}
	f.Add([]byte(`{"Records":[{"cf":{"config":{"eventType":"viewer-request"},"request":{"body":{"data":"!"}}}}]}`))
	pass := func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return r, nil }
	plain := &edge.Function{ViewerRequest: pass, OriginRequest: pass}
	look := edgehttp.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		r.Cookies()
		r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
		edgehttp.Continue(w, r.WithContext(context.WithValue(r.Context(), failingReader{}, 1)))
	}))
	through := &edge.Function{ViewerRequest: look, OriginRequest: look}
	f.Fuzz(func(t *testing.T, event []byte) {
		want, err := plain.Invoke(t.Context(), event)
		if err != nil {
			return // not an event of CloudFront's
		}
		got, err := through.Invoke(t.Context(), event)
		if err != nil {
			t.Fatalf("%v\n%s", err, event)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("(-came +went on):\n%s\n%s", diff, event)
		}
	})
}
