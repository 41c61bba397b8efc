package template

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Bounds of evaluation: names of resources and conditions may refer to each other.
const (
	maxSteps = 2_000_000
	maxText  = 1 << 20 // of a text that intrinsics make
)

// An unresolved value is one that only a deployment knows, or that this program does not work out.
type unresolved struct {
	expression string // as people write it: "!ImportValue name"
	why        string
}

// noValue is what Ref AWS::NoValue gives: the member is left out.
type noValue struct{}

func (t *stack) unresolved(expression, why string) *unresolved { return &unresolved{expression, why} }

// isIntrinsic reports whether an object is a call of an intrinsic function.
func isIntrinsic(o map[string]any) bool {
	if len(o) != 1 {
		return false
	}
	for name := range o {
		return name == "Ref" || name == "Condition" || strings.HasPrefix(name, "Fn::")
	}
	return false
}

// eval works out the intrinsics in a value. The result has values of JSON and, for what cannot be resolved, *unresolved.
func (t *stack) eval(path string, v any) any {
	if t.group.steps++; t.group.steps > maxSteps {
		return t.unresolved("…", "the template takes more than "+strconv.Itoa(maxSteps)+" steps to evaluate")
	}
	switch v := v.(type) {
	case []any:
		values := make([]any, 0, len(v))
		for i, item := range v {
			if e := t.eval(entry(path, i), item); e != (noValue{}) {
				values = append(values, e)
			}
		}
		return values
	case map[string]any:
		if isIntrinsic(v) {
			for name, argument := range v {
				if name == "Condition" {
					return v // the condition block of a policy document
				}
				return t.call(member(path, name), name, argument)
			}
		}
		values := make(map[string]any, len(v))
		for _, name := range slices.Sorted(maps.Keys(v)) { // in order, so that notes are the same every time
			if e := t.eval(member(path, name), v[name]); e != (noValue{}) {
				values[name] = e
			}
		}
		return values
	case string:
		return t.dynamic(v)
	}
	return v
}

// call works out an intrinsic function (intrinsic-function-reference.html).
func (t *stack) call(path, name string, argument any) any {
	args := list(argument)
	switch {
	case name == "Ref":
		return t.refCall(path, argument)
	case name == "Fn::GetAtt":
		return t.getAttCall(path, argument)
	case name == "Fn::Sub":
		return t.sub(path, argument)
	case name == "Fn::Join" && len(args) == 2:
		return t.join(path, args)
	case name == "Fn::Select" && len(args) == 2:
		return t.selectOf(path, args)
	case name == "Fn::Split" && len(args) == 2:
		return t.split(path, args)
	case name == "Fn::FindInMap" && len(args) >= 3:
		return t.findInMap(path, args)
	case name == "Fn::If" && len(args) == 3:
		return t.ifCall(path, args)
	case name == "Fn::ImportValue":
		return t.importValue(path, argument)
	case name == "Fn::ToJsonString":
		return t.toJSON(path, argument)
	case isCondition(name):
		return t.compare(path, name, argument)
	}
	return t.unresolved(written(name, argument), "this intrinsic function is not worked out, or has not the arguments that it takes")
}

// written is a call as people write it in YAML, cut to a few words.
func written(name string, argument any) string {
	s, ok := text(argument)
	if !ok {
		var parts []string
		for _, v := range list(argument) {
			part, _ := text(v)
			parts = append(parts, part)
		}
		if s = strings.Join(parts, "."); s == "" {
			s = "…"
		}
	}
	s = "!" + strings.TrimPrefix(name, "Fn::") + " " + s
	if r := []rune(s); len(r) > 120 {
		s = string(r[:120]) + "…"
	}
	return s
}

