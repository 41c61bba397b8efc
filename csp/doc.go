// Package csp builds, reads, matches and compares Content-Security-Policies.
//
// It follows the W3C draft "Content Security Policy Level 3" of April 2026,
// which comments cite by section, with Trusted Types, Fenced Frames and Upgrade
// Insecure Requests. It depends on the standard library only, and on no other
// part of this module.
//
// # Building
//
//	var policy = csp.Must(csp.New(
//		csp.DefaultSrc(csp.None),
//		csp.ScriptSrc(csp.Self, csp.HostOf("https://cdn.example.com/js/")),
//		csp.ConnectSrc(csp.HostOf("https://api.github.com")),
//		csp.BaseURI(csp.None),
//		csp.FrameAncestors(csp.None),
//	))
//
//	header.Set(csp.HeaderName, policy.String())
//
// There is a function for every directive, and it takes only what has an effect
// there: ImgSrc(csp.UnsafeInline) and UpgradeInsecureRequests(csp.Self) do not
// compile. What Go's types cannot say, [New] reports, all mistakes at once.
//
// No argument can begin a second directive or a second source. Hosts, schemes
// and policy names written in the program go through [HostOf], [SchemeOf] and
// [PolicyNameOf], which accept constants only; those known at run time go
// through [ParseHost] and [ParseScheme], which return an error.
//
// # Reading
//
// [Parse] and [ParseList] take any text, as browsers do, never fail, and say in
// findings what was odd. [Policy.String] gives the text back byte for byte, and
// [Policy.Canonical] gives one text for all policies that differ in order, case
// and space only. A policy that was read and one that was built are the same
// type.
//
// # Matching
//
// [Policy.Allows] and its kin say what the policy allows, after the draft's
// algorithms: requests, inline code, eval, WebAssembly, bases, forms, frames.
// [Policy.Explain] gives the reason in the words of a browser's console.
//
// A page with several policies must satisfy them all: that is a [List], and
// has the same methods.
//
// # Comparing
//
// [Subsumes] decides whether one policy allows nothing that another forbids, and
// [Diff] gives examples of what they do differently. [Policy.Minify] and
// [Union] are held to it. To narrow a policy append another to its List; to widen
// it use [Policy.Append].
//
// # Evaluating
//
// [Evaluate] says what is weak, mistaken or of no use in a policy or a list, with
// stable codes, severities, positions, and what to do about it. The command
// csplint prints that.
//
// # At the edge
//
// What is cached is shared by all visitors, so a policy for cached pages needs
// hashes, not nonces: [HashFS] finds those of a site's pages when it is built,
// [StrictByHash] and [StaticSite] make policies of them, and a [Table] has the policy
// of each path. For pages that are made for each request, a [Template] puts a
// new nonce into a policy. A [Rollout] is a policy together with the one that is
// to take its place, which is only monitored.
//
// # Contested points
//
// Where the draft and the browsers differ, or the draft contradicts itself,
// this package decides as follows.
//
//  1. http://h:80 and https://h. The draft's overview of changes says that
//     they match, its "port-part matching" says not (w3c/webappsec-csp#439).
//     Chromium and WebKit match if the source is insecure and the URL secure.
//     So does this package.
//  2. http://h:8000 and https://h:8000, http://h:80 and https://h:80. The
//     draft matches, Chromium does not: a server that speaks both on one
//     port is no thing to expect. As Chromium. 'self' is
//     not concerned: for it the draft names the equal port as intended.
//  3. ws: and http or https, wss: and https. The draft matches, Chromium does
//     not. As the draft.
//  4. * and ftp, ws, wss. The draft matches http, https and the page's own
//     scheme only; Chromium takes ws and wss in. As the draft.
//  5. IP addresses. A note of the draft says that 127.0.0.1 matches and no
//     other; "host-part matching" says that none does. This package matches
//     127.0.0.1, written so in the source, and no other.
//     Schemes and the source * match URLs with IP addresses, as hosts do not
//     matter to them.
//  6. custom://h/p and URLs of such schemes. The draft matches, Chromium does
//     not. As the draft, for any host that is not empty.
//  7. 'sha-256-...' is a hash for Chromium but not in the grammar; bad base64,
//     or a digest of the wrong length, is one in the grammar but not for
//     Chromium. As the draft. A hash that matches nothing still
//     switches 'unsafe-inline' off.
//  8. Control characters in a directive. The draft keeps the directive, Chromium
//     drops it, so that it restricts nothing. As the draft, and Parse reports
//     it as High.
//  9. 'none' beside other sources is ignored, as the draft says: it never
//     matches, and it keeps nothing from matching.
//  10. IPv4 addresses have the shape of a host-source in the grammar, IPv6
//     addresses have not. As the draft; neither matches, but for
//     point 5.
//  11. blob: URLs of the page's own origin and 'self'. "origin is the same as
//     url's origin" is true of them, yet Web Platform Tests and all browsers
//     want blob: to be listed. As the browsers.
//
// # Limits
//
// Hosts are compared as they are written: a URL with an international domain
// name must be in Punycode to match a source with that name. Resource hints such as
// prefetch are not decided: the draft's text on them contradicts itself (6.7.2.2).
// What a Trusted Types policy makes of a string only a browser can tell.
//
// # Compatibility
//
// The codes of findings are stable. Texts for people, those of errors,
// findings and decisions, may get better.
package csp
