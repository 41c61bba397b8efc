package forms

import (
	"errors"
	"fmt"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/internal/ascii"
)

// A pathParser reads a source of Vercel or Next.js, which is in the syntax of
// path-to-regexp 6:
//
//	:name          a segment, or the part of one between the text around it
//	:name?         the same or nothing, with the slash before it
//	:name*         any number of segments, with the slash before them
//	:name+         one or more
//	(pattern)      what the pattern says, without a name
//	:name(pattern) the same with a name
//	\( \) \:       the sign itself
//
// Patterns are those that an expander knows. Braces are not known.
type pathParser struct {
	text    string
	at      int
	noSlash bool // see expander
	list    []variant
	keys    []string // what the target calls the placeholders, in their order
}

// parsePath returns the variants of a source and the keys of its placeholders.
func parsePath(s string, noSlash bool) (list []variant, keys []string, err error) {
	p := &pathParser{text: s, noSlash: noSlash, list: []variant{{}}}
	if err = p.parse(); err != nil {
		return nil, nil, err
	}
	for i, v := range p.list {
		if v.from == "" {
			// All of it may be left out; but every path has its slash.
			v.from = "/"
			p.list[i] = v
		}
	}
	if len(p.list) == 2 && p.list[1].from == "/*" {
		p.list = p.list[1:]
	}
	return p.list, p.keys, nil
}

func (p *pathParser) parse() error {
	var b strings.Builder
	for p.at < len(p.text) {
		switch c := p.text[p.at]; c {
		case '\\':
			if p.at++; p.at == len(p.text) {
				return errors.New(`a \ at the end`)
			}
			b.WriteByte(p.text[p.at])
			p.at++
		case ':', '(':
			if err := p.placeholder(b.String()); err != nil {
				return err
			}
			b.Reset()
		case '?':
			return errors.New(`a question mark; ask for the query with has, or write \\? in JSON if the sign is part of the path`)
		case '*', '+', ')', '{', '}':
			return fmt.Errorf(`%q, which is not read here; write \\%c in JSON if the sign is part of the path`, string(c), c)
		default:
			b.WriteByte(c)
			p.at++
		}
	}
	return p.addText(b.String())
}

func (p *pathParser) addText(text string) error {
	return p.step(func(v variant) ([]variant, error) { return only(v.text(text, nil)) })
}

func (p *pathParser) step(s step) (err error) {
	p.list, err = each(p.list, s)
	return err
}

// placeholder reads a placeholder that stands behind text.
func (p *pathParser) placeholder(before string) error {
	key := "$" + strconv.Itoa(len(p.keys)+1)
	if p.text[p.at] == ':' {
		begin := p.at + 1
		for p.at++; p.at < len(p.text) && ascii.IsWord(p.text[p.at]); {
			p.at++
		}
		if key = p.text[begin:p.at]; key == "" {
			return errors.New(`a colon without a name; write \\: in JSON if the sign is part of the path`)
		}
	}
	p.keys = append(p.keys, key)
	pattern, err := p.pattern()
	if err != nil {
		return err
	}
	return p.modifier(before, key, pattern)
}

// pattern reads what stands between parentheses; [^/]+ if there are none.
func (p *pathParser) pattern() (*syntax.Regexp, error) {
	inner := "[^/]+"
	if p.at < len(p.text) && p.text[p.at] == '(' {
		end := closing(p.text[p.at:])
		if end < 0 {
			return nil, errors.New("a parenthesis that is not closed")
		}
		inner = p.text[p.at+1 : p.at+end]
		p.at += end + 1
	}
	e, err := syntax.Parse(inner, syntax.Perl)
	if err != nil {
		return nil, fmt.Errorf("the pattern (%s), which is not read here", inner)
	}
	if _, err := (expander{}).expand(variant{from: "/"}, e); err != nil {
		return nil, fmt.Errorf("the pattern (%s), which has %w", inner, err)
	}
	return e, nil
}

// closing returns where the parenthesis that s begins with is closed, -1 if it is
// not.
func closing(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			return i
		}
	}
	return -1
}

// modifier reads the sign behind a placeholder. A slash or a dot right before it
// belongs to a part that may be left out, a slash to one that is repeated.
func (p *pathParser) modifier(before, key string, pattern *syntax.Regexp) error {
	sign := byte(0)
	if p.at < len(p.text) && strings.IndexByte("*+?", p.text[p.at]) >= 0 {
		sign = p.text[p.at]
		p.at++
	}
	prefix := ""
	if sign != 0 && (strings.HasSuffix(before, "/") || strings.HasSuffix(before, ".")) {
		before, prefix = before[:len(before)-1], before[len(before)-1:]
	}
	if (sign == '*' || sign == '+') && (prefix != "/" || !isRepeated(pattern, isNoSlash)) {
		return fmt.Errorf(":%s%c, which is not for whole segments", key, sign)
	}
	if err := p.addText(before); err != nil {
		return err
	}
	x := expander{groups: []string{key}, noSlash: p.noSlash}
	return p.step(func(v variant) ([]variant, error) {
		absent := v.clone()
		absent.values[key] = ""
		v, err := absent.text(prefix, nil)
		if err != nil {
			return nil, err
		}
		var list []variant
		if sign == '*' || sign == '?' {
			list = append(list, absent)
		}
		var present []variant
		switch sign {
		case '*':
			present, err = only(v.splat(x.groups, false))
		case '+':
			present, err = v.nonEmpty(x.groups, false)
		default:
			present, err = x.expand(v, pattern)
		}
		return append(list, present...), err
	})
}

// parseDestination returns the template that a destination is. A name stands for the
// whole word behind its colon, with the sign behind it; $1 is the first placeholder.
// A name of no placeholder is text.
func parseDestination(s string, keys []string, slash bool) template {
	var t template
	var b strings.Builder
	put := func(key string) {
		t = append(t, templatePart{b.String(), key, slash && key != ""})
		b.Reset()
	}
	for i := 0; i < len(s); {
		switch key, n := keyAt(s[i:], keys); {
		case n > 0:
			put(key)
			i += n
		case s[i] == '\\' && i+1 < len(s):
			b.WriteString(strings.ReplaceAll(s[i+1:i+2], ":", "%3A"))
			i += 2
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	put("")
	return t
}

// keyAt returns the key that s begins with, and its length with the sign behind it.
func keyAt(s string, keys []string) (key string, n int) {
	switch s[0] {
	case ':':
		n = 1
		for n < len(s) && ascii.IsWord(s[n]) {
			n++
		}
		if key = s[1:n]; !slices.Contains(keys, key) {
			return "", 0
		}
		if n < len(s) && (s[n] == '*' || s[n] == '+') || s[n:] == "?" {
			n++
		}
		return key, n
	case '$':
		for n = 1; n < len(s) && ascii.IsDigit(s[n]); n++ {
		}
		if number, err := strconv.Atoi(s[1:n]); err == nil && 0 < number && number <= len(keys) {
			return keys[number-1], n
		}
	}
	return "", 0
}
