package csp_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
)

// TestFallbacks holds every fetch directive to its chain: draft 6.8.3. Each
// policy blocks by the directive named and would allow by those after it.
func TestFallbacks(t *testing.T) {
	t.Parallel()
	chains := map[string][]string{
		"script-src-elem":  {"script-src-elem", "script-src", "default-src"},
		"script-src-attr":  {"script-src-attr", "script-src", "default-src"},
		"style-src-elem":   {"style-src-elem", "style-src", "default-src"},
		"style-src-attr":   {"style-src-attr", "style-src", "default-src"},
		"worker-src":       {"worker-src", "child-src", "script-src", "default-src"},
		"connect-src":      {"connect-src", "default-src"},
		"manifest-src":     {"manifest-src", "default-src"},
		"object-src":       {"object-src", "default-src"},
		"frame-src":        {"frame-src", "child-src", "default-src"},
		"fenced-frame-src": {"fenced-frame-src", "frame-src", "child-src", "default-src"},
		"media-src":        {"media-src", "default-src"},
		"font-src":         {"font-src", "default-src"},
		"img-src":          {"img-src", "default-src"},
		"child-src":        {"child-src", "default-src"},
		"base-uri":         {"base-uri"},
		"form-action":      {"form-action"},
		"frame-ancestors":  {"frame-ancestors"},
		"default-src":      {"default-src"},
	}
	all := []string{"default-src", "child-src", "script-src", "style-src", "frame-src", "connect-src", "img-src", "font-src", "media-src",
		"object-src", "manifest-src", "worker-src", "script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "fenced-frame-src",
		"base-uri", "form-action", "frame-ancestors"}
	for effective, chain := range chains {
		text := "" // from the last of the chain on, each allows a host of its own
		for i := len(chain) - 1; i >= 0; i-- {
			text = chain[i] + " https://" + chain[i] + ".example; " + text
			p := policy(text)
			if !p.Allows(effective, "https://"+chain[i]+".example/", page) {
				t.Errorf("%s: %q does not ask %s", effective, text, chain[i])
			}
			if i+1 < len(chain) && p.Allows(effective, "https://"+chain[i+1]+".example/", page) {
				t.Errorf("%s: %q asks %s too", effective, text, chain[i+1])
			}
		}
		for _, other := range all {
			if !contains(chain, other) && !policy(other+" 'none'").Allows(effective, "https://a.example/", page) {
				t.Errorf("%s: asks %s, which is not in its chain", effective, other)
			}
		}
	}
}

func contains(list []string, s string) bool {
	for _, t := range list {
		if t == s {
			return true
		}
	}
	return false
}

