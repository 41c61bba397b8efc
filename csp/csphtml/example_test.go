package csphtml_test

import (
	"fmt"
	"strings"
	"testing/fstest"

	"github.com/edgehelpers/lambdaedge/csp/csphtml"
)

func ExampleHashHTML() {
	page, err := csphtml.HashHTML(strings.NewReader(`<!DOCTYPE html>
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
	// loads: [{script-src /app.js false element}]
}

// When a site is built, its pages are read and each gets its own policy; csplint
// -table does the same. At the edge the table is embedded in the program, and looking
// a page up is all there is to do.
func ExampleHashFS() {
	site := fstest.MapFS{ // os.DirFS("public")
		"index.html":      {Data: []byte(`<script>start()</script>`)},
		"docs/index.html": {Data: []byte(`<link rel="stylesheet" href="/style.css">`)},
	}
	pages, err := csphtml.HashFS(site)
	if err != nil {
		fmt.Println(err)
		return
	}
	table, err := csphtml.NewTable(pages, csphtml.StaticSite)
	if err != nil {
		fmt.Println(err)
		return
	}
	policy, ok := table.Lookup("/docs/")
	fmt.Println(ok, policy)
	// Output:
	// true default-src 'self'; script-src 'none'; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'
}
