package edgehttp_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgehttp"
)

func TestHTTPHeader(t *testing.T) {
	var h edge.Header
	h.Add("x-two", "1")
	h.Add("Accept", "")
	h.Add("X-TWO", "2")
	h.Set("etag", `"a"`)
	want := http.Header{"X-Two": {"1", "2"}, "Accept": {""}, "Etag": {`"a"`}}
	got := edgehttp.HTTPHeader(h)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got["X-Two"][0] = "changed"
	got.Add("Accept", "changed")
	if h.Get("x-two") != "1" || h.Len() != 4 {
		t.Errorf("a change of the http.Header reached the edge.Header: %s", list(h))
	}
	if back := edgehttp.EdgeHeader(want); !back.Equal(h) {
		t.Errorf("got back %s; want %s", list(back), list(h))
	}
}

func TestEdgeHeader(t *testing.T) {
	for _, tt := range []struct {
		name, reason string
		header       http.Header
		want         string
	}{
		{"nil", "the zero Header", nil, ""},
		{"order-of-values", "the order of one name's values is kept", http.Header{"Set-Cookie": {"b", "a", "b"}},
			"set-cookie=b\nset-cookie=a\nset-cookie=b\n"},
		{"spellings", "keys that are one name in HTTP are joined, in the order of the keys", http.Header{"X-A": {"1"}, "x-a": {"3"}, "X-a": {"2"}},
			"x-a=1\nx-a=2\nx-a=3\n"},
		{"no-values", "a key without values is nothing on the wire, either", http.Header{"X-A": nil, "X-B": {}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, list(edgehttp.EdgeHeader(tt.header))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			}
		})
	}
}

// FuzzHeader holds the law of HTTPHeader, and its counterpart: an http.Header with
// canonical keys comes back as it was.
func FuzzHeader(f *testing.F) {
	f.Add("Host=a\nx-two=1\nX-Two=2\nset-cookie=a=b\n=\nX-Empty=")
	f.Add("a b=1\nA b=2\nÄ=3\nä=4\n\xff=5")
	f.Fuzz(func(t *testing.T, lines string) {
		var h edge.Header
		for line := range strings.Lines(lines) {
			name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
			h.Add(name, value)
		}
		there := edgehttp.HTTPHeader(h)
		if back := edgehttp.EdgeHeader(there); !back.Equal(h) {
			t.Errorf("got back %q; want %q", list(back), list(h))
		}
		if again := edgehttp.HTTPHeader(edgehttp.EdgeHeader(there)); !cmp.Equal(there, again) {
			t.Errorf("got back %q; want %q", again, there)
		}
	})
}
