package edgesim

import (
	"net/http"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/httpcache"
)

// A personal header of an answer was made for one viewer only.
type personal struct{ name, with, effect, cure string }

// keepOut is how an answer stays out of the cache.
const keepOut = "out of the cache: Cache-Control: no-store, and a minimum TTL of 0"

// personalHeaders are those that an answer shares with the object in the cache: what viewer-response has put in their place is the
// viewer's own.
func personalHeaders(stored, answer http.Header) (found []personal) {
	if shared(stored["Set-Cookie"], answer["Set-Cookie"]) {
		found = append(found, personal{"Set-Cookie", "", "every viewer gets the cookie of the first one",
			"Take it out in origin-response, or keep the answer " + keepOut})
	}
	for _, name := range []string{"Content-Security-Policy", "Content-Security-Policy-Report-Only"} {
		if shared(nonces(stored[name]), nonces(answer[name])) {
			found = append(found, personal{name, " with a nonce", "every viewer gets the same one, and who knows it can run scripts (CSP3 section 7.1)",
				"Use hashes, or keep the page " + keepOut})
		}
	}
	return found
}

// warnOfShared warns of what an answer from the cache has that was made for one viewer only. stored are the object's headers, nil when
// the answer is not the cache's.
func (t *Trace) warnOfShared(stored, answer http.Header) {
	for _, p := range personalHeaders(stored, answer) {
		t.Warnings = append(t.Warnings, p.name+" from the cache"+p.with+": "+p.effect+". "+p.cure+".")
	}
}

// findKept adds to the store stage what the object that it keeps has that was made for one viewer only: with a minimum TTL of a
// second nobody may be so quick as to see it come back. stored are the object's headers, nil when nothing is kept.
func (t *Trace) findKept(stored, answer http.Header) {
	st := t.Stage(StageStore)
	if st == nil || t.Cache.TTL == 0 {
		return
	}
	for _, p := range personalHeaders(stored, answer) {
		st.Findings = append(st.Findings, Finding{
			Field:  `headers["` + strings.ToLower(p.name) + `"]`,
			Reason: "kept for " + httpcache.Span(t.Cache.TTL) + p.with + ": " + p.effect, Cure: strings.ToLower(p.cure[:1]) + p.cure[1:], Warning: true,
		})
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
