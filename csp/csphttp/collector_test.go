package csphttp_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/csp/csphttp"
	"github.com/edgehelpers/lambdaedge/csp/cspreport"
)

const (
	good   = `{"csp-report":{"document-uri":"https://a.example/?user=alice","blocked-uri":"data","effective-directive":"img-src","referrer":"https://b.example/"}}`
	noise  = `{"csp-report":{"document-uri":"https://a.example/","blocked-uri":"chrome-extension","effective-directive":"img-src"}}`
	report = "application/csp-report"
)

func post(c http.Handler, contentType, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", "/csp-report", strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	w := httptest.NewRecorder()
	c.ServeHTTP(w, r)
	return w
}

func TestCollectorAnswers(t *testing.T) {
	tests := []struct {
		name, method, contentType, body string
		status                          int
		lines                           int
		reason                          string
	}{
		{"report-uri", "POST", report, good, 204, 1, ""},
		{"report-to", "POST", "application/reports+json; charset=utf-8", `[{"type":"csp-violation","body":{"effectiveDirective":"a"}},{"type":"csp-violation","body":{"effectiveDirective":"b"}}]`, 204, 2, "a parameter, two reports"},
		{"json", "POST", "application/json", good, 204, 1, "browsers before 2015"},
		{"other-reports", "POST", "application/reports+json", `[{"type":"deprecation","body":{}}]`, 204, 0, "not what it is for, and no fault"},
		{"some-good", "POST", "application/reports+json", `[1,{"type":"csp-violation","body":{"effectiveDirective":"a"}}]`, 204, 1, "what can be read is taken"},
		{"get", "GET", "", "", 405, 0, ""},
		{"put", "PUT", report, good, 405, 0, ""},
		{"no-type", "POST", "", good, 415, 0, ""},
		{"form", "POST", "application/x-www-form-urlencoded", "a=b", 415, 0, "what other sites can send without asking"},
		{"text", "POST", "text/plain", good, 415, 0, "the same"},
		{"not-json", "POST", report, "hello", 400, 0, ""},
		{"empty", "POST", report, "", 400, 0, ""},
		{"no-report", "POST", report, "{}", 400, 0, ""},
		{"too-long", "POST", report, good + strings.Repeat(" ", 1<<16), 413, 0, "more than 64 KB"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, chunked := range []bool{false, true} {
				var log bytes.Buffer
				r := httptest.NewRequest(tt.method, "/csp-report", strings.NewReader(tt.body))
				if chunked {
					r.ContentLength = -1
				}
				r.Header.Set("Content-Type", tt.contentType)
				w := httptest.NewRecorder()
				(&csphttp.Collector{Log: cspreport.Log{Writer: &log}}).ServeHTTP(w, r)
				if w.Code != tt.status || strings.Count(log.String(), "\n") != tt.lines {
					t.Errorf("got %d and lines %q, want %d and %d (%s)", w.Code, log.String(), tt.status, tt.lines, tt.reason)
				}
				if (w.Header().Get("Allow") != "") != (w.Code == 405) || w.Header().Get("Access-Control-Allow-Origin") != "*" {
					t.Errorf("header %v", w.Header())
				}
				if w.Code == 204 && w.Body.Len() > 0 {
					t.Errorf("204 with the body %q", w.Body)
				}
			}
		})
	}
}

func TestCollectorEncoded(t *testing.T) {
	r := httptest.NewRequest("POST", "/", strings.NewReader(good))
	r.Header.Set("Content-Type", report)
	r.Header.Set("Content-Encoding", "gzip")
	w := httptest.NewRecorder()
	new(csphttp.Collector).ServeHTTP(w, r)
	if w.Code != 415 {
		t.Errorf("got %d, want 415: a body could unfold to any length", w.Code)
	}
}

// TestCollectorPreflight asks as Chromium 156 and Firefox ESR 153 do.
func TestCollectorPreflight(t *testing.T) {
	r := httptest.NewRequest("OPTIONS", "/csp-report", nil)
	r.Header.Set("Origin", "https://site.test:8443")
	r.Header.Set("Access-Control-Request-Method", "POST")
	r.Header.Set("Access-Control-Request-Headers", "content-type")
	w := httptest.NewRecorder()
	new(csphttp.Collector).ServeHTTP(w, r)
	want := http.Header{
		"Allow":                        {"POST, OPTIONS"},
		"Access-Control-Allow-Origin":  {"*"},
		"Access-Control-Allow-Methods": {"POST"},
		"Access-Control-Allow-Headers": {"Content-Type"},
		"Access-Control-Max-Age":       {"86400"},
	}
	if diff := cmp.Diff(want, w.Header()); diff != "" || w.Code != 204 {
		t.Errorf("%d (-want +got):\n%s", w.Code, diff)
	}
}

