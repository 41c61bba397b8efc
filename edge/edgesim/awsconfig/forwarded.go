package awsconfig

import (
	"slices"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// CloudFront's defaults for a default and a maximum TTL.
const (
	day  = 24 * time.Hour
	year = 365 * day
)

// forwarded is what a behaviour without a cache policy forwards and caches by (ForwardedValues in the API reference).
type forwarded struct {
	at      string
	query   bool
	keys    []string // query string parameters in the key; none: all
	headers []string
	cookies string // none, all or whitelist
	names   []string

	minimum, standard, maximum time.Duration
}

// policies are the policies that do the same. What is in the key goes to the origin; the second policy has what goes
// there in addition, and is nil when that is nothing.
func (f forwarded) policies(r *reader) (*edgesim.CachePolicy, *edgesim.OriginRequestPolicy) {
	p := &edgesim.CachePolicy{Name: "legacy cache settings", Legacy: true, Headers: f.headers, MinTTL: f.minimum, DefaultTTL: f.standard, MaxTTL: f.maximum}
	// Accept-Encoding is normalised to gzip, unless it is forwarded as it is. Brotli needs a cache policy
	// (RequestAndResponseBehaviorCustomOrigin.html, ServingCompressedFiles.html).
	p.Gzip = !slices.ContainsFunc(f.headers, func(name string) bool { return name == "*" || strings.EqualFold(name, "Accept-Encoding") })
	if f.query {
		p.QueryStrings = edgesim.All()
	}
	switch f.cookies {
	case "", "none":
	case "all":
		p.Cookies = edgesim.All()
	case "whitelist":
		p.Cookies = edgesim.Like(f.names...)
	default:
		r.wrong("%s.Cookies: got %q, want none, whitelist or all", f.at, f.cookies)
	}
	switch {
	case slices.Contains(f.headers, "*"): // all headers go to the origin, and nothing is cached
		p.Name, p.Headers = "legacy cache settings with all headers, which cache nothing", nil
		p.MinTTL, p.DefaultTTL, p.MaxTTL = 0, 0, 0
		return p, &edgesim.OriginRequestPolicy{Name: "all headers", Headers: edgesim.All(), Cookies: p.Cookies, QueryStrings: p.QueryStrings}
	case f.query && len(f.keys) > 0: // "Forward all, cache based on allowlist"
		p.QueryStrings = edgesim.Only(f.keys...)
		return p, &edgesim.OriginRequestPolicy{Name: "all query strings", QueryStrings: edgesim.All()}
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
