package awsconfig

import "github.com/edgehelpers/lambdaedge/edge/edgesim"

// forwarded is what a behaviour without a cache policy forwards (ForwardedValues in the API reference).
type forwarded struct {
	query   bool
	keys    []string // query string parameters in the key; none: all
	headers []string
	cookies string // none, all or whitelist
	names   []string
}

// policy is the cache policy that does the same. With all headers forwarded nothing is cached, and everything
// goes to the origin.
func (f forwarded) policy(r *reader, at string) (*edgesim.CachePolicy, *edgesim.OriginRequestPolicy) {
	p := &edgesim.CachePolicy{Name: "legacy cache settings", Legacy: true, Headers: f.headers}
	if f.query {
		p.QueryStrings = edgesim.All()
		if len(f.keys) > 0 {
			p.QueryStrings = edgesim.Only(f.keys...)
		}
	}
	switch f.cookies {
	case "all":
		p.Cookies = edgesim.All()
	case "whitelist":
		p.Cookies = edgesim.Only(f.names...)
	}
	if len(f.headers) == 1 && f.headers[0] == "*" {
		r.note("%s: all headers are forwarded, so that nothing is cached", at)
		p.Headers = nil
		return p, &edgesim.OriginRequestPolicy{Name: "all headers", Headers: edgesim.All(), Cookies: p.Cookies, QueryStrings: p.QueryStrings}
	}
	return p, nil
}

// selection reads a behavior of a policy ("none", "whitelist", "allExcept", "all", "allViewer"...) with its names.
func (r *reader) selection(at, behavior string, names []string) edgesim.Selection {
	switch behavior {
	case "", "none":
		return edgesim.Selection{}
	case "whitelist":
		return edgesim.Only(names...)
	case "allExcept":
		return edgesim.AllExcept(names...)
	case "all", "allViewer", "allViewerAndWhitelistCloudFront":
		return edgesim.All()
	}
	r.wrong("%s: got %q, want none, whitelist, allExcept or all", at, behavior)
	return edgesim.Selection{}
}
