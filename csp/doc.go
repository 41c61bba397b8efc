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
// [PolicyNameOf], which take a [Constant]; those known at run time go
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
// algorithms and what browsers make of them: requests, inline code, eval,
// WebAssembly, bases, forms, frames.
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
// # Browsers
//
// Where the browsers differ from the draft, or from each other, is in a table:
// [Behaviors] gives its rows, measured with Chromium, Firefox and WebKit, and
// docs/csp-engines.md shows them. A question answers with what all three do, and
// with the draft's word where they differ; [Request] and [Inline] can name an
// [Engine]. A [Decision] says which browsers decide otherwise. [Subsumes], [Diff],
// [Policy.Minify] and [Union] hold for the draft and for each of them.
//
// Some points are no rows, as all agree on them: 'none' beside other sources is
// ignored; http://[::1] is no source; blob: URLs of the page's own origin do not
// match 'self', though the draft's text says so.
//
// # Other packages
//
// Evaluating a policy, what is weak or mistaken in it, is package evaluator, and the
// command csplint prints that. What HTML pages need of a policy finds csphtml, and
// csptable has the policy of each path, for programs at the edge. Violation reports
// are read and grouped by cspreport; csphttp is for servers with net/http. The
// hashes of texts and new nonces are in cspcrypto: this package links no cryptography,
// so that a function that only sends a policy is small.
//
// # At the edge
//
// What is cached is shared by all visitors, so a policy for cached pages needs
// hashes, not nonces. For pages that are made for each request, a [Template] puts a
// new nonce into a policy, and [Delivery.CheckNonce] says whether a response may carry
// one. A [Rollout] is a policy together with the one that is to take its place,
// which is only monitored.
//
// # Limits
//
// Hosts are compared as they are written: a URL with an international domain
// name must be in Punycode to match a source with that name. Resource hints such as
// prefetch have no directive of their own: the draft's text on them contradicts itself
// (6.7.2.2), Firefox asks default-src, and Chromium is content with any directive.
// What a Trusted Types policy makes of a string only a browser can tell.
//
// # Compatibility
//
// The codes of findings are stable. Texts for people, those of errors,
// findings and decisions, may get better.
package csp
