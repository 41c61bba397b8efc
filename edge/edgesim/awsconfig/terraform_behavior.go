package awsconfig

import "github.com/edgehelpers/lambdaedge/edge/edgesim"

// terraformBehavior reads a cache behaviour. links are the distribution's expressions, and block the name of the
// behaviour's, for a default behaviour.
func (r *reader) terraformBehavior(n, links *node, block string) edgesim.Behavior {
	b := edgesim.Behavior{
		PathPattern: n.text("path_pattern"), Origin: r.origin(n.at, n.text("target_origin_id")), Compress: n.flag("compress"),
		ViewerProtocol: edgesim.ViewerProtocol(n.text("viewer_protocol_policy")), AllowedMethods: n.texts("allowed_methods"), CachedMethods: n.texts("cached_methods"),
	}
	cache := or(n.text("cache_policy_id"), referred(links, "aws_cloudfront_cache_policy", block, "cache_policy_id"))
	request := or(n.text("origin_request_policy_id"), referred(links, "aws_cloudfront_origin_request_policy", block, "origin_request_policy_id"))
	switch f := n.child("forwarded_values"); {
	case cache != "":
		b.CachePolicy = r.cachePolicy(n.at, cache)
		n.ignore("min_ttl", "default_ttl", "max_ttl") // they belong to forwarded_values
	case f.exists():
		cookies := f.child("cookies")
		b.CachePolicy, b.OriginRequestPolicy = forwarded{
			query: f.flag("query_string"), keys: f.texts("query_string_cache_keys"), headers: f.texts("headers"),
			cookies: cookies.text("forward"), names: cookies.texts("whitelisted_names"),
		}.policy(r, f.at)
		f.rest()
		if b.OriginRequestPolicy == nil {
			b.CachePolicy.MinTTL, b.CachePolicy.DefaultTTL, b.CachePolicy.MaxTTL = n.seconds("min_ttl"), n.seconds("default_ttl"), n.seconds("max_ttl")
		}
	default:
		r.wrong("%s: neither cache_policy_id nor forwarded_values is known: where the policy's id is known after the apply only, use a state", n.at)
	}
	if request != "" {
		b.OriginRequestPolicy = r.requestPolicy(n.at, request)
	}
	for _, a := range n.nodes("lambda_function_association") {
		r.bindFunction(a.at, a.text("lambda_arn"), a.text("event_type"), a.flag("include_body"), &b.Functions)
		a.rest()
	}
	for _, a := range n.nodes("function_association") {
		r.note("%s: CloudFront Function on %s", a.at, a.text("event_type"))
	}
	n.rest()
	return b
}

// terraformCachePolicy reads an aws_cloudfront_cache_policy.
func (r *reader) terraformCachePolicy(n *node) *edgesim.CachePolicy {
	p := &edgesim.CachePolicy{Name: n.text("name"), ID: n.text("id"), MinTTL: n.seconds("min_ttl"), DefaultTTL: n.seconds("default_ttl"), MaxTTL: n.seconds("max_ttl")}
	k := n.child("parameters_in_cache_key_and_forwarded_to_origin")
	p.Gzip, p.Brotli = k.flag("enable_accept_encoding_gzip"), k.flag("enable_accept_encoding_brotli")
	if h := k.child("headers_config"); h.text("header_behavior") == "whitelist" {
		p.Headers = h.child("headers").texts("items")
	}
	cookies, query := k.child("cookies_config"), k.child("query_strings_config")
	p.Cookies = r.selection(n.path("cookies_config"), cookies.text("cookie_behavior"), cookies.child("cookies").texts("items"))
	p.QueryStrings = r.selection(n.path("query_strings_config"), query.text("query_string_behavior"), query.child("query_strings").texts("items"))
	return p
}

// terraformRequestPolicy reads an aws_cloudfront_origin_request_policy.
func (r *reader) terraformRequestPolicy(n *node) *edgesim.OriginRequestPolicy {
	p := &edgesim.OriginRequestPolicy{Name: n.text("name"), ID: n.text("id")}
	headers, cookies, query := n.child("headers_config"), n.child("cookies_config"), n.child("query_strings_config")
	behavior, names := headers.text("header_behavior"), headers.child("headers").texts("items")
	p.Headers = r.selection(n.path("headers_config"), behavior, names)
	if behavior == "allViewerAndWhitelistCloudFront" {
		p.CloudFront = names
	}
	p.Cookies = r.selection(n.path("cookies_config"), cookies.text("cookie_behavior"), cookies.child("cookies").texts("items"))
	p.QueryStrings = r.selection(n.path("query_strings_config"), query.text("query_string_behavior"), query.child("query_strings").texts("items"))
	return p
}
