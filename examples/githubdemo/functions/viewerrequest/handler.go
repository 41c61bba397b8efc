// Package viewerrequest is the demo's viewer-request function. It is a package of its own, beside originresponse, because each
// zip holds what its function imports and nothing else.
package viewerrequest

import (
	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// Handler returns the handler that sends a query meant for the index page on to other.html, the query byte for byte:
// when the request is for the index page, and when it comes from there. What is for other.html already passes, although a
// browser that follows the redirect still says that it comes from the index page.
func Handler() edge.RequestHandler {
	const other = "https://{distribution}/other.html"
	return redirect.MustCompile(redirect.Config{Index: "index.html", Rules: []redirect.Rule{
		{From: "/index.html", To: other, Status: 302, When: redirect.When{HasQuery: true}},
		{From: "/*", To: other, Status: 302, When: redirect.When{HasQuery: true, Referer: []string{"/index.html"}}},
	}}).Handle
}
