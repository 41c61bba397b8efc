package edgetest

import (
	"bytes"
	"io/fs"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
)

// maxSeed is the size of the largest event that Fuzz starts from, in bytes. The fuzzer
// spends a minute on each variant of a larger one to make it small.
const maxSeed = 16 << 10

// Fuzz is a fuzz target for any function. It starts from those of [Events] that
// the function has handlers for, and holds it to these laws for whatever the fuzzer
// makes of them, as long as CloudFront could send it:
//
//   - the function does not panic,
//   - it returns nothing that breaks a rule of CloudFront's; an error of its own is
//     no breach, for then the viewer gets an error page and nothing slips through,
//   - the same event gets the same answer again.
//
// It is all there is to a test:
//
//	func FuzzFunction(f *testing.F) { edgetest.Fuzz(f, function) }
//
// which go test runs with the events, and go test -fuzz=FuzzFunction without end.
// More seeds are added with f.Add(event), a []byte, before the call.
func Fuzz(f *testing.F, function *edge.Function) {
	names, err := fs.Glob(Events(), "*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		event, err := fs.ReadFile(Events(), name)
		if err != nil {
			f.Fatal(err)
		}
		c, err := configOf(event)
		if err == nil && len(event) <= maxSeed && handles(function, c.Trigger) {
			f.Add(event)
		}
	}
	quiet := *function
	quiet.Warn = nil
	f.Fuzz(func(t *testing.T, event []byte) {
		config, err := configOf(event)
		if err != nil || !handles(function, config.Trigger) {
			return // not an event of CloudFront's
		}
		answer, err := quiet.Invoke(t.Context(), event)
		if err != nil {
			if len(fieldErrors(err)) > 0 {
				t.Errorf("%v\n%s", err, event)
			}
			return
		}
		if again, err := quiet.Invoke(t.Context(), event); err != nil || !bytes.Equal(again, answer) {
			t.Errorf("the second answer is %s; want the first, %s\n%s", show(again, err), show(answer, nil), event)
		}
	})
}
