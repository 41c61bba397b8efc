package edgesim

import (
	"context"
	"time"

	"github.com/edgehelpers/lambdaedge/edge"
)

// The names that a distribution has when its fields are empty: AWS's own example values.
const (
	DefaultDomainName     = "d111111abcdef8.cloudfront.net"
	DefaultDistributionID = "EDFDVBD6EXAMPLE"
)

// A Distribution is the configuration of what the simulator plays.
type Distribution struct {
	DomainName        string   // what functions see as the viewer's host; "" is [DefaultDomainName]
	ID                string   // "" is [DefaultDistributionID]
	Aliases           []string // further domain names that viewers may use, in lower case; "*." may stand before one and is any name below it
	DefaultRootObject string   // for instance "index.html"; answers requests for "/"; must not begin with a slash

	Behaviors       []Behavior // the first whose PathPattern matches serves the request
	DefaultBehavior Behavior   // serves what no other behaviour matches; its PathPattern is ignored

	// Origins are the origins by their ids, for functions that choose one. A CloudFront Function names it by the id (selectRequestOriginById,
	// createRequestOriginGroup); one that changes an origin's domain name, a Lambda@Edge function's [edge.Request.SetOrigin] for instance, gets
	// the origin that has the name. If none has it, the server of that name is asked over the network. Those of behaviours need not be
	// here. Groups cannot be.
	Origins map[string]Origin

	ErrorResponses []ErrorResponse // custom error pages and error caching times
	GeoRestriction GeoRestriction  // by the viewer's country; zero: none
}

// A Behavior is a cache behaviour: what happens to the requests of one path pattern. Only Origin is required.
type Behavior struct {
	PathPattern string // "*" is any number of characters, "?" exactly one; the leading slash is optional; case counts
	Origin      Origin // asked when the cache has no answer

	ViewerProtocol ViewerProtocol // zero: http and https are both served
	AllowedMethods []string       // nil is GET and HEAD; OPTIONS may be added, or all seven; others get a 403
	CachedMethods  []string       // nil is GET and HEAD; OPTIONS may be added to these two

	// TrustedKeyGroups are the keys that may sign. With one group or more, requests without a valid signed URL or
	// signed cookies get a 403 ("Serve private content with signed URLs and signed cookies").
	TrustedKeyGroups []KeyGroup

	// CachePolicy says what the cache key is made of and how long an object is fresh. Nil is a behaviour without
	// a policy: CloudFront's older settings with their defaults (fresh for 24 hours when the origin does not
	// say) and the whole query string in the key.
	CachePolicy         *CachePolicy
	OriginRequestPolicy *OriginRequestPolicy // what goes to the origin in addition to the cache key; nil is nothing

	// ResponseHeadersPolicy changes the headers of answers on their way to the viewer; nil changes none.
	ResponseHeadersPolicy *ResponseHeadersPolicy

	Compress bool // compress objects automatically, in the formats that the cache policy has; without a policy with gzip

	Functions           Functions
	CloudFrontFunctions CloudFrontFunctions
}

// Functions are the Lambda@Edge associations of a behaviour.
type Functions struct {
	ViewerRequest, OriginRequest, OriginResponse, ViewerResponse Association
}

// An Association joins a function to a trigger. The zero value is no function.
type Association struct {
	Function    Function
	Name        string        // shown in traces; "" is the trigger's name
	IncludeBody bool          // show the request's body to the function; request triggers only
	Timeout     time.Duration // 0 is 30 seconds, the documented maximum
	Fault       Fault         // what goes wrong on purpose; zero: nothing
}

// A Function is what a trigger runs: event JSON in, answer JSON out. *[edge.Function] is one, as is any Handler of
// github.com/aws/aws-lambda-go/lambda. An error is the function's own failure (CloudFront's 503), unless it holds an
// *[edge.FieldError]: then the function worked and its answer is one that CloudFront refuses (502).
//
// It is called in a goroutine of its own, which is left to itself when the time of its association is over. One that has a method
// Limit() time.Duration, as [*OpenPackage] has, and gives no more than that time, is called in the request's own: it must end by then,
// whatever its context, and not panic. One that has a method Version() string is asked which version of it answers, for the trace.
type Function interface {
	Invoke(ctx context.Context, event []byte) ([]byte, error)
}

// Associate gives the associations of f: one for each trigger that it has a handler for.
func Associate(f *edge.Function) Functions {
	var a Functions
	if f.ViewerRequest != nil {
		a.ViewerRequest.Function = f
	}
	if f.OriginRequest != nil {
		a.OriginRequest.Function = f
	}
	if f.OriginResponse != nil {
		a.OriginResponse.Function = f
	}
	if f.ViewerResponse != nil {
		a.ViewerResponse.Function = f
	}
	return a
}

// ViewerProtocol is a behaviour's viewer protocol policy. The simulator counts every viewer as one that came by
// https, as browsers that visit the distribution's domain do, unless the request says otherwise with
// X-Mock-CloudFront-Forwarded-Proto: http.
type ViewerProtocol string

// The viewer protocol policies, spelled as in CloudFront's API.
const (
	AllowAll        ViewerProtocol = "allow-all"
	HTTPSOnly       ViewerProtocol = "https-only"
	RedirectToHTTPS ViewerProtocol = "redirect-to-https"
)

// An ErrorResponse is a custom error response: what happens when the answer of the origin has the status.
type ErrorResponse struct {
	Status       int           // 400, 403, 404, 405, 414, 416, 500, 501, 502, 503 or 504
	CachingTTL   time.Duration // error caching minimum TTL; it is taken as it is, so that 0 is 0
	PagePath     string        // path of the page to send instead, with its leading slash; "" sends the origin's answer
	ResponseCode int           // status that the viewer gets with the page; 0 is Status
}

// defaultErrorTTL is the error caching minimum TTL of a status that has no [ErrorResponse].
const defaultErrorTTL = 10 * time.Second
