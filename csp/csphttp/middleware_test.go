package csphttp_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/csphttp"
)

// strict is a policy that is short in tests.
func strict(nonce csp.Nonce) (csp.Policy, error) {
	return csp.New(csp.ScriptSrc(nonce, csp.StrictDynamic, csp.UnsafeInline), csp.BaseURI(csp.None))
}

func monitored(nonce csp.Nonce) (csp.Policy, error) {
	return csp.New(csp.StyleSrc(nonce))
}

func middleware(t testing.TB, c csphttp.Config) *csphttp.Middleware {
	t.Helper()
	m, err := csphttp.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var nonceSource = regexp.MustCompile(`'nonce-([^']*)'`)

// nonceOf gives the nonce in a policy, "" if there is none.
func nonceOf(policy string) string {
	if m := nonceSource.FindStringSubmatch(policy); m != nil {
		return m[1]
	}
	return ""
}

// TestMiddlewareCaches decides by what the handler has written, when it writes.
func TestMiddlewareCaches(t *testing.T) {
	const (
		withNonce = "script-src NONCE 'strict-dynamic' 'unsafe-inline'; base-uri 'none'"
		without   = "script-src 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' 'strict-dynamic' 'unsafe-inline'; base-uri 'none'"
	)
	tests := []struct {
		name, control string
		ask           bool
		status        int
		policy        string
		wantControl   string
		warned        bool
		reason        string
	}{
		{"page", "", true, 200, withNonce, "private", false, "nobody has thought of caches"},
		{"page-no-store", "no-store", true, 200, withNonce, "no-store", false, "as the handler says"},
		{"page-private", "private, max-age=60", true, 200, withNonce, "private, max-age=60", false, "the browser's cache keeps page and header together"},
		{"page-public", "public, max-age=60", true, 200, withNonce, "private, max-age=60", true, "the nonce would be everybody's"},
		{"page-shared", "S-MaxAge=60, no-transform, s-maxage=60", true, 200, withNonce, "private, no-transform", true, "what is for shared caches goes"},
		{"page-must-understand", "no-store, must-understand", true, 200, withNonce, "private, no-store", true, "caches that know the status ignore no-store"},
		{"page-no-cache", "no-cache", true, 200, withNonce, "private, no-cache", false, "it must still be asked for again"},
		{"page-revalidate", "max-age=0, must-revalidate", true, 200, withNonce, "private, max-age=0, must-revalidate", false, "nothing is for shared caches"},
		{"page-fields", `private="Set-Cookie, X", no-cache="a, public"`, true, 200, withNonce, `private, no-cache="a, public"`, true, "all but two headers would be everybody's"},
		{"page-open-quote", `no-cache="a`, true, 200, withNonce, `private, no-cache="a`, false, "private must not get into the string"},
		{"page-not-found", "", true, 404, withNonce, "private", false, "pages of errors, too"},
		{"file", "", false, 200, without, "", false, "caches may guess how long"},
		{"file-public", "public, max-age=31536000, immutable", false, 200, without, "public, max-age=31536000, immutable", false, "it stays as it is"},
		{"file-private", "private", false, 200, withNonce, "private", false, "a nonce that no element has"},
		{"not-modified", "", false, 304, "", "", false, "the browser has a page with another nonce"},
		{"not-modified-asked", "private", true, 304, "", "private", false, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			warned := false
			m := middleware(t, csphttp.Config{Enforced: strict, Warn: func(*http.Request, error) { warned = true }})
			nonce := ""
			w := httptest.NewRecorder()
			m.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if tt.ask {
					nonce = csphttp.Nonce(r.Context())
				}
				if tt.control != "" {
					w.Header().Set("Cache-Control", tt.control)
				}
				w.WriteHeader(tt.status)
			})).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
			got := w.Result().Header.Get(csp.HeaderName)
			if sent := nonceOf(got); tt.ask && sent != nonce && tt.policy != "" || len(nonce) < 22 && tt.ask {
				t.Errorf("the page has the nonce %q, the header %q", nonce, sent)
			} else if sent != "" {
				got = strings.Replace(got, "'nonce-"+sent+"'", "NONCE", 1)
			}
			if got != tt.policy || w.Result().Header.Get("Cache-Control") != tt.wantControl || warned != tt.warned {
				t.Errorf("got %q, Cache-Control %q, warned %v\nwant %q, %q, %v (%s)", got, w.Result().Header.Get("Cache-Control"), warned, tt.policy, tt.wantControl, tt.warned, tt.reason)
			}
		})
	}
}

