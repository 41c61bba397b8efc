package template

import (
	"fmt"
	"reflect"
)

// isCondition reports whether a function gives true or false.
func isCondition(name string) bool {
	switch name {
	case "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not":
		return true
	}
	return false
}

// ifCall is Fn::If: a condition's name and two values. A condition that cannot be worked out is named and taken as false.
func (t *stack) ifCall(path string, args []any) any {
	name, _ := text(args[0])
	chosen := 2
	if t.condition(entry(path, 0), name) {
		chosen = 1
	}
	return t.eval(entry(path, chosen), args[chosen])
}

// condition is a condition of the template by name. One that refers to itself is false, and so is one that is not known.
func (t *stack) condition(path, name string) bool {
	key := "condition " + name
	if v, known := t.memo[key]; known {
		return v == true
	}
	definition, has := object(t.root["Conditions"])[name]
	if !has {
		t.once(path, "no condition has the name %q: it is taken as false", name)
		return false
	}
	t.memo[key] = false
	at := "Conditions." + name
	switch v := t.truth(at, definition).(type) {
	case bool:
		t.memo[key] = v
	case *unresolved:
		t.once(at, "%s: %s: the condition is taken as false; give a value for what it asks as a parameter", v.expression, v.why)
	}
	return t.memo[key] == true
}

// truth is a condition function or {"Condition": "name"}, evaluated: a bool or *unresolved.
func (t *stack) truth(path string, v any) any {
	o := object(v)
	if name, ok := o["Condition"].(string); ok && len(o) == 1 {
		return t.condition(path, name)
	}
	switch v := t.eval(path, v).(type) {
	case bool, *unresolved:
		return v
	case string:
		if v == "true" || v == "false" {
			return v == "true"
		}
	}
	return t.unresolved(brief(v), "want Fn::Equals, Fn::And, Fn::Or, Fn::Not or a Condition")
}

// compare works out a condition function.
func (t *stack) compare(path, name string, argument any) any {
	args := list(argument)
	if name == "Fn::Equals" {
		if len(args) != 2 {
			return t.unresolved(written(name, argument), fmt.Sprintf("got %d values, want 2", len(args)))
		}
		return t.equals(t.eval(entry(path, 0), args[0]), t.eval(entry(path, 1), args[1]))
	}
	if len(args) == 0 || name == "Fn::Not" && len(args) != 1 {
		return t.unresolved(written(name, argument), "want a list of conditions, Fn::Not one of one")
	}
	decides := name == "Fn::Or" // the value of one that decides all: true for Or, false for And
	var unknown *unresolved
	for i, arg := range args {
		switch v := t.truth(entry(path, i), arg).(type) {
		case *unresolved:
			unknown = v
		case bool:
			if name == "Fn::Not" {
				return !v
			}
			if v == decides {
				return v
			}
		}
	}
	if unknown != nil {
		return unknown
	}
	return !decides
}

// equals compares two values as text if both are scalars: a parameter is always text.
func (t *stack) equals(a, b any) any {
	for _, v := range []any{a, b} {
		if u := anyUnresolved(v); u != nil {
			return u
		}
	}
	s, scalar := text(a)
	other, too := text(b)
	if scalar && too {
		return s == other
	}
	return reflect.DeepEqual(a, b)
}
