package template

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// guarded evaluates something that has a name once. What refers to itself on the way is not resolved.
func (t *stack) guarded(key string, evaluate func() any) any {
	if v, known := t.memo[key]; known {
		return v
	}
	t.memo[key] = t.unresolved(key, "it refers to itself")
	t.memo[key] = evaluate()
	return t.memo[key]
}

func (t *stack) refCall(path string, argument any) any {
	name, ok := argument.(string)
	if !ok {
		return t.unresolved(written("Ref", argument), "want a name")
	}
	return t.ref(path, name)
}

// ref is the Ref of a pseudo parameter, a parameter or a resource (pseudo-parameter-reference.html,
// intrinsic-function-reference-ref.html).
func (t *stack) ref(path, name string) any {
	switch name {
	case "AWS::AccountId":
		return t.account
	case "AWS::NoValue":
		return noValue{}
	case "AWS::NotificationARNs":
		return []any{}
	case "AWS::Partition":
		return "aws"
	case "AWS::Region":
		return t.region
	case "AWS::StackName":
		return t.name
	case "AWS::StackId":
		return fmt.Sprintf("arn:aws:cloudformation:%s:%s:stack/%s/51af3dc0-da77-11e4-872e-1234567db123", t.region, t.account, t.name)
	case "AWS::URLSuffix":
		return "amazonaws.com"
	}
	if _, is := t.parameters[name]; is {
		return t.parameterValue(name)
	}
	if function, what, dotted := strings.Cut(name, "."); dotted && t.isSAMVersion(function, what) {
		return t.samVersion(function, what)
	}
	if _, _, is := t.resource(name); is {
		return t.guarded("Ref "+name, func() any { return t.physicalID(name) })
	}
	if api := t.implicitAPI(name); api != "" {
		return api
	}
	return t.unresolved("!Ref "+name, fmt.Sprintf("no parameter or resource has the name %q", name))
}

func (t *stack) getAttCall(path string, argument any) any {
	if s, ok := argument.(string); ok { // in JSON, "Resource.Attribute" is taken too
		resource, attribute, _ := strings.Cut(s, ".")
		return t.getAtt(path, resource, attribute)
	}
	args := list(argument)
	if len(args) != 2 {
		return t.unresolved(written("Fn::GetAtt", argument), "want a resource and an attribute")
	}
	resource, _ := text(args[0])
	v := t.eval(entry(path, 1), args[1]) // an attribute's name may be a Ref
	attribute, ok := text(v)
	if u, unknown := v.(*unresolved); unknown || !ok {
		if unknown {
			return u
		}
		return t.unresolved(written("Fn::GetAtt", argument), "want an attribute's name")
	}
	if id, inner, dotted := strings.Cut(resource, "."); dotted { // as in [Function.Version, FunctionArn]
		return t.getAtt(path, id, inner+"."+attribute)
	}
	return t.getAtt(path, resource, attribute)
}

// getAtt is the attribute of a resource.
func (t *stack) getAtt(path, id, attribute string) any {
	if of, inner, dotted := strings.Cut(attribute, "."); dotted && t.isSAMVersion(id, of) {
		return t.samAttribute(id, of, inner)
	}
	kind, _, is := t.resource(id)
	if !is {
		if function, url := strings.CutSuffix(id, "Url"); url && t.isSAMFunction(function) && attribute == "FunctionUrl" {
			return "https://" + t.urlHost(function) + "/" // SAM makes it of FunctionUrlConfig
		}
		return t.unresolved("!GetAtt "+id+"."+attribute, fmt.Sprintf("no resource has the name %q", id))
	}
	return t.guarded("GetAtt "+id+"."+attribute, func() any { return t.attribute(path, kind, id, attribute) })
}

// importValue is Fn::ImportValue: an output that another stack exports. CDK's stacks stand in one folder; people's often do.
func (t *stack) importValue(path string, argument any) any {
	v := t.eval(path, argument)
	name, ok := text(v)
	if u, unknown := v.(*unresolved); unknown || !ok {
		if unknown {
			return u
		}
		return t.unresolved(written("Fn::ImportValue", argument), "want a name")
	}
	for _, other := range t.group.stacks {
		if v, found := other.exported(name); found {
			return v
		}
	}
	for _, other := range t.group.beside() {
		if v, found := other.exported(name); found {
			return v
		}
	}
	return t.unresolved("!ImportValue "+name, "the output of another stack, which is not in this folder")
}

// exported is the output that the stack exports under a name.
func (t *stack) exported(name string) (v any, found bool) {
	outputs := object(t.root["Outputs"])
	for _, id := range slices.Sorted(maps.Keys(outputs)) {
		at, o := "Outputs."+id, outputs[id]
		if t.guarded("export "+id, func() any { return t.at(at, o, "Export", "Name") }) == name {
			return t.guarded("output "+id, func() any { return t.at(at, o, "Value") }), true
		}
	}
	return nil, false
}

// stored is the value of an SSM parameter that a stack of the group sets: as a resource, or with CDK's writer of exports to another
// Region.
func (t *stack) stored(name string) any {
	for _, other := range t.group.stacks {
		for _, id := range other.of("AWS::SSM::Parameter") {
			if other.propertyText(id, "Name") == name {
				return other.guarded("value of "+id, func() any { return other.property(id, "Value") })
			}
		}
		for _, id := range other.of("Custom::CrossRegionExportWriter") {
			_, properties, _ := other.resource(id)
			if v, has := object(object(properties["WriterProps"])["exports"])[name]; has {
				return other.guarded("export of "+name, func() any { return other.eval("Resources."+id+".Properties.WriterProps.exports", v) })
			}
		}
	}
	return t.unresolved("{{resolve:ssm:"+name+"}}", "an SSM parameter, which no template of this folder sets")
}

// reference is a dynamic reference: a service, and what it has in it.
var reference = regexp.MustCompile(`\{\{resolve:([a-z-]+):([^{}]*)\}\}`)

// dynamic is a text that may have dynamic references in it (dynamic-references.html). Only those to SSM parameters of the group are worked
// out; a version, as in {{resolve:ssm:/name:3}}, is taken for the one there is.
func (t *stack) dynamic(s string) any {
	if !strings.Contains(s, "{{resolve:") {
		return s
	}
	var failed *unresolved
	values := reference.ReplaceAllStringFunc(s, func(found string) string {
		parts := reference.FindStringSubmatch(found)
		if parts[1] != "ssm" {
			failed = t.unresolved(brief(s), "a dynamic reference, which only CloudFormation reads")
			return ""
		}
		name := parts[2]
		if bare, version, has := strings.Cut(name, ":"); has && strings.Trim(version, "0123456789") == "" {
			name = bare
		}
		v := t.stored(name)
		if u, unknown := v.(*unresolved); unknown {
			failed = u
		}
		value, _ := text(v)
		return value
	})
	switch {
	case failed != nil:
		return failed
	case values == s || len(values) > maxText:
		return t.unresolved(brief(s), "a dynamic reference, which only CloudFormation reads")
	}
	return values
}
