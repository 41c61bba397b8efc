package template

import "encoding/json"

// policies finds the policies of a behaviour that the template has.
func (t *stack) policies(d *Distribution, b map[string]any) {
	for _, kind := range []string{"CachePolicy", "OriginRequestPolicy", "ResponseHeadersPolicy"} {
		id, ok := text(b[kind+"Id"])
		if !ok || d.Policies.CachePolicies[id] != nil || d.Policies.OriginRequestPolicies[id] != nil || d.Policies.ResponseHeadersPolicies[id] != nil {
			continue
		}
		if owner, logicalID := t.byRef("AWS::CloudFront::"+kind, id); owner != nil {
			owner.policy(d, kind, id, logicalID)
		}
	}
}

// policy reads a policy and binds it to the id as it stands in the configuration. What cannot be read of it is named.
func (t *stack) policy(d *Distribution, kind, id, logicalID string) {
	path := "Resources." + logicalID + ".Properties." + kind + "Config"
	config := t.settle(path, t.property(logicalID, kind+"Config"))
	data, _ := json.Marshal(map[string]any{kind + "Config": config})
	if err := d.Policies.AddPolicy(id, data); err != nil {
		t.note(path, "%v", err)
	}
}
