package awsconfig

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// readDistribution reads the settings of a distribution. from are its expressions in a Terraform file.
func (r *reader) readDistribution(n *node, from *links) {
	d := &r.distribution
	d.DefaultRootObject, d.Aliases = n.text("DefaultRootObject"), n.texts("Aliases")
	for _, o := range n.nodes(n.either("Origins", "origin")) {
		r.readOrigin(o)
	}
	for _, g := range n.nodes(n.either("OriginGroups", "origin_group")) {
		r.readGroup(g)
	}
	behaviors := n.either("CacheBehaviors", "ordered_cache_behavior")
	for i, b := range n.nodes(behaviors) {
		d.Behaviors = append(d.Behaviors, r.readBehavior(b, from.block(behaviors, i)))
	}
	d.DefaultBehavior = r.readBehavior(n.child("DefaultCacheBehavior"), from.block("default_cache_behavior", 0))
	if r.bindings.Resolver != nil || slices.ContainsFunc(append(d.Behaviors, d.DefaultBehavior), changesOrigin) {
		d.Origins = r.choosable()
	}
	for _, e := range n.nodes(n.either("CustomErrorResponses", "custom_error_response")) {
		d.ErrorResponses = append(d.ErrorResponses, edgesim.ErrorResponse{
			Status: e.number("ErrorCode", 0), PagePath: e.text("ResponsePagePath"), ResponseCode: e.number("ResponseCode", 0),
			CachingTTL: e.seconds("ErrorCachingMinTTL", r.absent(10*time.Second)),
		})
	}
	if on := n.flag("Enabled"); !on && n.has("Enabled") {
		r.note("%s: the distribution is off: requests are served; CloudFront serves none", n.path("Enabled"))
	}
	r.readRestriction(n.child("Restrictions").child("GeoRestriction"))
	from.pending(n, true, "continuous_deployment_policy_id")
	from.pending(n, false, "web_acl_id")
}

// changesOrigin reports whether a behaviour has a function that may send requests to another origin.
func changesOrigin(b edgesim.Behavior) bool {
	return b.CloudFrontFunctions.ViewerRequest != nil || b.Functions.OriginRequest.Function != nil
}

// choosable are the origins that a CloudFront Function can choose by their ids, and Lambda@Edge by their domain names: all but groups.
func (r *reader) choosable() map[string]edgesim.Origin {
	origins := maps.Clone(r.origins)
	maps.DeleteFunc(origins, func(_ string, o edgesim.Origin) bool {
		_, group := o.(*edgesim.OriginGroup)
		return group
	})
	return origins
}

// absent is what a time means that the file does not have: CloudFront's default, or 0, which Terraform's provider sends.
func (r *reader) absent(standard time.Duration) time.Duration {
	if r.provider {
		return 0
	}
	return standard
}

// readRestriction reads a restriction by country.
func (r *reader) readRestriction(n *node) {
	var countries []string
	for _, c := range r.texts(n.at, append(n.items(), n.list("Locations")...)) {
		countries = append(countries, strings.ToUpper(c))
	}
	kind := n.text("RestrictionType")
	switch kind {
	case "", "none":
		return
	case "whitelist":
		r.distribution.GeoRestriction.Allow = countries
	case "blacklist":
		r.distribution.GeoRestriction.Block = countries
	default:
		r.wrong("%s: got %q, want none, whitelist or blacklist", n.path("RestrictionType"), kind)
	}
	if len(countries) == 0 {
		r.note("%s: a %s without a country: CloudFront refuses this; viewers from every country are served", n.at, kind)
	}
}

// readGroup makes an origin group of its two members.
func (r *reader) readGroup(n *node) {
	id, members := n.text(n.either("Id", "origin_id")), n.nodes(n.either("Members", "member"))
	switch {
	case id == "":
		r.wrong("%s: an origin group without an id", n.at)
	case r.origins[id] != nil:
		r.wrong("%s: a second origin with the id %q", n.at, id)
	case len(members) != 2:
		r.wrong("%s: got %d members, want 2", n.at, len(members))
	default:
		r.origins[id] = &edgesim.OriginGroup{
			Primary: r.origin(n.at, members[0].text("OriginId")), Secondary: r.origin(n.at, members[1].text("OriginId")),
			Statuses: n.child("FailoverCriteria").numbers("StatusCodes"),
		}
	}
}
