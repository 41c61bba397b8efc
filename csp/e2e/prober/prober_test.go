package prober

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestMark(t *testing.T) {
	tests := []struct{ name, address, want string }{
		{"no-query", "http://cdn.test/x", "http://cdn.test/x?probe=1-0-"},
		{"query", "ws://cdn.test/x?v=3", "ws://cdn.test/x?v=3&probe=1-0-"},
		{"fragment", "https://cdn.test/x#top", "https://cdn.test/x?probe=1-0-#top"},
		{"not-sent", "data:image/png,", "data:image/png,"},
		{"none", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := mark(test.address, "1-0-"); got != test.want {
				t.Errorf("got %q; want %q", got, test.want)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	tests := []struct {
		name  string
		probe Probe
		want  string // in the error; "" for none
	}{
		{"usual", Probe{Kind: "img", URL: "http://cdn.test/%GG"}, ""},
		{"addresses", Probe{Kind: "img", Origin: "http://[::1]:8000", URL: "https://192.0.2.1/x"}, ""},
		{"without-request", Probe{Kind: "eval"}, ""},
		{"kind", Probe{Kind: "image"}, `kind "image": not one of`},
		{"host", Probe{Kind: "img", URL: "http://cdn.example/x"}, `the host of "http://cdn.example/x"`},
		{"redirect", Probe{Kind: "img", URL: "http://cdn.test/x", Redirect: "http://cdn.example/x"}, `the host of "http://cdn.example/x"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := test.probe.check()
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v; want %q", err, test.want)
			}
		})
	}
}

// TestShare: probes of the same page share it, but for those that leave it.
func TestShare(t *testing.T) {
	a, b := []string{"img-src a.test"}, []string{"img-src b.test"}
	probes := []Probe{
		{Kind: "img", Policies: a},
		{Kind: "form", Policies: a},
		{Kind: "img", Policies: b},
		{Kind: "img", Policies: a, Origin: "http://a.test"},
		{Kind: "fetch", Policies: a},
		{Kind: "img", Policies: a, Origin: "http://a.test", Redirect: "http://a.test/"},
	}
	want := [][]int{{3, 5}, {0, 4}, {1}, {2}}
	if diff := cmp.Diff(want, share(probes, []int{0, 1, 2, 3, 4, 5})); diff != "" {
		t.Error(diff)
	}
}

// TestListener: what a browser asks of the proxy comes to the server with the host and port that it named.
func TestListener(t *testing.T) {
	l, err := listen()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Host+" "+r.URL.Path) }))
	proxy := &url.URL{Scheme: "socks5", Host: l.Addr().String()}
	client := http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(proxy)}, Timeout: 5 * time.Second}

	answer, err := client.Get("http://cdn.test:8000/x")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, err := io.ReadAll(answer.Body); err != nil || string(body) != "cdn.test:8000 /x" {
		t.Errorf("got %q, %v", body, err)
	}
	if answer, err := client.Get("http://cdn.example/"); err == nil {
		answer.Body.Close()
		t.Error("a host that no probe has was not refused")
	}
}

// TestMendTarget: a lone "%" must not keep a request from the server.
func TestMendTarget(t *testing.T) {
	for _, test := range []struct{ name, line, want string }{
		{"usual", "GET /a%2Fb HTTP/1.1\r\n", "GET /a%2Fb HTTP/1.1\r\n"},
		{"no-digits", "GET /%GG HTTP/1.1\r\n", "GET /%25GG HTTP/1.1\r\n"},
		{"one-digit", "GET /100%.png HTTP/1.1\r\n", "GET /100%25.png HTTP/1.1\r\n"},
		{"two-in-a-row", "GET /%%% HTTP/1.1\r\n", "GET /%25%25%25 HTTP/1.1\r\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := &conn{reader: bufio.NewReader(strings.NewReader(test.line + "Host: a.test\r\n\r\n"))}
			if err := c.mendTarget(); err != nil {
				t.Fatal(err)
			}
			if got, _ := c.reader.ReadString('\n'); got != test.want {
				t.Errorf("got %q; want %q", got, test.want)
			}
		})
	}
}

// TestMarionette: the messages have the form that the protocol wants, and a failure is told.
func TestMarionette(t *testing.T) {
	ours, theirs := net.Pipe()
	defer ours.Close()
	ours.SetDeadline(time.Now().Add(5 * time.Second))
	sent := make(chan string, 1)
	go func() {
		fmt.Fprint(theirs, `50:{"applicationType":"gecko","marionetteProtocol":3}`)
		command := make([]byte, 200)
		n, _ := theirs.Read(command)
		sent <- string(command[:n])
		fmt.Fprint(theirs, `49:[1,1,{"error":"unknown error","message":""},null]`)
	}()
	m := marionette{network: ours}
	if err := m.begin(); err != nil {
		t.Fatal(err)
	}
	err := m.call("WebDriver:Navigate", map[string]any{"url": "http://site.test/"})
	if err == nil || !strings.Contains(err.Error(), "unknown error") {
		t.Errorf("got %v; want the browser's error", err)
	}
	if got, want := <-sent, `54:[0,1,"WebDriver:Navigate",{"url":"http://site.test/"}]`; got != want {
		t.Errorf("sent %s; want %s", got, want)
	}
}

// TestTail keeps the end.
func TestTail(t *testing.T) {
	var out tail
	for range 100 {
		out.Write(bytes.Repeat([]byte("x"), 1000))
	}
	out.Write([]byte("end"))
	if got := out.String(); len(got) != tailSize || !strings.HasSuffix(got, "end") {
		t.Errorf("got %d bytes, %q at the end", len(got), got[len(got)-3:])
	}
}
