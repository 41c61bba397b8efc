package redirect

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A request is what a table reads of an event. It is changed to follow redirects.
type request struct {
	event  *edge.Request
	method string
	path   string // as it came
	normal string // the same in normal form
	query  query
	moved  string // the host that a redirect has led to
	proto  string // the scheme that it has led to, if schemes are known

	scratch []byte   // room for long Locations
	name    string   // of the header that was last asked for
	values  []string // of that header
	asked   parameterValue
}

// A parameterValue is the value of a parameter that has been looked up.
type parameterValue struct {
	raw, name, value string
	ok               bool
}

// parameter returns the encoded value of the first parameter with that name.
func (v *request) parameter(name string) (value string, ok bool) {
	if a := &v.asked; a.name != name || a.raw != v.query.raw {
		a.raw, a.name = v.query.raw, name
		a.value, a.ok = parameter(a.raw, name)
	}
	return v.asked.value, v.asked.ok
}

// header returns the values of a header. Rules that look at one often follow each
// other.
func (v *request) header(name string) []string {
	if v.name != name {
		v.name, v.values = name, v.event.Header.Values(name)
	}
	return v.values
}

func newRequest(r *edge.Request) request {
	return request{event: r, method: r.Method, path: r.URI, query: query{r.QueryString, r.QueryString != ""}}
}

// normalize puts the path in normal form, in buf if it is not there already. A
// query in the URI, which CloudFront never puts there, becomes the query: in tests
// it is handy, and it tells "/a?" from "/a".
func (v *request) normalize(buf []byte) {
	if path, q := cutQuery(v.path); q.has {
		v.path = path
		if v.query.has {
			q.raw += "&" + v.query.raw
		}
		v.query = q
	}
	v.normal = string(appendNormal(buf, v.path))
}

// domain returns the domain of the distribution.
func (v *request) domain() string { return v.event.Config.DistributionDomainName }

// host returns the host that was asked for, without its port.
func (v *request) host() string {
	if v.moved != "" {
		return v.moved
	}
	if host := hostname(v.event.Header.Get("host")); host != "" {
		return host
	}
	return v.domain()
}

// cloudfront returns a header that CloudFront adds, "" where it is not known.
// CloudFront adds its headers after viewer-request; what a viewer-request function
// sees under their names is the viewer's (Developer Guide, Restrictions on
// Lambda@Edge).
func (v *request) cloudfront(name string) string {
	if v.event.Config.Trigger == edge.ViewerRequest {
		return ""
	}
	return v.event.Header.Get(name)
}

// isHere reports whether host is a name of the site that was asked for.
func (v *request) isHere(host string) bool {
	return host != "" && (strings.EqualFold(host, v.host()) || strings.EqualFold(host, v.domain()))
}

// hostname returns host without port.
func hostname(host string) string {
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		return host[:i]
	}
	return host
}

// knownScheme returns the scheme that the viewer used, "" if it is not known.
func (v *request) knownScheme() string {
	if v.proto != "" {
		return v.proto
	}
	return v.cloudfront("cloudfront-forwarded-proto")
}

// scheme returns the scheme that the viewer used, https if it is not known.
func (v *request) scheme() string {
	if s := v.knownScheme(); s != "" {
		return s
	}
	return "https"
}
