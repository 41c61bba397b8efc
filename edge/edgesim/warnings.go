package edgesim

import (
	"net/http"
	"slices"
	"strings"
)

// warnOfShared warns of what an answer from the cache has that was made for one viewer only. stored are the object's headers, nil when
// the answer is not the cache's; what viewer-response has put in their place is the viewer's own.
func (t *Trace) warnOfShared(stored, answer http.Header) {
	warn := func(text string) { t.Warnings = append(t.Warnings, text) }
	if shared(stored["Set-Cookie"], answer["Set-Cookie"]) {
		warn("Set-Cookie from the cache: every viewer gets the cookie of the first one. " +
			"Take it out in origin-response, or keep the answer out of the cache: Cache-Control: no-store, and a minimum TTL of 0.")
	}
	for _, name := range []string{"Content-Security-Policy", "Content-Security-Policy-Report-Only"} {
		if shared(nonces(stored[name]), nonces(answer[name])) {
			warn(name + " from the cache with a nonce: every viewer gets the same one, and who knows it can run scripts (CSP3 section 7.1). " +
				"Use hashes, or keep the page out of the cache: Cache-Control: no-store, and a minimum TTL of 0.")
		}
	}
}

// shared reports whether two lists have a value in common.
func shared(a, b []string) bool {
	return slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) })
}

// nonces are the nonce-sources of policies (CSP3 section 2.3.1). Every hit comes here: a policy that has none costs two looks.
func nonces(policies []string) (found []string) {
	for _, policy := range policies {
		if !strings.Contains(policy, "once-") && !strings.Contains(policy, "ONCE-") {
			continue
		}
		for _, word := range strings.FieldsFunc(policy, func(c rune) bool { return strings.ContainsRune(" \t\r\n\f;,", c) }) {
			if len(word) > len("'nonce-") && strings.EqualFold(word[:len("'nonce-")], "'nonce-") {
				found = append(found, word)
			}
		}
	}
	return found
}