// TestCollectorLines writes what the engines really sent, and reads it again.
func TestCollectorLines(t *testing.T) {
	file, err := os.Open("../cspreport/testdata/bodies.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var log bytes.Buffer
	c := &csphttp.Collector{Log: cspreport.Log{Writer: &log}, Each: csphttp.Rate{PerSecond: 1, Burst: 1000}}
	bodies, want := 0, 0
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var body struct {
			Type, Body string
			Bytes      []byte
		}
		if err := json.Unmarshal(lines.Bytes(), &body); err != nil {
			t.Fatal(err)
		}
		if body.Bytes != nil {
			body.Body = string(body.Bytes)
		}
		reports, _ := cspreport.Parse([]byte(body.Body))
		want += len(reports)
		bodies++
		if w := post(c, body.Type, body.Body); w.Code != 204 {
			t.Errorf("%d for %s", w.Code, body.Body)
		}
	}
	for _, secret := range []string{"alice", "token", "192.0.2.1", "Mozilla"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("%q is in the log", secret)
		}
	}
	got := 0
	for r, err := range cspreport.Read(&log) {
		if err != nil || r.Time.IsZero() {
			t.Errorf("%+v: %v", r, err)
		}
		got++
	}
	if got != want || bodies < 100 {
		t.Errorf("%d reports of %d bodies, want %d", got, bodies, want)
	}
}

func TestCollectorChoice(t *testing.T) {
	tests := []struct {
		name string
		log  cspreport.Log
		body string
		want string // in the log; "" for nothing
	}{
		{"default", cspreport.Log{}, good, `"documentURL":"https://a.example/","blockedURL":"data"`},
		{"personal", cspreport.Log{Personal: true}, good, `"documentURL":"https://a.example/?user=alice","referrer":"https://b.example/"`},
		{"noise", cspreport.Log{}, noise, `"blockedURL":"chrome-extension"`},
		{"drop-noise", cspreport.Log{DropNoise: true}, noise, ""},
		{"drop-noise-only", cspreport.Log{DropNoise: true}, good, `"blockedURL":"data"`},
		{"accept", cspreport.Log{Accept: func(r cspreport.Report) bool { return r.Directive != "img-src" }}, good, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var log bytes.Buffer
			tt.log.Writer = &log
			if w := post(&csphttp.Collector{Log: tt.log}, report, tt.body); w.Code != 204 {
				t.Errorf("got %d, want 204", w.Code)
			}
			if got := log.String(); !strings.Contains(got, tt.want) || (got == "") != (tt.want == "") {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if w := post(new(csphttp.Collector), report, good); w.Code != 204 {
		t.Errorf("zero Collector: got %d, want 204", w.Code)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestCollectorLogFails(t *testing.T) {
	if w := post(&csphttp.Collector{Log: cspreport.Log{Writer: failing{}}}, report, good); w.Code != 500 {
		t.Errorf("got %d, want 500", w.Code)
	}
}

type panicking struct{}

func (panicking) Write([]byte) (int, error) { panic("broken") }

// TestCollectorGoesOn takes reports after one with which something panicked, as
// net/http does.
func TestCollectorGoesOn(t *testing.T) {
	tests := []struct {
		name string
		log  cspreport.Log
	}{
		{"accept", cspreport.Log{Writer: io.Discard, Accept: func(cspreport.Report) bool { panic("broken") }}},
		{"writer", cspreport.Log{Writer: panicking{}}},
	}
	for _, tt := range tests {
		c := &csphttp.Collector{Log: tt.log}
		func() {
			defer func() { recover() }()
			post(c, report, good)
			t.Errorf("%s: no panic", tt.name)
		}()
		c.Log = cspreport.Log{Writer: io.Discard}
		answered := make(chan int, 1)
		go func() { answered <- post(c, report, good).Code }()
		select {
		case code := <-answered:
			if code != 204 {
				t.Errorf("%s: got %d afterwards, want 204", tt.name, code)
			}
		case <-time.After(5 * time.Second):
			t.Errorf("%s: no answer afterwards", tt.name)
		}
	}
}

// TestRate gives what fields say of the requests that are answered at once.
func TestRate(t *testing.T) {
	tests := []struct {
		rate   csphttp.Rate
		want   int // of ten requests
		reason string
	}{
		{csphttp.Rate{}, 10, "the default"},
		{csphttp.Rate{PerSecond: 50}, 10, "as many as come in a second"},
		{csphttp.Rate{PerSecond: 3}, 3, "the same"},
		{csphttp.Rate{PerSecond: 0.1}, 1, "at least one"},
		{csphttp.Rate{PerSecond: 50, Burst: 2}, 2, ""},
		{csphttp.Rate{Burst: 2}, 2, "and no more"},
		{csphttp.Rate{PerSecond: -1, Burst: 2}, 2, "no less than none a second"},
		{csphttp.Rate{PerSecond: 1e300}, 10, "no more than fits"},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			c := &csphttp.Collector{Each: tt.rate}
			got := 0
			for range 10 {
				if w := post(c, report, good); w.Code == 204 {
					got++
				}
			}
			if got != tt.want {
				t.Errorf("%+v: %d requests answered, want %d (%s)", tt.rate, got, tt.want, tt.reason)
			}
		})
	}
}

// TestCollectorRate lets so many requests through and no more, of each address
// and together.
func TestCollectorRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &csphttp.Collector{All: csphttp.Rate{PerSecond: 10, Burst: 8}, Each: csphttp.Rate{PerSecond: 0.5, Burst: 3}}
		for !c.Apart("192.0.2.1", "2001:db8:1:2::", "192.0.2.3", "192.0.2.4", "192.0.2.5") {
		}
		from := func(address string) *httptest.ResponseRecorder {
			r := httptest.NewRequest("POST", "/", strings.NewReader(good))
			r.Header.Set("Content-Type", report)
			r.RemoteAddr = address
			w := httptest.NewRecorder()
			c.ServeHTTP(w, r)
			return w
		}
		for i := range 3 {
			if w := from("192.0.2.1:1000"); w.Code != 204 {
				t.Errorf("request %d: got %d", i, w.Code)
			}
		}
		w := from("192.0.2.1:2000")
		if w.Code != 429 || w.Header().Get("Retry-After") != "3" {
			t.Errorf("fourth of one address: got %d, Retry-After %q; want 429, 3", w.Code, w.Header().Get("Retry-After"))
		}
		for _, address := range []string{"[2001:db8:1:2::1]:1", "[2001:db8:1:2::2]:1", "[2001:db8:1:2:ffff::]:1"} {
			from(address)
		}
		if w := from("[2001:db8:1:2:3::]:1"); w.Code != 429 {
			t.Errorf("fourth of one IPv6 network: got %d, want 429", w.Code)
		}
		from("192.0.2.3:1")
		from("192.0.2.4:1")
		if w := from("192.0.2.5:1"); w.Code != 429 || w.Header().Get("Retry-After") != "1" {
			t.Errorf("ninth of all: got %d, Retry-After %q; want 429, 1", w.Code, w.Header().Get("Retry-After"))
		}
		time.Sleep(2 * time.Second)
		if w := from("192.0.2.1:1000"); w.Code != 204 {
			t.Errorf("after two seconds: got %d, want 204", w.Code)
		}
		if w := from("192.0.2.1:1000"); w.Code != 429 {
			t.Errorf("and the next: got %d, want 429", w.Code)
		}
	})
}

