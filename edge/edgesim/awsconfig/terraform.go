package awsconfig

import (
	"net/http"
	"path"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// A resource is one resource of a state or plan.
type resource struct {
	address, kind string
	values        *node
}

// terraform reads the JSON of "terraform show -json"
// (https://developer.hashicorp.com/terraform/internals/json-format): the values of a state, or the planned
// values of a plan, in which what is known only after the apply is absent.
func (r *reader) terraform(top map[string]any) {
	outer := r.node("", top)
	values := outer.child("values")
	if !values.exists() {
		values = outer.child("planned_values")
	}
	resources := r.resources(values.child("root_module"))
	links := r.references(outer.child("configuration").child("root_module"), "")
	r.cachePolicies, r.requestPolicies = map[string]*edgesim.CachePolicy{}, map[string]*edgesim.OriginRequestPolicy{}
	var distributions []resource
	for _, res := range resources {
		switch res.kind {
		case "aws_cloudfront_distribution":
			if r.bindings.Address == "" || r.bindings.Address == res.address {
				distributions = append(distributions, res)
			}
		case "aws_cloudfront_cache_policy":
			p := r.terraformCachePolicy(res.values)
			r.cachePolicies[res.address], r.cachePolicies[or(p.ID, res.address)] = p, p
		case "aws_cloudfront_origin_request_policy":
			p := r.terraformRequestPolicy(res.values)
			r.requestPolicies[res.address], r.requestPolicies[or(p.ID, res.address)] = p, p
		}
	}
	if len(distributions) != 1 {
		r.wrong("got %d resources aws_cloudfront_distribution, want one: say which in Bindings.Address", len(distributions))
		return
	}
	r.objects = objectsOf(resources)
	r.terraformDistribution(distributions[0].values, links[distributions[0].address])
}

// objects is how the file uploads a bucket's objects.
type objects struct {
	contentTypes map[string]string // by extension
	cacheControl string            // "" unless all objects have the same
}

// objectsOf reads the aws_s3_object resources, so that the bucket answers with their content types and Cache-Control.
func objectsOf(resources []resource) (o objects) {
	seen := map[string]bool{}
	for _, res := range resources {
		if res.kind != "aws_s3_object" {
			continue
		}
		if t := res.values.text("content_type"); t != "" {
			if o.contentTypes == nil {
				o.contentTypes = map[string]string{}
			}
			o.contentTypes[strings.ToLower(path.Ext(res.values.text("key")))] = t
		}
		o.cacheControl = res.values.text("cache_control")
		seen[o.cacheControl] = true
	}
	if len(seen) > 1 {
		o.cacheControl = ""
	}
	return o
}

func or(s, otherwise string) string { return first(s, otherwise) }

// resources are the resources of a module and of the modules in it.
func (r *reader) resources(module *node) []resource {
	var all []resource
	for _, res := range module.nodes("resources") {
		values := res.child("values")
		values.at = ""
		all = append(all, resource{res.text("address"), res.text("type"), values})
	}
	for _, child := range module.nodes("child_modules") {
		all = append(all, r.resources(child)...)
	}
	return all
}

// references finds, for each resource, what its expressions refer to: in a plan the only trace of a value that
// is not known yet.
func (r *reader) references(module *node, prefix string) map[string]*node {
	all := map[string]*node{}
	for _, res := range module.nodes("resources") {
		all[prefix+res.text("address")] = res.child("expressions")
	}
	calls := module.child("module_calls")
	for name := range calls.members {
		path := prefix + "module." + name + "."
		for address, n := range r.references(calls.child(name).child("module"), path) {
			all[address] = n
		}
	}
	return all
}

// referred is the resource of a kind that an expression refers to, or "".
func referred(expressions *node, kind string, path ...string) string {
	if expressions == nil {
		return ""
	}
	n := expressions
	for _, name := range path {
		n = n.child(name)
	}
	for _, ref := range n.texts("references") {
		if strings.HasPrefix(ref, kind+".") && strings.Count(ref, ".") == 1 {
			return ref
		}
	}
	return ""
}

func (r *reader) terraformDistribution(n, links *node) {
	d := &r.distribution
	d.DomainName, d.ID = n.text("domain_name"), n.text("id")
	d.DefaultRootObject, d.Aliases = n.text("default_root_object"), n.texts("aliases")
	for _, o := range n.nodes("origin") {
		r.terraformOrigin(o)
	}
	for _, g := range n.nodes("origin_group") {
		r.terraformGroup(g)
	}
	for _, b := range n.nodes("ordered_cache_behavior") {
		d.Behaviors = append(d.Behaviors, r.terraformBehavior(b, nil, ""))
	}
	d.DefaultBehavior = r.terraformBehavior(n.child("default_cache_behavior"), links, "default_cache_behavior")
	for _, e := range n.nodes("custom_error_response") {
		d.ErrorResponses = append(d.ErrorResponses, edgesim.ErrorResponse{
			Status: e.number("error_code"), PagePath: e.text("response_page_path"), ResponseCode: e.number("response_code"), CachingTTL: e.seconds("error_caching_min_ttl"),
		})
		e.rest()
	}
	if v, known := n.members["enabled"].(bool); known && !v {
		r.note("enabled: false (the simulator serves it all the same)")
	}
	n.ignore("enabled", "arn", "caller_reference", "comment", "etag", "hosted_zone_id", "in_progress_validation_batches", "last_modified_time", "price_class",
		"retain_on_delete", "status", "tags", "tags_all", "trusted_key_groups", "trusted_signers", "wait_for_deployment", "logging_v1_enabled")
	geo := n.child("restrictions").child("geo_restriction")
	if kind := geo.text("restriction_type"); kind != "" && kind != "none" {
		r.note("restrictions.geo_restriction: %s of %d countries", kind, len(geo.texts("locations")))
	}
	n.rest()
}

func (r *reader) terraformOrigin(n *node) {
	o := originConfig{at: n.at, id: n.text("origin_id"), domain: n.text("domain_name"), path: n.text("origin_path"),
		attempts: n.number("connection_attempts"), connect: n.seconds("connection_timeout"), completion: n.seconds("response_completion_timeout")}
	for _, h := range n.nodes("custom_header") {
		if o.headers == nil {
			o.headers = http.Header{}
		}
		o.headers.Add(h.text("name"), h.text("value"))
	}
	if c := n.child("custom_origin_config"); c.exists() {
		o.custom, o.protocol = true, c.text("origin_protocol_policy")
		o.httpPort, o.httpsPort = c.number("http_port"), c.number("https_port")
		o.read, o.keepalive = c.seconds("origin_read_timeout"), c.seconds("origin_keepalive_timeout")
		o.protocols = c.texts("origin_ssl_protocols")
		c.rest()
	}
	n.child("s3_origin_config").ignore("origin_access_identity")
	n.ignore("origin_access_control_id") // every bucket of the simulator is private
	if shield := n.child("origin_shield"); shield.flag("enabled") {
		r.note("%s: on", shield.at)
	}
	n.rest()
	r.bindOrigin(o)
}

func (r *reader) terraformGroup(n *node) {
	members := n.nodes("member")
	id := n.text("origin_id")
	if len(members) != 2 {
		r.wrong("%s: got %d members, want 2", n.at, len(members))
		return
	}
	group := &edgesim.OriginGroup{Primary: r.origin(n.at, members[0].text("origin_id")), Secondary: r.origin(n.at, members[1].text("origin_id"))}
	for _, v := range n.child("failover_criteria").list("status_codes") {
		if code, ok := v.(float64); ok {
			group.Statuses = append(group.Statuses, int(code))
		}
	}
	n.rest()
	r.origins[id] = group
}
