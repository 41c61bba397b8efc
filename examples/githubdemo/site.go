package main

import (
	"fmt"
	"io/fs"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// newSite is the distribution in front of pages, the files of the bucket, as terraform/ sets it up. observe gets the trace of each request.
func newSite(functions edgesim.Functions, pages fs.FS, observe func(*edgesim.Trace)) (*edgesim.Simulator, error) {
	simulator, err := edgesim.New(edgesim.Config{
		Distribution: edgesim.Distribution{
			DefaultRootObject: "index.html",
			DefaultBehavior: edgesim.Behavior{
				// terraform/ uploads the pages with a Cache-Control of some minutes. Here a browser must not keep config.js: it has
				// another address after the next start. Without the header CloudFront keeps an object for a day.
				Origin:         &edgesim.S3Origin{FS: pages},
				ViewerProtocol: edgesim.RedirectToHTTPS,
				CachePolicy:    edgesim.CachingOptimized(),
				Compress:       true,
				Functions:      functions,
			},
			// A private bucket says 403 for what it does not have.
			ErrorResponses: []edgesim.ErrorResponse{{Status: 403, PagePath: "/404.html", ResponseCode: 404}},
		},
		Observe: observe,
	})
	if err != nil {
		return nil, fmt.Errorf("%w", err)
	}
	return simulator, nil
}
