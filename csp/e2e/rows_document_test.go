package e2e_test

import "github.com/edgehelpers/lambdaedge/csp/e2e/prober"

func documentRows() []row {
	return []row{
		{
			name: "control-byte",
			ifTrue: probes{
				img("img-src 'self'\x01", "http://cdn.test/x"),
				img("img-src 'self' \x01", "http://cdn.test/x"),
				img("img-src 'self'\x7f", "http://cdn.test/x"),
			},
			always: probes{img("img-src 'self'; font-src \x01", "http://site.test/x")},
			never:  probes{img("img-src 'self'; font-src \x01", "http://cdn.test/x")},
		},
		{
			name:    "vertical-tab",
			ifFalse: probes{img("img-src\v'none'", "http://cdn.test/x")},
			never:   probes{img("img-src\t'none'", "http://cdn.test/x")},
		},
		{
			name:   "dropped-name-counts",
			ifTrue: probes{img("img-src é.test; img-src 'none'", "http://cdn.test/x")},
			never:  probes{img("img-src cdn.test; img-src 'none'", "http://site.test/x")},
		},
		{
			name:    "meta-comma",
			ifFalse: probes{{Meta: []string{"img-src 'self' cdn.test ,img-src 'none'"}, Kind: "img", URL: "http://cdn.test/x"}},
			always:  probes{{Meta: []string{"img-src 'self' cdn.test"}, Kind: "img", URL: "http://cdn.test/x"}},
			never:   probes{{Meta: []string{"img-src 'none'"}, Kind: "img", URL: "http://cdn.test/x"}},
		},
		{
			name: "form-action-redirect-own-frame",
			ifFalse: probes{{
				Policies: []string{"form-action 'self'"}, Kind: "form",
				URL: "http://site.test/r", Redirect: "http://cdn.test/x",
			}},
			always: probes{request("form", "form-action 'self'", "http://site.test/x")},
			never:  probes{request("form", "form-action 'self'", "http://cdn.test/x")},
		},
		{
			name: "form-action-redirect",
			ifFalse: probes{{
				Policies: []string{"form-action 'self'"}, Kind: "code", Text: formToFrame,
				URL: "http://site.test/r", Redirect: "http://cdn.test/x",
			}},
			always: probes{{Policies: []string{"form-action 'self'"}, Kind: "code", Text: formToFrame, URL: "http://site.test/x"}},
			never:  probes{{Policies: []string{"form-action 'self'"}, Kind: "code", Text: formToFrame, URL: "http://cdn.test/x"}},
		},
		{
			name:   "frame-ancestors-path",
			ifTrue: probes{framed("frame-ancestors http://site.test/dir/"), framed("frame-ancestors http://site.test/.prober/")},
			always: probes{framed("frame-ancestors http://site.test"), framed("frame-ancestors 'self'")},
			never:  probes{framed("frame-ancestors http://cdn.test"), framed("frame-ancestors 'none'")},
		},
		{
			name:   "report-only-frame-ancestors",
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
			name:    "object-image",
			ifFalse: probes{html("object-src *; img-src 'none'", objectImage, "http://cdn.test/x.png"), html("img-src 'none'", objectImage, "http://cdn.test/x.png")},
			always:  probes{html("object-src *; img-src *", objectImage, "http://cdn.test/x.png")},
			never:   probes{html("object-src 'none'; img-src *", objectImage, "http://cdn.test/x.png")},
		},
		{
			name:    "webrtc-block",
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
