package probe

import "slices"

// The paths of the distribution.
const (
	askPath    = "/ask/"    // all four triggers, the function that is told by the query string, and the origin that is
	zeroPath   = "/zero/"   // the same with a default TTL of 0
	signedPath = "/signed/" // the same for signed requests only
	bodyPath   = "/body/"   // a CloudFront Function that answers
	GoPath     = "/go/"     // Go functions, one for each runtime: /go/nodejs22.x/
	JSPath     = "/js/"     // the same in JavaScript
	TrialPath  = "/trial/"  // a Go function that is deployed anew
)

// Questions are all that there are. Those with a Setting are in the order of edgesim.Unknowns.
func Questions() []Question {
	return slices.Concat(settingQuestions(), eventQuestions(), cacheQuestions(), limitQuestions(), messageQuestions(), runtimeQuestions(), trialQuestions())
}
