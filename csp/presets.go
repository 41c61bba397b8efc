package csp

import "slices"

// StrictByNonce gives a strict policy: only scripts with the nonce run, and what
// they load in their turn. Styles, images and the rest are not restricted. It is
// for pages that are made for every request; to make it for many, see
// [NewTemplate]:
//
//	script-src 'nonce-…' 'strict-dynamic' 'unsafe-inline' https:; object-src 'none';
//	base-uri 'none'; form-action 'self'; frame-ancestors 'self'
//
// 'unsafe-inline' and https: are for browsers that know neither nonces nor
// 'strict-dynamic'; the others ignore them.
func StrictByNonce(nonce Nonce) (Policy, error) {
	return Strict(nonce)
}

// Strict gives a policy like that of [StrictByNonce] that trusts the scripts of
// several nonces or hashes. Without any it allows no scripts.
func Strict(trusted ...ScriptSource) (Policy, error) {
	script := ScriptSrc(None)
	if len(trusted) > 0 {
		script = ScriptSrc(slices.Concat(trusted, []ScriptSource{StrictDynamic, UnsafeInline, SchemeOf("https:")})...)
	}
	return New(script, ObjectSrc(None), BaseURI(None), FormAction(Self), FrameAncestors(Self))
}

// API gives the policy for responses that no browser should show as a page, JSON
// for example: it allows nothing.
func API() Policy {
	return Must(New(DefaultSrc(None), BaseURI(None), FormAction(None), FrameAncestors(None)))
}
