package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestResponses: where in a file one response ends and another begins.
func TestResponses(t *testing.T) {
	t.Parallel()
	const ok, moved, hints, page = "HTTP/1.1 200 OK\r\n", "HTTP/1.1 301 Moved\r\n", "HTTP/2 103 \r\n", "<pre>\nHTTP/1.1 404 Not Found\n\n</pre>"
	tests := []struct {
		name, reason string
		file         string
		want         []string // status and body
	}{
		{"page-about-http", "a status line in a page is text", ok + "\r\n" + page, []string{"200 " + page}},
		{"without-status", "so it is below headers alone", "X: y\n\n" + page, []string{"0 " + page}},
		{"error-page", "and in the page of an error", "HTTP/1.1 404 Not Found\n\n" + page, []string{"404 " + page}},
		{"head", "curl -I of several URLs: no bodies", ok + "content-length: 5\r\n\r\n" + ok + "\r\n", []string{"200 ", "200 "}},
		{"head-apart", "with an empty line between", ok + "\r\n\r\n" + ok + "\r\n", []string{"200 \r\n", "200 "}},
		{"proxy", "curl -i through a proxy: its answer first", "HTTP/1.1 200 Connection established\r\n\r\n" + ok + "\r\n" + page, []string{"200 ", "200 " + page}},
		{"no-empty-line", "curl -D of a server that sends none", ok + moved + "\r\n", []string{"200 ", "301 "}},
		{"redirect", "curl -iL: no body", moved + "content-length: 5\r\n\r\n" + ok + "\r\n" + page, []string{"301 ", "200 " + page}},
		{"redirect-with-page", "another client: a body", moved + "\r\n<p>moved\n" + ok + "\r\n" + page, []string{"301 <p>moved\n", "200 " + page}},
		{"early-hints", "RFC 8297", hints + "link: x\r\n\r\n" + ok + "\r\n" + page, []string{"103 ", "200 " + page}},
		{"verbose-redirect", "curl -vL: its own words between", "< HTTP/1.1 301 Moved\r\n< \r\n* Connection left intact\n> GET / HTTP/1.1\n< HTTP/1.1 200 OK\r\n< \r\n",
			[]string{"301 * Connection left intact\n> GET / HTTP/1.1\n", "200 "}},
		{"length", "curl -i of two URLs", ok + "Content-Length: 6\r\n\r\n<p>ab\n" + ok + "\r\n" + page, []string{"200 <p>ab\n", "200 " + page}},
		{"length-no-newline", "a body need not end with one", ok + "Content-Length: 5\r\n\r\n<p>ab" + ok + "\r\n" + page, []string{"200 <p>ab", "200 " + page}},
		{"length-of-all", "what is within it is text", moved + fmt.Sprintf("Content-Length: %d\r\n\r\n", len(page)) + page + ok + "\r\n", []string{"301 " + page, "200 "}},
		{"length-of-packed", "curl --compressed: it is of other bytes", ok + "Content-Length: 5\r\n\r\n<p>abc" + page, []string{"200 <p>abc" + page}},
		{"length-too-long", "RFC 9110, 8.6: no number is too long", ok + "Content-Length: 99999999999999999999\r\n\r\n" + page, []string{"200 " + page}},
		{"length-near-it", "no sum is too long", ok + "Content-Length: 9223372036854775807\r\n\r\n" + page, []string{"200 " + page}},
		{"length-negative", "no number", ok + "Content-Length: -5\r\n\r\n" + page, []string{"200 " + page}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, r := range readResponses(source{}, []byte(tt.file)) {
				got = append(got, fmt.Sprintf("%d %s", r.status, r.body()))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.reason, diff)
			}
		})
	}
}

// TestPageAboutHTTP: a page in a saved response is held against its policy to the end.
func TestPageAboutHTTP(t *testing.T) {
	t.Parallel()
	var stdout, stderr strings.Builder
	c := command{strings.NewReader("HTTP/1.1 200 OK\ncontent-type: text/html\ncontent-security-policy: script-src 'self'; object-src 'none'\n\n" +
		"<pre>\nHTTP/1.1 200 OK\nContent-Type: text/html\n</pre><script>a()</script>\n"), &stdout, &stderr, false}
	c.run([]string{"-short", "-"})
	if got := stdout.String(); !strings.Contains(got, "blocked-inline-script") || strings.Contains(got, "no-policy") {
		t.Errorf("got %s%s; want blocked-inline-script and no no-policy", got, stderr.String())
	}
}
