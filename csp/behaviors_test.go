package csp_test

import (
	"math/rand/v2"
	"testing"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/google/go-cmp/cmp"
)

// An example asks a question whose answer is the same as whether the engine shows
// the behaviour, or the opposite.
type example struct {
	policy   string
	request  csp.Request // with an Origin of https://page.example if it is empty
	inline   csp.Inline
	ask      func(csp.List, csp.Engine) bool
	opposite bool
}

func image(policy, url string) example {
	return example{policy: "img-src " + policy, request: csp.Request{Directive: "img-src", URL: url}}
}

func (x example) onInsecurePage() example {
	x.request.Origin = "http://page.example"
	return x
}

func (x example) but() example {
	x.opposite = true
	return x
}

// script runs inline with the hash of nothing.
func script(policy string) example {
	hash, _ := csp.ParseHash("sha256-" + digest256)
	return example{policy: policy, inline: csp.Inline{Kind: csp.InlineScript, Hashes: []csp.Hash{hash}}}
}

// behaviorExamples has an example of each behaviour that decides.
var behaviorExamples = map[string]example{
	"ipv4-host":         image("http://192.0.2.1", "http://192.0.2.1/"),
	"host-wildcard-ip":  image("http://*", "http://[::1]/"),
	"host-trailing-dot": image("a.example.", "https://a.example./"),
	"bare-dot-wildcard": image("http://*.", "http://a.example/"),

	"star-websocket":     {policy: "connect-src *", request: csp.Request{Directive: "connect-src", URL: "wss://a.example/"}},
	"star-data":          image("*", "data:image/png,"),
	"ws-source-http-url": image("ws:", "http://a.example/"),

	"port-80-upgrade":     image("http://a.example:80", "https://a.example/"),
	"port-80-secure":      image("a.example:80", "https://a.example/"),
	"same-port-upgrade":   image("a.example:8443", "https://a.example:8443/").onInsecurePage(),
	"schemeless-wildcard": image("*:443", "https://a.example/"),
	"port-leading-zero":   image("a.example:0443", "https://a.example/"),

	"encoded-slash":             image("a.example/x/", "https://a.example/x%2Fy"),
	"path-odd-characters":       image("a.example//x/", "https://a.example//x/y"),
	"source-query-with-path":    image("a.example/x?v=1", "https://a.example/x"),
	"source-query-without-path": image("a.example?v=1", "https://a.example/x"),
	"wildcard-path":             image("https://*/x/", "https://a.example/x/y"),
	"frame-ancestors-path": {policy: "frame-ancestors https://a.example/x/",
		request: csp.Request{Directive: "frame-ancestors", URL: "https://a.example"}},
	"form-action-redirect": example{policy: "form-action 'self'",
		request: csp.Request{Directive: "form-action", URL: "https://a.example/", Redirects: 1}}.but(),

	"control-byte":        image("'none'\x01", "https://a.example/"),
	"vertical-tab":        example{policy: "img-src\v'none'", request: csp.Request{Directive: "img-src", URL: "https://a.example/"}}.but(),
	"dropped-name-counts": image("\u00e9.example; img-src 'none'", "https://a.example/"),
	"default-strict-dynamic-worker": {policy: "default-src 'strict-dynamic'",
		request: csp.Request{Directive: "worker-src", URL: "https://page.example/w.js"}},
	"strict-dynamic-worker-src": {policy: "worker-src 'strict-dynamic'",
		request: csp.Request{Directive: "worker-src", URL: "https://page.example/w.js"}},
	"strict-dynamic-default-urls": example{policy: "default-src 'strict-dynamic' https:",
		request: csp.Request{Directive: "img-src", URL: "https://a.example/"}}.but(),
	"strict-dynamic-default-style": example{policy: "default-src 'strict-dynamic' 'unsafe-inline'",
		inline: csp.Inline{Kind: csp.InlineStyle}}.but(),
	"upgrade-loopback":     image("https:; upgrade-insecure-requests", "http://app.localhost/"),
	"upgrade-per-policy":   image("https:, upgrade-insecure-requests", "http://a.example/").but(),
	"webrtc-block":         example{policy: "webrtc 'block'", ask: func(l csp.List, e csp.Engine) bool { return l.AllowsWebRTC(e) }}.but(),
	"wasm-without-keyword": {policy: "script-src 'self'", ask: func(l csp.List, e csp.Engine) bool { return l.AllowsWasm(e) }},
	"trusted-types-eval-strings": {policy: "script-src 'trusted-types-eval'; require-trusted-types-for 'script'",
		ask: func(l csp.List, e csp.Engine) bool { return l.AllowsEval(e) }},
	"trusted-types-eval": {policy: "script-src 'trusted-types-eval'; require-trusted-types-for 'script'",
		ask: func(l csp.List, e csp.Engine) bool { return l.AllowsTrustedEval(e) }},

	"hash-dashed-algorithm": script("script-src 'sha-256-" + digest256 + "'"),
	"hash-unpadded":         script("script-src 'sha256-" + digest256[:43] + "'"),
	"hash-bad-base64":       script("script-src 'sha256-abcde' 'unsafe-inline'").but(),
	"integrity-base64url": {policy: "script-src 'sha256-47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU='",
		request: csp.Request{Directive: "script-src", URL: "https://a.example/", Integrity: "sha256-47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU="}},
	"base64url-integrity": {policy: "script-src 'sha256-47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU='",
		request: csp.Request{Directive: "script-src", URL: "https://a.example/", Integrity: "sha256-" + digest256}},
}