func TestAllowsRequest(t *testing.T) {
	t.Parallel()
	const url = "https://a.example/x/y.js"
	hash := "'sha256-" + digest256 + "'"
	integrity := "sha256-" + digest256
	other := cspcrypto.SHA384("other").String()
	tests := []struct {
		name, clause string
		policy       string
		request      csp.Request
		want         bool
	}{
		{"zero-policy", "6.7.2.1", "", csp.Request{Directive: "img-src", URL: url}, true},
		{"not-governed", "6.8.4.3", "font-src 'none'", csp.Request{Directive: "img-src", URL: url}, true},
		{"unknown-directive", "6.8.3.2", "x-y 'none'", csp.Request{Directive: "x-y", URL: url}, true},
		{"no-source-list", "6.8.3.2", "sandbox", csp.Request{Directive: "sandbox", URL: url}, true},
		{"directive-any-case", "2.2.1.2.4", "img-src 'none'", csp.Request{Directive: "IMG-SRC", URL: url}, false},
		{"script-src-is-script-src-elem", "6.1.10", "script-src 'none'; script-src-elem a.example", csp.Request{Directive: "script-src", URL: url, Origin: page}, true},
		{"no-policy-bad-url", "6.7.2.1", "img-src *", csp.Request{Directive: "font-src", URL: "/x"}, true},

		{"redirect-ignores-paths", "7.6", "img-src a.example/other", csp.Request{Directive: "img-src", URL: url, Origin: page, Redirects: 1}, true},
		{"no-redirect-compares-paths", "7.6", "img-src a.example/other", csp.Request{Directive: "img-src", URL: url, Origin: page}, false},
		{"redirect-keeps-hosts", "7.6", "img-src b.example/other", csp.Request{Directive: "img-src", URL: url, Origin: page, Redirects: 2}, false},

		{"nonce", "6.7.1.1.1", "script-src 'nonce-abc'", csp.Request{Directive: "script-src-elem", URL: url, Nonce: "abc"}, true},
		{"nonce-case", "6.7.2.3", "script-src 'nonce-abc'", csp.Request{Directive: "script-src-elem", URL: url, Nonce: "Abc"}, false},
		{"nonce-empty", "6.7.2.3.2", "script-src 'nonce-'", csp.Request{Directive: "script-src-elem", URL: url}, false},
		{"nonce-prefix-case", "2.3.1", "script-src 'NONCE-abc'", csp.Request{Directive: "script-src-elem", URL: url, Nonce: "abc"}, true},
		{"nonce-not-decoded", "2.3.1", "script-src 'nonce-ab-_'", csp.Request{Directive: "script-src-elem", URL: url, Nonce: "ab+/"}, false},
		{"nonce-bad-grammar", "2.3.1", "script-src 'nonce-a$c'", csp.Request{Directive: "script-src-elem", URL: url, Nonce: "a$c"}, false},
		{"nonce-of-style", "6.1.14.1.3", "style-src 'nonce-abc'", csp.Request{Directive: "style-src-elem", URL: url, Nonce: "abc"}, true},
		{"nonce-of-default", "6.1.3.1", "default-src 'nonce-abc'", csp.Request{Directive: "style-src-elem", URL: url, Nonce: "abc"}, true},
		{"nonce-of-image", "6.1.7", "img-src 'nonce-abc'", csp.Request{Directive: "img-src", URL: url, Nonce: "abc"}, false},
		{"nonce-any-url", "6.7.1.1.1", "script-src 'nonce-abc'", csp.Request{Directive: "script-src-elem", URL: "data:,x", Nonce: "abc"}, true},

		{"integrity", "6.7.2.4", "script-src " + hash, csp.Request{Directive: "script-src-elem", URL: url, Integrity: integrity}, true},
		{"integrity-none", "6.7.2.4.5", "script-src " + hash, csp.Request{Directive: "script-src-elem", URL: url}, false},
		{"integrity-unknown-algorithm", "6.7.2.4.5", "script-src " + hash, csp.Request{Directive: "script-src-elem", URL: url, Integrity: "md5-x"}, false},
		{"integrity-and-unknown", "SRI", "script-src " + hash, csp.Request{Directive: "script-src-elem", URL: url, Integrity: "md5-x  " + integrity + "?a=b"}, true},
		{"integrity-algorithm-case", "6.7.2.4.6.1", "script-src " + hash, csp.Request{Directive: "script-src-elem", URL: url, Integrity: "SHA256-" + digest256}, true},
		{"integrity-all-listed", "6.7.2.4.6", "script-src " + hash + " '" + other + "'", csp.Request{Directive: "script-src-elem", URL: url, Integrity: integrity + " " + other}, true},
		{"integrity-one-not-listed", "6.7.2.4.6.1", "script-src " + hash, csp.Request{Directive: "script-src-elem", URL: url, Integrity: integrity + " " + other}, false},
		{"integrity-of-style", "6.1.14.1", "style-src " + hash, csp.Request{Directive: "style-src-elem", URL: url, Integrity: integrity}, false},
		{"integrity-no-hash-listed", "6.7.2.4.3", "script-src b.example", csp.Request{Directive: "script-src-elem", URL: url, Integrity: integrity}, false},
		{"integrity-host-listed", "6.7.1.1.4", "script-src a.example", csp.Request{Directive: "script-src-elem", URL: url, Origin: page, Integrity: integrity}, true},

		{"strict-dynamic-ignores-host", "6.7.1.1.3.1", "script-src 'strict-dynamic' a.example", csp.Request{Directive: "script-src-elem", URL: url, Origin: page}, false},
		{"strict-dynamic-of-script", "6.7.1.1.3.1", "script-src 'strict-dynamic'", csp.Request{Directive: "script-src-elem", URL: url, NotParserInserted: true}, true},
		{"strict-dynamic-case", "6.7.1.1.3", "script-src 'Strict-Dynamic' a.example", csp.Request{Directive: "script-src-elem", URL: url, Origin: page}, false},
		{"strict-dynamic-nonce", "6.7.1.1.1", "script-src 'strict-dynamic' 'nonce-abc'", csp.Request{Directive: "script-src-elem", URL: url, Nonce: "abc"}, true},
		{"strict-dynamic-default", "6.1.3.1", "default-src 'strict-dynamic' a.example", csp.Request{Directive: "script-src-elem", URL: url, Origin: page}, false},
		{"strict-dynamic-image", "6.1.7", "default-src 'strict-dynamic' a.example", csp.Request{Directive: "img-src", URL: url, Origin: page}, true},
		{"strict-dynamic-style", "6.1.14", "style-src 'strict-dynamic' a.example", csp.Request{Directive: "style-src-elem", URL: url, Origin: page}, true},
		{"strict-dynamic-worker-by-script-src", "6.1.10.1", "script-src 'strict-dynamic' b.example", csp.Request{Directive: "worker-src", URL: url, Origin: page}, true},
		{"strict-dynamic-worker-by-default-src", "6.1.3.1", "default-src 'strict-dynamic' a.example", csp.Request{Directive: "worker-src", URL: url, Origin: page}, true},
		{"strict-dynamic-worker-src", "6.1.17.1", "worker-src 'strict-dynamic' a.example", csp.Request{Directive: "worker-src", URL: url, Origin: page}, true},
		{"nonce-worker-by-script-src", "6.1.10.1", "script-src 'nonce-abc'", csp.Request{Directive: "worker-src", URL: url, Nonce: "abc"}, true},
		{"nonce-worker-src", "6.1.17.1", "worker-src 'nonce-abc'", csp.Request{Directive: "worker-src", URL: url, Nonce: "abc"}, false},

		{"base", "6.3.1.1", "base-uri 'self'", csp.Request{Directive: "base-uri", URL: "https://page.example/x/", Origin: page}, true},
		{"base-no-fallback", "6.3.1.1.1.3", "default-src 'none'", csp.Request{Directive: "base-uri", URL: url, Origin: page}, true},
		{"form-redirect", "6.4.1.1", "form-action a.example/z", csp.Request{Directive: "form-action", URL: url, Origin: page, Redirects: 1}, true},
	}
	seen := map[string]bool{}
	for _, tt := range tests {
		if seen[tt.name] {
			t.Fatalf("two tests have the name %q", tt.name)
		}
		seen[tt.name] = true
		if got := policy(tt.policy).AllowsRequest(tt.request); got != tt.want {
			t.Errorf("%s (%s): %q, %+v: got %v; want %v", tt.name, tt.clause, tt.policy, tt.request, got, tt.want)
		}
	}
}

