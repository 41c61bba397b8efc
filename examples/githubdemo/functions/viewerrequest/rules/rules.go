// Package rules has the redirects of the demo's viewer-request function. They are compiled before the function is built: see
// the package above.
package rules

import "github.com/edgehelpers/lambdaedge/redirect"

// Config returns the rules. They send a query meant for the index page on to other.html, the query byte for byte: when the
// request is for the index page, and when it comes from there. What is for other.html already passes, although a browser
// that follows the redirect still says that it comes from the index page.
func Config() redirect.Config {
	const other = "https://{distribution}/other.html"
	return redirect.Config{Index: "index.html", Rules: []redirect.Rule{
		{From: "/index.html", To: other, Status: 302, When: redirect.When{HasQuery: true}},
		{From: "/*", To: other, Status: 302, When: redirect.When{HasQuery: true, Referer: []string{"/index.html"}}},
	}}
}
