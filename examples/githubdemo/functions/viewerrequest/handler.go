// Package viewerrequest is the demo's viewer-request function. It is a package of its own, beside originresponse, because each
// zip holds what its function imports and nothing else.
package viewerrequest

import (
	_ "embed"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// The rules are those of package rules, compiled: the function does not hold the compiler, and nothing is compiled when it
// starts. After a change "go generate" writes the file anew, and until then a test fails.
//
//go:generate go test -run ^TestCompiled$ -update .
//go:embed rules/compiled.bin
var compiled string

// Handler returns the handler that redirects by the rules. It panics if the compiled rules are damaged.
func Handler() edge.RequestHandler {
	table, err := redirect.Load(compiled)
	if err != nil {
		panic(err)
	}
	return table.Handle
}
