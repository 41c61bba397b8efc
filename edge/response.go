package edge

// A Response is the origin's or the cache's answer in the response triggers, and
// what a [RequestHandler] answers by itself.
type Response struct {
	// Request is what the response answers: in origin-response the request that
	// went to the origin, in viewer-response the viewer's. CloudFront ignores
	// changes to it. It is nil in a response that a RequestHandler makes.
	Request *Request

	// StatusCode is from 200 to 599. In viewer-response it must stay as it is.
	StatusCode int

	// Status is the status description, such as "Not Found". If it is "" in a
	// response that a RequestHandler makes, CloudFront sends its own.
	Status string

	// Header holds the response's headers.
	Header Header

	// Body replaces the body. A function never sees the origin's body; the zero
	// Body leaves it as it is.
	Body Body
}
