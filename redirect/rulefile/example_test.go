package rulefile_test

import (
	"fmt"
	"slices"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

func Example() {
	file, err := rulefile.Parse(`
/news/*   /blog/:splat   302
/store    id=:id         /products/:id
/         /cn            302  Country=cn,tw

# expect: GET /news/today?page=2 -> 302 /blog/today?page=2
# expect: GET /store?id=7 -> 301 /products/7
# expect: GET / Country=de -> pass
`, rulefile.Netlify)
	if err != nil {
		fmt.Println(err)
		return
	}
	table, err := file.Compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(file.Expectations), "expectations:", file.Test(table))
	// Output: 3 expectations: <nil>
}

func ExampleParse_mistakes() {
	file, err := rulefile.Parse("/a  /b  3O1\n/c  /d  302  Contry=de\n/*  /index.html  200\n", rulefile.Netlify)
	fmt.Println(err)
	for _, note := range file.Notes {
		fmt.Println(note)
	}
	// Output:
	// 1:9: syntax: status "3O1"; must be 301, 302, 303, 307 or 308; did you mean 301?
	// 2:14: syntax: unknown condition "Contry"; did you mean "Country"?
	// 3:18: unsupported: status 200 asks for a rewrite, which is no redirect: such requests pass on to the origin; for pages of an application set the distribution's error pages
}

// To change rules, collect them.
func ExampleFile_Rules() {
	file, err := rulefile.Parse("/a /b 301\n/c /d 301\n", rulefile.Netlify)
	if err != nil {
		fmt.Println(err)
		return
	}
	c := file.Config
	c.Rules = slices.Collect(file.Rules())
	for i := range c.Rules {
		c.Rules[i].CacheControl = "no-store"
	}
	table, err := redirect.Compile(c)
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := rulefile.NewRequest("GET", "/c")
	if err != nil {
		fmt.Println(err)
		return
	}
	m, _ := table.Lookup(r)
	fmt.Println(m.Status, m.Location, m.CacheControl)
	// Output: 301 /d no-store
}
