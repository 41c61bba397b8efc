package recipes

import (
	"io"

	"github.com/edgehelpers/lambdaedge/csp/cspedge"
	"github.com/edgehelpers/lambdaedge/csp/cspreport"
	"github.com/edgehelpers/lambdaedge/edge"
)

// Reports takes what browsers report about the site's Content-Security-Policy at path,
// such as "/csp-report", and writes it to log, a line each: os.Stdout in a function.
// "csplint reports" reads the lines.
func Reports(path string, log io.Writer) *edge.Function {
	collector := &cspedge.Collector{Path: path, Log: cspreport.Log{Writer: log}}
	return &edge.Function{ViewerRequest: collector.Handle}
}
