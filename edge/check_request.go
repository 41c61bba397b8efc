package edge

import (
	"encoding/base64"
	"strconv"
	"strings"
	"unicode/utf8"
)

// url checks the path and the query, what has changed of them.
func (c *checker) url(r, came *Request) {
	if r.URI != came.URI {
		if !strings.HasPrefix(r.URI, "/") {
			c.breach(ruleURISlash, "uri", r.URI, "")
		}
		if !urlText(r.URI) {
			c.breach(ruleURIFormat, "uri", r.URI, "")
		}
		if strings.ContainsAny(r.URI, "?#") {
			c.breach(ruleURIQuery, "uri", r.URI, "")
		}
	}
	if r.QueryString != came.QueryString {
		if !urlText(r.QueryString) || strings.Contains(r.QueryString, "#") {
			c.breach(ruleQueryFormat, "querystring", r.QueryString, "")
		}
		if strings.HasPrefix(r.QueryString, "?") {
			c.breach(ruleQueryMark, "querystring", r.QueryString, "")
		}
	}
	if n, most := len(r.URI)+len(r.QueryString), limits[limitURL].inForce; n > most {
		c.breach(ruleURLLength, "uri", "", sizes(n, most))
	}
}

// urlText reports whether s is UTF-8 without spaces and control characters.
func urlText(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] == 0x7f {
			return false
		}
	}
	return utf8.ValidString(s)
}

// body checks the request's body against the one that came.
func (c *checker) body(b, came *RequestBody) {
	switch {
	case b == nil:
		return
	case came == nil:
		c.breach(ruleBodyAdded, "body", "", "")
		came = new(RequestBody)
	case *b == *came:
		return
	}
	if !isText(b.Action) || !isText(b.Encoding) || !isText(b.Data) {
		c.breach(ruleBodyText, "body", "", "")
		return
	}
	if b.InputTruncated != came.InputTruncated {
		c.breach(ruleMemberReadOnly, "body.inputTruncated", strconv.FormatBool(b.InputTruncated), "")
	}
	switch b.Action {
	case "replace":
		c.bodyData(b)
	case "read-only", "":
		if b.Data != came.Data || b.Encoding != came.Encoding {
			c.breach(ruleBodyIgnored, "body.data", "", "")
		}
	default:
		c.breach(ruleBodyAction, "body.action", b.Action, "")
	}
}

// bodyData checks the data of a body that replaces the viewer's.
func (c *checker) bodyData(b *RequestBody) {
	switch b.Encoding {
	case "text":
		if most := byStage(c.trigger, limitBodyTextViewer, limitBodyTextOrigin); len(b.Data) > most.inForce {
			c.breach(ruleBodySize, "body.data", "", sizes(len(b.Data), most.inForce))
		}
	case "base64", "":
		if _, err := base64.StdEncoding.DecodeString(b.Data); err != nil || strings.ContainsAny(b.Data, "\r\n") {
			c.breach(ruleBodyBase64, "body.data", b.Data, "")
		}
		switch most := byStage(c.trigger, limitBodyBase64Viewer, limitBodyBase64Origin); {
		case len(b.Data) > most.inForce:
			c.breach(ruleBodySize, "body.data", "", sizes(len(b.Data), most.inForce))
		case len(b.Data) > most.in2026:
			c.breach(ruleBodySizeUnclear, "body.data", "", sizes(len(b.Data), most.in2026))
		}
	default:
		c.breach(ruleBodyEncoding, "body.encoding", b.Encoding, "")
	}
}