func TestAllowsNavigations(t *testing.T) {
	t.Parallel()
	p := policy("base-uri 'self'; form-action https://pay.example/in/; frame-ancestors 'self' https://*.shop.example")
	tests := []struct {
		name string
		got  bool
		want bool
	}{
		{"base-self", p.AllowsBase("https://page.example/", page), true},
		{"base-other", p.AllowsBase("https://evil.example/", page), false},
		{"form", p.AllowsFormAction("https://pay.example/in/x?y", page), true},
		{"form-other-path", p.AllowsFormAction("https://pay.example/out", page), false},
		{"ancestor-self", p.AllowsFrameAncestor(page, page), true},
		{"ancestor-wild", p.AllowsFrameAncestor("https://x.shop.example", page), true},
		{"ancestor-other", p.AllowsFrameAncestor("https://evil.example", page), false},
		{"ancestor-opaque", p.AllowsFrameAncestor("null", page), false},
		{"ancestor-opaque-star", policy("frame-ancestors *").AllowsFrameAncestor("null", page), false},
		{"ancestor-no-directive", policy("default-src 'none'").AllowsFrameAncestor("null", page), true},
		{"list", csp.List{p, policy("base-uri 'none'")}.AllowsBase("https://page.example/", page), false},
		{"list-form", csp.List{p, policy("")}.AllowsFormAction("https://pay.example/in/", page), true},
		{"list-ancestor", csp.List{policy(""), p}.AllowsFrameAncestor("https://evil.example", page), false},
		{"webrtc-none", policy("").AllowsWebRTC(), true},
		{"webrtc-allow", policy("webrtc 'ALLOW'").AllowsWebRTC(), true},
		{"webrtc-block", policy("webrtc 'block'").AllowsWebRTC(), true},
		{"webrtc-block-of-the-draft", policy("webrtc 'block'").AllowsWebRTC(csp.Draft), false},
		{"webrtc-both", policy("webrtc 'allow' 'block'").AllowsWebRTC(csp.Draft), false},
		{"webrtc-empty", policy("webrtc").AllowsWebRTC(csp.Draft), false},
		{"webrtc-list", list("webrtc 'allow', webrtc 'block'").AllowsWebRTC(csp.AllEngines, csp.Draft), false},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: got %v; want %v", tt.name, tt.got, tt.want)
		}
	}
}

