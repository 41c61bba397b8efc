package edgesim_test

import (
	"context"
	"encoding/json"
	"net/http"
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

func FuzzReplaceHost(f *testing.F) {
	f.Add("https://d.example/a", "https://d.example", "http://localhost")
	f.Add("https://d.examplehttps://d.example", "https://d.example", "x")
	f.Fuzz(func(t *testing.T, s, old, with string) {
		if old == "" || len(s) > 1000 {
			t.Skip()
		}
		if got := edgesim.ReplaceHost(s, old, old); got != s {
			t.Errorf("a replacement by itself: got %q from %q", got, s)
		}
		if !strings.Contains(s, old) && edgesim.ReplaceHost(s, old, with) != s {
			t.Errorf("nothing to replace in %q", s)
		}
	})
}

// TestTraceJSON holds that a trace can be written whatever a function returned, and keeps what it holds.
func TestTraceJSON(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{"\xff\xfe rubbish", `{"a":`, "", `"text"`, " {} "} {
		_, trace := get(foreign(t, edge.ViewerRequest, returns(answer)), "/?a=b", "Cookie", "a=b")
		text, err := json.Marshal(trace)
		if err != nil {
			t.Fatalf("%q: %v", answer, err)
		}
		var again edgesim.Trace
		if err := json.Unmarshal(text, &again); err != nil {
			t.Fatalf("%q: %v", answer, err)
		}
		st := again.Stage(edgesim.StageViewerRequest)
		if again.ID != trace.ID || st == nil || !json.Valid(st.Input) || again.Viewer.Target != "/?a=b" || again.Status != 502 {
			t.Errorf("%q: got %s", answer, text)
		}
	}
}

// TestTerminal holds what is printed: nothing personal, nothing that a terminal obeys.
func TestTerminal(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	terminal := &edgesim.Terminal{Writer: &out}
	s := foreign(t, edge.ViewerRequest, raw(func(event []byte) ([]byte, error) {
		return nil, &failure{"cannot serve \x1b" + string(event) + "\x1b]0;title\a\u202e\r\n"}
	}), func(c *edgesim.Config) { c.Observe = terminal.Print })
	get(s, "/a%1b%5b2J?username=octo%20cat&id=12345", "Cookie", "session=s3cret; b=2", "Authorization", "Bearer t0ken", "X-Forwarded-For", "198.51.100.7")
	r := httptest.NewRequest("GET", "/", nil)
	r.Host, r.RequestURI = "localhost", "/\x1b[2Jé?x"
	s.Do(r)
	got := out.String()
	for _, secret := range []string{"octo", "12345", "s3cret", "t0ken", "192.0.2.1", "198.51.100.7", "\x1b", "\a", "\u202e", "\r"} {
		if strings.Contains(got, secret) {
			t.Errorf("the terminal shows %q:\n%s", secret, got)
		}
	}
	for _, want := range []string{"GET /a%1b%5b2J?…(28)  503  LambdaExecutionError from cloudfront", "viewer-request", "✗ cannot serve", `\x1b`} {
		if !strings.Contains(got, want) {
			t.Errorf("the terminal does not show %q:\n%s", want, got)
		}
	}
	out.Reset()
	colored := &edgesim.Terminal{Writer: &out, Color: edgesim.ColorAlways, Short: true}
	_, trace := get(behind(t, edgesim.Behavior{Origin: &edgesim.CustomOrigin{Handler: says(200)}}), "/")
	colored.Print(trace)
	if got := out.String(); strings.Count(got, "\n") != 1 || !strings.HasPrefix(got, "\x1b[1mGET /\x1b[0m  \x1b[32m200\x1b[0m  Miss from cloudfront") {
		t.Errorf("short, in colour: got %q", got)
	}
}

type failure struct{ text string }

func (f *failure) Error() string { return f.text }

// TestHeadersOfCloudFront holds what is on every answer.
func TestHeadersOfCloudFront(t *testing.T) {
	t.Parallel()
	w := serving(t, says(200, "Via", "1.1 somebody", "X-Cache", "Hit from elsewhere", "X-Amz-Cf-Id", "x", "X-Amz-Request-Id", "1"), nil)
	resp, trace := get(w.Simulator, "/")
	h := resp.Header
	if len(h.Get("X-Amz-Cf-Id")) != 58 || !strings.HasSuffix(h.Get("X-Amz-Cf-Id"), "==") || h.Get("X-Amz-Cf-Id") != trace.ID {
		t.Errorf("got X-Amz-Cf-Id %q, want 56 characters and ==", h.Get("X-Amz-Cf-Id"))
	}
	if !strings.HasPrefix(h.Get("Via"), "1.1 ") || !strings.HasSuffix(h.Get("Via"), ".cloudfront.net (CloudFront)") || h.Get("X-Cache") != "Miss from cloudfront" {
		t.Errorf("got Via %q, X-Cache %q", h.Get("Via"), h.Get("X-Cache"))
	}
	if h.Get("X-Amz-Cf-Pop") == "" || h.Get("X-Amz-Request-Id") != "" {
		t.Errorf("got X-Amz-Cf-Pop %q, X-Amz-Request-Id %q", h.Get("X-Amz-Cf-Pop"), h.Get("X-Amz-Request-Id"))
	}
	if _, err := http.ParseTime(h.Get("Date")); err != nil {
		t.Errorf("Date: %v", err)
	}
}

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
