package csp_test

import (
	"fmt"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
)

func ExampleNew() {
	policy, err := csp.New(
		csp.DefaultSrc(csp.None),
		csp.ScriptSrc(csp.Self, csp.HostOf("https://cdn.example.com/js/")),
		csp.ImgSrc(csp.Self, csp.SchemeOf("data:")),
		csp.FrameAncestors(csp.None),
		csp.UpgradeInsecureRequests(),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s: %s\n", csp.HeaderName, policy)
	// Output:
	// Content-Security-Policy: default-src 'none'; script-src 'self' https://cdn.example.com/js/; img-src 'self' data:; frame-ancestors 'none'; upgrade-insecure-requests
}

// All mistakes come in one error, and nothing that was passed can begin a
// second directive.
func ExampleNew_mistakes() {
	_, err := csp.New(
		csp.ImgSrc(csp.HostOf("self")),
		csp.FontSrc(csp.HostOf("fonts.example; script-src *")),
		csp.ObjectSrc(),
	)
	fmt.Println(err)
	// Output:
	// csp: img-src: argument 1: host: got "self", which would be a host of that name; the keyword is 'self', and has a constant in this package
	// csp: font-src: argument 1: host: got "fonts.example; script-src *", with ';' in it; a source is visible ASCII without ";" and "," (write a host in Punycode, escape a path with %)
	// csp: object-src: no sources; use csp.None to allow nothing
}

func ExampleParseHost() {
	domain := "d111111abcdef8.cloudfront.net" // known at run time only
	host, err := csp.ParseHost("https://" + domain)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(csp.Must(csp.New(csp.ScriptSrc(host))))
	// Output: script-src https://d111111abcdef8.cloudfront.net
}

func ExampleParse() {
	policy, findings := csp.Parse("script-src self; IMG-SRC *;; img-src 'none'")
	for d := range policy.Directives() {
		fmt.Println(d.Name(), "is", d)
	}
	for _, f := range findings {
		fmt.Printf("at %d: %v\n", f.Position.Offset, f)
	}
	// Output:
	// script-src is script-src self
	// img-src is IMG-SRC *
	// at 11: high unquoted-keyword: script-src "self": without quotes it is the name of a host
	// at 29: medium duplicate-directive: img-src: browsers take the first directive of a name and ignore the others
}

func ExamplePolicy_Allows() {
	policy, _ := csp.Parse("default-src 'self'; img-src https:")
	const origin = "https://www.example.com"
	fmt.Println(policy.Allows("img-src", "https://images.example/a.png", origin))
	fmt.Println(policy.Allows("script-src", "https://cdn.example/a.js", origin))
	fmt.Println(policy.Allows("connect-src", "wss://www.example.com/live", origin))
	// Output:
	// true
	// false
	// true
}

func ExamplePolicy_AllowsRequest() {
	policy, _ := csp.Parse("script-src 'nonce-5Kbr5mWQ9J0z8kLr2w3xAg' 'strict-dynamic' https:")
	r := csp.Request{Directive: "script-src-elem", URL: "https://cdn.example/a.js", Origin: "https://www.example.com"}
	fmt.Println("no nonce:", policy.AllowsRequest(r))
	r.Nonce = "5Kbr5mWQ9J0z8kLr2w3xAg"
	fmt.Println("nonce:", policy.AllowsRequest(r))
	r.Nonce, r.NotParserInserted = "", true
	fmt.Println("loaded by a script:", policy.AllowsRequest(r))
	// Output:
	// no nonce: false
	// nonce: true
	// loaded by a script: true
}

func ExamplePolicy_Explain() {
	policy, _ := csp.Parse("default-src 'self'")
	fmt.Println(policy.Explain(csp.Request{
		Directive: "img-src", URL: "https://evil.example/a.png", Origin: "https://www.example.com",
	}))
	// Output:
	// Refused to load 'https://evil.example/a.png' because it violates the following Content Security Policy directive: "default-src 'self'". Note that 'img-src' was not explicitly set, so 'default-src' is used as a fallback.
}

func ExamplePolicy_AllowsInline() {
	const code = "document.title = 'Hello'"
	policy := csp.Must(csp.New(csp.ScriptSrc(cspcrypto.SHA256(code))))
	fmt.Println(policy.AllowsInline(cspcrypto.Inline(csp.InlineScript, code)))
	fmt.Println(policy.AllowsInline(cspcrypto.Inline(csp.InlineScript, "alert(1)")))
	fmt.Println(policy.AllowsInline(cspcrypto.Inline(csp.InlineHandler, code)))
	// Output:
	// true
	// false
	// false
}

// Policies with a comma between are all enforced. To harden a response whose
// policy is not yours, append one.
func ExampleList() {
	list, _ := csp.ParseList("default-src https:")
	list = append(list, csp.Must(csp.New(csp.ObjectSrc(csp.None), csp.BaseURI(csp.None))))
	fmt.Println(list)
	fmt.Println(list.Allows("object-src", "https://a.example/x.swf", "https://www.example.com"))
	// Output:
	// default-src https:, object-src 'none'; base-uri 'none'
	// false
}

// A check for continuous integration: does the new policy allow anything that
// the old one did not?
func ExampleDiff() {
	old, _ := csp.Parse("default-src 'self'; img-src 'self' https://images.example")
	changed, _ := csp.Parse("default-src 'self'; img-src 'self' https://*.example")
	fmt.Println(csp.Subsumes(old, changed))
	for _, change := range csp.Diff(old, changed) {
		fmt.Println(change)
	}
	// Output:
	// false
	// img-src: newly allows https://elsewhere.example/
}

func ExampleUnion() {
	shop, _ := csp.Parse("img-src 'self' https://cdn.example; script-src 'self'")
	blog, _ := csp.Parse("img-src 'self' https://photos.example; script-src 'self'")
	fmt.Println(csp.Union(shop, blog))
	// Output: img-src 'self' https://cdn.example https://photos.example; script-src 'self' true
}

func ExamplePolicy_Append() {
	policy, _ := csp.Parse("default-src 'self'")
	wider, err := policy.Append(csp.ConnectSrc(csp.HostOf("https://api.example.com")))
	fmt.Println(wider, err)
	// Output: default-src 'self'; connect-src 'self' https://api.example.com <nil>
}

func ExamplePolicy_Minify() {
	policy, _ := csp.Parse("default-src 'self'; connect-src * https://a.example wss:; font-src 'self'; img-src https: https://b.example")
	fmt.Println(policy.Minify())
	// Output: default-src 'self';connect-src * wss:;img-src https:
}
