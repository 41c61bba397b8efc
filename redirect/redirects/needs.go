package main

import (
	"net/textproto"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/edgecli"
)

// A need is what a rule looks at that only origin-request functions are told.
type need struct {
	Line    int      `json:"line"`
	Headers []string `json:"headers"`
}

// A cacheKey is what a cache policy must have in its key, as its lists have it.
type cacheKey struct {
	Headers      []string `json:"headers"`
	Cookies      []string `json:"cookies"`
	QueryStrings []string `json:"queryStrings"` // "*" is all of them
}

// reportNeeds reports which rules have to run at origin-request, and for that
// trigger what must be in the cache key.
func (c *command) reportNeeds(in *input, r *report) {
	key := map[string]bool{}
	for rule := range in.rules {
		if needs := rule.NeedsOriginRequest(); needs != nil {
			r.OriginRequest = append(r.OriginRequest, need{rule.Line, headerNames(needs)})
		}
		if c.trigger == edge.OriginRequest {
			for _, k := range rule.CacheKey() {
				key[k] = true
			}
		}
	}
	if c.trigger == edge.OriginRequest {
		r.CacheKey = newCacheKey(key)
	}
	if !c.json {
		c.printNeeds(r)
	}
}

func (c *command) printNeeds(r *report) {
	if n := len(r.OriginRequest); n > 0 && c.trigger != edge.OriginRequest {
		var names []string
		for _, need := range r.OriginRequest {
			names = append(names, need.Headers...)
		}
		slices.Sort(names)
		c.stdout.print("%s: %s to run at origin-request, for %s; -trigger origin-request says what must be in the cache key\n",
			r.File, edgecli.Count(n, "rule")+plural(n, " has", " have"), strings.Join(slices.Compact(names), ", "))
	}
	if k := r.CacheKey; k != nil {
		c.stdout.print("%s: at origin-request, the cache policy must have in its key\n  headers: %s\n  cookies: %s\n  query strings: %s\n",
			r.File, joinNames(k.Headers), joinNames(k.Cookies), joinNames(k.QueryStrings))
	}
}

// plural returns one or many, by n.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// newCacheKey sorts what [redirect.Rule.CacheKey] lists into the lists of a cache
// policy.
func newCacheKey(key map[string]bool) *cacheKey {
	k := &cacheKey{[]string{}, []string{}, []string{}}
	for entry := range key {
		kind, name, _ := strings.Cut(entry, ":")
		switch kind {
		case "header":
			k.Headers = append(k.Headers, headerName(name))
		case "cookie":
			k.Cookies = append(k.Cookies, name)
		case "query":
			k.QueryStrings = append(k.QueryStrings, name)
		}
	}
	if key["query:*"] {
		k.QueryStrings = []string{"*"}
	}
	for _, names := range [][]string{k.Headers, k.Cookies, k.QueryStrings} {
		slices.Sort(names)
	}
	return k
}

// headerNames returns the names of headers that stand in a cache key.
func headerNames(key []string) []string {
	names := make([]string, len(key))
	for i, k := range key {
		names[i] = headerName(strings.TrimPrefix(k, "header:"))
	}
	return names
}

// headerName returns a header's name as CloudFront's lists have it.
func headerName(name string) string {
	if rest, ok := strings.CutPrefix(name, "cloudfront-"); ok {
		return "CloudFront-" + textproto.CanonicalMIMEHeaderKey(rest)
	}
	return textproto.CanonicalMIMEHeaderKey(name)
}

// joinNames returns names for people.
func joinNames(names []string) string {
	switch {
	case len(names) == 0:
		return "none"
	case names[0] == "*":
		return "all"
	}
	return strings.Join(names, ", ")
}
