package template

import (
	"fmt"
	"strings"
)

// maxNesting is how deep nested stacks are read.
const maxNesting = 5

// nest reads the nested stacks whose templates are files here: as people write them for "aws cloudformation package" or SAM, and as CDK
// synthesizes them.
func (t *stack) nest(depth int) {
	for _, id := range t.of("AWS::CloudFormation::Stack") {
		t.nestOne(id, t.nestedFile(id, "TemplateURL"), depth)
	}
	for _, id := range t.of("AWS::Serverless::Application") {
		t.nestOne(id, t.nestedFile(id, "Location"), depth)
	}
}

func (t *stack) nestOne(id, file string, depth int) {
	switch {
	case file == "":
		return
	case depth == maxNesting || len(t.group.stacks) == maxStacks:
		t.note("Resources."+id, "not read: stacks nested deeper than %d, or more than %d templates", maxNesting, maxStacks)
		return
	}
	d, err := readDocument(file)
	if err != nil {
		t.note("Resources."+id, "its template is not read: %v", err)
		return
	}
	child := newStack(d, t.group, map[string]string{"AWS::Region": t.region, "AWS::AccountId": t.account})
	child.parent, child.id, child.name, child.assets = t, id, t.name+"-"+plainName(id), t.assets
	t.nested[id] = child
	t.group.stacks = append(t.group.stacks, child)
	child.nest(depth + 1)
}

// nestedFile is the template of a nested stack; "" when it is elsewhere.
func (t *stack) nestedFile(id, property string) string {
	metadata := object(object(object(t.root["Resources"])[id])["Metadata"])
	if asset, ok := metadata["aws:asset:path"].(string); ok {
		return t.local(asset)
	}
	path := t.propertyText(id, property)
	if path == "" || strings.Contains(path, "://") {
		return ""
	}
	return t.local(path)
}

// given is the value that the parent gives to a parameter of a nested stack.
func (t *stack) given(name string) (any, bool) {
	if t.parent == nil {
		return nil, false
	}
	_, properties, _ := t.parent.resource(t.id)
	parameters := object(properties["Parameters"])
	if _, has := parameters[name]; !has {
		return nil, false
	}
	v := t.guarded("parameter "+name, func() any { return t.parent.property(t.id, "Parameters", name) })
	if s, ok := text(v); ok && isList(object(object(t.root["Parameters"])[name])) {
		return commaSeparated(s), true
	}
	return v, true
}

// output is an output of a nested stack.
func (t *stack) output(id, name string) any {
	child := t.nested[id]
	if child == nil {
		return t.unresolved("!GetAtt "+id+".Outputs."+name, "an output of a stack whose template is not here")
	}
	o, has := object(child.root["Outputs"])[name]
	if !has {
		return t.unresolved("!GetAtt "+id+".Outputs."+name, fmt.Sprintf("%s has no such output", child.file))
	}
	return child.guarded("output "+name, func() any { return child.at("Outputs."+name, o, "Value") })
}