// TestMiddlewareTargetedCaches treats what is for some caches only as it treats
// Cache-Control.
func TestMiddlewareTargetedCaches(t *testing.T) {
	tests := []struct {
		name, value string
		ask         bool
		stays       bool
		reason      string
	}{
		{"CDN-Cache-Control", "public, max-age=3600", true, false, "RFC 9213, 2.1: it is heeded in place of Cache-Control"},
		{"CDN-Cache-Control", "max-age=3600", true, false, ""},
		{"CDN-Cache-Control", "no-store", true, true, "it forbids, too"},
		{"Cloudflare-CDN-Cache-Control", "max-age=3600", true, false, "one CDN's own"},
		{"Surrogate-Control", "max-age=3600", true, false, "Fastly, Varnish"},
		{"Edge-Control", "max-age=3600", true, false, "Akamai"},
		{"X-Accel-Expires", "3600", true, false, "nginx"},
		{"X-Accel-Expires", "0", true, true, "nginx: not at all"},
		{"CDN-Cache-Control", "max-age=3600", false, true, "a file: the policy has no nonce"},
	}
	for _, tt := range tests {
		t.Run(tt.name+" "+tt.value, func(t *testing.T) {
			warned := false
			m := middleware(t, csphttp.Config{Enforced: strict, Warn: func(*http.Request, error) { warned = true }})
			w := httptest.NewRecorder()
			m.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Cache-Control", "private")
				w.Header().Set(tt.name, tt.value)
				if tt.ask {
					csphttp.Nonce(r.Context())
				}
			})).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
			stays, nonce := w.Header().Get(tt.name) != "", nonceOf(w.Header().Get(csp.HeaderName)) != ""
			if stays != tt.stays || nonce != tt.ask || warned == tt.stays {
				t.Errorf("the header stays: %v, the policy has a nonce: %v, warned: %v; want %v, %v, %v (%s)", stays, nonce, warned, tt.stays, tt.ask, !tt.stays, tt.reason)
			}
		})
	}
}

// TestMiddlewareLateNonce warns of a nonce that no policy has.
func TestMiddlewareLateNonce(t *testing.T) {
	tests := []struct {
		name, control string
		early         bool
		warned        bool
		reason        string
	}{
		{"late", "", false, true, "the header went without it"},
		{"late-private", "private", false, false, "the header has it all the same"},
		{"early", "", true, false, ""},
	}
	for _, tt := range tests {
		warned := false
		m := middleware(t, csphttp.Config{Enforced: strict, Warn: func(*http.Request, error) { warned = true }})
		m.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if tt.early {
				csphttp.Nonce(r.Context())
			}
			w.Header().Set("Cache-Control", tt.control)
			io.WriteString(w, "<!DOCTYPE html>")
			io.WriteString(w, csphttp.Nonce(r.Context()))
		})).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
		if warned != tt.warned {
			t.Errorf("%s: warned %v, want %v (%s)", tt.name, warned, tt.warned, tt.reason)
		}
	}
}

// TestMiddlewareWithoutNonce shows that the hash in the nonce's place allows
// nothing.
func TestMiddlewareWithoutNonce(t *testing.T) {
	m := middleware(t, csphttp.Config{Enforced: strict})
	w := httptest.NewRecorder()
	m.Handler(http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	policy, findings := csp.Parse(w.Header().Get(csp.HeaderName))
	if len(findings) > 0 || policy.AllowsInline(csp.Inline{Kind: csp.InlineScript}) || policy.Allows("script-src", "https://a.example/x.js", "https://a.example") {
		t.Errorf("%s: %v, or it lets scripts run", policy, findings)
	}
}

// TestMiddlewareEachRequest makes a nonce for each request.
func TestMiddlewareEachRequest(t *testing.T) {
	m := middleware(t, csphttp.Config{Enforced: strict})
	seen := make(map[string]bool)
	for range 100 {
		w := httptest.NewRecorder()
		m.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			first := csphttp.Nonce(r.Context())
			if again := csphttp.Nonce(r.Context()); first != again {
				t.Errorf("two nonces in one request: %s, %s", first, again)
			}
		})).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		seen[nonceOf(w.Header().Get(csp.HeaderName))] = true
	}
	if len(seen) != 100 || seen[""] {
		t.Errorf("%d nonces in 100 requests", len(seen))
	}
	if got := csphttp.Nonce(httptest.NewRequest("GET", "/", nil).Context()); got != "" {
		t.Errorf("without the Middleware: got %q, want none", got)
	}
}

