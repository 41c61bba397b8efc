package redirect

import (
	"slices"
	"strings"
)

// CacheKey returns what the redirect depends on besides the path, and what the
// cache key must therefore hold if the rule runs at origin-request, sorted:
//
//	header:referer   a header, in lower case
//	cookie:lang      a cookie
//	query:page       a parameter of the query
//	query:*          the whole query
//
// The names are those for a cache policy's lists of headers, cookies and query
// strings. What comes from a header that viewers send is also in the Vary header of
// the redirect; a country is not, so such a redirect is not to be kept at all,
// which is the default.
func (r *Rule) CacheKey() []string {
	var key []string
	if scheme, _, _, absolute := cutFrom(r.From); absolute {
		key = append(key, "header:host")
		if scheme != "" {
			key = append(key, "header:cloudfront-forwarded-proto")
		}
	}
	switch {
	case r.Query == Drop || r.Pass:
	case len(r.AllowQuery) > 0:
		for _, name := range r.AllowQuery {
			key = append(key, "query:"+name)
		}
	default:
		key = append(key, "query:*")
	}
	key = append(key, r.When.cacheKey()...)
	key = append(key, r.Unless.cacheKey()...)
	slices.Sort(key)
	return slices.Compact(key)
}

// NeedsOriginRequest returns what the rule looks at that CloudFront does not tell to
// viewer-request functions (Developer Guide, Restrictions on Lambda@Edge): "header:"
// and the name, in lower case, sorted. The headers must be in the cache policy, or
// in the origin request policy those of them that a cache policy cannot have. It is
// nil for a rule that can be at viewer-request.
func (r *Rule) NeedsOriginRequest() []string {
	if !strings.Contains(r.From, "://") && len(r.When.Country)+len(r.Unless.Country)+len(r.When.Header)+len(r.Unless.Header) == 0 {
		return nil // nearly all rules
	}
	var needs []string
	if scheme, _, _, _ := cutFrom(r.From); scheme == "http" {
		needs = append(needs, "header:cloudfront-forwarded-proto")
	}
	for _, key := range append(r.When.cacheKey(), r.Unless.cacheKey()...) {
		if strings.HasPrefix(key, "header:cloudfront-") {
			needs = append(needs, key)
		}
	}
	slices.Sort(needs)
	return slices.Compact(needs)
}

func (when *When) cacheKey() []string {
	var key []string
	for _, name := range when.vary() {
		if name != "cookie" {
			key = append(key, "header:"+name)
		}
	}
	if len(when.Country) > 0 {
		key = append(key, "header:cloudfront-viewer-country")
	}
	for _, f := range when.Cookie {
		key = append(key, "cookie:"+f.Name)
	}
	for _, f := range when.Query {
		key = append(key, "query:"+f.Name)
	}
	if when.HasQuery {
		key = append(key, "query:*")
	}
	// "self" pages are those of the host that was asked for.
	for _, want := range when.Referer {
		if host, _ := splitWant(want); host == "self" {
			key = append(key, "header:host")
		}
	}
	return key
}

// missing returns what of need is not in the cache key.
func missing(need, key []string) []string {
	var missing []string
	for _, want := range need {
		kind, name, _ := strings.Cut(want, ":")
		if !slices.ContainsFunc(key, func(have string) bool {
			haveKind, haveName, _ := strings.Cut(have, ":")
			return haveKind == kind && (haveName == "*" || haveName == name || kind == "header" && strings.EqualFold(haveName, name))
		}) {
			missing = append(missing, want)
		}
	}
	return missing
}
