package function

import (
	"fmt"
	"net/http"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
)

// readGenerated reads a response that a request trigger's function made ("Generate HTTP responses in request
// triggers").
func (o *Outcome) readGenerated(e *Event, members object, size int, decodedSize bool) {
	status, ok := o.readStatus(members)
	reason, _ := o.optionalText(members, "statusDescription", page.InvalidResult)
	r := &message.Response{Status: status, Reason: reason, Header: o.readHeaders(e, members, http.Header{}, true)}
	body, replaced := o.readResponseBody(members)
	if replaced {
		r.Body = body
	}
	if status == http.StatusNoContent && len(body) > 0 && e.Trigger == edge.ViewerRequest {
		o.Findings.refuse(page.InvalidBody, "body", "", "a 204 has no body", "leave it out")
	}
	most := 1 << 20
	if e.Trigger == edge.ViewerRequest {
		most = 40 << 10
	}
	if decodedSize {
		size += len(r.Body) - len(members["body"])
	}
	o.Limits = append(o.Limits, Limit{"generated response, bytes", size, most})
	if size > most {
		o.Findings.refuse(page.InvalidBody, "answer", "", fmt.Sprintf("%d bytes with headers and body, %d are allowed", size, most),
			"send a smaller body, or let the origin answer")
	}
	if ok {
		o.Response = r
	}
}

// readResponse reads the answer of a response trigger.
func (o *Outcome) readResponse(e *Event, members object) {
	status, ok := o.readStatus(members)
	if ok && e.Trigger == edge.ViewerResponse && status != e.Response.Status {
		o.Findings.refuse(page.InvalidResult, "status", fmt.Sprint(status),
			fmt.Sprintf("a viewer-response function cannot change the status (%d)", e.Response.Status), "change it in origin-response")
	}
	changed := *e.Response // its headers are read below
	r := &changed
	r.Status = status
	if reason, given := o.optionalText(members, "statusDescription", page.InvalidResult); given {
		r.Reason = reason
	}
	r.Header = o.readHeaders(e, members, e.Response.Header, false)
	if body, replaced := o.readResponseBody(members); replaced {
		most := 1 << 20
		o.Limits = append(o.Limits, Limit{"replaced body, bytes", len(members["body"]), most})
		switch {
		case e.Trigger == edge.ViewerResponse: // on no page of AWS's: package edge warns, and the body stays
		case len(members["body"]) > most:
			o.Findings.refuse(page.InvalidBody, "body", "", fmt.Sprintf("%d bytes, %d are allowed", len(members["body"]), most), "")
		default:
			o.NewBody = &body
		}
	}
	if ok {
		o.Response = r
	}
}

// readResponseBody reads body and bodyEncoding; replaced is false when there is no body member.
func (o *Outcome) readResponseBody(members object) (body []byte, replaced bool) {
	text, ok := o.optionalText(members, "body", page.InvalidBody)
	if !ok {
		return nil, false
	}
	encoding, given := o.optionalText(members, "bodyEncoding", page.InvalidBody)
	if given && encoding != "text" && encoding != "base64" {
		o.Findings.refuse(page.InvalidBody, "bodyEncoding", encoding, `neither "text" nor "base64"`, "")
		return nil, false
	}
	return o.decode("body", text, encoding == "base64")
}
