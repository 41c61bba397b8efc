package csp_test

import (
	"fmt"

	"github.com/edgehelpers/lambdaedge/csp"
)

func ExampleNewTemplate() {
	// When the program starts:
	template, err := csp.NewTemplate(func(nonce csp.Nonce) (csp.Policy, error) {
		return csp.New(csp.ScriptSrc(nonce, csp.StrictDynamic), csp.StyleSrc(csp.Self, nonce), csp.BaseURI(csp.None))
	})
	if err != nil {
		fmt.Println(err)
		return
	}

	// For every page that the program makes:
	nonce, err := csp.ParseNonce("wq5kP0hYd8vT3mXbQ7rZ1A") // cspcrypto.NewNonce()
	if err != nil {
		fmt.Println(err)
		return
	}
	value, err := template.Fill(nonce, csp.Delivery{CacheControl: "no-store", OwnBody: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s: %s\n", csp.HeaderName, value)
	fmt.Printf("<script nonce=%q>\n", nonce.Value())
	// Output:
	// Content-Security-Policy: script-src 'nonce-wq5kP0hYd8vT3mXbQ7rZ1A' 'strict-dynamic'; style-src 'self' 'nonce-wq5kP0hYd8vT3mXbQ7rZ1A'; base-uri 'none'
	// <script nonce="wq5kP0hYd8vT3mXbQ7rZ1A">
}

// The page comes from the origin and may be cached: a nonce would be on none of
// its elements, or the same for everybody.
func ExampleDelivery_CheckNonce() {
	err := csp.Delivery{StatusCode: 200, CacheControl: "public, max-age=60"}.CheckNonce()
	fmt.Println(err)
	// Output:
	// csp: nonce refused: the program did not make the body, so the nonce is not on its elements; use hashes (csphtml.HashFS), or make the body
	// csp: nonce refused: with Cache-Control "public, max-age=60" a cache may give the nonce to everybody; use "no-store" or "private", or hashes (csphtml.HashFS)
}

// A stricter policy is monitored before it is enforced.
func ExampleRollout() {
	headers, err := csp.Rollout{
		Enforced:   csp.Must(csp.New(csp.ObjectSrc(csp.None))),
		ReportOnly: csp.Must(csp.New(csp.DefaultSrc(csp.Self), csp.UpgradeInsecureRequests())),
		ReportURL:  "https://reports.example.com/csp",
	}.Headers()
	if err != nil {
		fmt.Println(err)
		return
	}
	for name, value := range headers {
		fmt.Printf("%s: %s\n", name, value)
	}
	// Output:
	// Content-Security-Policy: object-src 'none'; report-uri https://reports.example.com/csp; report-to csp-endpoint
	// Content-Security-Policy-Report-Only: default-src 'self'; report-uri https://reports.example.com/csp; report-to csp-endpoint
	// Reporting-Endpoints: csp-endpoint="https://reports.example.com/csp"
}

func ExamplePolicy_MetaElement() {
	policy := csp.Must(csp.New(csp.DefaultSrc(csp.Self), csp.FrameAncestors(csp.None)))
	fmt.Println(policy.MetaElement())
	// Output:
	// <meta http-equiv="Content-Security-Policy" content="default-src 'self'">
}
