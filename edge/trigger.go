package edge

// A Trigger is the point in CloudFront's handling of a request at which a
// function runs. Its value is the eventType of the event.
//
// See https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html.
type Trigger string

// The four triggers, in the order in which CloudFront comes to them.
const (
	ViewerRequest  Trigger = "viewer-request"  // for every request, before the cache
	OriginRequest  Trigger = "origin-request"  // on a miss, before the origin is asked
	OriginResponse Trigger = "origin-response" // on a miss, before the answer is cached
	ViewerResponse Trigger = "viewer-response" // before the viewer gets the answer
)
