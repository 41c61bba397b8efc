package template

import (
	"fmt"
	"strings"
)

// staging finds which requests CloudFront gives to another distribution by a continuous deployment policy of the template
// (understanding-continuous-deployment.html).
func (t *stack) staging(d *Distribution, config map[string]any) {
	on, _ := text(config["Staging"])
	d.Staging = on == "true"
	id, _ := text(config["ContinuousDeploymentPolicyId"])
	owner, policy := t.byRef("AWS::CloudFront::ContinuousDeploymentPolicy", id)
	if owner == nil {
		return
	}
	of := object(owner.property(policy, "ContinuousDeploymentPolicyConfig"))
	if enabled, _ := text(of["Enabled"]); enabled != "true" {
		return
	}
	traffic := object(of["TrafficConfig"])
	header, weight := object(traffic["SingleHeaderConfig"]), object(traffic["SingleWeightConfig"])
	if traffic == nil { // the older form
		header, weight = object(of["SingleHeaderPolicyConfig"]), object(of["SingleWeightPolicyConfig"])
	}
	which := "some requests"
	if name, ok := text(header["Header"]); ok {
		value, _ := text(header["Value"])
		which = fmt.Sprintf("requests with the header %s: %s", name, value)
	} else if share, ok := text(weight["Weight"]); ok {
		which = fmt.Sprintf("the share %s of all requests", share)
	}
	owner.once("Resources."+policy, "CloudFront gives %s to the staging distribution%s (understanding-continuous-deployment.html); here every request is served by %s",
		which, owner.stagingName(), d.LogicalID)
}

// stagingName is that of the template's staging distribution, with a space before it.
func (t *stack) stagingName() string {
	var names []string
	for _, id := range t.of("AWS::CloudFront::Distribution") {
		if on, _ := text(t.property(id, "DistributionConfig", "Staging")); on == "true" {
			names = append(names, " "+id)
		}
	}
	return strings.Join(names, ",")
}
