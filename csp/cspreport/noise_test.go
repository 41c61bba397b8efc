package cspreport_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp/cspreport"
)

// TestNoise tries reports as sites have published them.
func TestNoise(t *testing.T) {
	const page, policy = "https://www.example.com/", "default-src 'self'; img-src 'self' *.example.net https://www.example.org:8443/i/"
	tests := []struct {
		name   string
		report cspreport.Report
		match  string // of the rule; "" lets the report stay
		reason string
	}{
		{"blocked-scheme", cspreport.Report{BlockedURL: "chrome-extension"}, "chrome-extension:", "the scheme alone, as the draft has it"},
		{"blocked-url", cspreport.Report{BlockedURL: "safari-extension://com.evernote.safari.clipper-q79wdw8yh9/x.woff"}, "safari-extension:", "the whole URL"},
		{"source-scheme", cspreport.Report{BlockedURL: "inline", SourceFile: "moz-extension"}, "moz-extension:", "inline code of an extension"},
		{"source-url", cspreport.Report{BlockedURL: "inline", SourceFile: "safari-web-extension://ABC/x.js"}, "safari-web-extension:", ""},
		{"masked", cspreport.Report{BlockedURL: "eval", SourceFile: "webkit-masked-url://hidden/"}, "webkit-masked-url:", ""},
		{"source-of-page", cspreport.Report{BlockedURL: "inline", SourceFile: page + "app.js"}, "", "the page's own script"},
		{"scheme-in-path", cspreport.Report{BlockedURL: page + "chrome-extension:"}, "", "it must be the scheme"},

		{"antivirus-host", cspreport.Report{BlockedURL: "https://gc.kis.v2.scr.kaspersky-labs.com/FD126C42/main.js"}, "*.kaspersky-labs.com", "a host below"},
		{"antivirus-lookalike", cspreport.Report{BlockedURL: "https://notkaspersky-labs.com/x.js"}, "", "no host below"},
		{"antivirus-policy", cspreport.Report{BlockedURL: "data", Policy: "script-src 'self' https://ff.kis.v2.scr.kaspersky-labs.com"}, ".kaspersky-labs.com", "it has changed the header"},
		{"antivirus-sample", cspreport.Report{BlockedURL: "self", Sample: "window.klTabId_kis = 'firefox.tab.3825bb"}, "window.klTabId_kis", "it has changed the page"},

		{"translated", cspreport.Report{DocumentURL: "https://www-example-com.translate.goog/x"}, "*.translate.goog", "a copy of the page"},
		{"translator", cspreport.Report{BlockedURL: "https://translate.googleapis.com/element/TE_20/e/js/element_main.js"}, "translate.googleapis.com", ""},
		{"translator-wanted", cspreport.Report{BlockedURL: "https://translate.googleapis.com/x", Policy: "script-src https://translate.googleapis.com/element/"}, "", "the site has a translator of its own"},
		{"translator-wildcard", cspreport.Report{BlockedURL: "https://translate.googleapis.com/x", Policy: "script-src *.googleapis.com;img-src 'self'"}, "", "the same by a wildcard"},
		{"translator-other", cspreport.Report{BlockedURL: "https://translate.googleapis.com/x", Policy: "font-src https://fonts.googleapis.com"}, "translate.googleapis.com", "another host of the domain"},
		{"translator-image", cspreport.Report{BlockedURL: "https://www.gstatic.com/images/branding/product/2x/translate_24dp.png"}, "https://www.gstatic.com/images/branding/product/2x/translate_24dp.png", "by its URL, for the host has more"},
		{"other-image", cspreport.Report{BlockedURL: "https://www.gstatic.com/images/x.png"}, "", ""},

		{"loopback", cspreport.Report{BlockedURL: "http://127.0.0.1:5939/x"}, "localhost, 127.0.0.1, [::1]", "a program on the reader's computer"},
		{"loopback-v6", cspreport.Report{BlockedURL: "ws://[::1]:5939"}, "localhost, 127.0.0.1, [::1]", ""},
		{"loopback-page", cspreport.Report{DocumentURL: "http://localhost:8080/", BlockedURL: "http://localhost:9000/x"}, "", "development"},
		{"not-loopback", cspreport.Report{BlockedURL: "https://localhost.example.com/"}, "", ""},

		{"host", cspreport.Report{BlockedURL: "https://cdn.example.net/x.png"}, "", "an ordinary host"},
		{"nothing", cspreport.Report{}, "", "a report that says nothing"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.report.DocumentURL == "" {
				tt.report.DocumentURL = page
			}
			if tt.report.Policy == "" {
				tt.report.Policy = policy
			}
			rule, ok := tt.report.Noise()
			if rule.Match != tt.match || ok != (tt.match != "") {
				t.Errorf("got %q, want %q (%s)", rule.Match, tt.match, tt.reason)
			}
		})
	}
}

// TestNoiseOfExtensions knows the reports because of an extension that puts
// styles, scripts and images into every page, but for one that a style sheet of
// the extension loads: nothing in it tells.
func TestNoiseOfExtensions(t *testing.T) {
	for _, engine := range []string{"Chromium", "Firefox"} {
		var stay []string
		reports := captured(t, engine, "extension", "report-uri")
		for _, r := range reports {
			if _, ok := r.Noise(); !ok {
				stay = append(stay, r.BlockedURL)
			}
		}
		want := map[string]string{"Chromium": "https://cdn.test:8443/ext-bg.png"}[engine]
		if strings.Join(stay, " ") != want {
			t.Errorf("%s: of %d reports %q stay, want %q", engine, len(reports), stay, want)
		}
	}
}

// TestNoiseRules wants every rule to be in one of the forms, to have a reason
// and a source, and to be there once.
func TestNoiseRules(t *testing.T) {
	form := regexp.MustCompile(`^([a-z-]+:|(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+|https://[a-z.-]+/.*)$`)
	seen := make(map[string]bool)
	rules := cspreport.NoiseRules()
	for _, rule := range rules[:len(rules)-1] { // the last is that about loopback
		if isURL := rule.Part == cspreport.PartURL || rule.Part == cspreport.PartDocument; isURL && !form.MatchString(rule.Match) {
			t.Errorf("%q has none of the forms", rule.Match)
		}
		if rule.Cause == "" || rule.Source == "" || seen[rule.Match] {
			t.Errorf("%q: cause %q, source %q, or twice", rule.Match, rule.Cause, rule.Source)
		}
		seen[rule.Match] = true
	}
	rules[0].Match = "changed"
	if cspreport.NoiseRules()[0].Match == "changed" {
		t.Error("the rules can be changed")
	}
}
