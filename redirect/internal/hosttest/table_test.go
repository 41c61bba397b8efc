package hosttest_test

import (
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect/internal/hosttest"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// TestRows asks the hosts about every row of docs/redirect-hosts.md.
func TestRows(t *testing.T) {
	t.Parallel()
	h := startHosts(t)
	rows, err := hosttest.ReadRows("../../../docs/redirect-hosts.md")
	if err != nil || len(rows) < 100 {
		t.Fatalf("%d rows, %v; want 100 or more", len(rows), err)
	}
	for _, row := range rows {
		for _, d := range []rulefile.Dialect{rulefile.Netlify, rulefile.Cloudflare} {
			if row.Host(d) == "" {
				continue
			}
			a := h.ask(t, d, row.Text, asRequest(t, row.Request))
			if got, want := inWords(a), row.Host(d); got != want {
				t.Errorf("redirect-hosts.md:%d: %s: got %s; want %s %q", row.Line, d, got, want, a.Errors)
			}
			if sent := asRequest(t, row.Request).URL; a.Answers[0].URL != sent {
				t.Errorf("redirect-hosts.md:%d: request for %q; a browser sends %q", row.Line, sent, a.Answers[0].URL)
			}
		}
	}
}

// site is where requests go that name no other host.
const site = "https://site.example"

// asRequest returns the request that the words of an expectation describe.
func asRequest(t *testing.T, words string) request {
	t.Helper()
	url, rest, _ := strings.Cut(words, " ")
	if url[0] == '/' {
		url = site + url
	}
	r := request{URL: url, Headers: map[string]string{}}
	for word := range strings.FieldsSeq(rest) {
		name, value, _ := strings.Cut(word, "=")
		switch name {
		case "Country":
			name = "CloudFront-Viewer-Country"
		case "Language":
			name = "Accept-Language"
		}
		r.Headers[name] = value
	}
	return r
}

// inWords returns the answer to one request in the words of a row.
func inWords(a answer) string {
	switch got := a.Answers[0].String(); {
	case len(a.Errors) == 0:
		return got
	case got == "passes":
		return "error"
	default:
		return got + ", noted"
	}
}
