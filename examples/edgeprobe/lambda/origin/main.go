// Command origin is the origin behind the probe's distribution: a function of Lambda behind a function URL that streams its answers.
package main

import (
	"github.com/aws/aws-lambda-go/lambdaurl"

	"github.com/edgehelpers/lambdaedge/examples/edgeprobe/origin"
)

func main() {
	lambdaurl.Start(origin.Handler{NoInterim: true}) // lambdaurl takes the first status for the last
}
