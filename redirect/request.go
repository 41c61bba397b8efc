package redirect

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A request is what a table reads of an event. It is changed to follow redirects.
type request struct {
	event            *edge.Request
	method           string
	path             string // as it came
	normal           string // the same in normal form
	query            query
	redirectedHost   string // the host that a redirect has led to
	redirectedScheme string // the scheme that it has led to, if schemes are known

	locationBuffer []byte   // room for long Locations
	headerName     string   // of the header that was last asked for
	headerValues   []string // of that header
	lastParameter  parameterValue
}

// A parameterValue is the value of a parameter that has been looked up.
type parameterValue struct {
	raw, name, value string
	ok               bool
}

// parameter returns the encoded value of the first parameter with that name.
func (req *request) parameter(name string) (value string, ok bool) {
	if a := &req.lastParameter; a.name != name || a.raw != req.query.raw {
		a.raw, a.name = req.query.raw, name
		a.value, a.ok = parameter(a.raw, name)
	}
	return req.lastParameter.value, req.lastParameter.ok
}

// header returns the values of a header. Rules that look at one often follow each
// other.
func (req *request) header(name string) []string {
	if req.headerName != name {
		req.headerName, req.headerValues = name, req.event.Header.Values(name)
	}
	return req.headerValues
}

func newRequest(r *edge.Request) request {
	return request{event: r, method: r.Method, path: r.URI, query: query{r.QueryString, r.QueryString != ""}}
}

// normalize puts the path in normal form, in buf if it is not there already. A
// query in the URI, which CloudFront never puts there, becomes the query: in tests
// it is handy, and it tells "/a?" from "/a".
func (req *request) normalize(buf []byte) {
	if path, q := cutQuery(req.path); q.has {
		req.path = path
		if req.query.has {
			q.raw += "&" + req.query.raw
		}
		req.query = q
	}
	req.normal = string(appendNormal(buf, req.path))
}

// domain returns the domain of the distribution.
func (req *request) domain() string { return req.event.Config.DistributionDomainName }

// host returns the host that was asked for, without its port.
func (req *request) host() string {
	if req.redirectedHost != "" {
		return req.redirectedHost
	}
	if host := hostname(req.event.Header.Get("host")); host != "" {
		return host
	}
	return req.domain()
}

// cloudfront returns a header that CloudFront adds, "" where it is not known.
// CloudFront adds its headers after viewer-request; what a viewer-request function
// sees under their names is the viewer's (Developer Guide, Restrictions on
// Lambda@Edge).
func (req *request) cloudfront(name string) string {
	if req.event.Config.Trigger == edge.ViewerRequest {
		return ""
	}
	return req.event.Header.Get(name)
}

// isOwnHost reports whether host is a name of the site that was asked for.
func (req *request) isOwnHost(host string) bool {
	return host != "" && (strings.EqualFold(host, req.host()) || strings.EqualFold(host, req.domain()))
}

// hostname returns host without port.
func hostname(host string) string {
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		return host[:i]
	}
	return host
}

// knownScheme returns the scheme that the viewer used, "" if it is not known.
func (req *request) knownScheme() string {
	if req.redirectedScheme != "" {
		return req.redirectedScheme
	}
	return req.cloudfront("cloudfront-forwarded-proto")
}

// scheme returns the scheme that the viewer used, https if it is not known.
func (req *request) scheme() string {
	if s := req.knownScheme(); s != "" {
		return s
	}
	return "https"
}