func TestCollectorAddress(t *testing.T) {
	c := &csphttp.Collector{Each: csphttp.Rate{PerSecond: 0.001, Burst: 1}, Address: func(r *http.Request) string { return r.Header.Get("X-Real-Address") }}
	for !c.Apart("192.0.2.1", "192.0.2.77", "fe80::", "unknown") {
	}
	for _, tt := range []struct {
		address string
		status  int
	}{{"192.0.2.1", 204}, {"192.0.2.77", 204}, {"192.0.2.1", 429}, {"::ffff:192.0.2.1", 429}, {"fe80::1%eth0", 204}, {"unknown", 204}, {"unknown", 429}} {
		r := httptest.NewRequest("POST", "/", strings.NewReader(good))
		r.Header.Set("Content-Type", report)
		r.Header.Set("X-Real-Address", tt.address)
		w := httptest.NewRecorder()
		c.ServeHTTP(w, r)
		if w.Code != tt.status {
			t.Errorf("%s: got %d, want %d", tt.address, w.Code, tt.status)
		}
	}
}

// TestCollectorAtOnce writes whole lines whoever writes at the same time.
func TestCollectorAtOnce(t *testing.T) {
	var log bytes.Buffer
	c := &csphttp.Collector{Log: cspreport.Log{Writer: &log}, Each: csphttp.Rate{PerSecond: 1, Burst: 1000}}
	server := httptest.NewServer(c)
	defer server.Close()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 10 {
				response, err := http.Post(server.URL, report, strings.NewReader(good))
				if err != nil {
					t.Error(err)
					return
				}
				io.Copy(io.Discard, response.Body)
				response.Body.Close()
			}
		})
	}
	group.Wait()
	n := 0
	for _, err := range cspreport.Read(&log) {
		if err != nil {
			t.Error(err)
		}
		n++
	}
	if n != 80 {
		t.Errorf("%d lines, want 80", n)
	}
}

// FuzzCollector writes lines and nothing else, whatever it gets.
func FuzzCollector(f *testing.F) {
	f.Add(report, []byte(good))
	f.Add("application/reports+json", []byte("[{\"type\":\"csp-violation\",\"body\":{\"effectiveDirective\":\"a\\u001b[31m\",\"sample\":\"\x1b\xff\"}}]"))
	f.Fuzz(func(t *testing.T, contentType string, body []byte) {
		var log bytes.Buffer
		c := &csphttp.Collector{Log: cspreport.Log{Writer: &log, Personal: true}}
		w := post(c, contentType, string(body))
		if w.Code != 204 && log.Len() > 0 {
			t.Errorf("%d, and lines %q", w.Code, log.Bytes())
		}
		for line := range bytes.Lines(log.Bytes()) {
			if !json.Valid(line) || bytes.ContainsFunc(bytes.TrimSuffix(line, []byte("\n")), func(c rune) bool { return c < ' ' || c > '~' }) {
				t.Errorf("no line of JSON: %q", line)
			}
		}
	})
}
