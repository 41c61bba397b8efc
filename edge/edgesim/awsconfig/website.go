package awsconfig

import (
	"cmp"
	"encoding/json"
	"regexp"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// isWebsite reports whether a domain name is the website endpoint of a bucket: NAME.s3-website-REGION.amazonaws.com or, in newer
// Regions, NAME.s3-website.REGION.amazonaws.com (WebsiteEndpoints.html of Amazon S3).
func isWebsite(domain string) bool {
	return regexp.MustCompile(`\.s3-website[.-][a-z0-9-]+\.amazonaws\.com(\.cn)?$`).MatchString(domain)
}

// bindWebsite fills the fields of a website that are empty with what the file says of the origin and of the bucket.
func (r *reader) bindWebsite(c originConfig, o *edgesim.WebsiteOrigin) {
	w := *o
	w.DomainName, w.Path, w.CustomHeaders = cmp.Or(w.DomainName, c.domain), cmp.Or(w.Path, c.path), firstHeaders(w.CustomHeaders, c.headers)
	w.ReadTimeout, w.Completion, w.Keepalive = cmp.Or(w.ReadTimeout, c.read), cmp.Or(w.Completion, c.completion), cmp.Or(w.Keepalive, c.keepalive)
	w.CacheControl = cmp.Or(w.CacheControl, r.objects.cacheControl)
	if w.ContentTypes == nil {
		w.ContentTypes = r.objects.contentTypes
	}
	if w.Redirects == nil {
		w.Redirects = r.objects.redirects
	}
	if site := r.website(c); site != nil {
		w.IndexDocument, w.ErrorDocument = cmp.Or(w.IndexDocument, site.index), cmp.Or(w.ErrorDocument, site.errors)
		w.RedirectAllRequestsTo = cmp.Or(w.RedirectAllRequestsTo, site.all)
		if w.RoutingRules == nil {
			w.RoutingRules = site.rules
		}
	}
	r.origins[c.id] = &w
	r.without = append(r.without, c.retries...)
	if w.IndexDocument == "" && w.RedirectAllRequestsTo == "" {
		r.wrong("%s: origin %q is a bucket's website: say in its edgesim.WebsiteOrigin which IndexDocument it has, "+
			"for instance index.html", c.at, c.id)
	}
	switch {
	case c.kind == bucket:
		r.note("%s: a bucket, with its website in its place: functions see origin.custom; at CloudFront they see origin.s3", c.at)
	case c.protocol == edgesim.OriginHTTPOnly:
	case isWebsite(c.domain):
		r.note("%s: a bucket's website is asked by http; it takes no https, by which CloudFront asks it with the protocol policy %s",
			c.at, c.protocol)
	default:
		r.note("%s: an HTTP server, with a bucket's website in its place: functions see http and port 80", c.at)
	}
}

// A website is what a Terraform file says of a bucket's website.
type website struct {
	bucket, endpoint   string
	index, errors, all string
	rules              []edgesim.RoutingRule
}

// website finds the website that the origin names. While its name is not known yet, it is the file's only one.
func (r *reader) website(c originConfig) *website {
	for i, site := range r.websites {
		named := site.endpoint != "" && site.endpoint == c.domain || site.bucket != "" && strings.HasPrefix(c.domain, site.bucket+".s3-website")
		if named || c.domain == "" && c.kind == custom && len(r.websites) == 1 {
			return &r.websites[i]
		}
	}
	return nil
}

// websitesOf reads the resources that make buckets websites: one of its own, or a block of the bucket in older files.
func (r *reader) websitesOf(resources []resource) (all []website) {
	for _, res := range resources {
		n := res.values
		site := website{bucket: n.text("bucket"), endpoint: n.text("website_endpoint")}
		switch {
		case res.kind == "aws_s3_bucket_website_configuration":
			site.index, site.errors = n.child("index_document").text("suffix"), n.child("error_document").text("key")
			to := n.child("redirect_all_requests_to")
			site.all = withProtocol(to.text("protocol"), to.text("host_name"))
			site.rules = r.routingRules(n)
		case res.kind == "aws_s3_bucket" && n.child("website").exists():
			n := n.child("website")
			site.index, site.errors, site.all = n.text("index_document"), n.text("error_document"), n.text("redirect_all_requests_to")
			site.rules = r.routingRules(n)
		default:
			continue
		}
		all = append(all, site)
	}
	return all
}

func withProtocol(protocol, host string) string {
	if protocol == "" {
		return host
	}
	return protocol + "://" + host
}

// routingRules reads the rules, which are blocks or a text of JSON. A state has both: the text says more.
func (r *reader) routingRules(n *node) (rules []edgesim.RoutingRule) {
	nodes, blocks := n.nodes("routing_rule"), true
	if text := n.text("routing_rules"); text != "" {
		var list []any
		if err := json.Unmarshal([]byte(text), &list); err != nil {
			r.wrong("%s: %v", n.path("routing_rules"), err)
		}
		nodes, blocks = r.node(n.at, map[string]any{"routing_rules": list}).nodes("routing_rules"), false
	}
	for _, rule := range nodes {
		when, to := rule.child("Condition"), rule.child("Redirect")
		found := edgesim.RoutingRule{
			KeyPrefix: when.text("KeyPrefixEquals"), ErrorCode: when.number("HttpErrorCodeReturnedEquals", 0),
			Protocol: to.text("Protocol"), HostName: to.text("HostName"), RedirectCode: to.number("HttpRedirectCode", 0),
			ReplaceKeyWith: to.text("ReplaceKeyWith"),
		}
		prefix := to.text("ReplaceKeyPrefixWith")
		if prefix != "" || !blocks && to.has("ReplaceKeyPrefixWith") { // in blocks an argument that is not given is empty as well
			found.ReplaceKeyPrefixWith = &prefix
		}
		rules = append(rules, found)
	}
	return rules
}
