package awsconfig

import (
	"encoding/json"
	"errors"
	"fmt"
)

// AddPolicy reads a policy as "aws cloudfront get-cache-policy", "get-origin-request-policy" or "get-response-headers-policy" print it,
// with or without what stands around its configuration, or as CloudFormation spells it, and binds it to the id. A member that is not known
// is an error.
func (b *Bindings) AddPolicy(id string, file []byte) error {
	var top map[string]any
	if err := json.Unmarshal(file, &top); err != nil {
		return fmt.Errorf("awsconfig: not a JSON object: %w", err)
	}
	r := &reader{}
	outer := r.node("", top)
	for _, kind := range []string{"CachePolicy", "OriginRequestPolicy", "ResponseHeadersPolicy"} {
		policy := outer
		if outer.has(kind) {
			policy = outer.child(kind)
		}
		config := policy.child(kind + "Config")
		if !config.exists() {
			continue
		}
		switch kind {
		case "CachePolicy":
			bind(&b.CachePolicies, id, r.terraformCachePolicy(config))
		case "OriginRequestPolicy":
			bind(&b.OriginRequestPolicies, id, r.terraformRequestPolicy(config))
		default:
			bind(&b.ResponseHeadersPolicies, id, r.terraformHeadersPolicy(config))
		}
		for _, note := range r.notes {
			r.errs = append(r.errs, errors.New("awsconfig: "+note))
		}
		return errors.Join(r.errs...)
	}
	return errors.New("awsconfig: want the output of aws cloudfront get-cache-policy, get-origin-request-policy or get-response-headers-policy")
}

func bind[P any](policies *map[string]*P, id string, p *P) {
	if *policies == nil {
		*policies = map[string]*P{}
	}
	(*policies)[id] = p
}

// named is the list of names that a policy selects: a plain list in CloudFormation, in Items elsewhere.
func (n *node) named(name string) []string {
	if list, ok := n.members[n.spelled(name)].([]any); ok && len(list) > 0 {
		if _, plain := list[0].(string); plain {
			return n.texts(name)
		}
	}
	return n.child(name).texts("items")
}
