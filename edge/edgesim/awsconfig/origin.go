package awsconfig

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// An originConfig is what a file says of an origin.
type originConfig struct {
	at, id, domain, path string
	kind                 originKind
	headers              http.Header

	protocol            edgesim.OriginProtocol
	httpPort, httpsPort int
	read, keepalive     time.Duration
	connect, completion time.Duration
	attempts            int
	protocols           []string

	authMethod, region string
	signed             bool     // an identity or an access control signs CloudFront's requests
	retries            []string // where the file says something else than the default of connection attempts and timeout
}

type originKind int

const (
	bucket originKind = iota // neither of the others: an S3 origin
	custom
	private // in a VPC
)

// readOrigin reads an origin and binds what stands for it.
func (r *reader) readOrigin(n *node) {
	o := originConfig{
		at: n.at, id: n.text(n.either("Id", "origin_id")), domain: n.text("DomainName"), path: n.text("OriginPath"),
		attempts: n.positive("ConnectionAttempts", 3), connect: n.timeout("ConnectionTimeout", 10*time.Second),
		completion: n.seconds("ResponseCompletionTimeout", 0),
	}
	if o.attempts != 3 {
		o.retries = append(o.retries, n.path("ConnectionAttempts"))
	}
	if o.connect != 10*time.Second {
		o.retries = append(o.retries, n.path("ConnectionTimeout"))
	}
	for _, h := range n.nodes(n.either("CustomHeaders", "OriginCustomHeaders", "custom_header")) {
		if o.headers == nil {
			o.headers = http.Header{}
		}
		o.headers.Add(h.text(h.either("HeaderName", "name")), h.text(h.either("HeaderValue", "value")))
	}
	of := n.child("CustomOriginConfig")
	switch vpc := n.child("VpcOriginConfig"); {
	case of.exists():
		o.kind, o.protocol = custom, r.originProtocol(of)
		o.httpPort, o.httpsPort = of.positive("HTTPPort", 80), of.positive("HTTPSPort", 443)
		o.protocols = of.texts("OriginSslProtocols")
	case vpc.exists():
		o.kind, of = private, vpc
	default:
		of = n.child("S3OriginConfig")
	}
	o.read = of.timeout("OriginReadTimeout", 30*time.Second)
	if o.kind != bucket {
		o.keepalive = of.timeout("OriginKeepaliveTimeout", 5*time.Second)
	}
	o.access(r, n)
	r.bindOrigin(o)
}

// originProtocol reads an origin protocol policy. CloudFront has no default for it.
func (r *reader) originProtocol(n *node) edgesim.OriginProtocol {
	at := n.path("OriginProtocolPolicy")
	switch p := edgesim.OriginProtocol(n.text("OriginProtocolPolicy")); p {
	case edgesim.OriginHTTPOnly, edgesim.OriginHTTPSOnly, edgesim.OriginMatchViewer:
		return p
	case "":
		r.note("%s: missing: CloudFront refuses this; the origin is asked by https", at)
	default:
		r.wrong("%s: got %q, want http-only, https-only or match-viewer", at, p)
	}
	return edgesim.OriginHTTPSOnly
}

// identity is what functions see as authMethod of a bucket with an origin access identity
// (lambda-event-structure.html). With an origin access control they see none.
const identity = "origin-access-identity"

// access reads how CloudFront may read from the origin: the origin access identity of a bucket, or an origin access
// control of any kind of origin.
func (c *originConfig) access(r *reader, n *node) {
	s3 := n.child("S3OriginConfig")
	if s3.text("OriginAccessIdentity") != "" || s3.unknown("OriginAccessIdentity") {
		c.signed, c.authMethod, c.region = true, identity, bucketRegion(cmp.Or(c.domain, exampleBucket))
	}
	if n.text("OriginAccessControlId") == "" && !n.unknown("OriginAccessControlId") {
		return
	}
	if c.signed && n.text("OriginAccessControlId") != "" {
		r.note("%s: CloudFront refuses it beside an origin access identity", n.path("origin_access_control_id"))
	}
	c.signed = true
	if c.kind != bucket {
		r.note("%s: requests to the origin are not signed; CloudFront signs them, and a Lambda function URL answers 403 to a PUT or POST "+
			"without the viewer's x-amz-content-sha256", n.path("origin_access_control_id"))
	}
}

// bucketRegion reads the Region off a bucket's domain name: NAME.s3.REGION.amazonaws.com, the older
// NAME.s3-REGION.amazonaws.com, or NAME.s3.amazonaws.com, which is in us-east-1 in AWS's examples of events.
func bucketRegion(domain string) string {
	host, ok := strings.CutSuffix(strings.TrimSuffix(domain, ".cn"), ".amazonaws.com")
	if !ok {
		return ""
	}
	labels := strings.Split(host, ".")
	last := labels[len(labels)-1]
	switch region, dashed := strings.CutPrefix(last, "s3-"); {
	case last == "s3":
		return "us-east-1"
	case dashed && region != "accelerate": // an endpoint without a Region in its name
		return region
	case strings.HasSuffix(host, ".s3."+last), strings.HasSuffix(host, ".s3.dualstack."+last):
		return last
	}
	return ""
}
