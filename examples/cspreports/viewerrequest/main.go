// Command viewerrequest is a Lambda@Edge function of the viewer-request trigger that collects what browsers report of
// violations of the site's Content-Security-Policy: each report becomes a line of the function's log. It is for the cache
// behaviour of /csp-report alone, so that other requests do not pay for it:
//
//	ordered_cache_behavior {
//	  path_pattern    = "/csp-report"
//	  allowed_methods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
//	  lambda_function_association {
//	    event_type   = "viewer-request"
//	    lambda_arn   = aws_lambda_function.csp_report.qualified_arn
//	    include_body = true
//	  }
//	  # and the rest of a behaviour; the origin is never asked
//	}
//
// "csplint reports" reads the log.
package main

import (
	"os"

	"github.com/edgehelpers/lambdaedge/csp/cspedge"
	"github.com/edgehelpers/lambdaedge/csp/cspreport"
	"github.com/edgehelpers/lambdaedge/edge"
)

func main() {
	collector := &cspedge.Collector{Log: cspreport.Log{Writer: os.Stdout}}
	edge.Start(&edge.Function{ViewerRequest: collector.Handle})
}
