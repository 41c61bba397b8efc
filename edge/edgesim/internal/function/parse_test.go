package function

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzHeaders holds the fast way of reading a header map to the slow one: what it takes, the other takes too,
// and reads alike.
func FuzzHeaders(f *testing.F) {
	for _, text := range []string{
		`{}`, `{"x-a":[{"key":"X-A","value":"1"},{"value":"2"}]}`, `{"x-a":[{"key":"X-B","value":"1"}]}`, `{"X-A":[{"value":"1"}]}`,
		`{"etag":[{"key":"ETag","value":"\"1\""}]}`, `{"x-a":"1"}`, `{"x-a":[{"value":1}]}`, `{"x-a":[{"value":"\n"}]}`, `{"x-a":[{"key":null,"value":""}]}`,
		`{"x-a":[{"Value":"1"}]}`, `{"x-a":[{"value":"1","value":2}]}`, `{"":[]}`, `{"x-a":[]}`, `{"x-a":null}`, `null`, `{"x-\u0041":[{"value":"é"}]}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fast, ok := parseHeaders(text)
		if !ok {
			return
		}
		slow, plain := slowHeaders(text)
		if !plain {
			t.Fatalf("%q is taken, but the slow way objects", text)
		}
		if diff := cmp.Diff(slow, fast); diff != "" {
			t.Errorf("%q (-slow +fast):\n%s", text, diff)
		}
	})
}

// slowHeaders reads a header map the way that says what is wrong with it. ok reports that nothing is.
func slowHeaders(text string) (h http.Header, ok bool) {
	o := &Outcome{}
	h = http.Header{}
	lists, err := parseObject(text)
	if err != nil {
		return nil, false
	}
	for name, list := range lists {
		o.readHeaderList(h, name, name, list)
	}
	return h, len(o.Findings) == 0
}
