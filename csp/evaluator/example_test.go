package evaluator_test

import (
	"fmt"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
	"github.com/edgehelpers/lambdaedge/csp/evaluator"
)

func ExampleEvaluate() {
	list, _ := csp.ParseList("script-src 'unsafe-inline' unpkg.com; object-src 'none'; base-uri 'none'")
	for _, f := range evaluator.Evaluate(list, evaluator.Conditions{}) {
		if f.Severity >= csp.Medium {
			fmt.Printf("%s: %s %q\n", f.Severity, f.Code, f.Value)
		}
	}
	// Output:
	// high: unsafe-inline "'unsafe-inline'"
	// high: bypass-public-host "unpkg.com"
	// medium: missing-form-action ""
	// medium: missing-frame-ancestors ""
}

// Old browsers do not know the nonce, and so do not ignore 'unsafe-inline'.
func ExampleEvaluate_level() {
	policy, _ := csp.Parse("script-src 'nonce-wq5kP0hYd8vT3mXbQ7rZ1A' 'unsafe-inline'; object-src 'none'")
	for _, f := range evaluator.Evaluate(policy, evaluator.Conditions{Level: evaluator.Level1}) {
		fmt.Println(f)
	}
	// Output:
	// high unsafe-inline: script-src "'unsafe-inline'": every inline script, event handler and javascript: URL runs, injected ones included, so the policy does not stop cross-site scripting
	// info no-reporting: violations are not reported, so nobody learns what the policy breaks or stops
}

// A nonce is safe only in responses that no cache keeps.
func ExampleEvaluate_delivery() {
	policy := csp.Must(csp.StrictByNonce(cspcrypto.NewNonce()))
	findings := evaluator.Evaluate(policy, evaluator.Conditions{Delivery: &csp.Delivery{CacheControl: "max-age=3600"}})
	fmt.Println(findings[0].Code, "-", findings[0].Mend)
	// Output:
	// nonce-cacheable - send Cache-Control: no-store (or private), or use hashes
}
