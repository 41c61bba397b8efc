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
// findings what was odd. [Policy.String] gives the text back byte for byte.
package csp
