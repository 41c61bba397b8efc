package origin

import (
	"net/http"
	"net/url"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// overridden are the headers of an answer that a query string parameter can give ("Overriding response header values through the
// request", API_GetObject.html of Amazon S3).
func overridden() map[string]string {
	return map[string]string{
		"response-cache-control": "Cache-Control", "response-content-disposition": "Content-Disposition", "response-content-encoding": "Content-Encoding",
		"response-content-language": "Content-Language", "response-content-type": "Content-Type", "response-expires": "Expires",
	}
}

// overrides are the headers that the query string asks for, for answers with the status 200. "When you use these parameters, you must
// sign the request by using either an Authorization header or a presigned URL. These parameters cannot be used with an unsigned
// (anonymous) request." (API_GetObject.html)
func (b *Bucket) overrides(call *Call) (h http.Header, refused *message.Response) {
	if call.Query == "" {
		return nil, nil
	}
	query, _ := url.ParseQuery(call.Query) // what can be read of it
	h = http.Header{}
	for parameter, name := range overridden() {
		value := query.Get(parameter)
		switch {
		case !query.Has(parameter):
		case b.Unsigned:
			return nil, s3Error(call, http.StatusBadRequest, "InvalidRequest", "Request specific response headers cannot be used for anonymous GET requests.")
		case message.ControlAt(value) >= 0:
			return nil, s3Error(call, http.StatusBadRequest, "InvalidArgument", "Header value cannot be represented using ISO-8859-1.")
		case value != "":
			h[name] = []string{value}
		}
	}
	return h, nil
}
