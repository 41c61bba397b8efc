// Package edgeurl gives the URLs of a request as net/url has them. It is a package beside edge because net/url brings net/netip along, and
// a function that needs neither has a zip that is 20 KB smaller.
package edgeurl

import (
	"net/url"

	"github.com/edgehelpers/lambdaedge/edge"
)

// Request returns the request's path and query as [net/http.Request.URL] has them on
// a server: Path unescaped, RawPath set where needed, RawQuery untouched. A path
// that is not validly escaped is taken literally, so that Request never fails.
func Request(r *edge.Request) *url.URL {
	u := &url.URL{RawQuery: r.QueryString}
	path, err := url.PathUnescape(r.URI)
	if err != nil {
		u.Path = r.URI
		return u
	}
	u.Path, u.RawPath = path, r.URI
	return u
}

// Referer returns the page that the viewer came from. It reports false if the
// Referer header is absent or is not the address of a page: an absolute http or
// https URL with a host. Nothing else is known of it: any client can send any
// address.
func Referer(r *edge.Request) (*url.URL, bool) {
	u, err := url.Parse(r.Referer())
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil, false
	}
	return u, true
}
