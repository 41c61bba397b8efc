// Package prober asks real browsers what they do under a Content-Security-Policy.
//
// A [Probe] is one request, or one piece of code, on a page with a policy. [Start] starts a browser without a window,
// [Session.Run] gives it probes, and a [Result] says what it did: the server saw the request, or the code ran, or neither.
//
//	session, err := prober.Start(ctx, prober.Chromium())
//	...
//	defer session.Close()
//	results, err := session.Run(ctx, []prober.Probe{{
//		Origin: "http://site.test", Policies: []string{"img-src cdn.test"}, Kind: "img", URL: "http://cdn.test/logo.png",
//	}})
//
// The browser's only way out is a SOCKS proxy in this process, which answers for every host name, address and port. So
// names and ports need no set-up and no rights, nothing leaves the machine, and what reaches the proxy is what the browser
// really sent.
//
// The probes are driven from a page without a policy that frames a page with one, of the same origin: it makes elements in
// the framed document, and calls the functions of its window. The policy of the framed document is the one that counts for
// both, and no code of the prober needs an exception in the policy.
package prober
