package edgetest

import "strings"

// distribution returns an example id of a distribution.
func distribution(id string) string {
	const example = "EXAMPLE"
	if strings.HasSuffix(id, example) {
		return id
	}
	return strings.Repeat("E", max(0, len(id)-len(example))) + example[max(0, len(example)-len(id)):]
}

// request returns an example id of a request.
func request(id string) string {
	if len(id) > len(requestID) {
		return strings.Repeat(requestID, len(id)/len(requestID)+1)[:len(id)]
	}
	return requestID[:len(id)]
}
