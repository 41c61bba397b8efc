package e2e_test

import (
	"encoding/base64"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/e2e/prober"
)

const body = prober.ScriptBody

func hashRows() []row {
	urlHash := "'sha256-" + digest(body, base64.URLEncoding) + "'"
	standard := "sha256-" + digest(body, base64.StdEncoding)
	unpadded := strings.TrimRight(hash(body), "='") + "'"
	const wrong = "'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='"
	return []row{
		{
			name: "base64url-hash", point: "a hash source in base64url matches an inline script", want: all(true),
			ifTrue: probes{code("inline", "script-src "+urlHash, "")},
			always: probes{code("inline", "script-src "+hash(body), "")},
			never:  probes{code("inline", "script-src "+wrong, "")},
		},
		{
			name: "base64url-integrity", point: "a hash source in base64url matches an external script's integrity attribute", want: all(true),
			ifTrue: probes{integrity(request("script", "script-src "+urlHash, "http://cdn.test/x"), standard)},
			always: probes{integrity(request("script", "script-src "+hash(body), "http://cdn.test/x"), standard)},
			never: probes{
				request("script", "script-src "+urlHash, "http://cdn.test/x"),
				integrity(request("script", "script-src "+wrong, "http://cdn.test/x"), standard),
			},
		},
		{
			name: "integrity-base64url", point: "an integrity attribute in base64url counts for a hash source", want: engines{true, false, true},
			ifTrue: probes{
				integrity(request("script", "script-src "+urlHash, "http://cdn.test/x"), "sha256-"+digest(body, base64.URLEncoding)),
				integrity(request("script", "script-src "+hash(body), "http://cdn.test/x"), "sha256-"+digest(body, base64.URLEncoding)),
			},
		},
		{
			name: "hash-unpadded", point: "a hash source without padding matches", want: engines{true, false, true},
			ifTrue: probes{code("inline", "script-src "+unpadded, "")},
		},
		{
			name: "hash-dashed-algorithm", point: "'sha-256-…' is a hash source", want: engines{true, false, false},
			ifTrue: probes{code("inline", "script-src "+strings.Replace(hash(body), "sha256", "sha-256", 1), "")},
		},
		{
			name: "hash-bad-base64", point: "'unsafe-inline' stays on beside a hash source with more padding than its base64 needs", want: engines{true, false, false},
			ifTrue: probes{
				code("inline", "script-src 'unsafe-inline' 'sha256-abcd='", ""),
				code("inline", "script-src 'unsafe-inline' 'sha256-abc=='", ""),
			},
			always: probes{
				code("inline", "script-src 'unsafe-inline'", ""),
				code("inline", "script-src 'unsafe-inline' 'sha256-$$$'", ""),
				code("inline", "script-src 'unsafe-inline' 'sha256-a=b'", ""),
			},
			never: probes{
				code("inline", "script-src 'unsafe-inline' "+wrong, ""),
				code("inline", "script-src 'unsafe-inline' 'sha256-abcd'", ""),
				code("inline", "script-src 'unsafe-inline' 'sha256-ab'", ""),
			},
		},
		{
			name: "hash-short-sha256-abcde", point: "'unsafe-inline' stays on beside a hash source with a length that no base64 has", want: engines{true, false, true},
			ifTrue: probes{
				code("inline", "script-src 'unsafe-inline' 'sha256-abcde'", ""),
				code("inline", "script-src 'unsafe-inline' 'sha256-a'", ""),
			},
		},
		{
			name: "hash-two-alphabets", point: "'unsafe-inline' stays on beside a hash source with characters of base64 and of base64url", want: engines{false, false, true},
			ifTrue: probes{code("inline", "script-src 'unsafe-inline' 'sha256-+-ab'", "")},
		},
		{
			name: "javascript-url-hash", point: "with 'unsafe-hashes', a javascript: URL runs by the hash of the whole URL", want: all(true),
			ifTrue: probes{code("javascript", "script-src 'unsafe-hashes' "+hash("javascript:"+body), "")},
			always: probes{code("javascript", "script-src 'unsafe-inline'", "")},
			never: probes{
				code("javascript", "script-src 'unsafe-hashes' "+hash(body), ""),
				code("javascript", "script-src "+hash("javascript:"+body), ""),
			},
		},
	}
}

