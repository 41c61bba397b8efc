package edge

import (
	"slices"
	"strings"
)

// NegotiateLanguage returns the language tag, of those that the function can answer in, that the Accept-Language header asks for. It
// looks the header's languages up in the order of their weights (RFC 4647, section 3.4): de-CH-1996 finds de-CH-1996, or else de-CH,
// or else de. Beyond the RFC, de finds the first offer that is a variety of it, such as de-AT, before the next language has its turn. If
// nothing is found the first offer is the default. An offer with the weight 0 is passed over as long as there is another. Tags are compared without regard to
// case. Without offers the result is "".
//
// For the cache holds what [Request.NegotiateType] says. Browsers send hundreds of different Accept-Language headers: to have one
// cached answer for each language, a viewer-request function puts the result into the path or into a header that the cache policy names.
func (r *Request) NegotiateLanguage(offers ...string) string {
	offers = r.withoutRefused(offers)
	best, bestWeight := "", 0
	for language, weight := range r.elements("accept-language") {
		if weight <= bestWeight || language == "*" { // the lookup skips the asterisk: what follows or the first offer counts
			continue
		}
		if offer := lookupLanguage(language, offers); offer != "" {
			best, bestWeight = offer, weight
		}
	}
	if best == "" && len(offers) > 0 {
		return offers[0]
	}
	return best
}

// withoutRefused returns the offers that do not have the weight 0; all, if there are no others.
func (r *Request) withoutRefused(offers []string) []string {
	rest := offers
	for language, weight := range r.elements("accept-language") {
		if weight == 0 {
			rest = slices.DeleteFunc(slices.Clone(rest), func(offer string) bool { return strings.EqualFold(offer, language) })
		}
	}
	if len(rest) == 0 {
		return offers
	}
	return rest
}

// lookupLanguage returns the offer that is the language, or else what is left of it when one subtag after another is cut off, or else one of
// its varieties, or else "".
func lookupLanguage(language string, offers []string) string {
	for part := language; part != ""; part = withoutLastSubtag(part) {
		for _, offer := range offers {
			if strings.EqualFold(offer, part) {
				return offer
			}
		}
	}
	for _, offer := range offers {
		if n := len(language); len(offer) > n && offer[n] == '-' && strings.EqualFold(offer[:n], language) {
			return offer
		}
	}
	return ""
}

// withoutLastSubtag cuts the last subtag off, and a single letter before it, which introduces what follows (RFC 4647, section 3.4).
func withoutLastSubtag(tag string) string {
	tag = tag[:max(0, strings.LastIndexByte(tag, '-'))]
	if n := len(tag); n >= 2 && tag[n-2] == '-' {
		tag = tag[:n-2]
	}
	return tag
}
