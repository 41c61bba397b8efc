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
// [Policy.Explain] gives the reason in the words of a browser's console. Where
// the draft and the browsers differ, the file contested.go says what this
// package does: in short, it follows the draft, but lets an insecure source
// match a secure URL on the default port only, and 127.0.0.1 match itself.
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
// # Limits
//
// Hosts are compared as they are written, so URLs and sources with
// international domain names must be in Punycode. Resource hints such as
// prefetch are not decided: the draft's text on them contradicts itself (6.7.2.2).
// What a Trusted Types policy makes of a string only a browser can tell.
//
// # Compatibility
//
// The codes of findings are stable. Texts for people, those of errors,
// findings and decisions, may get better.
package csp
