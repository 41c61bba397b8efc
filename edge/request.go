package edge

// A Request is the request of an event: the viewer's in the viewer triggers, the
// one for the origin in the origin triggers.
type Request struct {
	Config Config

	// ClientIP is the viewer's address, IPv4 or IPv6; read-only. If the viewer
	// used a proxy or a load balancer it is that one's.
	ClientIP string

	// Method is the HTTP method; read-only.
	Method string

	// URI is the path, as it stands in the request line, beginning with a slash.
	// Changing it does not change the cache behavior or the origin that CloudFront
	// has chosen.
	URI string

	// QueryString is the query without its question mark, as the viewer sent it.
	// The origin triggers see what the behavior forwards.
	QueryString string

	// Header holds the headers that CloudFront shows to functions. Some may be read
	// only, depending on the trigger; the Host header is one of them.
	Header Header

	// Body is nil unless the function's association includes the body.
	Body *RequestBody

	// Origin is where CloudFront will send the request: a [*CustomOrigin] or an
	// [*S3Origin]. It is nil in the viewer triggers.
	Origin Origin
}

// A Config says where an event comes from. Changing it has no effect.
type Config struct {
	Trigger                Trigger
	DistributionID         string // such as EDFDVBD6EXAMPLE
	DistributionDomainName string // such as d111111abcdef8.cloudfront.net

	// RequestID is CloudFront's id of the request: the x-amz-cf-id header of the
	// viewer's answer and x-edge-request-id in the access logs.
	RequestID string
}

// Referer returns the Referer header, "" if there is none. It is the viewer's to
// choose and may be anything; package edgeurl has its parts.
func (r *Request) Referer() string { return r.Header.Get("referer") }

// SetOrigin makes o the request's origin and its domain name the Host header. Most
// origins, buckets and load balancers among them, refuse a request for another
// host. It has an effect in origin-request only.
//
// Where o is to get the viewer's Host header, set r.Origin alone.
func (r *Request) SetOrigin(o Origin) {
	r.Origin = o
	switch o := o.(type) {
	case *CustomOrigin:
		r.Header.Set("host", o.DomainName)
	case *S3Origin:
		r.Header.Set("host", o.DomainName)
	}
}
