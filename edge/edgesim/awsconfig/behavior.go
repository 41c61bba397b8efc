package awsconfig

import "github.com/edgehelpers/lambdaedge/edge/edgesim"

// readBehavior reads a cache behaviour. from are its expressions in a Terraform file.
func (r *reader) readBehavior(n *node, from *links) edgesim.Behavior {
	target := n.text("TargetOriginId")
	b := edgesim.Behavior{
		PathPattern: n.text("PathPattern"), Origin: r.origin(n.at, target), Compress: n.flag("Compress"),
		ViewerProtocol: edgesim.ViewerProtocol(n.text("ViewerProtocolPolicy")), AllowedMethods: n.texts("AllowedMethods"),
	}
	if _, inside := n.get("AllowedMethods").(map[string]any); inside {
		b.CachedMethods = n.child("AllowedMethods").texts("CachedMethods")
	} else {
		b.CachedMethods = n.texts("CachedMethods") // of Terraform and CloudFormation
	}
	r.readPolicies(n, from, &b)
	for _, a := range n.nodes(n.either("LambdaFunctionAssociations", "lambda_function_association")) {
		trigger := a.text("EventType")
		address := from.association("lambda_function_association", trigger).address(a, "lambda_arn", "aws_lambda_function")
		r.bindFunction(a.at, a.text(a.either("LambdaFunctionARN", "lambda_arn")), address, trigger, a.flag("IncludeBody"), &b.Functions)
	}
	for _, a := range n.nodes(n.either("FunctionAssociations", "function_association")) {
		trigger := a.text("EventType")
		address := from.association("function_association", trigger).address(a, "FunctionARN", "aws_cloudfront_function")
		r.bindCloudFrontFunction(a.at, a.text("FunctionARN"), address, trigger, &b.CloudFrontFunctions)
	}
	b.ResponseHeadersPolicy = r.headersPolicy(n.path("response_headers_policy_id"), from.id(n, "response_headers_policy_id", "aws_cloudfront_response_headers_policy"))
	from.pending(n, false, "field_level_encryption_id")
	r.readSigners(n, from, &b)
	r.checkTriggers(n.at, target, &b.Functions)
	return b
}

// readPolicies reads what is cached and what goes to the origin: policies, or the settings of a behaviour without.
func (r *reader) readPolicies(n *node, from *links, b *edgesim.Behavior) {
	cache := from.id(n, "CachePolicyId", "aws_cloudfront_cache_policy")
	request := from.id(n, "OriginRequestPolicyId", "aws_cloudfront_origin_request_policy")
	switch {
	case cache == later || request == later:
		r.wrong("%s: the id of a policy is known after the apply only: use a state", n.at)
		return
	case cache != "":
		b.CachePolicy = r.cachePolicy(n.at, cache)
		r.beside(n)
	case n.child("ForwardedValues").exists() || !r.provider:
		b.CachePolicy, b.OriginRequestPolicy = r.readForwarded(n)
	default:
		r.wrong("%s: neither cache_policy_id nor forwarded_values", n.at)
	}
	if request == "" {
		return
	}
	b.OriginRequestPolicy = r.requestPolicy(n.at, request)
	if cache == "" {
		r.note("%s: CloudFront refuses it without a cache policy", n.path("OriginRequestPolicyId"))
	}
}

// beside says what a cache policy takes the place of. Terraform's provider sends no times with one.
func (r *reader) beside(n *node) {
	times := []string{"MinTTL", "DefaultTTL", "MaxTTL"}
	if r.provider {
		n.ignore(times...)
		times = nil
	}
	for _, name := range append(times, "ForwardedValues") {
		if !off(n.get(name)) {
			r.note("%s: not read beside %s: CloudFront refuses the two together", n.path(name), n.spelled("CachePolicyId"))
		}
	}
}

// readForwarded reads the settings of a behaviour without a cache policy. Absent times are the longer of CloudFront's
// default and of the next shorter time (DownloadDistValuesCacheBehavior.html, "Default TTL" and "Maximum TTL").
func (r *reader) readForwarded(n *node) (*edgesim.CachePolicy, *edgesim.OriginRequestPolicy) {
	f := n.child("ForwardedValues")
	if !f.exists() {
		r.note("%s: neither CachePolicyId nor ForwardedValues: CloudFront refuses this; nothing of the viewer's is forwarded", n.at)
	}
	cookies := f.child("Cookies")
	settings := forwarded{
		at: f.at, query: f.flag("QueryString"), keys: f.texts("QueryStringCacheKeys"), headers: f.texts("Headers"),
		cookies: cookies.text("Forward"), names: cookies.texts("WhitelistedNames"), minimum: n.seconds("MinTTL", 0),
	}
	settings.standard = n.seconds("DefaultTTL", r.absent(max(day, settings.minimum)))
	settings.maximum = n.seconds("MaxTTL", r.absent(max(year, settings.standard)))
	return settings.policies(r)
}