// join is Fn::Join: a delimiter, and a list or what gives one.
func (t *stack) join(path string, args []any) any {
	delimiter, _ := text(args[0])
	values, ok := t.eval(entry(path, 1), args[1]).([]any)
	if !ok {
		return t.unresolved(written("Fn::Join", args), "the second argument is no list")
	}
	var b strings.Builder
	for i, v := range values {
		s, ok := text(v)
		switch u, unknown := v.(*unresolved); {
		case unknown:
			return u
		case !ok:
			return t.unresolved(written("Fn::Join", args), "a part is "+brief(v)+", want text")
		case b.Len()+len(s)+len(delimiter) > maxText:
			return t.unresolved(written("Fn::Join", args), "the text is too long")
		}
		if i > 0 {
			b.WriteString(delimiter)
		}
		b.WriteString(s)
	}
	return b.String()
}

// selectOf is Fn::Select: an index from 0, and a list. Null values and indexes beyond the list are errors at AWS.
func (t *stack) selectOf(path string, args []any) any {
	index, _ := text(t.eval(entry(path, 0), args[0]))
	i, err := strconv.Atoi(index)
	v := t.eval(entry(path, 1), args[1])
	if u, unknown := v.(*unresolved); unknown {
		return u
	}
	values := list(v)
	if err != nil || i < 0 || i >= len(values) {
		return t.unresolved(written("Fn::Select", args), fmt.Sprintf("index %q of a list of %d", index, len(values)))
	}
	return values[i]
}

// split is Fn::Split: a delimiter, and a text.
func (t *stack) split(path string, args []any) any {
	delimiter, _ := text(args[0])
	v := t.eval(entry(path, 1), args[1])
	if u, unknown := v.(*unresolved); unknown {
		return u
	}
	s, ok := text(v)
	if !ok || delimiter == "" {
		return t.unresolved(written("Fn::Split", args), "got "+brief(v)+", want a delimiter and text")
	}
	values := []any{}
	for part := range strings.SplitSeq(s, delimiter) {
		values = append(values, part)
	}
	return values
}

// findInMap is Fn::FindInMap: a map's name and two keys, and with the transform AWS::LanguageExtensions a DefaultValue.
func (t *stack) findInMap(path string, args []any) any {
	var keys [3]string
	for i := range keys {
		v := t.eval(entry(path, i), args[i])
		if u, unknown := v.(*unresolved); unknown {
			return u
		}
		keys[i], _ = text(v)
	}
	if v, found := object(object(object(t.root["Mappings"])[keys[0]])[keys[1]])[keys[2]]; found {
		return v
	}
	if len(args) > 3 {
		if v, has := object(args[3])["DefaultValue"]; has {
			return t.eval(entry(path, 3), v)
		}
	}
	return t.unresolved(written("Fn::FindInMap", args), fmt.Sprintf("Mappings has no %s.%s.%s", keys[0], keys[1], keys[2]))
}

// toJSON is Fn::ToJsonString of the transform AWS::LanguageExtensions.
func (t *stack) toJSON(path string, argument any) any {
	v := t.eval(path, argument)
	if u := anyUnresolved(v); u != nil {
		return u
	}
	data, err := json.Marshal(v)
	if err != nil || len(data) > maxText {
		return t.unresolved(written("Fn::ToJsonString", nil), "the text is too long")
	}
	return string(data)
}

// anyUnresolved is one value in v that cannot be resolved.
func anyUnresolved(v any) *unresolved {
	switch v := v.(type) {
	case *unresolved:
		return v
	case []any:
		for _, item := range v {
			if u := anyUnresolved(item); u != nil {
				return u
			}
		}
	case map[string]any:
		for _, item := range v {
			if u := anyUnresolved(item); u != nil {
				return u
			}
		}
	}
	return nil
}

// brief is a value in a few words.
func brief(v any) string {
	switch v := v.(type) {
	case nil:
		return "nothing"
	case []any:
		return fmt.Sprintf("a list of %d", len(v))
	case map[string]any:
		return "an object"
	case *unresolved:
		return v.expression
	case string:
		if len(v) > 60 {
			v = v[:60] + "…"
		}
		return strconv.Quote(v)
	}
	return fmt.Sprint(v)
}