// TestMultiplePolicies is the example of draft 8.1.
func TestMultiplePolicies(t *testing.T) {
	t.Parallel()
	l := list("default-src 'self' http://example.com http://example.net; connect-src 'none', connect-src http://example.com/; script-src http://example.com/")
	for _, tt := range []struct {
		directive, url string
		want           bool
	}{
		{"connect-src", "http://example.com/", false},
		{"script-src", "http://example.com/x.js", true},
		{"script-src", "http://example.net/x.js", false},
		{"img-src", "http://example.net/x.png", true},
	} {
		if got := l.Allows(tt.directive, tt.url, "http://example.org"); got != tt.want {
			t.Errorf("%s %s: got %v; want %v", tt.directive, tt.url, got, tt.want)
		}
	}
	if !(csp.List{}).Allows("img-src", "https://a.example/", page) {
		t.Error("the empty list forbids something")
	}
}

func TestDirectiveFor(t *testing.T) {
	t.Parallel()
	for destination, want := range map[string]string{
		"": "connect-src", "manifest": "manifest-src", "object": "object-src", "embed": "object-src", "frame": "frame-src",
		"iframe": "frame-src", "fencedframe": "fenced-frame-src", "audio": "media-src", "track": "media-src", "video": "media-src", "font": "font-src", "image": "img-src",
		"style": "style-src-elem", "script": "script-src-elem", "xslt": "script-src-elem", "audioworklet": "script-src-elem",
		"paintworklet": "script-src-elem", "serviceworker": "worker-src", "sharedworker": "worker-src", "worker": "worker-src",
		"json": "connect-src", "webidentity": "connect-src", "report": "", "of-the-future": "connect-src",
	} {
		if got := csp.DirectiveFor(destination); got != want {
			t.Errorf("DirectiveFor(%q): got %q; want %q", destination, got, want)
		}
	}
}

// TestAllowsTakesNoMemory holds matching to its budget.
func TestAllowsTakesNoMemory(t *testing.T) {
	p := policy(sample)
	if n := testing.AllocsPerRun(100, func() { p.Allows("img-src", "https://a.images.example/x/y.png", page) }); n != 0 {
		t.Errorf("Allows takes memory %v times; want 0", n)
	}
	if n := testing.AllocsPerRun(100, func() { csp.Parse(sample) }); n > 6 {
		t.Errorf("Parse takes memory %v times; want at most 6", n)
	}
}
