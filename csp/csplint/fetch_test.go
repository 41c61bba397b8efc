package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// newSite serves a page of each kind.
func newSite(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	page := func(path, policy, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Cache-Control", "no-store")
			if policy != "" {
				w.Header().Set("Content-Security-Policy", policy)
			}
			fmt.Fprint(w, body)
		})
	}
	page("/no-policy", "", "<script>a</script>")
	page("/static-nonce", strict, "<script nonce=wq5kP0hYd8vT3mXbQ7rZ1A>a</script>")
	page("/blocked", "default-src 'self'; script-src 'self' 'strict-dynamic' 'nonce-wq5kP0hYd8vT3mXbQ7rZ1A'", blockedPage)
	page("/header-and-meta", "script-src 'self'; object-src 'none'", `<meta http-equiv=content-security-policy content="script-src *; form-action 'none'">`)
	page("/escapes", "default-src 'none'", "<img src='https://a.example/\x1b[2J\u202e'><a href='javascript:\x07'>")
	page("/big", "", strings.Repeat("<p>", 1<<20))
	var asked atomic.Int64
	mux.HandleFunc("/fresh-nonce", func(w http.ResponseWriter, _ *http.Request) {
		nonce := fmt.Sprintf("kA8vT3mXbQ7rZ1Awq5kP%02d", asked.Add(1)*37)
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Security-Policy", strings.ReplaceAll(strict, "wq5kP0hYd8vT3mXbQ7rZ1A", nonce))
		fmt.Fprintf(w, "<!doctype html><script nonce=%s>a</script><script src=b.js nonce=%[1]s></script><script>c</script>", nonce)
	})
	mux.HandleFunc("/report-only", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy-Report-Only", "script-src 'none'")
		w.Header().Add("Content-Security-Policy-Report-Only", "report-uri /r")
		fmt.Fprint(w, "<!doctype html><script>a</script>")
	})
	mux.HandleFunc("/json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, "{}")
	})
	mux.HandleFunc("/unavailable", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	for from, to := range map[string]string{"/old": "/older", "/older": "/no-policy", "/loop": "/loop", "/away": "ftp://a.example/\u202e"} {
		mux.HandleFunc(from, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusMovedPermanently) })
	}
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func TestSite(t *testing.T) {
	t.Parallel()
	needUnix(t)
	site := newSite(t)
	tests := []struct {
		name string
		args string // with SITE for the server
		want int
	}{
		{"site-without-policy", "SITE/no-policy", exitFindings},
		{"site-with-static-nonce", "-min high SITE/static-nonce", exitFindings},
		{"site-with-fresh-nonce", "SITE/fresh-nonce", exitFindings},
		{"site-blocked", "-min low SITE/blocked#fragment", exitFindings},
		{"site-blocked-sarif", "-format sarif -min high SITE/blocked", exitFindings},
		{"site-blocked-github", "-format github -min high SITE/blocked", exitFindings},
		{"site-with-meta", "-min low SITE/header-and-meta", exitFine},
		{"site-with-escapes", "-min medium SITE/escapes", exitFine},
		{"site-report-only", "-fail never SITE/report-only", exitFine},
		{"site-against-policy", "-short -min low -policy script-src%20'self' SITE/no-policy", exitFindings},
		{"site-json", "SITE/json", exitFine},
		{"site-unavailable", "-min high SITE/unavailable", exitFindings},
		{"site-redirect", "-min high SITE/old", exitFindings},
		{"site-diff", "diff SITE/header-and-meta SITE/no-policy", exitFindings},

		{"site-loop", "SITE/loop", exitTrouble},
		{"site-away", "SITE/away", exitTrouble},
		{"site-refused", "http://127.0.0.1:1/", exitTrouble},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			args := strings.Fields(strings.ReplaceAll(tt.args, "SITE", site.URL))
			for i := range args {
				args[i] = strings.ReplaceAll(args[i], "%20", " ")
			}
			var stdout, stderr bytes.Buffer
			c := command{nil, &stdout, &stderr, false}
			if got := c.run(args); got != tt.want {
				t.Errorf("got exit status %d; want %d", got, tt.want)
			}
			output := strings.ReplaceAll(stderr.String()+stdout.String(), site.URL, "SITE")
			checkGolden(t, filepath.Join("testdata", tt.name+".txt"), output)
		})
	}
}

func TestFetchLimits(t *testing.T) {
	t.Parallel()
	site := newSite(t)
	for _, tt := range []struct {
		path    string
		timeout time.Duration
		want    string
	}{
		{"/slow", 50 * time.Millisecond, "no whole answer within 50ms"},
		{"/big", time.Minute, "the page has more than 1000 bytes; save it with curl -i, and look at the file"},
	} {
		f := fetcher{t.Logf, tt.timeout, 1000}
		if _, err := f.page(site.URL + tt.path); err == nil || err.Error() != site.URL+tt.path+": "+tt.want {
			t.Errorf("%s: got error %v; want %s", tt.path, err, tt.want)
		}
	}
}

// TestRequest: what a server learns of csplint.
func TestRequest(t *testing.T) {
	t.Parallel()
	var got []http.Header
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header)
		http.SetCookie(w, &http.Cookie{Name: "id", Value: "1"})
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/page", http.StatusFound)
		}
	}))
	defer site.Close()
	var stdout, stderr bytes.Buffer
	c := command{nil, &stdout, &stderr, false}
	c.run([]string{site.URL})
	want := http.Header{
		"User-Agent":      {"csplint (+https://github.com/edgehelpers/lambdaedge)"},
		"Accept":          {"text/html,application/xhtml+xml,*/*;q=0.8"},
		"Accept-Encoding": {"gzip"},
	}
	second := want.Clone()
	second.Set("Referer", site.URL+"/")
	if diff := cmp.Diff([]http.Header{want, second}, got); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

// TestUntrustedCertificate: a site whose certificate is wrong is not looked at.
func TestUntrustedCertificate(t *testing.T) {
	t.Parallel()
	site := httptest.NewUnstartedServer(http.NotFoundHandler())
	site.Config.ErrorLog = log.New(io.Discard, "", 0)
	site.StartTLS()
	defer site.Close()
	var stdout, stderr bytes.Buffer
	c := command{nil, &stdout, &stderr, false}
	if got := c.run([]string{site.URL}); got != exitTrouble || !strings.Contains(stderr.String(), "certificate") {
		t.Errorf("got exit status %d, %s", got, stderr.String())
	}
}
