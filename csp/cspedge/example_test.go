package cspedge_test

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/csp/cspedge"
	"github.com/edgehelpers/lambdaedge/csp/cspreport"
	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// Reports are answered in the edge location and never go to the origin. In
// a function Log writes to os.Stdout, which Lambda puts into the function's log;
// cspreport.Read finds the reports in it.
func Example() {
	var log bytes.Buffer
	collector := &cspedge.Collector{Log: cspreport.Log{Writer: &log}}
	function := &edge.Function{ViewerRequest: collector.Handle}

	site := &edgesim.S3Origin{FS: fstest.MapFS{"index.html": {Data: []byte("a page")}}}
	sim, err := edgesim.New(edgesim.Config{Distribution: edgesim.Distribution{
		Behaviors: []edgesim.Behavior{{
			PathPattern:    "/csp-report",
			Origin:         site,
			AllowedMethods: []string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"},
			Functions:      edgesim.Functions{ViewerRequest: edgesim.Association{Function: function, IncludeBody: true}},
		}},
		DefaultBehavior: edgesim.Behavior{Origin: site},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}

	r := httptest.NewRequest("POST", "/csp-report", strings.NewReader(`[{"type": "csp-violation", "age": 5, "body": {
		"documentURL": "https://www.example.com/search?q=illness",
		"effectiveDirective": "script-src-elem",
		"blockedURL": "https://cdn.example.net/app.js?v=3"}}]`))
	r.Header.Set("Content-Type", "application/reports+json")
	res, _ := sim.Do(r)
	fmt.Println(res.StatusCode)

	for report, err := range cspreport.Read(&log) {
		if err != nil {
			fmt.Println(err)
		}
		fmt.Println(report.DocumentURL, report.Directive, report.BlockedURL)
	}
	// Output:
	// 204
	// https://www.example.com/search script-src-elem https://cdn.example.net/app.js
}
