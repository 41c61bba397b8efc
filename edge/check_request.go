package edge

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/internal/rules"
)

// url checks the path and the query, what has changed of them.
func (c *checker) url(r, came *Request) {
	if r.URI != came.URI {
		if !strings.HasPrefix(r.URI, "/") {
			c.breach(rules.URISlash, "uri", r.URI, "")
		}
		if !rules.IsURLText(r.URI) {
			c.breach(rules.URIFormat, "uri", r.URI, "")
		}
		if strings.ContainsAny(r.URI, "?#") {
			c.breach(rules.URIQuery, "uri", r.URI, "")
		}
	}
	if r.QueryString != came.QueryString {
		if !rules.IsURLText(r.QueryString) || strings.Contains(r.QueryString, "#") {
			c.breach(rules.QueryFormat, "querystring", r.QueryString, "")
		}
		if strings.HasPrefix(r.QueryString, "?") {
			c.breach(rules.QueryMark, "querystring", r.QueryString, "")
		}
	}
	if n, most := len(r.URI)+len(r.QueryString), rules.MaxURL.InForce(); n > most {
		c.breach(rules.URLLength, "uri", "", sizes(n, most))
	}
}

// body checks the request's body against the one that came.
func (c *checker) body(b, came *RequestBody) {
	switch {
	case b == nil:
		return
	case came == nil:
		c.breach(rules.BodyAdded, "body", "", "")
		came = new(RequestBody)
	case *b == *came:
		return
	}
	if !rules.IsText(b.Action) || !rules.IsText(b.Encoding) || !rules.IsText(b.Data) {
		c.breach(rules.BodyText, "body", "", "")
		return
	}
	if b.InputTruncated != came.InputTruncated {
		c.breach(rules.MemberReadOnly, "body.inputTruncated", strconv.FormatBool(b.InputTruncated), "")
	}
	switch b.Action {
	case "replace":
		c.bodyData(b)
	case "read-only", "":
		if b.Data != came.Data || b.Encoding != came.Encoding {
			c.breach(rules.BodyIgnored, "body.data", "", "")
		}
	default:
		if b.Action != came.Action {
			c.breach(rules.BodyAction, "body.action", b.Action, "")
		}
	}
}

// bodyData checks the data of a body that replaces the viewer's.
func (c *checker) bodyData(b *RequestBody) {
	switch b.Encoding {
	case "text":
		if most := byStage(c.trigger, rules.MaxBodyTextViewer, rules.MaxBodyTextOrigin); len(b.Data) > most.InForce() {
			c.breach(rules.BodySize, "body.data", "", sizes(len(b.Data), most.InForce()))
		}
	case "base64", "":
		if _, err := base64.StdEncoding.DecodeString(b.Data); err != nil || strings.ContainsAny(b.Data, "\r\n") {
			c.breach(rules.BodyBase64, "body.data", b.Data, "")
		}
		switch most := byStage(c.trigger, rules.MaxBodyBase64Viewer, rules.MaxBodyBase64Origin); {
		case len(b.Data) > most.InForce():
			c.breach(rules.BodySize, "body.data", "", sizes(len(b.Data), most.InForce()))
		case len(b.Data) > most.In2026():
			c.breach(rules.BodySizeUnclear, "body.data", "", sizes(len(b.Data), most.In2026()))
		}
	default:
		c.breach(rules.BodyEncoding, "body.encoding", b.Encoding, "")
	}
}
