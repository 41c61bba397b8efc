package e2e_test

import (
	"crypto/sha256"
	"encoding/base64"

	"github.com/edgehelpers/lambdaedge/csp/e2e/prober"
)

// A row is a point in which engines differ from the draft or from each other, and the probes that measure it.
type row struct {
	name  string // of the behaviour in the engine table
	point string // what it means that the row is true
	want  engines

	// without has the browsers in which the row cannot be measured, and why.
	without map[string]string

	ifTrue  []prober.Probe // allowed where the row is true, blocked where it is false
	ifFalse []prober.Probe // blocked where the row is true, allowed where it is false
	always  []prober.Probe // allowed either way: they show that the row is about nothing else
	never   []prober.Probe // blocked either way
}

// engines says what each engine does.
type engines struct{ chromium, firefox, webkit bool }

func (e engines) of(browser prober.Browser) bool {
	return map[string]bool{"chromium": e.chromium, "firefox": e.firefox, "webkit": e.webkit}[browser.Name]
}

func all(does bool) engines { return engines{does, does, does} }

// rows returns the whole table.
func rows() []row {
	var table []row
	for _, part := range [][]row{hostRows(), pathRows(), schemeRows(), hashRows(), scriptRows(), evalRows(), documentRows(), agreedRows()} {
		table = append(table, part...)
	}
	return table
}

type probes = []prober.Probe

// request is a probe of a page of http://site.test with one policy.
func request(kind, policy, url string) prober.Probe {
	return prober.Probe{Policies: []string{policy}, Kind: kind, URL: url}
}

func img(policy, url string) prober.Probe { return request("img", policy, url) }

// code is a probe without a request.
func code(kind, policy, text string) prober.Probe {
	return prober.Probe{Policies: []string{policy}, Kind: kind, Text: text}
}

// html is a probe by markup.
func html(policy, markup, url string) prober.Probe {
	return prober.Probe{Policies: []string{policy}, Kind: "html", Text: markup, URL: url}
}

// from is a probe on a page of another origin.
func from(origin string, p prober.Probe) prober.Probe {
	p.Origin = origin
	return p
}

// hash is a hash source of a text.
func hash(text string) string { return "'sha256-" + digest(text, base64.StdEncoding) + "'" }

func digest(text string, encoding *base64.Encoding) string {
	sum := sha256.Sum256([]byte(text))
	return encoding.EncodeToString(sum[:])
}
