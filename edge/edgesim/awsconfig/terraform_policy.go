package awsconfig

import (
	"cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// readDefinitions reads the policies that a Terraform file itself defines, by address and by id.
func (r *reader) readDefinitions(resources []resource) {
	r.cachePolicies, r.requestPolicies = map[string]*edgesim.CachePolicy{}, map[string]*edgesim.OriginRequestPolicy{}
	r.headerPolicies = map[string]*edgesim.ResponseHeadersPolicy{}
	r.readKeys(resources)
	for _, res := range resources {
		n := res.values
		id := cmp.Or(n.text("id"), res.address)
		switch res.kind {
		case "aws_cloudfront_cache_policy":
			p := r.terraformCachePolicy(n)
			r.cachePolicies[res.address], r.cachePolicies[id] = p, p
		case "aws_cloudfront_origin_request_policy":
			p := r.terraformRequestPolicy(n)
			r.requestPolicies[res.address], r.requestPolicies[id] = p, p
		case "aws_cloudfront_response_headers_policy":
			p := r.terraformHeadersPolicy(n)
			r.headerPolicies[res.address], r.headerPolicies[id] = p, p
		case "aws_cloudfront_origin_access_control":
			r.signing(n)
		}
	}
}

// signing says when CloudFront does not sign its requests although the origin has an access control
// (private-content-restricting-access-to-s3.html, "Advanced settings for origin access control").
func (r *reader) signing(n *node) {
	switch n.text("signing_behavior") {
	case "never":
		r.note("%s: no request is signed: objects are served; S3 answers 403 unless they are public", n.path("signing_behavior"))
	case "no-override":
		r.note("%s: requests with an Authorization of the viewer's are not signed: objects are served; the origin judges the viewer's",
			n.path("signing_behavior"))
	}
}

// terraformCachePolicy reads an aws_cloudfront_cache_policy. Its times have defaults in the provider's schema.
func (r *reader) terraformCachePolicy(n *node) *edgesim.CachePolicy {
	p := &edgesim.CachePolicy{
		Name: n.text("name"), ID: n.text("id"),
		MinTTL: n.seconds("min_ttl", 0), DefaultTTL: n.seconds("default_ttl", day), MaxTTL: n.seconds("max_ttl", year),
	}
	k := n.child("parameters_in_cache_key_and_forwarded_to_origin")
	p.Gzip, p.Brotli = k.flag("enable_accept_encoding_gzip"), k.flag("enable_accept_encoding_brotli")
	if h := k.child("headers_config"); h.text("header_behavior") == "whitelist" {
		p.Headers = h.named("headers")
	}
	p.Cookies, p.QueryStrings = r.cookiesAndQuery(k)
	n.ignore("arn", "etag")
	n.rest()
	return p
}

// terraformRequestPolicy reads an aws_cloudfront_origin_request_policy.
func (r *reader) terraformRequestPolicy(n *node) *edgesim.OriginRequestPolicy {
	p := &edgesim.OriginRequestPolicy{Name: n.text("name"), ID: n.text("id")}
	h := n.child("headers_config")
	behavior, names := h.text("header_behavior"), h.named("headers")
	p.Headers = r.selection(h.at, behavior, names)
	if behavior == "allViewerAndWhitelistCloudFront" {
		p.CloudFront = names
	}
	p.Cookies, p.QueryStrings = r.cookiesAndQuery(n)
	n.ignore("arn", "etag")
	n.rest()
	return p
}

// cookiesAndQuery reads what both kinds of policy select.
func (r *reader) cookiesAndQuery(n *node) (cookies, query edgesim.Selection) {
	c, q := n.child("cookies_config"), n.child("query_strings_config")
	cookies = r.selection(c.at, c.text("cookie_behavior"), c.named("cookies"))
	query = r.selection(q.at, q.text("query_string_behavior"), q.named("query_strings"))
	return cookies, query
}
