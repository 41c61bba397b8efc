package e2e_test

import (
	"encoding/base64"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/e2e/prober"
)

const body = prober.ScriptBody

// wrongHash is the hash of no text here.
const wrongHash = "'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='"

const inlineModule = `<script type=module>import "{url}"</script>`

func hashRows() []row {
	urlHash := "'sha256-" + digest(body, base64.URLEncoding) + "'"
	standard := "sha256-" + digest(body, base64.StdEncoding)
	unpadded := strings.TrimRight(hash(body), "='") + "'"
	return []row{
		{
			name:   "base64url-integrity",
			ifTrue: probes{integrity(request("script", "script-src "+urlHash, "http://cdn.test/x"), standard)},
			always: probes{integrity(request("script", "script-src "+hash(body), "http://cdn.test/x"), standard)},
			never: probes{
				request("script", "script-src "+urlHash, "http://cdn.test/x"),
				integrity(request("script", "script-src "+wrongHash, "http://cdn.test/x"), standard),
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
			name:   "hash-unpadded",
			ifTrue: probes{code("inline", "script-src "+unpadded, "")},
		},
		{
			name:   "hash-dashed-algorithm",
			ifTrue: probes{code("inline", "script-src "+strings.Replace(hash(body), "sha256", "sha-256", 1), "")},
		},
		{
			name: "hash-bad-base64",
			ifFalse: probes{
				code("inline", "script-src 'unsafe-inline' 'sha256-abcde'", ""),
				code("inline", "script-src 'unsafe-inline' 'sha256-a'", ""),
			},
			always: probes{
				code("inline", "script-src 'unsafe-inline'", ""),
				code("inline", "script-src 'unsafe-inline' 'sha256-$$$'", ""),
				code("inline", "script-src 'unsafe-inline' 'sha256-a=b'", ""),
			},
			never: probes{
				code("inline", "script-src 'unsafe-inline' "+wrongHash, ""),
				code("inline", "script-src 'unsafe-inline' 'sha256-abcd'", ""),
				code("inline", "script-src 'unsafe-inline' 'sha256-ab'", ""),
			},
		},
		{
			name: "hash-padded-twice", point: "'unsafe-inline' stays on beside a hash source with more padding than its base64 needs", want: engines{true, false, false},
			ifTrue: probes{
				code("inline", "script-src 'unsafe-inline' 'sha256-abcd='", ""),
				code("inline", "script-src 'unsafe-inline' 'sha256-abc=='", ""),
			},
		},
		{
			name: "hash-two-alphabets", point: "'unsafe-inline' stays on beside a hash source with characters of base64 and of base64url", want: engines{false, false, true},
			ifTrue: probes{code("inline", "script-src 'unsafe-inline' 'sha256-+-ab'", "")},
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
	return []row{
		{
			name: "default-strict-dynamic-worker",
			ifTrue: probes{
				request("worker", "default-src 'strict-dynamic'", "http://site.test/w.js"),
				request("sharedworker", "default-src 'strict-dynamic'", "http://site.test/w.js"),
				code("blobworker", "default-src 'strict-dynamic'", ""),
			},
		},
		{
			name: "strict-dynamic-worker-src",
			ifTrue: probes{
				request("worker", "worker-src 'strict-dynamic'", "http://site.test/w.js"),
				request("worker", "child-src 'strict-dynamic'", "http://site.test/w.js"),
			},
			always: probes{request("worker", "worker-src 'self'", "http://site.test/w.js")},
		},
		{
			name:    "strict-dynamic-default-style",
			ifFalse: probes{code("inlinestyle", "default-src 'strict-dynamic' 'unsafe-inline'", "")},
			always:  probes{code("inlinestyle", "style-src 'unsafe-inline'; default-src 'strict-dynamic'", "")},
		},
		{
			name: "strict-dynamic-default-urls",
			ifFalse: probes{
				img("default-src 'self' 'strict-dynamic'", "http://site.test/x"),
				request("style", "default-src 'self' 'strict-dynamic'", "http://site.test/x"),
				request("fetch", "default-src 'self' 'strict-dynamic'", "http://site.test/x"),
				request("frame", "default-src 'self' 'strict-dynamic'", "http://site.test/x"),
				img("default-src 'strict-dynamic' http:", "http://cdn.test/x"),
				img("default-src 'strict-dynamic' cdn.test", "http://cdn.test/x"),
			},
			// What stands before 'strict-dynamic' stays on, but for 'self'.
			always: probes{
				img("default-src http: 'strict-dynamic'", "http://cdn.test/x"),
				img("default-src cdn.test 'strict-dynamic'", "http://cdn.test/x"),
				img("default-src 'strict-dynamic' *", "http://cdn.test/x"),
				img("default-src 'self'; script-src 'strict-dynamic'", "http://site.test/x"),
			},
			never: probes{img("default-src 'self' 'strict-dynamic'", "http://cdn.test/x")},
		},
		{
			name:   "strict-dynamic-module",
			ifTrue: probes{html("script-src 'self' 'nonce-a' 'strict-dynamic'", `<script type=module src="{url}"></script>`, dependency)},
			always: probes{html(strict, `<script type=module nonce=a src="{url}"></script>`, dependency), request("module", strict, dependency)},
			never:  probes{html(strict, `<script src="{url}"></script>`, dependency)},
		},
		{
			name: "strict-dynamic-inline-import",
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
	}
}

func evalRows() []row {
	const trusted = "require-trusted-types-for 'script'"
	return []row{
		{
			name: "trusted-types-eval",
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
			name: "trusted-types-eval-strings",
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
			name:   "wasm-without-keyword",
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
