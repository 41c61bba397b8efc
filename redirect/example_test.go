package redirect_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

func Example() {
	table := redirect.MustCompile(redirect.Config{Index: "index.html", Rules: []redirect.Rule{
		{From: "/index.html", To: "https://{distribution}/other.html", When: redirect.When{HasQuery: true}},
		{From: "/*", To: "https://{distribution}/other.html", When: redirect.When{HasQuery: true, Referer: []string{"/index.html"}}},
	}})

	request := &edge.Request{
		Config:      edge.Config{DistributionDomainName: "d111111abcdef8.cloudfront.net"},
		Method:      "GET",
		URI:         "/index.html",
		QueryString: "username=octocat&x=a%20b+%2F&&z",
	}
	outcome, _ := table.Handle(context.Background(), request)
	answer := outcome.(*edge.Response)
	fmt.Println(answer.StatusCode, answer.Header.Get("Location"))
	// Output: 302 https://d111111abcdef8.cloudfront.net/other.html?username=octocat&x=a%20b+%2F&&z
}

func ExampleTo() {
	answer := redirect.To(301, "/new.html")
	fmt.Println(answer.StatusCode, answer.Header.Get("Location"), answer.Header.Get("Cache-Control"))
	// Output: 301 /new.html public, max-age=3600
}

// A sign-in page sends the viewer back to where it came from, which a parameter
// says: anybody can have written it.
func ExampleLocal() {
	for _, next := range []string{"/account?tab=1", "/\\evil.example", "https://help.example/faq", "javascript:alert(1)"} {
		target, err := redirect.Local(next, "https://help.example")
		if err != nil {
			fmt.Println(err)
			target, _ = redirect.Local("/")
		}
		fmt.Println("->", target.Redirect(303).Header.Get("Location"))
	}
	// Output:
	// -> /account?tab=1
	// redirect: target "/\\evil.example": leaves the site: a browser goes to https://evil.example; allow that origin or give a path
	// -> /
	// -> https://help.example/faq
	// redirect: target "javascript:alert(1)": scheme "javascript"; only https and http are allowed
	// -> /
}

func ExampleCompile() {
	_, err := redirect.Compile(redirect.Config{Rules: []redirect.Rule{
		{From: "/old/*", To: "/blog/:splat"},
		{From: "/blog/*", To: "/news/:splat"},
		{From: "/news/today", To: "https://news.example/"},
		{From: "/a", To: "/b"},
		{From: "/b", To: "/a"},
	}})
	fmt.Println(err)

	if mistake, ok := errors.AsType[*redirect.Mistake](err); ok {
		fmt.Println("the first is a", mistake.Kind)
	}
	// Output:
	// redirect: rule 1, "/old/*": chain: leads to "/blog/:splat", which rule 2 redirects again; write "/news/:splat"
	// redirect: rule 3, "/news/today": off-site: To "https://news.example/": leaves the site; add "https://news.example" to Origins if it is meant to
	// redirect: rule 4, "/a": loop: goes on without end: /a -> /b -> /a (rule 4, rule 5); let one of them lead elsewhere
	// the first is a chain
}

func ExampleTable_Lookup() {
	table := redirect.MustCompile(redirect.Config{Rules: []redirect.Rule{
		{From: "/:year/:slug.html", To: "/archive/:slug?from=:year", Status: 301},
	}})
	m, ok := table.Lookup(&edge.Request{Method: "GET", URI: "/2024/summer.html", QueryString: "page=2"})
	fmt.Println(ok, m.Status, m.Location)
	// Output: true 301 /archive/summer?from=2024&page=2
}

func ExampleTable_Explain() {
	table := redirect.MustCompile(redirect.Config{Rules: []redirect.Rule{
		{From: "/", To: "/fr/", When: redirect.When{Language: []string{"fr"}}},
		{From: "/old/*", To: "/:splat", Query: redirect.Drop},
	}})
	r := &edge.Request{Method: "GET", URI: "/"}
	r.Header.Set("Accept-Language", "de, fr;q=0.5")
	fmt.Println(table.Explain(r))
	fmt.Println(table.Explain(&edge.Request{Method: "GET", URI: "/old/shop"}))
	fmt.Print(table.Explain(&edge.Request{Method: "GET", URI: "/old//evil.example"}))
	// Output:
	// GET "/":
	// rule / -> /fr/: passed over: its conditions do not hold
	// answer: none; the request goes on
	//
	// GET "/old/shop":
	// rule /old/* -> /:splat: redirects
	//   :splat = "shop"
	//   query: Drop
	// answer: 302 /shop
	//   Cache-Control: no-store
	//
	// GET "/old//evil.example":
	// rule /old/* -> /:splat: passed over: with these values it would leave the site
	//   :splat = "/evil.example"
	// answer: none; the request goes on
}

// The wrong way: a rule that asks who refers, and redirects everybody else, would
// also redirect those whose browser does not say. It does not: such requests pass.
func ExampleWhen_referer() {
	table := redirect.MustCompile(redirect.Config{Rules: []redirect.Rule{
		{From: "/images/*", To: "/no-hotlinks.html", Query: redirect.Drop, Unless: redirect.When{Referer: []string{"self", "*.example.com"}}},
	}})
	for _, referer := range []string{"https://www.example.com/gallery", "https://elsewhere.example/", ""} {
		r := &edge.Request{Method: "GET", URI: "/images/cat.jpg"}
		if referer != "" {
			r.Header.Set("Referer", referer)
		}
		m, _ := table.Lookup(r)
		fmt.Printf("%q -> %q\n", referer, m.Location)
	}
	// Output:
	// "https://www.example.com/gallery" -> ""
	// "https://elsewhere.example/" -> "/no-hotlinks.html"
	// "" -> ""
}
