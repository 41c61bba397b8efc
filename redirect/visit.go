package redirect

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A visit is what a table reads of a request.
type visit struct {
	method  string
	moved   string // the host after a redirect to another, see follow
	domain  string // the distribution's
	path    string // as it came
	query   query
	header  edge.Header
	trusted bool // CloudFront's own headers are CloudFront's
}

// newVisit reads r. A query in the URI, which CloudFront never puts there, is the
// query: in tests it is handy, and it tells "/a?" from "/a".
func newVisit(r *edge.Request) visit {
	v := visit{
		method: r.Method,
		domain: r.Config.DistributionDomainName,
		header: r.Header,
		query:  query{r.QueryString, r.QueryString != ""},
		// CloudFront adds its headers after viewer-request. What a viewer-request
		// function sees under their names is the viewer's (Developer Guide,
		// Restrictions on Lambda@Edge).
		trusted: r.Config.Trigger != edge.ViewerRequest,
	}
	v.path = r.URI
	if path, q := cutQuery(r.URI); q.has {
		v.path = path
		if v.query.has {
			q.raw += "&" + v.query.raw
		}
		v.query = q
	}
	return v
}

// host returns the host that was asked for, without its port.
func (v *visit) host() string {
	if v.moved != "" {
		return v.moved
	}
	if host := hostname(v.header.Get("host")); host != "" {
		return host
	}
	return v.domain
}

// cloudfront returns a header that CloudFront adds, "" where it is not known.
func (v *visit) cloudfront(name string) string {
	if !v.trusted {
		return ""
	}
	return v.header.Get(name)
}

// isHere reports whether host is a name of the site that was asked for.
func (v *visit) isHere(host string) bool {
	return host != "" && (strings.EqualFold(host, v.host()) || strings.EqualFold(host, v.domain))
}

// hostname returns host without port.
func hostname(host string) string {
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		return host[:i]
	}
	return host
}

// scheme returns the scheme that the viewer used, https if it is not known.
func (v *visit) scheme() string {
	if s := v.cloudfront("cloudfront-forwarded-proto"); s != "" {
		return s
	}
	return "https"
}
