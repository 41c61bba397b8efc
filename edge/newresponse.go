package edge

// TextResponse returns an answer of plain text. Like [HTMLResponse] and [JSONResponse] it sets Content-Type, with UTF-8 as
// its encoding, and X-Content-Type-Options: nosniff, so that browsers read the text as what it is and never as a script. The text must be valid UTF-8.
//
// None of the three sets Cache-Control. CloudFront never caches what a viewer-request handler answers, and caches an origin-request handler's answer for as
// long as the answer's Cache-Control says, or else for the default TTL of the cache policy, which is a day unless it was set.
//
// Sizes are as in [Body]. Where the answer is refused, [Function.Invoke] says so.
func TextResponse(status int, text string) *Response {
	return textResponse(status, "text/plain; charset=utf-8", text)
}

// HTMLResponse returns an answer of an HTML page, as [TextResponse] does. It escapes nothing: what came from a viewer and
// stands in the page goes through [html.EscapeString] or html/template first.
func HTMLResponse(status int, page string) *Response {
	return textResponse(status, "text/html; charset=utf-8", page)
}

// JSONResponse returns an answer of text that is JSON already, as [TextResponse] does. Package [github.com/edgehelpers/lambdaedge/edge/edgejson]
// makes one of any value; it is a package of its own for encoding/json, which makes a zip some 160 KB larger.
func JSONResponse(status int, text string) *Response {
	return textResponse(status, "application/json", text)
}

func textResponse(status int, contentType, text string) *Response {
	r := &Response{StatusCode: status, Body: Text(text)}
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("X-Content-Type-Options", "nosniff")
	return r
}
