package recipes

import (
	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// ApexToWWW redirects viewers of the host apex, such as example.com, to the same
// path and query of the host www. Both are names of the distribution (Aliases). It
// panics if a name is none.
func ApexToWWW(apex, www string) *edge.Function {
	table := redirect.MustCompile(redirect.Config{
		Origins: []string{"https://" + www},
		Rules:   []redirect.Rule{{From: "//" + apex + "/*", To: "https://" + www + "/:splat", Status: 301}},
	})
	return &edge.Function{ViewerRequest: table.Handle}
}
