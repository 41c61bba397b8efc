package page

import (
	"encoding/xml"
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// Refusal is CloudFront's 403 to a request without a signature that it takes. Unlike its other answers it is XML (seen
// in public reports, with these headers).
func Refusal(code, text string) *message.Response {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>`)
	xml.EscapeText(&b, []byte(code))
	b.WriteString(`</Code><Message>`)
	xml.EscapeText(&b, []byte(text))
	b.WriteString(`</Message></Error>`)
	return &message.Response{
		Status: http.StatusForbidden,
		Header: http.Header{"Content-Type": {"text/xml"}, "Server": {"CloudFront"}},
		Body:   []byte(b.String()),
		Result: Error,

		SkipViewerResponse: true,
		Own:                true,
	}
}
