package main

import (
	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/functions/originresponse"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/functions/viewerrequest"
)

// openFunctions returns the two functions, in this process.
func openFunctions(api string) (edgesim.Functions, error) {
	addHeaders, err := originresponse.Handler(api)
	if err != nil {
		return edgesim.Functions{}, err
	}
	both := &edge.Function{ViewerRequest: viewerrequest.Handler(), OriginResponse: addHeaders}
	return edgesim.Associate(both), nil
}