// answer asks the example of an engine.
func (x example) answer(e csp.Engine) bool {
	list, _ := csp.ParseList(x.policy)
	var got bool
	switch {
	case x.ask != nil:
		got = x.ask(list, e)
	case x.inline.Kind != 0:
		x.inline.Engine = e
		got = list.AllowsInline(x.inline)
	default:
		if x.request.Engine = e; x.request.Origin == "" {
			x.request.Origin = "https://page.example"
		}
		got = list.AllowsRequest(x.request)
	}
	return got != x.opposite
}

// TestBehaviors asks an example of each row of the table: each engine must answer as
// the row says, and all together what they agree on, or the draft's word.
func TestBehaviors(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for b := range csp.Behaviors() {
		if b.Name == "" || b.Clause == "" || b.Point == "" || seen[b.Name] {
			t.Errorf("%+v: a name, a clause or a point is missing, or the name comes twice", b)
		}
		seen[b.Name] = true
		if b.Draft == b.Chromium && b.Draft == b.Firefox && b.Draft == b.WebKit {
			t.Errorf("%s: nobody differs", b.Name)
		}
		x, ok := behaviorExamples[b.Name]
		if ok != b.Decides {
			t.Errorf("%s: has an example: %v; decides: %v", b.Name, ok, b.Decides)
		}
		if !ok {
			continue
		}
		all := b.Draft
		if b.Chromium == b.Firefox && b.Firefox == b.WebKit {
			all = b.Chromium
		}
		want := map[string]bool{"all": all, "draft": b.Draft, "Chromium": b.Chromium, "Firefox": b.Firefox, "WebKit": b.WebKit}
		got := map[string]bool{"all": x.answer(csp.AllEngines), "draft": x.answer(csp.Draft), "Chromium": x.answer(csp.Chromium),
			"Firefox": x.answer(csp.Firefox), "WebKit": x.answer(csp.WebKit)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %q (-want +got):\n%s", b.Name, x.policy, diff)
		}
	}
}

// TestAllEngines: the zero Engine answers what all browsers answer, and where they
// differ what the draft does, also where several behaviours come together.
func TestAllEngines(t *testing.T) {
	t.Parallel()
	g := generator{rand.New(rand.NewPCG(11, 12))}
	differing := 0
	for range 3000 {
		l := g.list()
		for range 10 {
			r := g.request()
			answer := func(e csp.Engine) bool {
				r.Engine = e
				return l.AllowsRequest(r)
			}
			want := answer(csp.Draft)
			if c := answer(csp.Chromium); c == answer(csp.Firefox) && c == answer(csp.WebKit) {
				want = c
			} else {
				differing++
			}
			if got := answer(csp.AllEngines); got != want {
				t.Fatalf("%q, %+v: got %v; want %v", l, r, got, want)
			}
			r.Engine = csp.AllEngines
			d := l.Explain(r)
			differ := answer(csp.Chromium) != want || answer(csp.Firefox) != want || answer(csp.WebKit) != want
			if d.Allowed != want || (len(d.Differing) > 0) != differ {
				t.Fatalf("%q, %+v: got %v; want %v, and browsers that differ: %v", l, r, d, want, differ)
			}
		}
	}
	if differing < 100 {
		t.Errorf("browsers differed in %d requests only", differing)
	}
}
