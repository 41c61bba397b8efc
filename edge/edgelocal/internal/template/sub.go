package template

import (
	"regexp"
	"strings"
)

// variable is ${Name}, ${Resource.Attribute} or the literal ${!Name} in a text of Fn::Sub.
var variable = regexp.MustCompile(`\$\{([^${}]*)\}`)

// sub is Fn::Sub: a text, or a list of a text and its own variables. "${!Literal}" stands for "${Literal}"
// (intrinsic-function-reference-sub.html).
func (t *stack) sub(path string, argument any) any {
	args := list(argument)
	own := map[string]any{}
	if len(args) == 2 {
		argument, own = args[0], object(args[1])
	}
	s, ok := argument.(string)
	if !ok {
		return t.unresolved(written("Fn::Sub", argument), "want a text, or a list of a text and its variables")
	}
	var failed *unresolved
	length := len(s)
	s = variable.ReplaceAllStringFunc(s, func(found string) string {
		name := strings.TrimSpace(found[2 : len(found)-1])
		if literal, is := strings.CutPrefix(name, "!"); is || failed != nil {
			return "${" + literal + "}"
		}
		value, problem := t.subVariable(path, name, own)
		if problem != nil {
			failed = problem
		}
		if length += len(value); length > maxText {
			failed, value = t.unresolved("!Sub …", "the text is too long"), ""
		}
		return value
	})
	if failed != nil {
		return failed
	}
	return s
}

// subVariable is one variable's text.
func (t *stack) subVariable(path, name string, own map[string]any) (string, *unresolved) {
	var v any
	switch resource, attribute, dotted := strings.Cut(name, "."); {
	case own[name] != nil:
		v = t.eval(member(entry(path, 1), name), own[name])
	case dotted && !t.isSAMVersion(resource, attribute):
		v = t.getAtt(path, resource, attribute)
	default:
		v = t.ref(path, name)
	}
	if u, unknown := v.(*unresolved); unknown {
		return "", u
	}
	s, ok := text(v)
	if !ok {
		return "", t.unresolved("${"+name+"}", "it is "+brief(v)+", want text")
	}
	return s, nil
}
