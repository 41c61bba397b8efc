package probe

import "slices"

// The paths of the distribution.
const (
	askPath    = "/ask/"    // all four triggers, the function that is told by the query string, and the origin that is
	zeroPath   = "/zero/"   // the same with a default TTL of 0
	signedPath = "/signed/" // the same for signed requests only
	bodyPath   = "/body/"   // a CloudFront Function that answers
	GoPath     = "/go/"     // Go functions, a runtime each: /go/nodejs22.x
)

// Questions are all that can be asked of a distribution over HTTPS. Those with a Setting are in the order of edgesim.Unknowns.
func Questions() []Question {
	return slices.Concat(settingQuestions(), eventQuestions(), cacheQuestions(), limitQuestions(), messageQuestions())
}
