// Command idle has a handler for nothing.
package main

import "github.com/edgehelpers/lambdaedge/edge"

func main() { edge.Start(&edge.Function{}) }
