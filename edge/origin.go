package edge

import "slices"

// An Origin is where CloudFront gets an object from. Only three kinds implement
// it: [*CustomOrigin], [*S3Origin], and one that stands for an origin of a kind
// that this package does not know, which goes back as it came.
//
// A function may change the members of the origin that it is given, or put a new
// one in its place, even one that the distribution does not define. What CloudFront
// sends to a changed origin still carries the old Host header:
// [Request.SetOrigin] sets both.
type Origin interface{ origin() }

func (*CustomOrigin) origin()  {}
func (*S3Origin) origin()      {}
func (*unknownOrigin) origin() {}

// A CustomOrigin is an HTTP server, such as a load balancer or a bucket's website
// endpoint.
//
// In a CustomOrigin that a handler makes, a zero KeepaliveTimeout, Port, Protocol,
// ReadTimeout or SSLProtocols stands for 5 seconds, the protocol's port, https, 30
// seconds and TLSv1.2: what CloudFront sets where nothing else is chosen, with the
// one version of TLS that is still good.
type CustomOrigin struct {
	CustomHeaders             Header   // added to the request; none that the request already has
	DomainName                string   // a host name, no address and no port; at most 253 bytes
	KeepaliveTimeout          int      // in seconds, 1 to 120
	Path                      string   // "" or a path that begins with a slash and does not end with one
	Port                      int      // 80, 443 or 1024 to 65535
	Protocol                  string   // http or https
	ReadTimeout               int      // in seconds, 1 to 120
	ResponseCompletionTimeout int      // in seconds, at least ReadTimeout; 0 removes the limit
	SSLProtocols              []string // TLSv1.2, TLSv1.1, TLSv1, SSLv3

	extra string // the origin as it came, for the members that are not above
}

// An S3Origin is a bucket.
type S3Origin struct {
	AuthMethod                string // origin-access-identity or none; with an origin access control it is none
	CustomHeaders             Header // added to the request; none that the request already has
	DomainName                string // the bucket's name in DNS, such as name.s3.eu-west-1.amazonaws.com
	Path                      string // "" or a path that begins with a slash and does not end with one
	Region                    string // needed with origin-access-identity
	ReadTimeout               int    // in seconds; 0 leaves it out
	ResponseCompletionTimeout int    // in seconds; 0 removes the limit

	extra string // the origin as it came, for the members that are not above
}

// An unknownOrigin is an origin of a kind that this package does not know. It
// keeps its text.
type unknownOrigin struct{ text string }

// Equal reports whether o and p have the same fields.
func (o *CustomOrigin) Equal(p *CustomOrigin) bool {
	if o == nil || p == nil {
		return o == p
	}
	return o.CustomHeaders.Equal(p.CustomHeaders) && o.DomainName == p.DomainName &&
		o.KeepaliveTimeout == p.KeepaliveTimeout && o.Path == p.Path && o.Port == p.Port &&
		o.Protocol == p.Protocol && o.ReadTimeout == p.ReadTimeout &&
		o.ResponseCompletionTimeout == p.ResponseCompletionTimeout &&
		slices.Equal(o.SSLProtocols, p.SSLProtocols)
}

// Equal reports whether o and p have the same fields.
func (o *S3Origin) Equal(p *S3Origin) bool {
	if o == nil || p == nil {
		return o == p
	}
	return o.AuthMethod == p.AuthMethod && o.CustomHeaders.Equal(p.CustomHeaders) &&
		o.DomainName == p.DomainName && o.Path == p.Path && o.Region == p.Region &&
		o.ReadTimeout == p.ReadTimeout &&
		o.ResponseCompletionTimeout == p.ResponseCompletionTimeout
}

// sameOrigin reports whether o is the origin that came, untouched.
func sameOrigin(o, came Origin) bool {
	switch o := o.(type) {
	case *CustomOrigin:
		came, ok := came.(*CustomOrigin)
		return ok && o != nil && o.extra == came.extra && o.Equal(came)
	case *S3Origin:
		came, ok := came.(*S3Origin)
		return ok && o != nil && o.extra == came.extra && o.Equal(came)
	}
	return o == came
}

// withDefaults returns a copy of o with the documented stand-ins for zero fields.
func (o *CustomOrigin) withDefaults() *CustomOrigin {
	c := *o
	if c.KeepaliveTimeout == 0 {
		c.KeepaliveTimeout = 5
	}
	if c.Protocol == "" {
		c.Protocol = "https"
	}
	if c.Port == 0 {
		c.Port = 443
		if c.Protocol == "http" {
			c.Port = 80
		}
	}
	if c.ReadTimeout == 0 {
		c.ReadTimeout = 30
	}
	if len(c.SSLProtocols) == 0 {
		c.SSLProtocols = []string{"TLSv1.2"}
	}
	return &c
}

// withDefaults returns a copy of o with the documented stand-in for a zero field.
func (o *S3Origin) withDefaults() *S3Origin {
	c := *o
	if c.AuthMethod == "" {
		c.AuthMethod = "none"
	}
	return &c
}
