package edgesim_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestMocks holds that a request can play another viewer.
func TestMocks(t *testing.T) {
	t.Parallel()
	var seen, atOrigin, after *edge.Request
	s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: says(200)}, CachePolicy: edgesim.CachingDisabled(),
		OriginRequestPolicy: edgesim.AllViewerAndCloudFrontHeaders(),
		Functions: edgesim.Associate(&edge.Function{
			ViewerRequest:  func(_ context.Context, r *edge.Request) (edge.Outcome, error) { seen = r; return r, nil },
			OriginRequest:  func(_ context.Context, r *edge.Request) (edge.Outcome, error) { atOrigin = r; return r, nil },
			ViewerResponse: func(_ context.Context, r *edge.Response) error { after = r.Request; return nil },
		})}, func(c *edgesim.Config) {
		c.ViewerHeaders = http.Header{}
		c.ViewerHeaders.Set("CloudFront-Viewer-City", "Bern")
		c.Distribution.DefaultRootObject = "index.html"
	})
	get(s, "/", "X-Mock-CloudFront-Viewer-Country", "CH", "X-Mock-CloudFront-Viewer-Address", "[2001:db8::1]:4711", "CloudFront-Viewer-Country", "XX",
		"User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148")
	if seen.ClientIP != "2001:db8::1" || seen.Header.Get("CloudFront-Viewer-Country") != "XX" || seen.Header.Has("X-Mock-CloudFront-Viewer-Country") {
		t.Errorf("viewer-request saw client %q and headers %v", seen.ClientIP, seen.Header)
	}
	for name, want := range map[string]string{"Country": "CH", "City": "Bern", "Address": "[2001:db8::1]:4711"} {
		if got := atOrigin.Header.Get("CloudFront-Viewer-" + name); got != want {
			t.Errorf("origin-request: %s: got %q, want %q", name, got, want)
		}
	}
	if after.Header.Get("CloudFront-Viewer-Country") != "XX" || after.Header.Has("CloudFront-Viewer-City") || after.URI != "/" || atOrigin.URI != "/index.html" {
		t.Errorf("viewer-response saw %q with %v: the root object and these headers are for the origin", after.URI, after.Header)
	}
	if h := atOrigin.Header; h.Get("CloudFront-Is-Mobile-Viewer") != "true" || h.Get("CloudFront-Is-Desktop-Viewer") != "false" || h.Get("CloudFront-Is-IOS-Viewer") != "true" {
		t.Errorf("device: got %v", h)
	}
}

// TestMockNotes holds that mocks without an effect are notes of the first stage, and that what is spelled like a mock goes no further.
func TestMockNotes(t *testing.T) {
	t.Parallel()
	origin := says(200)
	s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: origin}, CachePolicy: edgesim.CachingDisabled(),
		OriginRequestPolicy: edgesim.AllViewer(),
		Functions:           edgesim.Associate(&edge.Function{ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) { return r, nil }})})
	tests := []struct{ name, value, note string }{
		{"X-Mock-Lambda-Fault", "viewer-request=cold", ""},
		{"X-Mock-Lambda-Fault", ", ,", ""},
		{"X-Mock-Lambda-Fault", "viewer-requst=cold", `X-Mock-Lambda-Fault: got "viewer-requst=cold": no trigger "viewer-requst"; allowed are viewer-request, origin-request, origin-response, viewer-response; did you mean viewer-request?`},
		{"X-Mock-Lambda-Fault", "timeout", `X-Mock-Lambda-Fault: got "timeout": no trigger "timeout"; allowed are viewer-request, origin-request, origin-response, viewer-response`},
		{"X-Mock-Lambda-Fault", "viewer-request=timeot", `X-Mock-Lambda-Fault: got "viewer-request=timeot": no fault "timeot"; allowed are throttle, timeout, crash, oversize, invalid, cold; did you mean timeout?`},
		{"X-Mock-Lambda-Fault", "viewer-request=", `X-Mock-Lambda-Fault: got "viewer-request=": no fault ""; allowed are throttle, timeout, crash, oversize, invalid, cold`},
		{"X-Mock-Lambda-Fault", "origin-request=crash", `X-Mock-Lambda-Fault: got "origin-request=crash": the behaviour has no function for this trigger`},
		{"X-Mock-CloudFront-Viewer-Country", "CH", "X-Mock-CloudFront-Viewer-Country: no policy of the behaviour names CloudFront-Viewer-Country, so that neither functions nor the origin see it"},
		{"X-Mock-CloudFront-Viewer-Address", "198.51.100.7:80", ""},
		{"X-Mock-Foo", "1", "X-Mock-Foo: not known, and left out; allowed are X-Mock-Lambda-Fault and X-Mock-CloudFront-... for every header of CloudFront's"},
	}
	for _, tc := range tests {
		resp, trace := get(s, "/", tc.name, tc.value)
		var got []string
		for _, note := range trace.Stage(edgesim.StageViewer).Notes {
			if strings.HasPrefix(note, "X-Mock-") {
				got = append(got, note)
			}
		}
		var want []string
		if tc.note != "" {
			want = []string{tc.note}
		}
		if diff := cmp.Diff(want, got); diff != "" || resp.StatusCode != 200 {
			t.Errorf("%s: %s: status %d, notes (-want +got):\n%s", tc.name, tc.value, resp.StatusCode, diff)
		}
		if trace.Origins[0].Header[tc.name] != nil {
			t.Errorf("%s goes to the origin", tc.name)
		}
	}
}
