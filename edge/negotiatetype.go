package edge

import "strings"

// NegotiateType returns the media type, of those that the function can answer with, that the Accept header prefers (RFC
// 9110, section 12.5.1), such as
//
//	switch r.NegotiateType("text/html", "application/json") {
//
// It is the one with the highest weight, of several the one that the header names most exactly, of several still the one that comes first. So
// the first offer is what a viewer gets that says */* or sends no Accept header, and pictures are best offered with the format that all know in front:
// "image/jpeg", "image/avif", "image/webp". The result is "" if the header rules all offers out: answer 406, or with the first one all the same.
//
// In origin-request CloudFront shows the Accept header only if the cache policy or the origin request policy names it, and where
// the cached answer depends on it it has to be the cache policy. Answer with Vary: Accept, for caches behind CloudFront.
func (r *Request) NegotiateType(offers ...string) string {
	best, bestWeight, bestExactness := "", 0, 0
	some := false
	for _, offer := range offers {
		weight, exactness := 0, 0
		for mediaRange, w := range r.elements("accept") {
			some = true
			if e := matchMedia(mediaRange, offer); e > exactness {
				weight, exactness = w, e
			}
		}
		if weight > bestWeight || weight == bestWeight && weight > 0 && exactness > bestExactness {
			best, bestWeight, bestExactness = offer, weight, exactness
		}
	}
	if !some && len(offers) > 0 { // no header, or none with a media range in it
		return offers[0]
	}
	return best
}

// matchMedia returns how exactly a media range names a media type: 0 not at all, 1 by */*, 2 by its type, 3 by type and subtype, and
// one more for each parameter, which the media type must have, too.
func matchMedia(mediaRange, mediaType string) (exactness int) {
	rangeName, rangeParameters, _ := strings.Cut(mediaRange, ";")
	typeName, typeParameters, _ := strings.Cut(mediaType, ";")
	rangeName, typeName = trim(rangeName), trim(typeName)
	family, _, _ := strings.Cut(typeName, "/")
	switch {
	case rangeName == "*/*":
		exactness = 1
	case strings.EqualFold(rangeName, typeName):
		exactness = 3
	case strings.EqualFold(rangeName, family+"/*"):
		exactness = 2
	default:
		return 0
	}
	for parameter := range strings.SplitSeq(rangeParameters, ";") {
		if parameter = trim(parameter); parameter == "" {
			continue
		}
		if !hasParameter(typeParameters, parameter) {
			return 0
		}
		exactness++
	}
	return exactness
}

// hasParameter reports whether a parameter is among others, such as level=1, without regard to case.
func hasParameter(parameters, parameter string) bool {
	for p := range strings.SplitSeq(parameters, ";") {
		if strings.EqualFold(trim(p), parameter) {
			return true
		}
	}
	return false
}
