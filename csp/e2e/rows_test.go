package e2e_test

import (
	"crypto/sha256"
	"encoding/base64"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/e2e/prober"
)

// A row is a point in which the engines differ from the draft or from each other, and the probes that measure it.
type row struct {
	name string

	// What it means that the row is true, and for which engines it is. Rows with the name of a [csp.Behavior] have both
	// from there; here they are for others.
	point string
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
	for i, r := range table {
		for b := range csp.Behaviors() {
			if b.Name == r.name {
				table[i].point, table[i].want = b.Point, engines{b.Chromium, b.Firefox, b.WebKit}
			}
		}
	}
	return table
}

// unmeasured are the behaviours that no page can show, and why.
func unmeasured() map[string]string {
	return map[string]string{
		"fenced-frame-src": "pages cannot make a fenced frame: the constructor of FencedFrameConfig throws, and the interfaces that give one want an enrolment of the site",
	}
}

// TestRows holds the table to that of package csp.
func TestRows(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range rows() {
		if r.name == "" || r.point == "" || seen[r.name] {
			t.Errorf("row %q: it has no name or no point, or the name comes twice", r.name)
		}
		if len(r.ifTrue)+len(r.ifFalse) == 0 {
			t.Errorf("row %s: no probe depends on it", r.name)
		}
		seen[r.name] = true
	}
	for b := range csp.Behaviors() {
		if seen[b.Name] == (unmeasured()[b.Name] != "") {
			t.Errorf("csp.Behaviors has %s: it must have a row of probes here, or a reason in unmeasured", b.Name)
		}
	}
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
