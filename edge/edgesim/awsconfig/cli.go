package awsconfig

import (
	"net/http"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// cli reads the JSON of the AWS command line: DistributionConfig in the CloudFront API reference.
func (r *reader) cli(top map[string]any) {
	outer := r.node("", top)
	if d := outer.child("Distribution"); d.exists() {
		r.distribution.DomainName, r.distribution.ID = d.text("DomainName"), d.text("Id")
		outer = d
	}
	c := outer.child("DistributionConfig")
	if !c.exists() {
		c = outer
	}
	c.at = ""
	r.distribution.DefaultRootObject = c.text("DefaultRootObject")
	r.distribution.Aliases = c.texts("Aliases")
	for _, o := range c.nodes("Origins") {
		r.cliOrigin(o)
	}
	for _, g := range c.nodes("OriginGroups") {
		r.cliGroup(g)
	}
	for _, b := range c.nodes("CacheBehaviors") {
		r.distribution.Behaviors = append(r.distribution.Behaviors, r.cliBehavior(b))
	}
	r.distribution.DefaultBehavior = r.cliBehavior(c.child("DefaultCacheBehavior"))
	for _, e := range c.nodes("CustomErrorResponses") {
		r.distribution.ErrorResponses = append(r.distribution.ErrorResponses, edgesim.ErrorResponse{
			Status: e.number("ErrorCode"), PagePath: e.text("ResponsePagePath"), ResponseCode: e.number("ResponseCode"), CachingTTL: e.seconds("ErrorCachingMinTTL"),
		})
		e.rest()
	}
	if !c.flag("Enabled") {
		r.note("Enabled: false (the simulator serves it all the same)")
	}
	c.ignore("CallerReference", "Comment", "PriceClass", "ETag", "Id", "ARN", "Status", "LastModifiedTime", "DomainName", "InProgressInvalidationBatches",
		"AliasICPRecordals", "ActiveTrustedSigners", "ActiveTrustedKeyGroups")
	restrictions := c.child("Restrictions").child("GeoRestriction")
	if kind := restrictions.text("RestrictionType"); kind != "" && kind != "none" {
		r.note("Restrictions.GeoRestriction: %s of %d countries", kind, restrictions.number("Quantity"))
	}
	c.rest()
}

func (r *reader) cliOrigin(n *node) {
	o := originConfig{at: n.at, id: n.text("Id"), domain: n.text("DomainName"), path: n.text("OriginPath"),
		attempts: n.number("ConnectionAttempts"), connect: n.seconds("ConnectionTimeout"), completion: n.seconds("ResponseCompletionTimeout")}
	for _, h := range n.nodes("CustomHeaders") {
		if o.headers == nil {
			o.headers = http.Header{}
		}
		o.headers.Add(h.text("HeaderName"), h.text("HeaderValue"))
	}
	if c := n.child("CustomOriginConfig"); c.exists() {
		o.custom, o.protocol = true, c.text("OriginProtocolPolicy")
		o.httpPort, o.httpsPort = c.number("HTTPPort"), c.number("HTTPSPort")
		o.read, o.keepalive = c.seconds("OriginReadTimeout"), c.seconds("OriginKeepaliveTimeout")
		o.protocols = c.texts("OriginSslProtocols")
		c.rest()
	}
	if s := n.child("S3OriginConfig"); s.exists() {
		s.ignore("OriginAccessIdentity")
		o.read = s.seconds("OriginReadTimeout")
		s.rest()
	}
	n.ignore("OriginAccessControlId") // every bucket of the simulator is private
	if shield := n.child("OriginShield"); shield.flag("Enabled") {
		r.note("%s: on", shield.at)
	}
	n.rest()
	r.bindOrigin(o)
}

func (r *reader) cliGroup(n *node) {
	var ids []string
	for _, m := range n.nodes("Members") {
		ids = append(ids, m.text("OriginId"))
	}
	id := n.text("Id")
	if len(ids) != 2 {
		r.wrong("%s: got %d members, want 2", n.at, len(ids))
		return
	}
	group := &edgesim.OriginGroup{Primary: r.origin(n.at, ids[0]), Secondary: r.origin(n.at, ids[1])}
	for _, v := range n.child("FailoverCriteria").list("StatusCodes") {
		if code, ok := v.(float64); ok {
			group.Statuses = append(group.Statuses, int(code))
		}
	}
	n.rest()
	r.origins[id] = group
}

func (r *reader) cliBehavior(n *node) edgesim.Behavior {
	b := edgesim.Behavior{
		PathPattern: n.text("PathPattern"), Origin: r.origin(n.at, n.text("TargetOriginId")), Compress: n.flag("Compress"),
		ViewerProtocol: edgesim.ViewerProtocol(n.text("ViewerProtocolPolicy")), AllowedMethods: n.texts("AllowedMethods"),
	}
	b.CachedMethods = n.child("AllowedMethods").texts("CachedMethods")
	if id := n.text("CachePolicyId"); id != "" {
		b.CachePolicy = r.cachePolicy(n.at, id)
	} else {
		b.CachePolicy, b.OriginRequestPolicy = cliForwarded(n)
	}
	if id := n.text("OriginRequestPolicyId"); id != "" {
		b.OriginRequestPolicy = r.requestPolicy(n.at, id)
	}
	for _, a := range n.nodes("LambdaFunctionAssociations") {
		r.bindFunction(a.at, a.text("LambdaFunctionARN"), a.text("EventType"), a.flag("IncludeBody"), &b.Functions)
		a.rest()
	}
	for _, a := range n.nodes("FunctionAssociations") {
		r.note("%s: CloudFront Function %s on %s", a.at, a.text("FunctionARN"), a.text("EventType"))
	}
	n.rest()
	return b
}

// cliForwarded reads the settings of a behaviour without a cache policy.
func cliForwarded(n *node) (*edgesim.CachePolicy, *edgesim.OriginRequestPolicy) {
	f := n.child("ForwardedValues")
	cookies := f.child("Cookies")
	policy, forward := forwarded{
		query: f.flag("QueryString"), keys: f.texts("QueryStringCacheKeys"), headers: f.texts("Headers"),
		cookies: cookies.text("Forward"), names: cookies.texts("WhitelistedNames"),
	}.policy(n.r, f.at)
	f.rest()
	policy.MinTTL, policy.DefaultTTL, policy.MaxTTL = n.seconds("MinTTL"), n.seconds("DefaultTTL"), n.seconds("MaxTTL")
	if forward != nil {
		policy.MinTTL, policy.DefaultTTL, policy.MaxTTL = 0, 0, 0
	}
	return policy, forward
}
