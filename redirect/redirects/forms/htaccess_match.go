package forms

import (
	"errors"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// match reads RedirectMatch, whose path is a regular expression.
func (h *htaccessReader) match(code int, args []field) {
	list, err := parseRegexp(args[0].text)
	if err != nil {
		h.fail(args[0].position, rulefile.Unsupported, "%q has %v", args[0].text, err)
		return
	}
	var t template
	if len(args) > 1 {
		t = substitution(args[1].text)
		for _, p := range t {
			if _, known := list[0].values[p.group]; p.group != "" && !known {
				h.fail(args[1].position, rulefile.Syntax, "$%s in %q; %q has no such group", p.group, args[1].text, args[0].text)
				return
			}
		}
		// A group that takes a path from its beginning begins with the slash.
		if i := slices.IndexFunc(list, func(v variant) bool { return !isTarget(t.expand(v)) }); i >= 0 {
			h.fail(args[1].position, rulefile.Syntax, "target %q; must begin with /, https:// or http://", args[1].text)
			return
		}
	}
	h.addVariants(code, args, list, t)
}

// substitution returns the template that a target with $1 and so on is.
func substitution(s string) template {
	var t template
	begin := 0
	for i := 0; i < len(s); i++ {
		if s[i] == '$' && i+1 < len(s) && '1' <= s[i+1] && s[i+1] <= '9' {
			t = append(t, templatePart{text: literal(s[begin:i]), group: s[i+1 : i+2]})
			i++
			begin = i + 1
		}
	}
	return append(t, templatePart{text: literal(s[begin:])})
}

// parseRegexp returns the variants of a regular expression for paths. Without ^ it
// must begin with .*, and without $ anything may follow.
func parseRegexp(s string) ([]variant, error) {
	e, err := syntax.Parse(s, syntax.Perl)
	if err != nil {
		return nil, errors.New("a regular expression that is not read here")
	}
	parts := []*syntax.Regexp{e}
	if e.Op == syntax.OpConcat {
		parts = e.Sub
	}
	begun, ended := false, false
	if parts[0].Op == syntax.OpBeginText {
		begun, parts = true, parts[1:]
	}
	if n := len(parts); n > 0 && parts[n-1].Op == syntax.OpEndText {
		ended, parts = true, parts[:n-1]
	}
	if !begun && (len(parts) == 0 || !beginsWithAny(parts[0])) {
		return nil, errors.New("no ^ at its beginning, so that it is for the middle of paths, too: begin it with ^, or with .*")
	}
	begin := variant{}.clone()
	for i := range e.MaxCap() {
		begin.values[strconv.Itoa(i+1)] = ""
	}
	list, err := expander{numbered: true}.concat(begin, parts)
	if err == nil && !ended {
		list, err = each(list, openEnd)
	}
	for _, v := range list {
		if err == nil && !strings.HasPrefix(v.from, "/") {
			err = errors.New("no / at its beginning, with which every path begins")
		}
	}
	return list, err
}

// beginsWithAny reports whether e begins with .* or .+, in a group or not.
func beginsWithAny(e *syntax.Regexp) bool {
	for e.Op == syntax.OpCapture || e.Op == syntax.OpConcat {
		e = e.Sub[0]
	}
	return isRepeated(e, isAny)
}

// openEnd returns v for paths that go on.
func openEnd(v variant) ([]variant, error) {
	if v.end == '*' {
		return only(v, nil)
	}
	return only(v.splat(nil, false))
}
