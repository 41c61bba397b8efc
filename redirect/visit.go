package redirect

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A visit is what a table reads of a request. It is changed to follow redirects.
type visit struct {
	request *edge.Request
	method  string
	path    string // as it came
	normal  string // the same in normal form
	query   query
	moved   string // the host that a redirect has led to
	proto   string // the scheme that it has led to, if schemes are known
}

func newVisit(r *edge.Request) visit {
	return visit{request: r, method: r.Method, path: r.URI, query: query{r.QueryString, r.QueryString != ""}}
}

// normalize puts the path in normal form, in buf if it is not there already. A
// query in the URI, which CloudFront never puts there, becomes the query: in tests
// it is handy, and it tells "/a?" from "/a".
func (v *visit) normalize(buf []byte) {
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
func (v *visit) domain() string { return v.request.Config.DistributionDomainName }

// host returns the host that was asked for, without its port.
func (v *visit) host() string {
	if v.moved != "" {
		return v.moved
	}
	if host := hostname(v.request.Header.Get("host")); host != "" {
		return host
	}
	return v.domain()
}

// cloudfront returns a header that CloudFront adds, "" where it is not known.
// CloudFront adds its headers after viewer-request; what a viewer-request function
// sees under their names is the viewer's (Developer Guide, Restrictions on
// Lambda@Edge).
func (v *visit) cloudfront(name string) string {
	if v.request.Config.Trigger == edge.ViewerRequest {
		return ""
	}
	return v.request.Header.Get(name)
}

// isHere reports whether host is a name of the site that was asked for.
func (v *visit) isHere(host string) bool {
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
func (v *visit) knownScheme() string {
	if v.proto != "" {
		return v.proto
	}
	return v.cloudfront("cloudfront-forwarded-proto")
}

// scheme returns the scheme that the viewer used, https if it is not known.
func (v *visit) scheme() string {
	if s := v.knownScheme(); s != "" {
		return s
	}
	return "https"
}
