package awsconfig

import (
	"net/http"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// An originConfig is what a file says of an origin.
type originConfig struct {
	at, id, domain, path string
	headers              http.Header
	custom               bool
	protocol             string // http-only, https-only, match-viewer
	httpPort, httpsPort  int
	read, keepalive      time.Duration
	connect, completion  time.Duration
	attempts             int
	protocols            []string
}

// bindOrigin joins what the file says of an origin with what stands for it here.
func (r *reader) bindOrigin(c originConfig) {
	if c.id == "" {
		r.wrong("%s: an origin without an id", c.at)
		return
	}
	bound := r.bindings.Origins[c.id]
	if bound == nil {
		bound = r.bindings.Origins[c.domain]
	}
	switch o := bound.(type) {
	case nil:
		if !c.custom {
			r.wrong("%s: origin %q is a bucket (%s): say in Bindings.Origins which folder stands for it", c.at, c.id, c.domain)
			return
		}
		r.origins[c.id] = c.fill(&edgesim.CustomOrigin{URL: c.url()})
	case *edgesim.S3Origin:
		r.origins[c.id] = &edgesim.S3Origin{
			FS: o.FS, DomainName: first(o.DomainName, c.domain), Path: first(o.Path, c.path), Region: o.Region, AuthMethod: o.AuthMethod,
			CustomHeaders: firstHeaders(o.CustomHeaders, c.headers), ReadTimeout: first(o.ReadTimeout, c.read),
			ListBucket: o.ListBucket, ContentTypes: o.ContentTypes, CacheControl: first(o.CacheControl, r.objects.cacheControl),
		}
		if o.ContentTypes == nil {
			r.origins[c.id].(*edgesim.S3Origin).ContentTypes = r.objects.contentTypes
		}
	case *edgesim.CustomOrigin:
		copied := *o
		r.origins[c.id] = c.fill(&copied)
	default:
		r.origins[c.id] = bound
	}
}

// fill puts what the file says into the fields that are empty.
func (c originConfig) fill(o *edgesim.CustomOrigin) *edgesim.CustomOrigin {
	o.DomainName, o.Path = first(o.DomainName, c.domain), first(o.Path, c.path)
	o.CustomHeaders = firstHeaders(o.CustomHeaders, c.headers)
	o.ReadTimeout, o.Keepalive = first(o.ReadTimeout, c.read), first(o.Keepalive, c.keepalive)
	o.Connect, o.Completion, o.Attempts = first(o.Connect, c.connect), first(o.Completion, c.completion), first(o.Attempts, c.attempts)
	if o.Protocols == nil {
		o.Protocols = c.protocols
	}
	return o
}

// url is the address of a custom origin that is asked over the network. Viewers count as https, so match-viewer
// is https.
func (c originConfig) url() string {
	if c.protocol == "http-only" {
		return "http://" + c.domain + port(c.httpPort, 80)
	}
	return "https://" + c.domain + port(c.httpsPort, 443)
}

// bindFunction finds the function of an association.
func (r *reader) bindFunction(at, arn, trigger string, includeBody bool, functions *edgesim.Functions) {
	unversioned := arn
	if parts := strings.Split(arn, ":"); len(parts) == 8 { // arn:aws:lambda:us-east-1:123456789012:function:name:1
		unversioned = strings.Join(parts[:7], ":")
	}
	name := unversioned[strings.LastIndexByte(unversioned, ':')+1:]
	var found edgesim.Function
	for _, key := range []string{arn, unversioned, name, trigger} {
		if f := r.bindings.Functions[key]; key != "" && f != nil {
			found = f
			break
		}
	}
	if found == nil {
		r.wrong("%s: %s runs %q: say in Bindings.Functions what stands for it", at, trigger, arn)
		return
	}
	a := edgesim.Association{Function: found, Name: first(name, trigger), IncludeBody: includeBody}
	switch trigger {
	case "viewer-request":
		functions.ViewerRequest = a
	case "origin-request":
		functions.OriginRequest = a
	case "origin-response":
		functions.OriginResponse = a
	case "viewer-response":
		functions.ViewerResponse = a
	default:
		r.wrong("%s: event type %q, want viewer-request, origin-request, origin-response or viewer-response", at, trigger)
	}
}

// first is the first of the values that is not zero.
func first[T comparable](values ...T) (v T) {
	var zero T
	for _, v = range values {
		if v != zero {
			return v
		}
	}
	return v
}

func firstHeaders(a, b http.Header) http.Header {
	if len(a) > 0 {
		return a
	}
	return b
}
