package forms

import (
	"errors"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An expander makes variants of a regular expression: of text (in which a dot is a
// dot), any text (.*, .+), a segment ([^/]+, [^/]*), choices (a|b, x?, [ab]), and
// groups of all that.
type expander struct {
	groups   []string // those that what comes belongs to
	numbered bool     // groups of the expression are groups, too, and called by their numbers
	noSlash  bool     // paths end in no slash, so that behind one there is more
}

// maxClass is how many characters a class may have that is read as a choice.
const maxClass = 8

// expand returns v with e behind it, in the order in which a matcher tries the
// choices.
func (x expander) expand(v variant, e *syntax.Regexp) ([]variant, error) {
	lazy := e.Flags&syntax.NonGreedy != 0
	switch {
	case e.Op == syntax.OpEmptyMatch:
		return only(v, nil)
	case e.Op == syntax.OpLiteral && e.Flags&syntax.FoldCase == 0:
		return only(v.text(string(e.Rune), x.groups))
	case e.Op == syntax.OpLiteral && len(e.Rune) == 1:
		// The parser makes this of [Aa], too.
		low, high := unicode.ToLower(e.Rune[0]), unicode.ToUpper(e.Rune[0])
		return x.class(v, []rune{high, high, low, low})
	case e.Op == syntax.OpCapture:
		return x.group(v, e)
	case e.Op == syntax.OpConcat:
		return x.concat(v, e.Sub)
	case e.Op == syntax.OpAlternate:
		return x.alternate(v, e.Sub)
	case e.Op == syntax.OpQuest:
		return x.optional(v, e.Sub[0], lazy)
	case e.Op == syntax.OpCharClass && classSize(e.Rune) <= maxClass:
		return x.class(v, e.Rune)
	case isRepeated(e, isAny):
		if v.from == "" {
			return x.first(v, lazy)
		}
		if e.Op == syntax.OpStar && !(x.noSlash && v.from != "/" && strings.HasSuffix(v.from, "/")) {
			return only(v.splat(x.groups, lazy))
		}
		return v.nonEmpty(x.groups, lazy)
	case isRepeated(e, isNoSlash) && e.Op == syntax.OpPlus:
		one, err := v.segment(x.groups)
		one.lazy = lazy
		return only(one, err)
	case isRepeated(e, isNoSlash):
		one, err := v.segment(x.groups)
		one.lazy = lazy
		return []variant{one, v}, err
	case isAny(e):
		// A dot alone is hardly ever meant to be anything but a dot.
		return only(v.text(".", x.groups))
	}
	return nil, errors.New("something else than text, (a|b), .*, .+, [^/]+ and groups of these")
}

// first is for any text at the beginning of a path, which has the slash in it.
func (x expander) first(v variant, lazy bool) ([]variant, error) {
	v, err := v.text("/", x.groups)
	if err != nil {
		return nil, err
	}
	return only(v.splat(x.groups, lazy))
}

func (x expander) group(v variant, e *syntax.Regexp) ([]variant, error) {
	if !x.numbered {
		return nil, errors.New("a group in a group; write it as (?:...)")
	}
	x.groups = append(x.groups[:len(x.groups):len(x.groups)], strconv.Itoa(e.Cap))
	return x.expand(v, e.Sub[0])
}

func (x expander) concat(v variant, list []*syntax.Regexp) ([]variant, error) {
	all := []variant{v}
	for _, e := range list {
		var err error
		all, err = each(all, func(v variant) ([]variant, error) { return x.expand(v, e) })
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (x expander) alternate(v variant, list []*syntax.Regexp) ([]variant, error) {
	var all []variant
	for _, e := range list {
		next, err := x.expand(v, e)
		if err != nil {
			return nil, err
		}
		all = append(all, next...)
	}
	return all, nil
}

// optional is for what may be left out. It always is behind what has taken it: behind
// .* and .+, and behind [^/]+ if it has no slash.
func (x expander) optional(v variant, e *syntax.Regexp, lazy bool) ([]variant, error) {
	if !v.lazy && (v.end == '*' || v.end == ':' && (v.slashToo || !mayHaveSlash(e))) {
		return only(v, nil)
	}
	with, err := x.expand(v, e)
	switch {
	case err != nil:
		return nil, err
	case v.from == "" && e.Op == syntax.OpLiteral && string(e.Rune) == "/":
		// Every path begins with a slash.
		return with, nil
	case lazy:
		return append([]variant{v}, with...), nil
	}
	return append(with, v), nil
}

func (x expander) class(v variant, ranges []rune) ([]variant, error) {
	var all []variant
	for i := 0; i < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			next, err := v.text(string(r), x.groups)
			if err != nil {
				return nil, err
			}
			all = append(all, next)
		}
	}
	return all, nil
}

func classSize(ranges []rune) int {
	n := 0
	for i := 0; i < len(ranges); i += 2 {
		n += int(ranges[i+1]-ranges[i]) + 1
	}
	return n
}

// isRepeated reports whether e is x* or x+.
func isRepeated(e *syntax.Regexp, x func(*syntax.Regexp) bool) bool {
	return (e.Op == syntax.OpStar || e.Op == syntax.OpPlus) && x(e.Sub[0])
}

// mayHaveSlash reports whether a text that e is for may have a slash in it.
func mayHaveSlash(e *syntax.Regexp) bool {
	switch e.Op {
	case syntax.OpLiteral:
		return slices.Contains(e.Rune, '/')
	case syntax.OpCharClass:
		return !isNoSlash(e) && (classSize(e.Rune) > maxClass || inClass(e.Rune, '/'))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return true
	}
	return slices.ContainsFunc(e.Sub, mayHaveSlash)
}

func inClass(ranges []rune, r rune) bool {
	for i := 0; i < len(ranges); i += 2 {
		if ranges[i] <= r && r <= ranges[i+1] {
			return true
		}
	}
	return false
}

// isAny reports whether e is a dot.
func isAny(e *syntax.Regexp) bool {
	return e.Op == syntax.OpAnyCharNotNL || e.Op == syntax.OpAnyChar
}

// isNoSlash reports whether e is [^/], with or without signs that no path has.
func isNoSlash(e *syntax.Regexp) bool {
	if e.Op != syntax.OpCharClass {
		return false
	}
	next := rune(0)
	slash := false
	for i := 0; i < len(e.Rune); i += 2 {
		for ; next < e.Rune[i]; next++ {
			switch next {
			case '/':
				slash = true
			case '?', '#', '\n':
			default:
				return false
			}
		}
		next = e.Rune[i+1] + 1
	}
	return slash && next == utf8.MaxRune+1
}
