package edgetest

import (
	"encoding/base64"
	"fmt"

	"github.com/edgehelpers/lambdaedge/edge"
)

// SetBody gives r a body as CloudFront shows it to a function whose association includes the body: in base64, read-only, and cut
// after 40 KB in the viewer triggers and after 1 MB in the origin triggers, with InputTruncated set. A contentType that
// is not "" becomes the Content-Type header. It returns r.
//
//	r := edgetest.SetBody(edgetest.NewRequest(edge.ViewerRequest, "POST", "/login"),
//		"application/x-www-form-urlencoded", "name=octocat")
//
// SetBody panics if r has no trigger, as it has in requests of [NewRequest] and of events.
func SetBody(r *edge.Request, contentType, data string) *edge.Request {
	shown := 40 << 10 // lambda-at-edge-function-restrictions.html of AWS's guide
	switch r.Config.Trigger {
	case edge.ViewerRequest, edge.ViewerResponse:
	case edge.OriginRequest, edge.OriginResponse:
		shown = 1 << 20
	default:
		panic(fmt.Sprintf("edgetest: SetBody: got a request with the trigger %q; make it with NewRequest", r.Config.Trigger))
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	r.Body = &edge.RequestBody{
		InputTruncated: len(data) > shown, Action: "read-only", Encoding: "base64",
		Data: base64.StdEncoding.EncodeToString([]byte(data[:min(len(data), shown)])),
	}
	return r
}
