// Package cspedge answers violation reports of a Content-Security-Policy at
// CloudFront's edge, and writes them to the function's log.
//
//	func main() {
//		collector := &cspedge.Collector{Log: cspreport.Log{Writer: os.Stdout}}
//		edge.Start(&edge.Function{ViewerRequest: collector.Handle})
//	}
//
// The function's association must include the body, and the cache behaviour of the
// path must allow POST and OPTIONS: CloudFront has GET, HEAD and OPTIONS, or all
// methods. The log is that of the Region where the edge location is, so reports lie in
// several.
//
// CloudFront shows 40 KB of a body to a function in viewer-request, and 1 MB in
// origin-request. Of a longer one the reports that are whole are written.
package cspedge

import (
	"context"
	"errors"
	"time"

	"github.com/edgehelpers/lambdaedge/csp/cspreport"
	"github.com/edgehelpers/lambdaedge/edge"
)

// A Collector answers the URL that policies report to. The zero Collector answers
// /csp-report and throws reports away. It must not be changed when it is in use.
//
// Its answers are 204 for reports that were taken, 400 for a body that is none, 405
// for other methods than POST, 413 for a body of which CloudFront shows not even
// one report, and 415 for another media type. They are not cached. Nobody's
// address or browser is written. It does not count requests: a rule of AWS WAF
// limits them before they cost anything.
type Collector struct {
	// Path is the path of the URL; "" means /csp-report.
	Path string

	// Log writes the lines. Its Writer is os.Stdout in a function, which Lambda
	// puts into the log.
	Log cspreport.Log

	// Next handles requests for other paths. Nil lets them pass as they are.
	Next edge.RequestHandler
}

// Handle is an edge.RequestHandler, for viewer-request or origin-request. The error
// is that of the log's Writer or of Next, or says that the function's association
// does not include the body.
func (c *Collector) Handle(ctx context.Context, r *edge.Request) (edge.Outcome, error) {
	path := c.Path
	if path == "" {
		path = "/csp-report"
	}
	switch {
	case r.URI == path:
		return c.answer(r)
	case c.Next != nil:
		return c.Next(ctx, r)
	}
	return r, nil
}

// errNoBody is an error of the function, and not an answer, for only so the operator
// sees it: browsers do not show what they get for a report.
var errNoBody = errors.New("cspedge: the function does not see the bodies of requests; want IncludeBody in its association with the cache behavior")

func (c *Collector) answer(r *edge.Request) (edge.Outcome, error) {
	switch r.Method {
	case "OPTIONS":
		return preflight(), nil
	case "POST":
	default:
		res := response(405)
		res.Header.Set("Allow", "POST, OPTIONS")
		return res, nil
	}
	if !cspreport.IsReportType(r.Header.Get("Content-Type")) || r.Header.Get("Content-Encoding") != "" {
		return response(415), nil
	}
	if r.Body == nil {
		return nil, errNoBody
	}
	body, err := r.Body.Bytes()
	if err != nil {
		return nil, err
	}
	reports, err := cspreport.Parse(body)
	switch {
	case err == nil, len(reports) > 0:
	case r.Body.InputTruncated:
		return response(413), nil
	default:
		return response(400), nil
	}
	if err := c.Log.Write(reports, time.Now()); err != nil {
		return nil, err
	}
	return response(204), nil
}

// preflight answers what browsers ask before they send application/reports+json to
// another origin (Fetch, 4.8).
func preflight() *edge.Response {
	res := response(204)
	res.Header.Set("Allow", "POST, OPTIONS")
	res.Header.Set("Access-Control-Allow-Methods", "POST")
	res.Header.Set("Access-Control-Allow-Headers", "Content-Type")
	res.Header.Set("Access-Control-Max-Age", "86400")
	return res
}

// response makes an answer without a body. Reports go to other origins by CORS
// (Reporting API, 2.4); who cannot read the answer counts them as failed.
func response(status int) *edge.Response {
	res := &edge.Response{StatusCode: status}
	res.Header.Set("Access-Control-Allow-Origin", "*")
	res.Header.Set("Cache-Control", "no-store")
	return res
}
