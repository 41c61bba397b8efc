package main

import (
	"context"
	"flag"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A demo is a running one.
type demo struct {
	t       *testing.T
	site    string // its address
	printed *buffer
}

// startDemo runs the demo on a free port until the test ends, and holds it to a clean end.
func startDemo(t *testing.T, s settings) demo {
	t.Helper()
	s.addr = "localhost:0"
	ctx, cancel := context.WithCancel(t.Context())
	printed := newBuffer()
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, s, printed) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("run ended with %v; want nil after Ctrl-C", err)
		}
	})
	// The banner names the address; it is printed when the demo listens.
	select {
	case <-printed.banner:
	case err := <-ended:
		ended <- nil
		t.Fatalf("run: %v", err)
	}
	return demo{t, regexp.MustCompile(`http://localhost:\d+`).FindString(printed.String()), printed}
}

// get asks as curl does: no redirect is followed, no query is changed.
func (d demo) get(target, referer string) (*http.Response, string) {
	d.t.Helper()
	request, err := http.NewRequestWithContext(d.t.Context(), "GET", d.site+target, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	if referer != "" {
		request.Header.Set("Referer", referer)
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return response, string(body)
}

func TestDemo(t *testing.T) {
	tests := []struct {
		name     string
		settings settings
	}{
		{"in-process", settings{}},
		{"packages", settings{packages: true}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.settings.packages {
				requirePackages(t)
			}
			d := startDemo(t, test.settings)
			d.testRedirect()
			d.testPage()
			d.testOnePlaceForTheAddress()
			d.testMissingPage()
		})
	}
}

func (d demo) testRedirect() {
	const query = "?username=octocat&x=a%20b+%2F&&z"
	response, _ := d.get("/index.html"+query, "")
	if got, want := response.Header.Get("Location"), d.site+"/other.html"+query; response.StatusCode != 302 || got != want {
		d.t.Errorf("the form's request: status %d, Location %q; want 302 and %q", response.StatusCode, got, want)
	}
	response, _ = d.get("/other.html"+query, d.site+"/index.html")
	if response.StatusCode != 200 {
		d.t.Errorf("the page that it leads to: status %d; want 200", response.StatusCode)
	}
}

func (d demo) testPage() {
	first, body := d.get("/index.html", "")
	again, _ := d.get("/index.html", "")
	if first.StatusCode != 200 || !strings.Contains(body, "<form") {
		d.t.Errorf("index.html: status %d, body %q", first.StatusCode, body)
	}
	if got := again.Header.Get("X-Cache"); got != "Hit from cloudfront" {
		d.t.Errorf("asked again: X-Cache %q; want a hit", got)
	}
	for _, response := range []*http.Response{first, again} {
		for _, name := range []string{"Content-Security-Policy", "Strict-Transport-Security", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"} {
			if response.Header.Get(name) == "" {
				d.t.Errorf("%s: no %s", response.Header.Get("X-Cache"), name)
			}
		}
	}
}

// The page asks the API where the policy allows it to, and the API answers there.
func (d demo) testOnePlaceForTheAddress() {
	page, config := d.get("/config.js", "")
	_, rest, _ := strings.Cut(config, `githubAPI = "`)
	api, _, _ := strings.Cut(rest, `"`)
	if policy := page.Header.Get("Content-Security-Policy"); api == "" || !strings.Contains(policy, "; connect-src "+api+";") {
		d.t.Errorf("config.js has %q, the policy is %q; want the same address in both", api, policy)
	}
	response, err := http.Get(api + "/users/octocat")
	if err != nil {
		d.t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != 200 {
		d.t.Errorf("%s: status %d for octocat", api, response.StatusCode)
	}
}

func (d demo) testMissingPage() {
	response, body := d.get("/no-such-page", "")
	if response.StatusCode != 404 || !strings.Contains(body, "Page not found") {
		d.t.Errorf("missing page: status %d, body %q; want 404 and the site's own page", response.StatusCode, body)
	}
}

func TestOtherGitHub(t *testing.T) {
	d := startDemo(t, settings{github: "https://api.github.com/"})
	page, config := d.get("/config.js", "")
	if !strings.Contains(config, `githubAPI = "https://api.github.com";`) {
		t.Errorf("config.js: %s", config)
	}
	if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "; connect-src https://api.github.com;") {
		t.Errorf("policy: %s", policy)
	}
}

// What is printed while a query with a name passes must not have the name in it.
func TestTraceHasNoPersonalData(t *testing.T) {
	d := startDemo(t, settings{})
	d.get("/index.html?username=someone-private", "")
	d.get("/other.html?username=someone-private", d.site+"/index.html?username=someone-private")
	if printed := d.printed.String(); strings.Contains(printed, "someone-private") || !strings.Contains(printed, "/other.html") {
		t.Errorf("the trace is\n%s\nwant the requests in it without their queries", printed)
	}
}

func TestRunRefuses(t *testing.T) {
	taken, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	tests := []struct {
		name     string
		settings settings
		want     []string // in the error
	}{
		{"taken-port", settings{addr: taken.Addr().String()}, []string{"taken by another program", "-addr "}},
		{"no-port", settings{addr: "localhost"}, []string{`got "localhost"`, "localhost:8080"}},
		{"all-interfaces", settings{addr: "0.0.0.0:0"}, []string{`got host "0.0.0.0"`, "loopback"}},
		{"other-host", settings{addr: "www.example.com:80"}, []string{`got host "www.example.com"`, "loopback"}},
		{"github-with-path", settings{addr: ":0", github: "https://api.github.com/users"}, []string{"-github", "https://api.github.com"}},
		{"github-without-scheme", settings{addr: ":0", github: "api.github.com"}, []string{"-github", `got "api.github.com"`}},
		{"github-quote", settings{addr: ":0", github: "https://a'b"}, []string{"-github", "a'b"}},
		{"github-injection", settings{addr: ":0", github: "https://api.github.com; script-src *"}, []string{"-github"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			err := run(ctx, test.settings, io.Discard)
			if err == nil {
				t.Fatal("run = nil; want an error")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q; want %q in it", err, want)
				}
			}
		})
	}
}

func TestParseFlags(t *testing.T) {
	tests := []struct {
		name string
		args []string
		want settings
		err  string
	}{
		{"none", nil, settings{addr: "localhost:8080"}, ""},
		{"all", []string{"-addr", ":1", "-console", ":2", "-github", "https://a", "-packages"}, settings{addr: ":1", github: "https://a", packages: true, console: ":2"}, ""},
		{"unknown", []string{"-port", "1"}, settings{}, "there is no flag -port"},
		{"argument", []string{"octocat"}, settings{}, "got the argument \"octocat\", want flags only"},
		{"help", []string{"-h"}, settings{}, flag.ErrHelp.Error()},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := parseFlags(test.args)
			said := ""
			if err != nil {
				said, got = err.Error(), settings{}
			}
			if got != test.want || said != test.err {
				t.Errorf("got %+v, %q; want %+v, %q", got, said, test.want, test.err)
			}
		})
	}
}