// TestMiddlewareHeaders puts in what the configuration says, beside what the
// handler does.
func TestMiddlewareHeaders(t *testing.T) {
	const url = "https://www.example.com/csp-report"
	const reporting = "; report-uri " + url + "; report-to csp-endpoint"
	const endpoints = `csp-endpoint="` + url + `"`
	both := csphttp.Config{Enforced: strict, ReportOnly: monitored, ReportURL: url, Cacheable: csp.Must(csp.New(csp.DefaultSrc(csp.Self)))}
	tests := []struct {
		name    string
		config  csphttp.Config
		control string
		want    http.Header
	}{
		{"both", both, "no-store", http.Header{
			csp.HeaderName:                   {"default-src 'none'", "script-src NONCE 'strict-dynamic' 'unsafe-inline'; base-uri 'none'" + reporting},
			csp.ReportOnlyHeaderName:         {"style-src NONCE" + reporting},
			csp.ReportingEndpointsHeaderName: {endpoints},
		}},
		{"both-cacheable", both, "public", http.Header{
			csp.HeaderName:                   {"default-src 'none'", "default-src 'self'" + reporting},
			csp.ReportOnlyHeaderName:         {"style-src 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='" + reporting},
			csp.ReportingEndpointsHeaderName: {endpoints},
		}},
		{"report-only", csphttp.Config{ReportOnly: monitored, ReportURL: url}, "no-store", http.Header{
			csp.HeaderName:                   {"default-src 'none'"},
			csp.ReportOnlyHeaderName:         {"style-src NONCE" + reporting},
			csp.ReportingEndpointsHeaderName: {endpoints},
		}},
		{"own-reporting", csphttp.Config{ReportOnly: func(n csp.Nonce) (csp.Policy, error) { return csp.New(csp.StyleSrc(n), csp.ReportTo("mine")) }}, "no-store", http.Header{
			csp.HeaderName:           {"default-src 'none'"},
			csp.ReportOnlyHeaderName: {"style-src NONCE; report-to mine"},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			middleware(t, tt.config).Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Cache-Control", tt.control)
				w.Header().Set(csp.HeaderName, "default-src 'none'") // as an application may
			})).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
			got := w.Header()
			got.Del("Cache-Control")
			for _, values := range got {
				for i := range values {
					values[i] = nonceSource.ReplaceAllString(values[i], "NONCE")
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNewErrors(t *testing.T) {
	parsed, _ := csp.Parse("script-src 'Nonce-abc'")
	fixed := func(csp.Nonce) (csp.Policy, error) { return csp.New(csp.ScriptSrc(csp.Self)) }
	tests := []struct {
		name   string
		config csphttp.Config
		want   []string
	}{
		{"nothing", csphttp.Config{}, []string{"csphttp: got neither Enforced nor ReportOnly"}},
		{"url", csphttp.Config{Enforced: strict, ReportURL: "/csp-report"}, []string{`csphttp: csp: rollout: got report URL "/csp-report"`}},
		{"no-nonce", csphttp.Config{Enforced: fixed}, []string{"csphttp: Enforced: csp: template: got"}},
		{"reports-nowhere", csphttp.Config{ReportOnly: monitored}, []string{"csphttp: ReportOnly: csp: rollout: the report-only policy has no effect"}},
		{"nonce-for-all", csphttp.Config{Enforced: strict, Cacheable: parsed}, []string{"csphttp: Cacheable: got 'Nonce-abc' in script-src"}},
		{"several", csphttp.Config{Enforced: fixed, ReportOnly: fixed}, []string{"csphttp: Enforced: ", "csphttp: ReportOnly: "}},
		{"build", csphttp.Config{Enforced: func(csp.Nonce) (csp.Policy, error) { return csp.Policy{}, errors.New("broken") }}, []string{"csphttp: Enforced: broken"}},
	}
	for _, tt := range tests {
		_, err := csphttp.New(tt.config)
		if err == nil {
			t.Errorf("%s: no error", tt.name)
			continue
		}
		for _, want := range tt.want {
			if !slices.ContainsFunc(strings.Split(err.Error(), "\n"), func(l string) bool { return strings.HasPrefix(l, want) }) {
				t.Errorf("%s: got %q, want %q", tt.name, err, want)
			}
		}
	}
}

// TestMiddlewareNested gives two policies one nonce.
func TestMiddlewareNested(t *testing.T) {
	m := middleware(t, csphttp.Config{Enforced: strict, ReportURL: "https://a.example/r"})
	w := httptest.NewRecorder()
	m.Handler(m.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, csphttp.Nonce(r.Context()))
	}))).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	for _, policy := range w.Header().Values(csp.HeaderName) {
		if nonceOf(policy) != w.Body.String() {
			t.Errorf("%s, and the page has %s", policy, w.Body)
		}
	}
	if n := len(w.Header().Values(csp.HeaderName)); n != 2 {
		t.Errorf("%d policies, want 2", n)
	}
	if endpoints := w.Header().Values(csp.ReportingEndpointsHeaderName); len(endpoints) != 1 {
		t.Errorf("got %q, want each endpoint once", endpoints)
	}
}

