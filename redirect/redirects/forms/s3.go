package forms

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// readS3 reads the website configuration of a bucket: XML as the API has it, JSON as
// the console, the command line and CloudFormation have it, whole or its rules.
func readS3(fb *fileBuilder, s string) {
	var n *node
	if strings.HasPrefix(strings.TrimSpace(s), "<") {
		n = fb.parseXML(s)
	} else {
		n = fb.parseJSON(s)
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
		fb.redirectAll(all)
	case n.kind == list:
		fb.routingRules(n)
	case rules != nil:
		fb.routingRules(rules)
	default:
		fb.fail(n.position, rulefile.Syntax, "no RoutingRules and no RedirectAllRequestsTo")
	}
}

// redirectAll reads the redirect of a bucket that is nothing else.
func (fb *fileBuilder) redirectAll(n *node) {
	if !fb.isKind(n, "RedirectAllRequestsTo", object) {
		return
	}
	fb.checkMembers(n, "RedirectAllRequestsTo", "HostName", "Protocol")
	host, at := fb.text(n, "HostName")
	if host == "" {
		fb.fail(at, rulefile.Syntax, "RedirectAllRequestsTo without HostName")
		return
	}
	if origin, ok := fb.s3Origin(n, host); ok {
		fb.add(redirect.Rule{From: "/*", To: origin + "/:splat", Status: 301}, n.position, at)
	}
}

// routingRules reads rules; the first that a request meets is its rule.
func (fb *fileBuilder) routingRules(n *node) {
	if n.kind == list {
		for _, item := range n.items {
			fb.routingRule(item)
		}
		return
	}
	for _, m := range n.members {
		if m.name != "RoutingRule" {
			fb.fail(m.position, rulefile.Syntax, "%q among RoutingRules; must be RoutingRule", m.name)
			continue
		}
		fb.routingRule(m.value)
	}
}

// routingRule reads a rule. CloudFormation has other names for its two parts.
func (fb *fileBuilder) routingRule(n *node) {
	if !fb.isKind(n, "a rule", object) {
		return
	}
	begin := len(fb.errs)
	fb.checkMembers(n, "a rule", "Condition", "Redirect", "RoutingRuleCondition", "RedirectRule")
	prefix, at := fb.condition(eitherOf(n, "Condition", "RoutingRuleCondition"), n.position)
	to := eitherOf(n, "Redirect", "RedirectRule")
	if to == nil || to.kind != object {
		fb.fail(n.position, rulefile.Syntax, "a rule without Redirect")
		return
	}
	target := fb.redirect(to, prefix)
	r := redirect.Rule{From: redirect.Quote(keyPath(prefix)) + "*", To: target, Status: 301}
	if code := to.get("HttpRedirectCode"); code != nil && fb.isKind(code, "HttpRedirectCode", text, number) {
		fb.setStatus(&r, field{code.position, code.text, true})
	}
	if len(fb.errs) == begin {
		fb.add(r, at, to.position)
	}
}

func eitherOf(n *node, a, b string) *node {
	if v := n.get(a); v != nil {
		return v
	}
	return n.get(b)
}

// condition reads the beginning that keys must have.
func (fb *fileBuilder) condition(n *node, rule position) (prefix string, at position) {
	if n == nil || n.kind == text && n.text == "" || !fb.isKind(n, "Condition", object) {
		return "", rule
	}
	fb.checkMembers(n, "a Condition", "KeyPrefixEquals", "HttpErrorCodeReturnedEquals")
	if code := n.get("HttpErrorCodeReturnedEquals"); code != nil {
		fb.fail(code.position, rulefile.Unsupported, "HttpErrorCodeReturnedEquals: what the origin answers is known to an origin-response function only; write one, or set the distribution's error pages")
	}
	prefix, at = fb.text(n, "KeyPrefixEquals")
	if key, ok := strings.CutPrefix(prefix, "/"); ok {
		fb.note(at, rulefile.Syntax, "KeyPrefixEquals %q: no key of S3 begins with the slash; it is read as %q", prefix, key)
		prefix = key
	}
	return prefix, at
}

// redirect reads where a rule leads.
func (fb *fileBuilder) redirect(n *node, prefix string) string {
	fb.checkMembers(n, "a Redirect", "HostName", "Protocol", "ReplaceKeyPrefixWith", "ReplaceKeyWith", "HttpRedirectCode")
	host, _ := fb.text(n, "HostName")
	key, _ := fb.text(n, "ReplaceKeyWith")
	with, at := fb.text(n, "ReplaceKeyPrefixWith")
	origin, _ := fb.s3Origin(n, host)
	switch {
	case n.has("ReplaceKeyWith") && n.has("ReplaceKeyPrefixWith"):
		fb.fail(at, rulefile.Syntax, "both ReplaceKeyWith and ReplaceKeyPrefixWith; S3 takes one of them")
	case n.has("ReplaceKeyWith"):
		return origin + literal(slash(key), "splat")
	case n.has("ReplaceKeyPrefixWith"):
		return origin + literal(slash(with), "splat") + ":splat"
	}
	return origin + literal(keyPath(prefix), "splat") + ":splat"
}

// s3Origin returns the origin of a host. S3 keeps the request's protocol if there is
// no other; viewers come by https.
func (fb *fileBuilder) s3Origin(n *node, host string) (origin string, ok bool) {
	protocol, at := fb.text(n, "Protocol")
	switch {
	case host == "" && protocol != "":
		fb.fail(at, rulefile.Unsupported, "Protocol without HostName; sending viewers from http to https is the distribution's job: set its viewer protocol policy")
		return "", false
	case host == "":
		return "", true
	case protocol != "" && protocol != "https" && protocol != "http":
		fb.fail(at, rulefile.Syntax, "Protocol %q; must be https or http", protocol)
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
