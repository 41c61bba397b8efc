package e2e_test

import (
	"encoding/base64"

	"github.com/edgehelpers/lambdaedge/csp/e2e/prober"
)

// agreedRows are points in which the engines and the draft agree. They show, too, that a browser does what the other rows
// take for granted.
func agreedRows() []row {
	return []row{
		{
			name: "ipv6-source", point: "an IPv6 address in a source matches", want: all(false),
			ifTrue: probes{
				img("img-src http://[::1]:8000", "http://[::1]:8000/x"),
				img("img-src [::1]", "http://[::1]/x"),
			},
		},
		{
			name: "upgrade-before-policy", point: "upgrade-insecure-requests upgrades a request before the policy is asked", want: all(true),
			ifTrue: probes{
				img("upgrade-insecure-requests; img-src https:", "http://cdn.test/x"),
				request("script", "upgrade-insecure-requests; script-src https://cdn.test", "http://cdn.test/x"),
			},
			never: probes{img("img-src https:", "http://cdn.test/x")},
		},
		{
			name: "base64url-hash", point: "a hash source in base64url matches an inline script", want: all(true),
			ifTrue: probes{code("inline", "script-src "+"'sha256-"+digest(body, base64.URLEncoding)+"'", "")},
			always: probes{code("inline", "script-src "+hash(body), "")},
			never:  probes{code("inline", "script-src "+wrongHash, "")},
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
		{
			name: "worker-parser-inserted", point: "workers start under a nonce or hash and 'strict-dynamic'", want: all(true),
			ifTrue: probes{
				request("worker", "script-src 'nonce-a' 'strict-dynamic'", "http://site.test/w.js"),
				request("sharedworker", "script-src 'nonce-a' 'strict-dynamic'", "http://site.test/w.js"),
				code("blobworker", "script-src 'nonce-a' 'strict-dynamic'", ""),
				request("worker", "script-src "+hash(body)+" 'strict-dynamic'", "http://site.test/w.js"),
			},
			never: probes{request("worker", "script-src 'nonce-a'", "http://site.test/w.js")},
		},
		{
			name: "hash-inline-import", point: "the imports of an inline module pass by the module's hash alone", want: all(false),
			ifTrue: probes{
				html("script-src {hash}", inlineModule, "http://cdn.test/x.js"),
				html("script-src {hash}", `<script>import("{url}")</script>`, "http://cdn.test/x.js"),
			},
			always: probes{html("script-src {hash} http://cdn.test", inlineModule, "http://cdn.test/x.js")},
		},
		{
			name: "trusted-types-eval-blocked", point: "require-trusted-types-for 'script' makes eval of strings throw", want: all(true),
			ifFalse: probes{code("eval", "require-trusted-types-for 'script'", ""), code("function", "require-trusted-types-for 'script'", ""), code("timer", "require-trusted-types-for 'script'", "")},
			always:  probes{code("eval", "script-src 'unsafe-eval'", ""), code("function", "script-src 'unsafe-eval'", ""), code("timer", "script-src 'unsafe-eval'", "")},
			never:   probes{code("eval", "script-src 'self'", ""), code("function", "script-src 'self'", ""), code("timer", "script-src 'self'", "")},
		},
		{
			name: "self-websocket", point: "'self' matches ws of the same port, and wss of the default port", want: all(true),
			ifTrue: probes{
				request("ws", "connect-src 'self'", "ws://site.test/x"),
				request("ws", "connect-src 'self'", "wss://site.test/x"),
				from("https://site.test:8443", request("ws", "connect-src 'self'", "wss://site.test:8443/x")),
			},
			never: probes{request("ws", "connect-src 'self'", "ws://cdn.test/x"), request("ws", "connect-src 'self'", "ws://site.test:8000/x")},
		},
		{
			name: "redirect-path", point: "after a redirect, paths do not count, but hosts and ports do", want: all(true),
			ifTrue: probes{
				redirected("img-src http://site.test http://cdn.test/dir/", "http://cdn.test/other"),
			},
			never: probes{
				redirected("img-src http://site.test http://cdn.test/dir/", "http://img.test/dir/x"),
				redirected("img-src http://site.test http://cdn.test/dir/", "http://cdn.test:8000/dir/x"),
				img("img-src http://cdn.test/dir/", "http://cdn.test/other"),
			},
		},
		{
			name: "two-headers", point: "each of two policies must allow a request", want: all(true),
			ifFalse: probes{{Policies: []string{"img-src cdn.test", "img-src 'self'"}, Kind: "img", URL: "http://cdn.test/x"}},
			always:  probes{{Policies: []string{"img-src cdn.test", "img-src 'self' cdn.test"}, Kind: "img", URL: "http://cdn.test/x"}},
		},
		{
			name: "first-duplicate", point: "the first of two directives of a name counts", want: all(true),
			ifTrue: probes{img("img-src cdn.test; img-src 'none'", "http://cdn.test/x")},
			never:  probes{img("img-src 'self'; img-src *", "http://cdn.test/x")},
		},
		{
			name: "case", point: "names and keywords are read in any case, nonces as they are", want: all(true),
			ifTrue: probes{img("IMG-SRC 'Self'", "http://site.test/x"), img("img-src CDN.Test", "http://cdn.test/x")},
			always: probes{nonce(code("inline", "script-src 'NONCE-a'", ""))},
			never:  probes{nonce(code("inline", "script-src 'nonce-A'", ""))},
		},
		{
			name: "underscore", point: "a host with an underscore is no source, but wildcards match it", want: all(true),
			ifFalse: probes{img("img-src under_score.test", "http://under_score.test/x")},
			always:  probes{img("img-src *", "http://under_score.test/x"), img("img-src *.test", "http://under_score.test/x")},
		},
		{
			name: "worker-fallback", point: "workers fall back to child-src before script-src", want: all(true),
			ifTrue:  probes{request("worker", "default-src 'none'; child-src 'self'", "http://site.test/w.js")},
			ifFalse: probes{request("worker", "child-src 'none'", "http://site.test/w.js")},
		},
		{
			name: "strict-dynamic-script", point: "under 'strict-dynamic' scripts of scripts pass, those of the parser do not", want: all(true),
			ifTrue: probes{request("script", "script-src 'nonce-a' 'strict-dynamic'", "http://cdn.test/x")},
			never: probes{
				html("script-src 'nonce-a' 'strict-dynamic'", `<script src="{url}"></script>`, "http://cdn.test/x"),
				html("script-src 'nonce-a' 'strict-dynamic'", `<script nonce=a>document.write('<script src="{url}"><\/script>')</script>`, "http://cdn.test/x"),
			},
		},
		{
			name: "unsafe-hashes", point: "'unsafe-hashes' lets handlers and style attributes pass by their hash", want: all(true),
			ifTrue: probes{
				code("handler", "script-src 'unsafe-hashes' "+hash(body), ""),
				code("styleattr", "style-src 'unsafe-hashes' "+hash(prober.StyleAttribute), ""),
			},
			never: probes{
				code("handler", "script-src "+hash(body), ""),
				code("styleattr", "style-src "+hash(prober.StyleAttribute), ""),
			},
		},
		{
			name: "style-properties", point: "style properties set by a script need no source", want: all(true),
			ifTrue: probes{
				code("code", "style-src 'none'", styleBy(`element.style.color = "rgb(1,2,3)"`)),
				code("code", "style-src 'none'", styleBy(`element.style.cssText = "color:rgb(1,2,3)"`)),
			},
			never: probes{code("styleattr", "style-src 'none'", ""), code("inlinestyle", "style-src 'none'", "")},
		},
		{
			name: "meta-directives", point: "frame-ancestors, sandbox and report-uri in a meta element have no effect", want: all(true),
			ifTrue: probes{{Meta: []string{"frame-ancestors 'none'; sandbox"}, Kind: "page", URL: "http://site.test/x"}},
		},
		{
			name: "non-ascii", point: "a byte that is not ASCII drops its directive only", want: all(true),
			ifTrue: probes{img("img-src 'none' é.test; font-src 'none'", "http://cdn.test/x")},
			never:  probes{request("font", "img-src é.test; font-src 'none'", "http://cdn.test/x")},
		},
	}
}

func redirected(policy, to string) prober.Probe {
	p := img(policy, "http://site.test/r")
	p.Redirect = to
	return p
}

// styleBy sets the style of the page's element by a statement.
func styleBy(statement string) string {
	return `const element = document.querySelector("i"); ` + statement + `;
		settle(window.getComputedStyle(element).color === "rgb(1, 2, 3)" ? "ran" : "blocked");`
}