// integrity gives a probe an integrity attribute.
func integrity(p prober.Probe, value string) prober.Probe {
	p.Integrity = value
	return p
}

// nonce gives a probe the nonce "a".
func nonce(p prober.Probe) prober.Probe {
	p.Nonce = "a"
	return p
}

func scriptRows() []row {
	const (
		strict     = "script-src 'nonce-a' 'strict-dynamic'"
		dependency = "http://cdn.test/x.js"
	)
	const inlineModule = `<script type=module>import "{url}"</script>`
	return []row{
		{
			name: "worker-parser-inserted", point: "workers start under a nonce or hash and 'strict-dynamic'", want: all(true),
			ifTrue: probes{
				request("worker", strict, "http://site.test/w.js"),
				request("sharedworker", strict, "http://site.test/w.js"),
				code("blobworker", strict, ""),
				request("worker", "script-src "+hash(body)+" 'strict-dynamic'", "http://site.test/w.js"),
			},
			never: probes{request("worker", "script-src 'nonce-a'", "http://site.test/w.js")},
		},
		{
			name: "default-strict-dynamic-worker", point: "workers start under default-src 'strict-dynamic' alone", want: all(true),
			ifTrue: probes{
				request("worker", "default-src 'strict-dynamic'", "http://site.test/w.js"),
				request("sharedworker", "default-src 'strict-dynamic'", "http://site.test/w.js"),
				code("blobworker", "default-src 'strict-dynamic'", ""),
			},
		},
		{
			name: "strict-dynamic-default-self", point: "'strict-dynamic' in default-src switches 'self' off for what is no script", want: engines{false, false, true},
			ifFalse: probes{
				img("default-src 'self' 'strict-dynamic'", "http://site.test/x"),
				request("style", "default-src 'self' 'strict-dynamic'", "http://site.test/x"),
				request("fetch", "default-src 'self' 'strict-dynamic'", "http://site.test/x"),
				request("frame", "default-src 'self' 'strict-dynamic'", "http://site.test/x"),
			},
			always: probes{img("default-src 'self'; script-src 'strict-dynamic'", "http://site.test/x")},
			never:  probes{img("default-src 'self' 'strict-dynamic'", "http://cdn.test/x")},
		},
		{
			name: "strict-dynamic-module", point: "'strict-dynamic' lets a module script of the parser pass without a nonce", want: engines{false, false, true},
			ifTrue: probes{html("script-src 'self' 'nonce-a' 'strict-dynamic'", `<script type=module src="{url}"></script>`, dependency)},
			always: probes{html(strict, `<script type=module nonce=a src="{url}"></script>`, dependency), request("module", strict, dependency)},
			never:  probes{html(strict, `<script src="{url}"></script>`, dependency)},
		},
		{
			name: "strict-dynamic-inline-import", point: "the imports of an inline module of the parser pass under its hash and 'strict-dynamic'", want: engines{false, false, true},
			ifTrue: probes{
				html("script-src {hash} 'strict-dynamic'", inlineModule, dependency),
				html("script-src {hash} 'strict-dynamic'", `<script>import("{url}")</script>`, dependency),
				html("script-src {hash} 'strict-dynamic'", `<script type=module>import("{url}")</script>`, dependency),
			},
			// The nonce of a module is that of its imports.
			always: probes{
				html(strict, `<script type=module nonce=a>import "{url}"</script>`, dependency),
				html(strict, `<script nonce=a>import("{url}")</script>`, dependency),
				html(strict, `<script type=importmap nonce=a>{"imports":{"x":"{url}"}}</script><script type=module nonce=a>import "x"</script>`, dependency),
				html("script-src 'nonce-a'", `<script type=module nonce=a>import "{url}"</script>`, dependency),
			},
		},
		{
			name: "hash-inline-import", point: "the imports of an inline module pass by the module's hash alone", want: all(false),
			ifTrue: probes{
				html("script-src {hash}", inlineModule, dependency),
				html("script-src {hash}", `<script>import("{url}")</script>`, dependency),
			},
			always: probes{html("script-src {hash} http://cdn.test", inlineModule, dependency)},
		},
	}
}

