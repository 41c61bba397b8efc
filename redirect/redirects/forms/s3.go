package forms

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// readS3 reads the website configuration of a bucket: XML as the API has it, JSON as
// the console, the command line and CloudFormation have it, whole or its rules.
func readS3(d *draft, s string) {
	var n *node
	if strings.HasPrefix(strings.TrimSpace(s), "<") {
		n = d.parseXML(s)
	} else {
		n = d.parseJSON(s)
	}
	if n == nil {
		return
	}
	if w := n.get("WebsiteConfiguration"); w != nil {
		n = w
	}
	all, rules := n.get("RedirectAllRequestsTo"), n.get("RoutingRules")
	switch {
	case all != nil:
		d.redirectAll(all)
	case n.kind == list:
		d.routingRules(n)
	case rules != nil:
		d.routingRules(rules)
	default:
		d.fail(n.position, rulefile.Syntax, "no RoutingRules and no RedirectAllRequestsTo")
	}
}

// redirectAll reads the redirect of a bucket that is nothing else.
func (d *draft) redirectAll(n *node) {
	if !d.is(n, "RedirectAllRequestsTo", object) {
		return
	}
	d.check(n, "RedirectAllRequestsTo", "HostName", "Protocol")
	host, at := d.text(n, "HostName")
	if host == "" {
		d.fail(at, rulefile.Syntax, "RedirectAllRequestsTo without HostName")
		return
	}
	if origin, ok := d.s3Origin(n, host); ok {
		d.add(redirect.Rule{From: "/*", To: origin + "/:splat", Status: 301}, n.position, at)
	}
}

// routingRules reads rules; the first that a request meets is its rule.
func (d *draft) routingRules(n *node) {
	if n.kind == list {
		for _, item := range n.items {
			d.routingRule(item)
		}
		return
	}
	for _, m := range n.members {
		if m.name != "RoutingRule" {
			d.fail(m.position, rulefile.Syntax, "%q among RoutingRules; must be RoutingRule", m.name)
			continue
		}
		d.routingRule(m.value)
	}
}

// routingRule reads a rule. CloudFormation has other names for its two parts.
func (d *draft) routingRule(n *node) {
	if !d.is(n, "a rule", object) {
		return
	}
	begin := len(d.errs)
	d.check(n, "a rule", "Condition", "Redirect", "RoutingRuleCondition", "RedirectRule")
	prefix, at := d.condition(either(n, "Condition", "RoutingRuleCondition"), n.position)
	to := either(n, "Redirect", "RedirectRule")
	if to == nil || to.kind != object {
		d.fail(n.position, rulefile.Syntax, "a rule without Redirect")
		return
	}
	target := d.redirect(to, prefix)
	r := redirect.Rule{From: redirect.Quote(keyPath(prefix)) + "*", To: target, Status: 301}
	if code := to.get("HttpRedirectCode"); code != nil && d.is(code, "HttpRedirectCode", text, number) {
		d.setStatus(&r, field{code.position, code.text, true})
	}
	if len(d.errs) == begin {
		d.add(r, at, to.position)
	}
}

func either(n *node, a, b string) *node {
	if v := n.get(a); v != nil {
		return v
	}
	return n.get(b)
}

// condition reads the beginning that keys must have.
func (d *draft) condition(n *node, rule position) (prefix string, at position) {
	if n == nil || n.kind == text && n.text == "" || !d.is(n, "Condition", object) {
		return "", rule
	}
	d.check(n, "a Condition", "KeyPrefixEquals", "HttpErrorCodeReturnedEquals")
	if code := n.get("HttpErrorCodeReturnedEquals"); code != nil {
		d.fail(code.position, rulefile.Unsupported, "HttpErrorCodeReturnedEquals: what the origin answers is known to an origin-response function only; write one, or set the distribution's error pages")
	}
	prefix, at = d.text(n, "KeyPrefixEquals")
	if key, ok := strings.CutPrefix(prefix, "/"); ok {
		d.note(at, rulefile.Syntax, "KeyPrefixEquals %q: no key of S3 begins with the slash; it is read as %q", prefix, key)
		prefix = key
	}
	return prefix, at
}

// redirect reads where a rule leads.
func (d *draft) redirect(n *node, prefix string) string {
	d.check(n, "a Redirect", "HostName", "Protocol", "ReplaceKeyPrefixWith", "ReplaceKeyWith", "HttpRedirectCode")
	host, _ := d.text(n, "HostName")
	key, _ := d.text(n, "ReplaceKeyWith")
	with, at := d.text(n, "ReplaceKeyPrefixWith")
	origin, _ := d.s3Origin(n, host)
	switch {
	case n.has("ReplaceKeyWith") && n.has("ReplaceKeyPrefixWith"):
		d.fail(at, rulefile.Syntax, "both ReplaceKeyWith and ReplaceKeyPrefixWith; S3 takes one of them")
	case n.has("ReplaceKeyWith"):
		return origin + literal(slash(key), "splat")
	case n.has("ReplaceKeyPrefixWith"):
		return origin + literal(slash(with), "splat") + ":splat"
	}
	return origin + literal(keyPath(prefix), "splat") + ":splat"
}

// s3Origin returns the origin of a host. S3 keeps the request's protocol if there is
// no other; viewers come by https.
func (d *draft) s3Origin(n *node, host string) (origin string, ok bool) {
	protocol, at := d.text(n, "Protocol")
	switch {
	case host == "" && protocol != "":
		d.fail(at, rulefile.Unsupported, "Protocol without HostName; sending viewers from http to https is the distribution's job: set its viewer protocol policy")
		return "", false
	case host == "":
		return "", true
	case protocol != "" && protocol != "https" && protocol != "http":
		d.fail(at, rulefile.Syntax, "Protocol %q; must be https or http", protocol)
		return "", false
	case protocol == "":
		protocol = "https"
	}
	return protocol + "://" + host, true
}

// slash returns a key or a part of one with the slash that its path begins with.
// Some write that slash themselves.
func slash(key string) string { return "/" + strings.TrimPrefix(key, "/") }

// keyPath returns the path of a key or of its beginning. Keys are compared as they
// are, so a percent sign in one is a percent sign.
func keyPath(key string) string {
	return "/" + strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23").Replace(key)
}
