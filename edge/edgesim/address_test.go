package edgesim_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// TestInward holds what functions see of a viewer at a local address.
func TestInward(t *testing.T) {
	t.Parallel()
	const domain, alias = edgesim.DefaultDomainName, "www.example.com"
	tests := []struct {
		name, host              string
		headers                 []string
		wantHost, wantRef, want string // Host, Referer, Origin
	}{
		{"local", "localhost:8080", []string{"Referer", "http://localhost:8080/index.html?a=b", "Origin", "http://localhost:8080"}, domain, "https://" + domain + "/index.html?a=b", "https://" + domain},
		{"address", "127.0.0.1:8080", []string{"Referer", "http://127.0.0.1:8080/"}, domain, "https://" + domain + "/", ""},
		{"another-port", "localhost:8080", []string{"Referer", "http://localhost:80801/", "Origin", "http://localhost:808"}, domain, "http://localhost:80801/", "http://localhost:808"},
		{"another-site", "localhost:8080", []string{"Referer", "https://www.example.org/?http://localhost:8080/", "Origin", "null"}, domain, "https://www.example.org/?http://localhost:8080/", "null"},
		{"https-elsewhere", "localhost:8080", []string{"Referer", "https://localhost:8080/"}, domain, "https://localhost:8080/", ""},
		{"own-name", domain, []string{"Referer", "https://" + domain + "/"}, domain, "https://" + domain + "/", ""},
		{"alias", alias, []string{"Referer", "http://localhost:8080/"}, alias, "http://localhost:8080/", ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var seen *edge.Request
			s := behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: says(200)}, Functions: edgesim.Associate(&edge.Function{
				ViewerRequest: func(_ context.Context, r *edge.Request) (edge.Outcome, error) { seen = r; return r, nil },
			})}, func(c *edgesim.Config) { c.Distribution.Aliases = []string{alias} })
			r := httptest.NewRequest("GET", "/", nil)
			r.Host = tc.host
			for i := 0; i < len(tc.headers); i += 2 {
				r.Header.Set(tc.headers[i], tc.headers[i+1])
			}
			s.Do(r)
			if h := seen.Header; h.Get("Host") != tc.wantHost || h.Get("Referer") != tc.wantRef || h.Get("Origin") != tc.want {
				t.Errorf("got Host %q, Referer %q, Origin %q, want %q, %q, %q", h.Get("Host"), h.Get("Referer"), h.Get("Origin"), tc.wantHost, tc.wantRef, tc.want)
			}
		})
	}
}

// TestOutward holds what a browser at a local address gets.
func TestOutward(t *testing.T) {
	t.Parallel()
	const domain = edgesim.DefaultDomainName
	tests := []struct{ name, header, value, want string }{
		{"location", "Location", "https://" + domain + "/a?b=https://" + domain, "http://localhost:8080/a?b=http://localhost:8080"},
		{"location-http", "Location", "http://" + domain + "/a", "http://localhost:8080/a"},
		{"location-relative", "Location", "/a", "/a"},
		{"location-elsewhere", "Location", "https://www.example.org/" + domain, "https://www.example.org/" + domain},
		{"location-longer-name", "Location", "https://" + domain + ".example.org/", "https://" + domain + ".example.org/"},
		{"location-port", "Location", "https://" + domain + ":8443/", "https://" + domain + ":8443/"},
		{"location-user", "Location", "https://" + domain + "@example.org/", "https://" + domain + "@example.org/"},
		{"policy-origin", "Content-Security-Policy", "script-src https://" + domain + "; img-src *", "script-src http://localhost:8080; img-src *"},
		{"policy-path", "Content-Security-Policy", "script-src https://" + domain + "/js/", "script-src http://localhost:8080/js/"},
		{"policy-host", "Content-Security-Policy", "script-src " + domain + " 'self'", "script-src localhost:8080 'self'"},
		{"policy-socket", "Content-Security-Policy", "connect-src wss://" + domain, "connect-src ws://localhost:8080"},
		{"policy-other-host", "Content-Security-Policy", "script-src x" + domain + " *." + domain, "script-src x" + domain + " *." + domain},
		{"policy-report-only", "Content-Security-Policy-Report-Only", "default-src https://" + domain, "default-src http://localhost:8080"},
		{"cors", "Access-Control-Allow-Origin", "https://" + domain, "http://localhost:8080"},
		{"link", "Link", "<https://" + domain + "/a.css>; rel=preload", "<http://localhost:8080/a.css>; rel=preload"},
		{"cookie", "Set-Cookie", "a=" + domain + "; Domain=" + domain + "; Path=/", "a=" + domain + "; Path=/"},
		{"cookie-dot", "Set-Cookie", "a=1; domain=." + domain, "a=1"},
		{"cookie-other", "Set-Cookie", "a=1; Domain=example.org", "a=1; Domain=example.org"},
		{"any-other-header", "X-Where", "https://" + domain, "https://" + domain},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := serving(t, says(200, tc.header, tc.value), edgesim.UseOriginCacheControlHeaders())
			resp, trace := get(w.Simulator, "/")
			if got := resp.Header.Get(tc.header); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			notes := strings.Join(trace.Stage(edgesim.StageReply).Notes, "\n")
			if said := strings.Contains(notes, tc.header+": "+domain+" is localhost:8080 to the viewer"); said != (tc.want != tc.value) {
				t.Errorf("the trace says so: %t; notes:\n%s", said, notes)
			}
			r := httptest.NewRequest("GET", "/", nil)
			r.Host = domain
			if resp, _ := w.Do(r); resp.Header.Get(tc.header) != tc.value {
				t.Errorf("to a viewer at the distribution's own name: got %q, want %q", resp.Header.Get(tc.header), tc.value)
			}
		})
	}
}
