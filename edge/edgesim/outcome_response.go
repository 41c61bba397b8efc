package edgesim

import (
	"fmt"
	"net/http"

	"github.com/edgehelpers/lambdaedge/edge"
)

// readGenerated reads a response that a request trigger's function made ("Generate HTTP responses in request
// triggers").
func (o *outcome) readGenerated(e *event, members object, size int, u Unknowns) {
	status, ok := o.readStatus(members)
	reason, _ := o.optionalText(members, "statusDescription", pageInvalid)
	r := &response{status: status, reason: reason, header: o.readHeaders(e, members, http.Header{}, true)}
	body, replaced := o.readResponseBody(members)
	if replaced {
		r.body = body
	}
	if status == http.StatusNoContent && len(body) > 0 {
		if e.trigger == edge.ViewerRequest {
			o.findings.refuse(pageBody, "body", "", "a 204 has no body", "leave it out")
		} else {
			o.findings.warn("body", "", "a 204 has no body", "leave it out")
		}
	}
	most := 1 << 20
	if e.trigger == edge.ViewerRequest {
		most = 40 << 10
	}
	if u.DecodedBodySize {
		size += len(r.body) - len(members["body"])
	}
	o.limits = append(o.limits, Limit{"generated response, bytes", size, most})
	if size > most {
		o.findings.refuse(pageBody, "answer", "", fmt.Sprintf("%d bytes with headers and body, %d are allowed", size, most),
			"send a smaller body, or let the origin answer")
	}
	if ok {
		o.response = r
	}
}

// readResponse reads the answer of a response trigger.
func (o *outcome) readResponse(e *event, members object) {
	status, ok := o.readStatus(members)
	if ok && e.trigger == edge.ViewerResponse && status != e.response.status {
		o.findings.refuse(pageInvalid, "status", fmt.Sprint(status),
			fmt.Sprintf("a viewer-response function cannot change the status (%d)", e.response.status), "change it in origin-response")
	}
	r := e.response.clone()
	r.status = status
	if reason, given := o.optionalText(members, "statusDescription", pageInvalid); given {
		r.reason = reason
	}
	r.header = o.readHeaders(e, members, e.response.header, false)
	if body, replaced := o.readResponseBody(members); replaced {
		most := 1 << 20
		o.limits = append(o.limits, Limit{"replaced body, bytes", len(members["body"]), most})
		switch {
		case e.trigger == edge.ViewerResponse:
			o.findings.refuse(pageBody, "body", "", "AWS does not document a body in viewer-response", "replace it in origin-response")
		case len(members["body"]) > most:
			o.findings.refuse(pageBody, "body", "", fmt.Sprintf("%d bytes, %d are allowed", len(members["body"]), most), "")
		default:
			o.newBody = &body
		}
	}
	if ok {
		o.response = r
	}
}

// readResponseBody reads body and bodyEncoding; replaced is false when there is no body member.
func (o *outcome) readResponseBody(members object) (body []byte, replaced bool) {
	text, ok := o.optionalText(members, "body", pageBody)
	if !ok {
		return nil, false
	}
	encoding, given := o.optionalText(members, "bodyEncoding", pageBody)
	if given && encoding != "text" && encoding != "base64" {
		o.findings.refuse(pageBody, "bodyEncoding", encoding, `neither "text" nor "base64"`, "")
		return nil, false
	}
	return o.decode("body", text, encoding == "base64")
}
