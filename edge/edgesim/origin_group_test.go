package edgesim_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

func TestOriginGroup(t *testing.T) {
	t.Parallel()
	down := &edgesim.CustomOrigin{Handler: script(func(http.ResponseWriter, *http.Request) { panic("down") }), DomainName: "one.example.com"}
	busy := &edgesim.CustomOrigin{Handler: says(503), DomainName: "one.example.com"}
	fine := &edgesim.CustomOrigin{Handler: says(200), DomainName: "two.example.com"}
	tests := []struct {
		name, method string
		group        edgesim.OriginGroup
		status       int
		asked        []string
	}{
		{"down", "GET", edgesim.OriginGroup{Primary: down, Secondary: fine}, 200, []string{"one.example.com", "two.example.com"}},
		{"status", "GET", edgesim.OriginGroup{Primary: busy, Secondary: fine, Statuses: []int{503}}, 200, []string{"one.example.com", "two.example.com"}},
		{"status-not-listed", "GET", edgesim.OriginGroup{Primary: busy, Secondary: fine, Statuses: []int{500}}, 503, []string{"one.example.com"}},
		{"post-stays", "POST", edgesim.OriginGroup{Primary: busy, Secondary: fine, Statuses: []int{503}}, 503, []string{"one.example.com"}},
		{"fine", "GET", edgesim.OriginGroup{Primary: fine, Secondary: busy, Statuses: []int{503}}, 200, []string{"two.example.com"}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var asked []string
			s := behind(t, edgesim.Behavior{Origin: &tc.group, AllowedMethods: []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"},
				Functions: edgesim.Associate(&edge.Function{OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
					asked = append(asked, r.Origin.(*edge.CustomOrigin).DomainName)
					return r, nil
				}}),
			})
			resp, trace := send(s, tc.method, "/")
			if resp.StatusCode != tc.status {
				t.Errorf("got %d (%s), want %d", resp.StatusCode, trace.Reason, tc.status)
			}
			if diff := cmp.Diff(tc.asked, asked); diff != "" {
				t.Errorf("origin-request saw (-want +got; high_availability_origin_failover.html):\n%s", diff)
			}
		})
	}
}

// TestChangedOrigin holds what an origin-request function can do to the origin.
func TestChangedOrigin(t *testing.T) {
	t.Parallel()
	var host, path, custom string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		host, path, custom = r.Host, r.URL.Path, r.Header.Get("X-Secret")
	}))
	t.Cleanup(server.Close)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(server.URL, "http://"))
	change := func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
		o := &edge.CustomOrigin{DomainName: "localhost", Protocol: "http", Path: "/v2", KeepaliveTimeout: 5, ReadTimeout: 30, SSLProtocols: []string{"TLSv1.2"}}
		fmt.Sscan(port, &o.Port)
		o.CustomHeaders.Set("X-Secret", "abc")
		r.Origin = o
		r.Header.Set("Host", "localhost")
		return r, nil
	}
	s := behind(t, edgesim.Behavior{Origin: &edgesim.S3Origin{FS: site()}, Functions: edgesim.Associate(&edge.Function{OriginRequest: change})})
	resp, trace := get(s, "/a")
	if resp.StatusCode != 200 || host != "localhost" || path != "/v2/a" || custom != "abc" {
		t.Errorf("got %d (%s), host %q, path %q, secret %q", resp.StatusCode, trace.Reason, host, path, custom)
	}
	other := behind(t, edgesim.Behavior{Origin: &edgesim.S3Origin{FS: site()}, Functions: edgesim.Associate(&edge.Function{
		OriginRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) {
			r.Origin.(*edge.S3Origin).DomainName = "second.s3.eu-west-1.amazonaws.com"
			r.Header.Set("Host", "second.s3.eu-west-1.amazonaws.com")
			return r, nil
		},
	})}, func(c *edgesim.Config) {
		second := fstest.MapFS{"index.html": {Data: []byte("second")}}
		c.Distribution.Behaviors = []edgesim.Behavior{{PathPattern: "/never", Origin: &edgesim.S3Origin{FS: second, DomainName: "second.s3.eu-west-1.amazonaws.com"}}}
	})
	if resp, trace := get(other, "/index.html"); body(t, resp) != "second" {
		t.Errorf("another origin of the distribution: got %d (%s)", resp.StatusCode, trace.Reason)
	}
}
