package e2e_test

import (
	"strings"
	"testing"
)

// The policy is there to stop what a page does not do by itself, so the test does it.
func TestPolicyBlocks(t *testing.T) {
	browser := startBrowser(t)
	site := startDemo(t)
	other := startDemo(t) // another origin, which answers
	t.Run("injected-markup", func(t *testing.T) { testInjectedMarkup(t, browser, site) })
	tests := []struct {
		name, code string // the code's value is a string, or a promise of one
		want       string // the violation
		reason     string
	}{
		{"inline-script", `(() => { const s = document.createElement("script"); s.append("window.ran = 1"); document.body.append(s); return String(window.ran); })()`,
			"require-trusted-types-for blocked trusted-types-sink", "a script made of a string"},
		{"event-handler", `(() => { const p = document.createElement("p"); try { p.setAttribute("onclick", "window.ran = 1"); } catch {} document.body.append(p); p.click(); return String(window.ran); })()`,
			"", "an attribute is stopped by the policy on scripts or by the one on trusted types"},
		{"foreign-script", `new Promise((done) => { const s = document.createElement("script"); try { s.src = "OTHER/config.js"; } catch { done("undefined"); } s.onload = () => done("loaded"); s.onerror = () => done("undefined"); document.body.append(s); })`,
			"", "scripts come from the site itself"},
		{"inner-html", `(() => { try { document.body.innerHTML = "<b>text</b>"; return "written"; } catch { return "undefined"; } })()`,
			"require-trusted-types-for blocked trusted-types-sink", "the article's own fault"},
		{"eval", `(() => { const s = document.createElement("script"); try { return window.setTimeout("window.ran = 1", 0) && "undefined"; } catch { return "undefined"; } })()`,
			"", "code in a string"},
		{"foreign-fetch", `fetch("OTHER/index.html", { mode: "no-cors" }).then(() => "answered", () => "undefined")`,
			"connect-src blocked OTHER/index.html", "a script connects to the API only"},
		{"own-fetch", `fetch("/index.html").then(() => "answered", () => "undefined")`,
			"connect-src blocked SITE/index.html", "not even to the site itself"},
		{"frame", `new Promise((done) => { const f = document.createElement("iframe"); f.src = "/index.html"; f.onload = () => done("undefined"); document.body.append(f); })`,
			"frame-src blocked SITE/index.html", "no frames"},
		{"inline-style", `(() => { const s = document.createElement("style"); s.append("h1 { display: none }"); document.body.append(s); return getComputedStyle(document.querySelector("h1")).display === "none" ? "applied" : "undefined"; })()`,
			"style-src-elem blocked inline", "styles come from the site itself"},
		{"foreign-form", `new Promise((done) => { const f = document.createElement("form"); f.action = "OTHER/index.html"; document.body.append(f); document.addEventListener("securitypolicyviolation", () => done("undefined")); f.submit(); })`,
			"form-action blocked OTHER/index.html", "the name goes to the site only"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newTab(t, browser)
			b.open(site + "/other.html?username=octocat")
			b.waitFor("#title", "The Octocat")
			addresses := strings.NewReplacer("OTHER", other, "SITE", site)
			if got := b.evaluate(addresses.Replace(test.code)); got != "undefined" {
				t.Errorf("%s: it ran: %s (%s)", test.name, got, test.reason)
			}
			if got, want := b.violations(), addresses.Replace(test.want); got == "" || !strings.Contains(got, want) {
				t.Errorf("violations: got %q; want %q in them (%s)", got, want, test.reason)
			}
			if got := b.evaluate("String(window.ran)"); got != "undefined" {
				t.Errorf("%s: it ran after all", test.name)
			}
		})
	}
}
