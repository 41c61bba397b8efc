// Package edgejson answers with Go values as JSON. It is a package beside edge because encoding/json brings reflect along: a function that
// does not import it has a zip that is some 160 KB smaller.
package edgejson

import (
	"encoding/json"
	"fmt"

	"github.com/edgehelpers/lambdaedge/edge"
)

// Response returns an answer with value as [json.Marshal] encodes it, with <, > and & escaped, and the headers of [edge.JSONResponse]. It fails where
// json.Marshal does; the caller returns the error, and the viewer gets CloudFront's 503 page.
func Response(status int, value any) (*edge.Response, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("edgejson: the value cannot be JSON: %w", err)
	}
	return edge.JSONResponse(status, string(text)), nil
}
