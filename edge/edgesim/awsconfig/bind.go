package awsconfig

import (
	"cmp"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// bindFunction finds the function of an association.
func (r *reader) bindFunction(at, arn, address, trigger string, includeBody bool, functions *edgesim.Functions) {
	unversioned := arn
	if parts := strings.Split(arn, ":"); len(parts) == 8 { // arn:aws:lambda:us-east-1:123456789012:function:name:1
		unversioned = strings.Join(parts[:7], ":")
	}
	name := unversioned[strings.LastIndexByte(unversioned, ':')+1:]
	var found edgesim.Function
	for _, key := range []string{arn, unversioned, name, trigger} {
		if f := r.bindings.Functions[key]; key != "" && f != nil {
			found = f
			break
		}
	}
	if found == nil && r.bindings.Resolver != nil {
		found = r.bindings.Resolver.Function(FunctionName{At: at, ARN: arn, Address: address, Name: name, Trigger: trigger})
	}
	if found == nil {
		r.wrong("%s: %s runs %q: say in Bindings.Functions what stands for it", at, trigger, arn)
		return
	}
	r.checkARN(at, arn)
	slot := slotOf(functions, trigger)
	switch {
	case slot == nil:
		r.wrong("%s: event type %q, want viewer-request, origin-request, origin-response or viewer-response", at, trigger)
	case slot.Function != nil:
		r.wrong("%s: a second function on %s, CloudFront allows one", at, trigger)
	default:
		*slot = edgesim.Association{Function: found, Name: cmp.Or(name, address, trigger), IncludeBody: includeBody}
	}
}

// checkARN says which functions CloudFront refuses by their ARN (lambda-at-edge-function-restrictions.html). What is no
// ARN is a name written by hand, or one that is not known yet.
func (r *reader) checkARN(at, arn string) {
	parts := append(strings.Split(arn, ":"), "")
	if parts[0] != "arn" || len(parts) < 8 {
		return
	}
	if version := parts[7]; version == "" || strings.Trim(version, "0123456789") != "" {
		r.note("%s: %s is not a numbered version of a function: CloudFront refuses $LATEST and aliases", at, arn)
	}
	if region := parts[3]; region != "us-east-1" {
		r.note("%s: a function in %s: CloudFront takes those in us-east-1", at, region)
	}
}

// slotOf is where the function of a trigger goes; nil when there is no such trigger.
func slotOf(f *edgesim.Functions, trigger string) *edgesim.Association {
	switch trigger {
	case "viewer-request":
		return &f.ViewerRequest
	case "origin-request":
		return &f.OriginRequest
	case "origin-response":
		return &f.OriginResponse
	case "viewer-response":
		return &f.ViewerResponse
	}
	return nil
}

// bindCloudFrontFunction finds the CloudFront Function of an association, or says that it does not run. Its ARN ends in
// its name.
func (r *reader) bindCloudFrontFunction(at, arn, address, trigger string, functions *edgesim.CloudFrontFunctions) {
	name := arn[strings.LastIndexByte(arn, '/')+1:]
	var found *edgesim.OpenCloudFrontFunction
	for _, key := range []string{arn, name, trigger} {
		if found == nil && key != "" {
			found = r.bindings.CloudFrontFunctions[key]
		}
	}
	if found == nil && r.bindings.Resolver != nil {
		found = r.bindings.Resolver.CloudFrontFunction(FunctionName{At: at, ARN: arn, Address: address, Name: name, Trigger: trigger})
	}
	if found == nil {
		r.note("%s: the CloudFront Function %s does not run on %s: say in Bindings.CloudFrontFunctions what stands for it",
			at, cmp.Or(name, address, "of a name not known yet"), trigger)
		return
	}
	slot := map[string]**edgesim.OpenCloudFrontFunction{"viewer-request": &functions.ViewerRequest, "viewer-response": &functions.ViewerResponse}[trigger]
	switch {
	case slot == nil:
		r.wrong("%s: event type %q, want viewer-request or viewer-response", at, trigger)
	case *slot != nil:
		r.wrong("%s: a second function on %s, CloudFront allows one", at, trigger)
	default:
		*slot = found
	}
}

// checkTriggers names the triggers that CloudFront does not have with an origin in a VPC
// (private-content-vpc-origins.html).
func (r *reader) checkTriggers(at, target string, f *edgesim.Functions) {
	if r.private[target] && (f.OriginRequest.Function != nil || f.OriginResponse.Function != nil) {
		r.note("%s: functions run between cache and origin; CloudFront has no such triggers with an origin in a VPC", at)
	}
}
