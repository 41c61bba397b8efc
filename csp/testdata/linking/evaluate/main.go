// Evaluate evaluates a policy, and hashes a page.
package main

import (
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
)

func main() {
	fmt.Println(csp.Evaluate(csp.API(), csp.Conditions{}))
	fmt.Println(csp.HashHTML(strings.NewReader("<script>a</script>")))
}
