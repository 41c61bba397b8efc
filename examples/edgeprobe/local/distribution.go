// Package local is the distribution that the questions are for, as the simulator plays it. One that is deployed has to be of the same shape.
package local

import (
	"net/http"
	"testing/fstest"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// Parts are what the distribution is made of.
type Parts struct {
	Asked  edgesim.Function                // the function that is told by the query string
	Body   *edgesim.OpenCloudFrontFunction // the one that answers with a body
	Origin http.Handler
	Log    *Log                // what Asked writes; nil: no log is read
	Keys   []edgesim.PublicKey // that are trusted below /signed/
}

// Distribution puts the parts together.
func Distribution(p Parts) edgesim.Distribution {
	origin := &edgesim.CustomOrigin{DomainName: "origin.lambda-url.us-east-1.on.aws", Handler: p.Origin}
	a := edgesim.Association{Function: p.Asked, Name: "asked"}
	withBody := a
	withBody.IncludeBody = true
	asked := edgesim.Behavior{
		PathPattern: "/ask/*", Origin: origin, Compress: true, CachePolicy: cachePolicy(24 * time.Hour), OriginRequestPolicy: originRequestPolicy(),
		AllowedMethods: []string{"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"},
		Functions:      edgesim.Functions{ViewerRequest: withBody, OriginRequest: withBody, OriginResponse: a, ViewerResponse: a},
	}
	zero, signed := asked, asked
	zero.PathPattern, zero.CachePolicy = "/zero/*", cachePolicy(0)
	signed.PathPattern, signed.TrustedKeyGroups = "/signed/*", []edgesim.KeyGroup{{Name: "edgeprobe", Keys: p.Keys}}
	signed.OriginRequestPolicy = edgesim.AllViewerExceptHostHeader()
	bucket := &edgesim.S3Origin{FS: fstest.MapFS{"index.html": {Data: []byte("<!doctype html><title>edgeprobe</title>")}}}
	return edgesim.Distribution{
		DefaultRootObject: "index.html",
		Behaviors: []edgesim.Behavior{asked, zero, signed, {
			PathPattern: "/body/*", Origin: bucket, CachePolicy: edgesim.CachingDisabled(),
			CloudFrontFunctions: edgesim.CloudFrontFunctions{ViewerRequest: p.Body},
		}},
		DefaultBehavior: edgesim.Behavior{
			Origin: bucket, CachePolicy: cachePolicy(24 * time.Hour),
			Functions: edgesim.Functions{ViewerRequest: a, OriginRequest: a},
		},
	}
}

// cachePolicy has every query string in the key, and takes what the origin says from 0 on.
func cachePolicy(byDefault time.Duration) *edgesim.CachePolicy {
	return &edgesim.CachePolicy{
		Name: "edgeprobe", DefaultTTL: byDefault, MaxTTL: 365 * 24 * time.Hour, QueryStrings: edgesim.All(), Gzip: true, Brotli: true,
	}
}

// originRequestPolicy has no cookies: where they go to the origin, CloudFront neither collapses requests nor answers with a 304 of its own.
func originRequestPolicy() *edgesim.OriginRequestPolicy {
	return &edgesim.OriginRequestPolicy{Name: "edgeprobe", Headers: edgesim.Only("X-Probe-Fail"), QueryStrings: edgesim.All()}
}
