package edgesim

import (
	"iter"
	"net/http"
	"slices"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/httpcache"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/policy"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/signing"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/viewer"
)

// all gives the associations by trigger.
func (f *Functions) all() iter.Seq2[edge.Trigger, *Association] {
	return func(yield func(edge.Trigger, *Association) bool) {
		_ = yield(edge.ViewerRequest, &f.ViewerRequest) && yield(edge.OriginRequest, &f.OriginRequest) &&
			yield(edge.OriginResponse, &f.OriginResponse) && yield(edge.ViewerResponse, &f.ViewerResponse)
	}
}

// A behavior is a Behavior with its defaults filled in.
type behavior struct {
	Behavior
	pattern string
	note    string // that the behaviour was chosen

	policies        policy.Policies
	policyName      string
	responseHeaders *policy.ResponseHeaders // nil: none
	rules           httpcache.Rules
	cloudFront      []string // CloudFront-* headers that the policies name

	keys            signing.Keys // that may sign requests; none: requests need no signature
	allowed, cached []string     // methods
	sources         []*source
	failover        []int // the statuses at which the second of the sources is asked
}

// compile fills in the defaults of a behaviour.
func (s *Simulator) compile(b Behavior, pattern string) *behavior {
	u := &s.config.Unknowns
	p := b.CachePolicy
	if p == nil {
		p = legacyPolicy()
	}
	c := &behavior{
		Behavior: b, pattern: pattern, note: "behaviour " + pattern, policyName: p.Name, responseHeaders: b.ResponseHeadersPolicy.compile(),
		policies: policy.Policies{Cache: policy.Cache{
			Headers: slices.Clone(p.Headers), Cookies: p.Cookies.names, QueryStrings: p.QueryStrings.names,
			Gzip: p.Gzip, Brotli: p.Brotli, Legacy: p.Legacy,
		}},
		rules: httpcache.Rules{Min: p.MinTTL, Default: p.DefaultTTL, Max: p.MaxTTL,
			ExpiresByEdgeClock: u.ExpiresByEdgeClock, IgnoreOriginAge: u.IgnoreOriginAge, CacheGone: u.CacheGone},
		keys:    b.trusted(),
		allowed: []string{http.MethodGet, http.MethodHead}, cached: []string{http.MethodGet, http.MethodHead},
	}
	if o := b.OriginRequestPolicy; o != nil {
		c.policies.Origin = policy.OriginRequest{
			Headers: o.Headers.names, CloudFront: slices.Clone(o.CloudFront), Cookies: o.Cookies.names, QueryStrings: o.QueryStrings.names,
			NotToS3: o.notToS3(),
		}
	}
	if p.Legacy && (b.Compress || !c.policies.Named("Accept-Encoding")) {
		// Without a policy Accept-Encoding is normalised to gzip, unless it is forwarded as it is (RequestAndResponseBehaviorCustomOrigin.html,
		// "Compression").
		c.policies.Gzip = true
	}
	if b.AllowedMethods != nil {
		c.allowed = slices.Clone(b.AllowedMethods)
	}
	if b.CachedMethods != nil {
		c.cached = append(c.cached, b.CachedMethods...)
	}
	if len(c.keys) > 0 {
		c.policies.Unkeyed = policy.Only(signing.Cookies()...) // private-content-signed-cookies.html, "How signed cookies work"
	}
	c.cloudFront = c.policies.CloudFrontHeaders()
	for _, o := range members(b.Origin) {
		c.sources = append(c.sources, s.sources[o])
	}
	if g, ok := b.Origin.(*OriginGroup); ok {
		c.failover = slices.Clone(g.Statuses)
	}
	return c
}

// caches reports whether answers to the method are cached.
func (b *behavior) caches(method string) bool {
	return !b.rules.Off() && slices.Contains(b.cached, method)
}

// conditional reports whether viewers and the origin are answered and asked by If-None-Match and If-Modified-Since.
// "If-Modified-Since and If-None-Match conditional requests are not supported when CloudFront is configured to forward cookies (all
// or a subset)." (Cookies.html, and "Conditional requests" in RequestAndResponseBehaviorCustomOrigin.html)
func (b *behavior) conditional() bool { return !b.policies.SendsCookies() }

// collapses reports whether concurrent misses share one request to the origin: not when cookies go to the origin.
func (b *behavior) collapses() bool { return !b.policies.SendsCookies() }

// behaviorFor chooses the behaviour of a viewer's path.
func (s *Simulator) behaviorFor(rawPath string) *behavior {
	path := viewer.NormalPath(rawPath)
	for _, b := range s.behaviors {
		if viewer.Matches(b.pattern, path) {
			return b
		}
	}
	return s.fallback
}
