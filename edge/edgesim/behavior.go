package edgesim

import (
	"iter"
	"net/http"
	"slices"

	"github.com/edgehelpers/lambdaedge/edge"
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
	policy  *CachePolicy
	forward *OriginRequestPolicy
	allowed []string
	cached  []string

	cloudFront []string // CloudFront-* headers that the policies name
}

func compile(b Behavior, pattern string) *behavior {
	c := &behavior{Behavior: b, pattern: pattern, policy: legacyPolicy(), forward: &OriginRequestPolicy{},
		allowed: []string{http.MethodGet, http.MethodHead}, cached: []string{http.MethodGet, http.MethodHead}}
	if b.CachePolicy != nil {
		policy := *b.CachePolicy
		policy.Headers = slices.Clone(policy.Headers)
		c.policy = &policy
	}
	if b.OriginRequestPolicy != nil {
		forward := *b.OriginRequestPolicy
		forward.CloudFront = slices.Clone(forward.CloudFront)
		c.forward = &forward
	}
	if b.AllowedMethods != nil {
		c.allowed = slices.Clone(b.AllowedMethods)
	}
	if b.CachedMethods != nil {
		c.cached = append(c.cached, b.CachedMethods...)
	}
	c.cloudFront = cloudFrontNames(c.policy, c.forward)
	return c
}

// caches reports whether answers to the method are cached.
func (b *behavior) caches(method string) bool {
	return !b.policy.disabled() && slices.Contains(b.cached, method)
}

// collapses reports whether concurrent misses share one request to the origin: not when cookies go to the origin.
func (b *behavior) collapses() bool { return b.policy.Cookies.None() && b.forward.Cookies.None() }

// behaviorFor chooses the behaviour of a viewer's path.
func (s *Simulator) behaviorFor(rawPath string) *behavior {
	path := normalPath(rawPath)
	for _, b := range s.behaviors {
		if matchPattern(b.pattern, path) {
			return b
		}
	}
	return s.fallback
}
