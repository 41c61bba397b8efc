// Evaluate evaluates a policy, and hashes a page.
package main

import (
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
	"github.com/edgehelpers/lambdaedge/csp/evaluator"
)

func main() {
	fmt.Println(evaluator.Evaluate(csp.API(), evaluator.Conditions{}))
	fmt.Println(csphtml.HashHTML(strings.NewReader("<script>a</script>")))
}
