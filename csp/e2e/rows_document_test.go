package e2e_test

import "github.com/edgehelpers/lambdaedge/csp/e2e/prober"

func documentRows() []row {
	return []row{
		{
			name: "control-byte", point: "a directive with a control byte is dropped whole", want: all(true),
			ifTrue: probes{
				img("img-src 'self'\x01", "http://cdn.test/x"),
				img("img-src 'self' \x01", "http://cdn.test/x"),
				img("img-src 'self'\x7f", "http://cdn.test/x"),
			},
			always: probes{img("img-src 'self'; font-src \x01", "http://site.test/x")},
			never:  probes{img("img-src 'self'; font-src \x01", "http://cdn.test/x")},
		},
		{
			name: "meta-comma", point: "a comma in a meta element's content begins another policy", want: engines{true, false, true},
			ifFalse: probes{{Meta: []string{"img-src 'self' cdn.test ,img-src 'none'"}, Kind: "img", URL: "http://cdn.test/x"}},
			always:  probes{{Meta: []string{"img-src 'self' cdn.test"}, Kind: "img", URL: "http://cdn.test/x"}},
			never:   probes{{Meta: []string{"img-src 'none'"}, Kind: "img", URL: "http://cdn.test/x"}},
		},
		{
			name: "form-action-redirect", point: "form-action is asked about a redirect of the answer", want: engines{true, false, true},
			ifFalse: probes{{
				Policies: []string{"form-action 'self'"}, Kind: "form",
				URL: "http://site.test/r", Redirect: "http://cdn.test/x",
			}},
			always: probes{request("form", "form-action 'self'", "http://site.test/x")},
			never:  probes{request("form", "form-action 'self'", "http://cdn.test/x")},
		},
		{
			name: "form-action-redirect-frame", point: "and so it is if the form's target is a frame of the page", want: engines{true, false, false},
			ifFalse: probes{{
				Policies: []string{"form-action 'self'"}, Kind: "code", Text: formToFrame,
				URL: "http://site.test/r", Redirect: "http://cdn.test/x",
			}},
			always: probes{{Policies: []string{"form-action 'self'"}, Kind: "code", Text: formToFrame, URL: "http://site.test/x"}},
			never:  probes{{Policies: []string{"form-action 'self'"}, Kind: "code", Text: formToFrame, URL: "http://cdn.test/x"}},
		},
		{
			name: "frame-ancestors-path", point: "a path in frame-ancestors is ignored", want: engines{false, true, false},
			ifTrue: probes{framed("frame-ancestors http://site.test/dir/"), framed("frame-ancestors http://site.test/.prober/")},
			always: probes{framed("frame-ancestors http://site.test"), framed("frame-ancestors 'self'")},
			never:  probes{framed("frame-ancestors http://cdn.test"), framed("frame-ancestors 'none'")},
		},
		{
			name: "report-only-frame-ancestors", point: "frame-ancestors in a report-only policy is reported", want: engines{true, true, false},
			ifTrue: probes{report("frame-ancestors 'none'", "")},
			always: probes{report("img-src 'none'", `<img src="http://cdn.test/missing">`)},
		},
		{
			name: "report-empty-style", point: "an empty style attribute causes a report", want: all(true),
			ifTrue: probes{report("style-src 'none'", `<b style=""></b>`)},
			always: probes{report("style-src 'none'", `<b style="color:red"></b>`)},
		},
		{
			name: "report-empty-handler", point: "an empty event handler causes a report", want: all(true),
			ifTrue: probes{report("script-src 'none'", `<img src="data:," onerror="">`)},
			always: probes{report("script-src 'none'", `<img src="data:," onerror="window.ran=1">`)},
		},
		{
			name: "report-handler-without-event", point: "an event handler causes a report before its event comes", want: engines{true, true, false},
			ifTrue: probes{
				report("script-src 'none'", `<b onclick="window.ran=1"></b>`),
				report("script-src 'none'", `<b onclick=""></b>`),
			},
		},
		{
			name: "report-to-insecure-page", point: "on an http page, report-to beside report-uri keeps reports from being sent", want: all(true),
			ifFalse: probes{report("report-to nowhere; img-src 'none'", `<img src="http://cdn.test/missing">`)},
			always:  probes{report("img-src 'none'", `<img src="http://cdn.test/missing">`)},
		},
		{
			name: "object-image", point: "an object element with an image is asked for in img-src, too", want: engines{false, false, true},
			ifFalse: probes{html("object-src *; img-src 'none'", objectImage, "http://cdn.test/x.png"), html("img-src 'none'", objectImage, "http://cdn.test/x.png")},
			always:  probes{html("object-src *; img-src *", objectImage, "http://cdn.test/x.png")},
			never:   probes{html("object-src 'none'; img-src *", objectImage, "http://cdn.test/x.png")},
		},
		{
			name: "webrtc-block", point: "webrtc 'block' keeps a connection from finding candidates", want: engines{false, false, false},
			without: map[string]string{"webkit": "Debian's WebKitGTK has no WebRTC"},
			ifFalse: probes{code("code", "webrtc 'block'", connectPeers)},
			always:  probes{code("code", "webrtc 'allow'", connectPeers)},
		},
	}
}

