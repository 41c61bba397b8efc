package cspreport

import "github.com/edgehelpers/lambdaedge/csp"

// SuggestWithin is Suggest that compares fewer pairs of sources.
func SuggestWithin(pairs int, policies csp.List, groups []Group) Suggestion {
	return suggest(policies, groups, Options{}, pairs)
}
