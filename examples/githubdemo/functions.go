package main

import (
	"context"
	"io"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/functions/originresponse"
	"github.com/edgehelpers/lambdaedge/examples/githubdemo/functions/viewerrequest"
)

// openFunctions returns the two functions, in this process or as their packages, and a function that ends them.
func openFunctions(ctx context.Context, s settings, api string, stdout io.Writer) (edgesim.Functions, func(), error) {
	if s.packages {
		return openPackages(ctx, api, stdout)
	}
	addHeaders, err := originresponse.Handler(api)
	if err != nil {
		return edgesim.Functions{}, nil, err
	}
	both := &edge.Function{ViewerRequest: viewerrequest.Handler(), OriginResponse: addHeaders}
	return edgesim.Associate(both), func() {}, nil
}