// TestMiddlewareServer tries, with a real server, everything by which a header is
// sent.
func TestMiddlewareServer(t *testing.T) {
	file := t.TempDir() + "/page.html"
	if err := os.WriteFile(file, []byte("page"), 0o644); err != nil {
		t.Fatal(err)
	}
	handlers := map[string]http.HandlerFunc{
		"write":       func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "x") },
		"nothing":     func(w http.ResponseWriter, r *http.Request) {},
		"flush":       func(w http.ResponseWriter, r *http.Request) { w.(http.Flusher).Flush(); io.WriteString(w, "x") },
		"controller":  func(w http.ResponseWriter, r *http.Request) { check(t, http.NewResponseController(w).Flush()) },
		"read-from":   func(w http.ResponseWriter, r *http.Request) { io.Copy(w, strings.NewReader("x")) },
		"file":        func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, file) },
		"redirect":    func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusSeeOther) },
		"error":       func(w http.ResponseWriter, r *http.Request) { http.Error(w, "no", http.StatusTeapot) },
		"early-hints": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(103); w.WriteHeader(200) },
		"deadline": func(w http.ResponseWriter, r *http.Request) {
			check(t, http.NewResponseController(w).EnableFullDuplex())
		},
		"written-late": func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "x"); w.WriteHeader(500) },
	}
	m := middleware(t, csphttp.Config{Enforced: strict})
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for name, h := range handlers {
		server := httptest.NewUnstartedServer(m.Handler(h))
		server.Config.ErrorLog = log.New(io.Discard, "", 0) // where it is said that a header was written late
		server.Start()
		response, err := client.Get(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, response.Body)
		response.Body.Close()
		server.Close()
		if got := response.Header.Values(csp.HeaderName); len(got) != 1 || !strings.HasPrefix(got[0], "script-src ") {
			t.Errorf("%s: status %d with the policies %q", name, response.StatusCode, got)
		}
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

// TestMiddlewareNotModified keeps a 304 of a file server free of policies.
func TestMiddlewareNotModified(t *testing.T) {
	m := middleware(t, csphttp.Config{Enforced: strict, ReportURL: "https://a.example/r"})
	h := m.Handler(http.FileServer(http.Dir("testdata")))
	r := httptest.NewRequest("GET", "/page.txt", nil)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	r.Header.Set("If-Modified-Since", w.Header().Get("Last-Modified"))
	w = httptest.NewRecorder()
	h.ServeHTTP(w, r)
	for _, name := range []string{csp.HeaderName, csp.ReportOnlyHeaderName, csp.ReportingEndpointsHeaderName} {
		if got := w.Header().Get(name); got != "" || w.Code != 304 {
			t.Errorf("%d with %s: %s", w.Code, name, got)
		}
	}
}

// TestMiddlewareHijack reaches what only the server's own ResponseWriter can do.
func TestMiddlewareHijack(t *testing.T) {
	m := middleware(t, csphttp.Config{Enforced: strict})
	server := httptest.NewServer(m.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack() // as libraries of WebSockets do
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		fmt.Fprint(conn, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
	})))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
	if line, err := bufio.NewReader(conn).ReadString('\n'); err != nil || line != "HTTP/1.1 200 OK\r\n" {
		t.Errorf("got %q, %v", line, err)
	}
}

func BenchmarkMiddleware(b *testing.B) {
	m := middleware(b, csphttp.Config{Enforced: csp.StrictByNonce})
	page := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		csphttp.Nonce(r.Context())
		w.WriteHeader(200)
	})
	for name, h := range map[string]http.Handler{"without": page, "with": m.Handler(page)} {
		b.Run(name, func(b *testing.B) {
			r := httptest.NewRequest("GET", "/", nil)
			b.ReportAllocs()
			for b.Loop() {
				h.ServeHTTP(httptest.NewRecorder(), r)
			}
		})
	}
}
