package awsconfig

import (
	"cmp"
	"slices"
	"strings"
)

// A resource is one resource of a state or plan.
type resource struct {
	address, kind string
	values        *node
}

// terraform reads the JSON of "terraform show -json"
// (https://developer.hashicorp.com/terraform/internals/json-format): the values of a state, or the planned
// values of a plan, in which what is known only after the apply is absent. What is null has the value that the provider
// sends for it: 0 for times.
func (r *reader) terraform(top map[string]any) {
	outer := r.node("", top)
	values := outer.child("values")
	if !values.exists() {
		values, r.plan = outer.child("planned_values"), true
	}
	resources := r.resources(values.child("root_module"))
	expressions := r.references(outer.child("configuration").child("root_module"), "")
	r.provider = true
	r.readDefinitions(resources)
	var distributions []resource
	for _, res := range resources {
		if res.kind == "aws_cloudfront_distribution" && (r.bindings.Address == "" || r.bindings.Address == res.address) {
			distributions = append(distributions, res)
		}
	}
	if len(distributions) != 1 {
		var found []string
		for _, res := range resources {
			if strings.HasPrefix(res.kind, "aws_cloudfront_") && strings.HasSuffix(res.kind, "distribution") {
				found = append(found, res.address)
			}
		}
		r.wrong("got %d resources aws_cloudfront_distribution, want one: say which in Bindings.Address (the file has %s)",
			len(distributions), cmp.Or(strings.Join(found, ", "), "none"))
		return
	}
	r.objects, r.websites = r.objectsOf(resources), r.websitesOf(resources)
	site := distributions[0]
	n := site.values
	r.distribution.DomainName, r.distribution.ID = n.text("domain_name"), n.text("id")
	r.readDistribution(n, expressions[withoutIndex(site.address)].of(site.address))
	n.ignore("arn", "caller_reference", "etag", "hosted_zone_id", "in_progress_validation_batches", "last_modified_time", "logging_v1_enabled",
		"status", "trusted_key_groups", "trusted_signers") // the provider sets these, no user does
	n.rest()
}

// unknown reports whether a plan does not know the value of an argument that has one: those without one are null.
func (n *node) unknown(name string) bool {
	_, said := n.members[n.spelled(name)]
	return n.exists() && n.r.plan && !said
}

// resources are the resources of a module and of the modules in it.
func (r *reader) resources(module *node) []resource {
	var all []resource
	for _, res := range module.nodes("resources") {
		found := resource{res.text("address"), res.text("type"), res.child("values")}
		found.values.at = found.address
		if found.kind == "aws_cloudfront_distribution" {
			found.values.at = "" // the one that is read
		}
		all = append(all, found)
	}
	for _, child := range module.nodes("child_modules") {
		all = slices.Concat(all, r.resources(child))
	}
	return all
}
