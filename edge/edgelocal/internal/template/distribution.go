package template

import (
	"encoding/json"
	"maps"
	"slices"
)

// distributions are those of a stack and of the stacks nested in it.
func (t *stack) distributions() []Distribution {
	var all []Distribution
	for _, id := range t.of("AWS::CloudFront::Distribution") {
		all = append(all, t.distribution(id))
	}
	for _, id := range slices.Sorted(maps.Keys(t.nested)) {
		all = append(all, t.nested[id].distributions()...)
	}
	return all
}

// distribution reads a distribution with everything that it refers to.
func (t *stack) distribution(id string) Distribution {
	path := "Resources." + id + ".Properties.DistributionConfig"
	d := Distribution{
		LogicalID: id, File: t.file, Line: t.line("Resources." + id),
		Functions: map[string]FunctionCode{}, Origins: map[string]Origin{}, CloudFrontFunctions: map[string]CloudFrontFunction{},
		KeyValueStores: map[string]KeyValueStore{}, KeyGroups: map[string]KeyGroup{},
	}
	config := object(t.settle(path, t.property(id, "DistributionConfig")))
	if config == nil {
		t.note("Resources."+id+".Properties", "no DistributionConfig: CloudFormation refuses it")
		config = map[string]any{}
	}
	t.complete(path, config)
	t.staging(&d, config)
	if b := object(config["DefaultCacheBehavior"]); b != nil {
		t.behavior(&d, member(path, "DefaultCacheBehavior"), b)
	}
	for i, b := range items(config["CacheBehaviors"]) {
		t.behavior(&d, entry(member(path, "CacheBehaviors"), i), object(b))
	}
	for i, o := range items(config["Origins"]) {
		name, _ := text(object(o)["Id"])
		d.Origins[name] = t.origin(entry(member(path, "Origins"), i), object(o))
	}
	// What was read of JSON and YAML, and made of it, can be written as JSON.
	d.Config, _ = json.Marshal(map[string]any{"DistributionConfig": config})
	return d
}

// behavior finds what a cache behaviour refers to.
func (t *stack) behavior(d *Distribution, path string, b map[string]any) {
	for _, a := range items(b["LambdaFunctionAssociations"]) {
		arn, _ := text(object(a)["LambdaFunctionARN"])
		trigger, _ := text(object(a)["EventType"])
		t.association(d, arn, trigger)
	}
	for _, a := range items(b["FunctionAssociations"]) {
		if arn, ok := text(object(a)["FunctionARN"]); ok {
			t.cloudFrontFunction(d, arn)
		}
	}
	t.policies(d, b)
	for _, v := range items(b["TrustedKeyGroups"]) {
		if id, ok := text(v); ok {
			t.keyGroup(d, id)
		}
	}
}

// items is a list, or the Items of an object.
func items(v any) []any {
	if l, ok := object(v)["Items"]; ok {
		v = l
	}
	return list(v)
}

// find looks for a resource of a type for which holds reports true: in this stack, then in the others.
func (t *stack) find(kind string, holds func(*stack, string) bool) (*stack, string) {
	for _, other := range append([]*stack{t}, t.group.stacks...) {
		for _, id := range other.of(kind) {
			if holds(other, id) {
				return other, id
			}
		}
	}
	return nil, ""
}

// byRef finds a resource by what Ref gives for it.
func (t *stack) byRef(kind, ref string) (*stack, string) {
	return t.find(kind, func(other *stack, id string) bool { return other.ref("", id) == ref })
}
