package awsconfig

import (
	"cmp"
	"net/http"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// bindOrigin joins what the file says of an origin with what stands for it here.
func (r *reader) bindOrigin(c originConfig) {
	if c.id == "" {
		r.wrong("%s: an origin without an id", c.at)
		return
	}
	if r.origins[c.id] != nil {
		r.wrong("%s: a second origin with the id %q", c.at, c.id)
		return
	}
	r.private[c.id] = c.kind == private
	bound, ok := r.bindings.Origins[c.id]
	if !ok {
		bound = r.bindings.Origins[c.domain]
	}
	if bound == nil && r.bindings.Resolver != nil {
		bound = r.bindings.Resolver.Origin(OriginName{At: c.at, ID: c.id, DomainName: c.domain, Bucket: c.kind == bucket, Private: c.kind == private})
	}
	switch o := bound.(type) {
	case *edgesim.S3Origin:
		r.bindFolder(c, o)
	case *edgesim.WebsiteOrigin:
		r.bindWebsite(c, o)
	case *edgesim.CustomOrigin:
		if c.kind == bucket {
			r.note("%s: a bucket, with an HTTP server in its place: functions see origin.custom; at CloudFront they see origin.s3", c.at)
		}
		copied := *o
		r.origins[c.id] = c.fill(&copied)
	case nil:
		r.unbound(c)
	default:
		r.wrong("%s: Bindings.Origins has a %T for %q, want an *edgesim.S3Origin, an *edgesim.WebsiteOrigin or an *edgesim.CustomOrigin", c.at, bound, c.id)
	}
}

// unbound is an origin for which nothing stands: a server that is asked over the network.
func (r *reader) unbound(c originConfig) {
	switch {
	case c.kind == bucket:
		r.wrong("%s: origin %q is a bucket (%s): say in Bindings.Origins which folder stands for it", c.at, c.id, c.domain)
	case c.kind == private:
		r.wrong("%s: origin %q is in a VPC (%s): say in Bindings.Origins what stands for it", c.at, c.id, c.domain)
	case c.domain == "":
		r.wrong("%s: the domain name of origin %q is not known: say in Bindings.Origins what stands for it", c.at, c.id)
	default:
		r.origins[c.id] = c.fill(&edgesim.CustomOrigin{})
	}
}

// bindFolder binds a folder: as the website that the file says the bucket is, or as a bucket.
func (r *reader) bindFolder(c originConfig, o *edgesim.S3Origin) {
	if r.website(c) == nil {
		r.bindBucket(c, o)
		return
	}
	r.bindWebsite(c, &edgesim.WebsiteOrigin{
		FS: o.FS, DomainName: o.DomainName, Path: o.Path, CustomHeaders: o.CustomHeaders, ReadTimeout: o.ReadTimeout, Completion: o.Completion,
		ContentTypes: o.ContentTypes, CacheControl: o.CacheControl,
	})
}

// bindBucket fills the fields of a folder that are empty with what the file says. The copy is made field by field
// because the origin holds what it learned of its files.
func (r *reader) bindBucket(c originConfig, o *edgesim.S3Origin) {
	s := &edgesim.S3Origin{
		FS: o.FS, DomainName: cmp.Or(o.DomainName, c.domain), Path: cmp.Or(o.Path, c.path), Region: cmp.Or(o.Region, c.region),
		AuthMethod: cmp.Or(o.AuthMethod, c.authMethod), CustomHeaders: firstHeaders(o.CustomHeaders, c.headers),
		ReadTimeout: cmp.Or(o.ReadTimeout, c.read), Completion: cmp.Or(o.Completion, c.completion),
		Public:     o.Public || c.kind == bucket && !c.signed,
		ListBucket: o.ListBucket, ContentTypes: o.ContentTypes, CacheControl: cmp.Or(o.CacheControl, r.objects.cacheControl),
	}
	if s.ContentTypes == nil {
		s.ContentTypes = r.objects.contentTypes
	}
	r.origins[c.id] = s
	r.without = append(r.without, c.retries...)
	switch {
	case isWebsite(c.domain):
		r.note("%s: a bucket's website, with a folder in its place: functions see origin.s3, and the folder has no index and error documents; "+
			"at CloudFront they see origin.custom, and the website has them: bind an edgesim.WebsiteOrigin", c.at)
	case c.kind != bucket:
		r.note("%s: an HTTP server, with a folder in its place: functions see origin.s3; at CloudFront they see origin.custom", c.at)
	case !c.signed:
		r.note("%s: neither an origin access control nor an identity: objects are served; S3 answers 403 unless they are public", c.at)
	}
	for key, to := range r.objects.redirects {
		r.note("aws_s3_object with the key %q: the object is served without website_redirect; S3 sends %q", key, to)
	}
	if s.DomainName == "" {
		r.note("%s: the bucket's domain name is not known: functions see %s", c.at, exampleBucket)
	}
	if s.AuthMethod == identity && s.Region == "" {
		r.note("%s: no Region in the domain name %q: functions see an empty one; at CloudFront they see the bucket's", c.at, s.DomainName)
	}
}

// fill puts what the file says into the fields that are empty.
func (c originConfig) fill(o *edgesim.CustomOrigin) *edgesim.CustomOrigin {
	o.DomainName, o.Path = cmp.Or(o.DomainName, c.domain), cmp.Or(o.Path, c.path)
	o.CustomHeaders = firstHeaders(o.CustomHeaders, c.headers)
	o.Protocol, o.HTTPPort, o.HTTPSPort = cmp.Or(o.Protocol, c.protocol), cmp.Or(o.HTTPPort, c.httpPort), cmp.Or(o.HTTPSPort, c.httpsPort)
	o.ReadTimeout, o.Keepalive = cmp.Or(o.ReadTimeout, c.read), cmp.Or(o.Keepalive, c.keepalive)
	o.Connect, o.Completion, o.Attempts = cmp.Or(o.Connect, c.connect), cmp.Or(o.Completion, c.completion), cmp.Or(o.Attempts, c.attempts)
	if o.Protocols == nil {
		o.Protocols = c.protocols
	}
	return o
}

// exampleBucket is the domain name that functions see of an [edgesim.S3Origin] without one.
const exampleBucket = "amzn-s3-demo-bucket.s3.us-east-1.amazonaws.com"

func firstHeaders(a, b http.Header) http.Header {
	if len(a) > 0 {
		return a
	}
	return b
}
