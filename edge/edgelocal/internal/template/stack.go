package template

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A stack is a template with its parameters given: what CloudFormation makes of it.
type stack struct {
	*document
	dir, name       string
	region, account string
	parameters      map[string]any  // values: strings, or lists of them
	defaulted       map[string]bool // parameters that have neither value nor Default
	group           *group
	assets          map[string]string // folders and files by object key
	globals         map[string]any    // SAM's, for functions

	parent *stack            // of a nested stack
	id     string            // its logical id in the parent
	nested map[string]*stack // by logical id

	memo  map[string]any      // names of resources and results of conditions
	kinds map[string][]string // logical ids by type
	said  map[string]bool
}

// A group is the stacks of one folder of CDK's, which refer to each other, or a stack alone.
type group struct {
	stacks []*stack
	looked bool // beside the first one
	steps  int  // evaluations so far
}

// Names of a place that a deployment knows and a file does not. The account is one of AWS's for examples.
const (
	someAccount = "111122223333"
	someRegion  = "us-east-1" // where functions of Lambda@Edge are (edge-functions-restrictions.html)
)

func newStack(d *document, g *group, given map[string]string) *stack {
	base := filepath.Base(d.file)
	for _, ext := range []string{".json", ".yaml", ".yml", ".template"} {
		base = strings.TrimSuffix(base, ext)
	}
	t := &stack{
		document: d, dir: filepath.Dir(d.file), name: plainName(base), region: someRegion, account: someAccount, group: g,
		parameters: map[string]any{}, defaulted: map[string]bool{}, nested: map[string]*stack{}, memo: map[string]any{}, kinds: map[string][]string{}, said: map[string]bool{},
	}
	if region, ok := given["AWS::Region"]; ok {
		t.region = region
	}
	if account, ok := given["AWS::AccountId"]; ok {
		t.account = account
	}
	t.globals = object(object(d.root["Globals"])["Function"])
	for name, v := range object(d.root["Parameters"]) {
		t.parameter(name, object(v), given)
	}
	t.macros()
	return t
}

// parameter gives a parameter its value: what is given, its Default, or something in its place that is named when it is used.
func (t *stack) parameter(name string, p map[string]any, given map[string]string) {
	kind, _ := p["Type"].(string)
	value, known := given[name]
	if !known {
		value, known = text(p["Default"])
	}
	if allowed := list(p["AllowedValues"]); !known && len(allowed) > 0 {
		value, _ = text(allowed[0])
	}
	if !known {
		t.defaulted[name] = true
		switch {
		case value != "":
		case kind == "Number":
			value = "0"
		default:
			value = strings.ToLower(plainName(name))
		}
	}
	t.parameters[name] = value
	if isList(p) {
		t.parameters[name] = commaSeparated(value)
	}
	if strings.HasPrefix(kind, "AWS::SSM::Parameter::Value") && given[name] == "" {
		t.parameters[name] = t.unresolved("Ref "+name, "the value is in the SSM parameter "+strconv.Quote(value)+": give one for the template's parameter "+name)
	}
}

// isList reports whether a parameter's value is a list.
func isList(parameter map[string]any) bool {
	kind, _ := parameter["Type"].(string)
	return kind == "CommaDelimitedList" || strings.HasPrefix(kind, "List<")
}

func commaSeparated(s string) []any {
	var values []any
	for v := range strings.SplitSeq(s, ",") {
		values = append(values, strings.TrimSpace(v))
	}
	return values
}

// parameterValue is a parameter's value. One without a Default is named once.
func (t *stack) parameterValue(name string) any {
	if v, given := t.given(name); given {
		return v
	}
	v := t.parameters[name]
	if t.defaulted[name] {
		t.once("Parameters."+name, "neither a Default nor a value given: %q is taken; give one as a parameter of that name", v)
	}
	return v
}

// once is note for what would be said again and again.
func (t *stack) once(path, format string, args ...any) {
	if key := path + "\x00" + format; !t.said[key] {
		t.said[key] = true
		t.note(path, format, args...)
	}
}

// resource is a resource by its logical id. Its properties are not evaluated yet.
func (t *stack) resource(id string) (kind string, properties map[string]any, ok bool) {
	r := object(object(t.root["Resources"])[id])
	kind, ok = r["Type"].(string)
	return kind, object(r["Properties"]), ok
}

// exists reports whether a resource is created: its Condition holds.
func (t *stack) exists(id string) bool {
	condition, has := object(object(t.root["Resources"])[id])["Condition"].(string)
	return !has || t.condition("Resources."+id+".Condition", condition)
}

// of are the logical ids of the resources of a type that are created, in order.
func (t *stack) of(kind string) []string {
	if ids, known := t.kinds[kind]; known {
		return ids
	}
	ids := []string{}
	for _, id := range slices.Sorted(maps.Keys(object(t.root["Resources"]))) {
		if is, _, _ := t.resource(id); is == kind && t.exists(id) {
			ids = append(ids, id)
		}
	}
	t.kinds[kind] = ids
	return ids
}

// property evaluates a property of a resource; nil when it has none.
func (t *stack) property(id string, names ...string) any {
	_, v, _ := t.resource(id)
	path := "Resources." + id + ".Properties"
	return t.at(path, v, names...)
}

// at evaluates a member of a member of an object. What is on the way may be an intrinsic, too.
func (t *stack) at(path string, v any, names ...string) any {
	for _, name := range names {
		o := object(v)
		if isIntrinsic(o) {
			o = object(t.eval(path, o))
		}
		v, path = o[name], member(path, name)
	}
	return t.eval(path, v)
}

// propertyText is a property that is text; "" when there is none or it cannot be resolved.
func (t *stack) propertyText(id string, names ...string) string {
	s, _ := text(t.property(id, names...))
	return s
}

func object(v any) map[string]any { o, _ := v.(map[string]any); return o }

func list(v any) []any { l, _ := v.([]any); return l }

// text is a scalar as CloudFormation writes it into a string.
func text(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		return strconv.FormatBool(v), true
	}
	return "", false
}

// plainName has letters, digits and hyphens only, as the names of stacks and buckets have.
func plainName(s string) string {
	return strings.Trim(strings.Map(func(c rune) rune {
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
			return c
		}
		return '-'
	}, s), "-")
}
