package csp_test

import (
	"fmt"
	"strings"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/csp"
)

func ExampleEvaluate() {
	list, _ := csp.ParseList("script-src 'unsafe-inline' unpkg.com; object-src 'none'; base-uri 'none'")
	for _, f := range csp.Evaluate(list, csp.Conditions{}) {
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
	for _, f := range csp.Evaluate(policy, csp.Conditions{Level: csp.Level1}) {
		fmt.Println(f)
	}
	// Output:
	// high unsafe-inline: script-src "'unsafe-inline'": every inline script or event handler runs, injected ones included, so the policy does not stop cross-site scripting
	// info no-reporting: violations are not reported, so nobody learns what the policy breaks or stops
}

// A nonce is safe only in responses that no cache keeps.
func ExampleEvaluate_delivery() {
	policy := csp.Must(csp.StrictByNonce(csp.NewNonce()))
	findings := csp.Evaluate(policy, csp.Conditions{Delivery: &csp.Delivery{CacheControl: "max-age=3600"}})
	fmt.Println(findings[0].Code, "-", findings[0].Mend)
	// Output:
	// nonce-cacheable - send Cache-Control: no-store (or private), or use hashes
}

func ExampleHashHTML() {
	page, err := csp.HashHTML(strings.NewReader(`<!DOCTYPE html>
<script>console.log("hello")</script>
<script src="/app.js"></script>
<p onclick="go()">Go</p>`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("scripts:", page.Scripts)
	fmt.Println("handlers:", page.Handlers)
	fmt.Println("loads:", page.Loads)
	// Output:
	// scripts: [sha256-Ql3n7tC/2D6wSTlQY8RcOKXhq02zfdaSDviOhpvbYWw=]
	// handlers: [sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw=]
	// loads: [{script-src /app.js false}]
}

// When a site is built, its pages are read and each gets its own policy; csplint
// -table does the same. At the edge the table is embedded in the program, and looking
// a page up is all there is to do.
func ExampleHashFS() {
	site := fstest.MapFS{ // os.DirFS("public")
		"index.html":      {Data: []byte(`<script>start()</script>`)},
		"docs/index.html": {Data: []byte(`<link rel="stylesheet" href="/style.css">`)},
	}
	pages, err := csp.HashFS(site)
	if err != nil {
		fmt.Println(err)
		return
	}
	table, err := csp.NewTable(pages, csp.StaticSite)
	if err != nil {
		fmt.Println(err)
		return
	}
	policy, ok := table.Lookup("/docs/")
	fmt.Println(ok, policy)
	// Output:
	// true default-src 'self'; script-src 'none'; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'
}

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
	nonce, err := csp.ParseNonce("wq5kP0hYd8vT3mXbQ7rZ1A") // csp.NewNonce()
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
	// csp: nonce refused: the program did not make the body, so the nonce is not on its elements; use hashes (csp.HashFS), or make the body
	// csp: nonce refused: with Cache-Control "public, max-age=60" a cache may give the nonce to everybody; use "no-store" or "private", or hashes (csp.HashFS)
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