func evalRows() []row {
	const trusted = "require-trusted-types-for 'script'"
	return []row{
		{
			name: "trusted-types-eval-blocked", point: "require-trusted-types-for 'script' makes eval of strings throw", want: all(true),
			ifFalse: probes{code("eval", trusted, ""), code("function", trusted, ""), code("timer", trusted, "")},
			always:  probes{code("eval", "script-src 'unsafe-eval'", ""), code("function", "script-src 'unsafe-eval'", ""), code("timer", "script-src 'unsafe-eval'", "")},
			never:   probes{code("eval", "script-src 'self'", ""), code("function", "script-src 'self'", ""), code("timer", "script-src 'self'", "")},
		},
		{
			name: "trusted-types-eval-keyword", point: "'trusted-types-eval' lets eval and timers with a TrustedScript pass", want: engines{false, true, true},
			ifTrue: probes{
				html("script-src 'nonce-a' 'trusted-types-eval'; "+trusted, onTrusted("eval(trusted)"), ""),
				html("script-src 'nonce-a' 'trusted-types-eval'; "+trusted, onTrusted("setTimeout(trusted)"), ""),
			},
			always: probes{
				html("script-src 'nonce-a' 'trusted-types-eval'; "+trusted, onTrusted("new Function(trusted)()"), ""),
				html("script-src 'nonce-a' 'unsafe-eval'; "+trusted, onTrusted("eval(trusted)"), ""),
			},
			never: probes{
				html("script-src 'nonce-a'; "+trusted, onTrusted("eval(trusted)"), ""),
				html("script-src 'nonce-a' 'trusted-types-eval'", onTrusted("eval(trusted)"), ""),
				html("script-src 'nonce-a' 'trusted-types-eval'; "+trusted, onTrusted(`setTimeout("window.ran=1")`), ""),
			},
		},
		{
			name: "trusted-types-eval-strings", point: "'trusted-types-eval' lets eval and new Function with a string pass under require-trusted-types-for", want: engines{true, false, false},
			ifTrue: probes{
				html("script-src 'nonce-a' 'trusted-types-eval'; "+trusted, onTrusted(`eval("window.ran=1")`), ""),
				html("script-src 'nonce-a' 'trusted-types-eval'; "+trusted, onTrusted(`new Function("window.ran=1")()`), ""),
				code("eval", "script-src 'trusted-types-eval'; "+trusted, ""),
			},
			never: probes{
				html("script-src 'nonce-a' 'unsafe-eval'; "+trusted, onTrusted(`eval("window.ran=1")`), ""),
				html("script-src 'nonce-a' 'trusted-types-eval'", onTrusted(`eval("window.ran=1")`), ""),
			},
		},
		{
			name: "trusted-function-unsafe-eval", point: "new Function with a TrustedScript passes under 'unsafe-eval' and require-trusted-types-for", want: engines{false, true, true},
			ifTrue: probes{html("script-src 'nonce-a' 'unsafe-eval'; "+trusted, onTrusted("new Function(trusted)()"), "")},
			always: probes{html("script-src 'nonce-a' 'unsafe-eval'", onTrusted("new Function('window.ran=1')()"), "")},
		},
		{
			name: "wasm-without-keyword", point: "WebAssembly compiles without 'wasm-unsafe-eval'", want: engines{false, false, true},
			ifTrue: probes{code("wasm", "script-src 'self'", ""), code("wasm", "default-src 'self'", "")},
			always: probes{code("wasm", "script-src 'wasm-unsafe-eval'", ""), code("wasm", "script-src 'unsafe-eval'", "")},
		},
	}
}

// onTrusted is a script with the nonce "a" that does something with a TrustedScript.
func onTrusted(statement string) string {
	return `<script nonce=a>const trusted = trustedTypes.createPolicy("p", {createScript: (text) => text}).createScript("window.ran=1"); ` +
		statement + `</script>`
}
