package viewer_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/viewer"
)

// TestTakeMocks holds what is said of a header that begins with X-Mock-. The names and the forms of values are those of
// adding-cloudfront-headers.html and viewer-mtls-headers.html.
func TestTakeMocks(t *testing.T) {
	t.Parallel()
	const unknown = "not known, and left out; allowed are X-Mock-Lambda-Fault and X-Mock-CloudFront-... for every header of CloudFront's"
	const other = "not a header of CloudFront's that is known here; it is added where a policy names it"
	tests := []struct{ name, value, note string }{
		{"X-Mock-CloudFront-Viewer-Country", "CH", ""},
		{"x-mock-cloudfront-viewer-country", "CH", ""},
		{"X-Mock-CloudFront-Viewer-Country", "Switzerland", `X-Mock-CloudFront-Viewer-Country: got "Switzerland", want two capital letters (ISO 3166-1), such as CH`},
		{"X-Mock-CloudFront-Viewer-Country", "ch", `X-Mock-CloudFront-Viewer-Country: got "ch", want two capital letters (ISO 3166-1), such as CH`},
		{"X-Mock-CloudFront-Viewer-Contry", "CH", "X-Mock-CloudFront-Viewer-Contry: " + other + "; did you mean X-Mock-CloudFront-Viewer-Country?"},
		{"X-Mock-CloudFront-Is-Mobile", "true", "X-Mock-CloudFront-Is-Mobile: " + other + "; did you mean X-Mock-CloudFront-Is-Mobile-Viewer?"},
		{"X-Mock-CloudFront-Zzz", "", "X-Mock-CloudFront-Zzz: " + other},
		{"X-Mock-Foo", "bar", "X-Mock-Foo: " + unknown},
		{"X-Mock-Country", "CH", "X-Mock-Country: " + unknown + "; did you mean X-Mock-CloudFront-Viewer-Country?"},
		{"X-Mock-Lamda-Fault", "origin-request=crash", "X-Mock-Lamda-Fault: " + unknown + "; did you mean X-Mock-Lambda-Fault?"},
		{"X-Mock-" + strings.Repeat("A", 200), "", "X-Mock-A" + strings.Repeat("a", 99) + "…: " + unknown},
		{"X-Mock-CloudFront-Is-Mobile-Viewer", "yes", `X-Mock-CloudFront-Is-Mobile-Viewer: got "yes", want true or false`},
		{"X-Mock-CloudFront-Is-IOS-Viewer", "true", ""},
		{"X-Mock-CloudFront-Forwarded-Proto", "htps", `X-Mock-CloudFront-Forwarded-Proto: got "htps", want http or https`},
		{"X-Mock-CloudFront-Viewer-Address", "[2001:db8::1]:4711", ""},
		{"X-Mock-CloudFront-Viewer-Address", "198.51.100.7", "X-Mock-CloudFront-Viewer-Address: want an address and a port, such as 203.0.113.7:4711 or [2001:db8::7]:4711"},
		{"X-Mock-CloudFront-Viewer-ASN", "AS64496", `X-Mock-CloudFront-Viewer-ASN: got "AS64496", want the number of a network, such as 64496`},
		{"X-Mock-CloudFront-Viewer-Latitude", "47.37", ""},
		{"X-Mock-CloudFront-Viewer-Latitude", "147", `X-Mock-CloudFront-Viewer-Latitude: got "147", want a number from -90 to 90, such as 47.37`},
		{"X-Mock-CloudFront-Viewer-Longitude", "NaN", `X-Mock-CloudFront-Viewer-Longitude: got "NaN", want a number from -180 to 180, such as 8.54`},
		{"X-Mock-CloudFront-Viewer-TLS", "TLSv1.3:TLS_AES_128_GCM_SHA256:sessionResumed", ""},
		{"X-Mock-CloudFront-Viewer-TLS", "1.3", `X-Mock-CloudFront-Viewer-TLS: got "1.3", want a version and a cipher, such as TLSv1.3:TLS_AES_128_GCM_SHA256:fullHandshake`},
		{"X-Mock-CloudFront-Viewer-JA3-Fingerprint", strings.Repeat("0a", 16), ""},
		{"X-Mock-CloudFront-Error-Uri", "index.html", `X-Mock-CloudFront-Error-Uri: got "index.html", want a path with its leading slash`},
		{"X-Mock-CloudFront-Viewer-Http-Version", "HTTP/2", `X-Mock-CloudFront-Viewer-Http-Version: got "HTTP/2", want a version, such as 2.0`},
		{"X-Mock-CloudFront-Viewer-City", "Z\u00fcrich", ""},
		{"X-Mock-CloudFront-Viewer-Cert-Present", "1", ""},
		{"X-Mock-Lambda-Fault", "origin-requst=timeout", ""}, // the behaviour's functions are known elsewhere
	}
	for _, tc := range tests {
		t.Run(tc.name+"-"+tc.value, func(t *testing.T) {
			t.Parallel()
			v, h := viewer.Viewer{}, http.Header{"X-Other": {"1"}}
			h.Set(tc.name, tc.value)
			var want []string
			if tc.note != "" {
				want = []string{tc.note}
			}
			_, got := v.TakeMocks(h)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(http.Header{"X-Other": {"1"}}, h); diff != "" {
				t.Errorf("what goes further (-want +got):\n%s", diff)
			}
		})
	}
}

// TestManyMocks: a request cannot fill the trace with notes.
func TestManyMocks(t *testing.T) {
	t.Parallel()
	v, h := viewer.Viewer{}, http.Header{}
	for i := range 1000 {
		h.Set(fmt.Sprintf("X-Mock-%d", i), "1")
	}
	if _, notes := v.TakeMocks(h); len(notes) != viewer.MostNotes || len(h) > 0 {
		t.Errorf("got %d notes, and %d headers are left", len(notes), len(h))
	}
}
