// Send sends policies, as functions at the edge do.
package main

import (
	"fmt"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/csptable"
)

func main() {
	template, err := csp.NewTemplate(csp.StrictByNonce)
	if err != nil {
		panic(err)
	}
	nonce, err := csp.ParseNonce("2dTJ8q3bB8Z1c0mYwq7VxA")
	if err != nil {
		panic(err)
	}
	text, err := template.Fill(nonce, csp.Delivery{CacheControl: "no-store", OwnBody: true})
	fmt.Println(text, err, csp.API())
	headers, err := csp.Rollout{Enforced: csp.API()}.Headers()
	if err != nil {
		panic(err)
	}
	for name, value := range headers {
		fmt.Println(name, value)
	}
	table, err := csptable.Parse("/\tdefault-src 'none'\n")
	fmt.Println(table.Lookup("/"))
	fmt.Println(err)
}
