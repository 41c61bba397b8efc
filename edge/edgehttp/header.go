package edgehttp

import (
	"maps"
	"net/http"
	"slices"

	"github.com/edgehelpers/lambdaedge/edge"
)

// HTTPHeader returns h as an [http.Header] that shares nothing with h: canonical
// names, all values of a name in their order. It has Host, if h has.
//
// EdgeHeader(HTTPHeader(h)) equals h for every h ([edge.Header.Equal]).
func HTTPHeader(h edge.Header) http.Header {
	out := make(http.Header, h.Len())
	for name, value := range h.All() {
		out.Add(name, value)
	}
	return out
}

// EdgeHeader returns h as an [edge.Header], sorted by name. Keys that are spellings
// of one name, which an http.Header can hold and HTTP cannot tell apart, become
// several values of it. A key without values becomes nothing.
func EdgeHeader(h http.Header) edge.Header {
	var out edge.Header
	for _, name := range slices.Sorted(maps.Keys(h)) {
		for _, value := range h[name] {
			out.Add(name, value)
		}
	}
	return out
}
