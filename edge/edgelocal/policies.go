package main

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// readPolicies reads the policies that the settings define.
func (b *binder) readPolicies() {
	for id, where := range b.settings.Policies {
		if strings.HasSuffix(where, ".json") {
			content, err := settings.ReadFile(where)
			if errors.Is(err, fs.ErrNotExist) {
				err = errors.New("there is no such file")
			} else if err == nil {
				err = b.policies.AddPolicy(id, content)
			}
			if err != nil {
				b.problems = append(b.problems, words(settings.FileName+": policies: "+id+": "+where+": "+strings.TrimPrefix(err.Error(), where+": ")))
			}
			continue
		}
		cache, request, headers := edgesim.ManagedCachePolicy(where), edgesim.ManagedOriginRequestPolicy(where), edgesim.ManagedResponseHeadersPolicy(where)
		if cache == nil && request == nil && headers == nil {
			b.problems = append(b.problems, settings.FileName+": policies: "+id+": AWS has no managed policy "+where+": want its name or id, or a .json file")
		}
		b.policies.CachePolicies = with(b.policies.CachePolicies, id, cache)
		b.policies.OriginRequestPolicies = with(b.policies.OriginRequestPolicies, id, request)
		b.policies.ResponseHeadersPolicies = with(b.policies.ResponseHeadersPolicies, id, headers)
	}
}

// with is the map with one more policy, if there is one.
func with[P any](policies map[string]*P, id string, p *P) map[string]*P {
	if policies == nil {
		policies = map[string]*P{}
	}
	if p != nil {
		policies[id] = p
	}
	return policies
}

// policy finds a policy, or says that it is not known and what is played instead.
func policy[P any](b *binder, policies map[string]*P, kind, command, at, id, instead string, otherwise *P) *P {
	if p := policies[id]; p != nil {
		b.used[id] = true
		return p
	}
	b.problem("%s: the %s %s is not known, and %s: save what \"aws cloudfront %s --id %[3]s\" prints, and name the file under policies in %[6]s",
		at, kind, id, instead, command, settings.FileName)
	b.open = append(b.open, open{"policies", id, "policy.json", kind + ", from aws cloudfront " + command + " --id " + id})
	return otherwise
}

// CachePolicy implements awsconfig.Resolver.
func (b *binder) CachePolicy(at, id string) *edgesim.CachePolicy {
	return policy(b, b.policies.CachePolicies, "cache policy", "get-cache-policy", at, id, "CachingOptimized is played", edgesim.CachingOptimized())
}

// OriginRequestPolicy implements awsconfig.Resolver.
func (b *binder) OriginRequestPolicy(at, id string) *edgesim.OriginRequestPolicy {
	return policy(b, b.policies.OriginRequestPolicies, "origin request policy", "get-origin-request-policy", at, id,
		"nothing but what the cache policy names goes to the origin", &edgesim.OriginRequestPolicy{})
}

// ResponseHeadersPolicy implements awsconfig.Resolver.
func (b *binder) ResponseHeadersPolicy(at, id string) *edgesim.ResponseHeadersPolicy {
	return policy(b, b.policies.ResponseHeadersPolicies, "response headers policy", "get-response-headers-policy", at, id,
		"headers of the answer stay as they are", &edgesim.ResponseHeadersPolicy{})
}