// report is a page with markup that breaks a monitored policy, which reports to the probe's URL.
func report(policy, markup string) prober.Probe {
	return prober.Probe{ReportOnly: []string{policy + "; report-uri {url}"}, Kind: "report", URL: "http://site.test/report", Text: markup}
}

// formToFrame posts a form into a frame.
const formToFrame = `
	document.body.innerHTML = '<iframe name="target"></iframe><form method="post" action="{url}" target="target"></form>';
	document.forms[0].submit();`

// framed is a page whose policy says who may frame it. The runner, http://site.test/.prober/runner, does.
func framed(policy string) prober.Probe { return request("page", policy, "http://site.test/x") }

const objectImage = `<object type="image/png" data="{url}"></object>`

// connectPeers tells whether a connection of WebRTC finds candidates.
const connectPeers = `
	const peer = new window.RTCPeerConnection();
	peer.onicecandidate = (event) => { if (event.candidate?.candidate) settle("ran"); };
	peer.createDataChannel("probe");
	peer.createOffer().then((offer) => peer.setLocalDescription(offer));
	peer.onicegatheringstatechange = () => { if (peer.iceGatheringState === "complete") settle("blocked"); };`

// agreedRows are points in which the engines and the draft agree. They show, too, that a browser does what the other rows
// take for granted.
func agreedRows() []row {
	return []row{
		{
			name: "agreed-self-websocket", point: "'self' matches ws of the same port, and wss of the default port", want: all(true),
			ifTrue: probes{
				request("ws", "connect-src 'self'", "ws://site.test/x"),
				request("ws", "connect-src 'self'", "wss://site.test/x"),
				from("https://site.test:8443", request("ws", "connect-src 'self'", "wss://site.test:8443/x")),
			},
			never: probes{request("ws", "connect-src 'self'", "ws://cdn.test/x"), request("ws", "connect-src 'self'", "ws://site.test:8000/x")},
		},
		{
			name: "agreed-redirect-path", point: "after a redirect, paths do not count, but hosts and ports do", want: all(true),
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
			name: "agreed-two-headers", point: "each of two policies must allow a request", want: all(true),
			ifFalse: probes{{Policies: []string{"img-src cdn.test", "img-src 'self'"}, Kind: "img", URL: "http://cdn.test/x"}},
			always:  probes{{Policies: []string{"img-src cdn.test", "img-src 'self' cdn.test"}, Kind: "img", URL: "http://cdn.test/x"}},
		},
		{
			name: "agreed-first-duplicate", point: "the first of two directives of a name counts", want: all(true),
			ifTrue: probes{img("img-src cdn.test; img-src 'none'", "http://cdn.test/x")},
			never:  probes{img("img-src 'self'; img-src *", "http://cdn.test/x")},
		},
		{
			name: "agreed-case", point: "names and keywords are read in any case, nonces as they are", want: all(true),
			ifTrue: probes{img("IMG-SRC 'Self'", "http://site.test/x"), img("img-src CDN.Test", "http://cdn.test/x")},
			always: probes{nonce(code("inline", "script-src 'NONCE-a'", ""))},
			never:  probes{nonce(code("inline", "script-src 'nonce-A'", ""))},
		},
		{
			name: "agreed-underscore", point: "a host with an underscore is no source, but wildcards match it", want: all(true),
			ifFalse: probes{img("img-src under_score.test", "http://under_score.test/x")},
			always:  probes{img("img-src *", "http://under_score.test/x"), img("img-src *.test", "http://under_score.test/x")},
		},
		{
			name: "agreed-worker-fallback", point: "workers fall back to child-src before script-src", want: all(true),
			ifTrue:  probes{request("worker", "default-src 'none'; child-src 'self'", "http://site.test/w.js")},
			ifFalse: probes{request("worker", "child-src 'none'", "http://site.test/w.js")},
		},
		{
			name: "agreed-strict-dynamic-script", point: "under 'strict-dynamic' scripts of scripts pass, those of the parser do not", want: all(true),
			ifTrue: probes{request("script", "script-src 'nonce-a' 'strict-dynamic'", "http://cdn.test/x")},
			never: probes{
				html("script-src 'nonce-a' 'strict-dynamic'", `<script src="{url}"></script>`, "http://cdn.test/x"),
				html("script-src 'nonce-a' 'strict-dynamic'", `<script nonce=a>document.write('<script src="{url}"><\/script>')</script>`, "http://cdn.test/x"),
			},
		},
		{
			name: "agreed-unsafe-hashes", point: "'unsafe-hashes' lets handlers and style attributes pass by their hash", want: all(true),
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
			name: "agreed-style-properties", point: "style properties set by a script need no source", want: all(true),
			ifTrue: probes{
				code("code", "style-src 'none'", styleBy(`element.style.color = "rgb(1,2,3)"`)),
				code("code", "style-src 'none'", styleBy(`element.style.cssText = "color:rgb(1,2,3)"`)),
			},
			never: probes{code("styleattr", "style-src 'none'", ""), code("inlinestyle", "style-src 'none'", "")},
		},
		{
			name: "agreed-meta-directives", point: "frame-ancestors, sandbox and report-uri in a meta element have no effect", want: all(true),
			ifTrue: probes{{Meta: []string{"frame-ancestors 'none'; sandbox"}, Kind: "page", URL: "http://site.test/x"}},
		},
		{
			name: "agreed-non-ascii", point: "a byte that is not ASCII drops its directive only", want: all(true),
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
