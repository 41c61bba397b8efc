package forms

import (
	"errors"
	"regexp/syntax"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// conditions reads has and missing, and returns the keys of values that they
// capture, as far as the destination has a use for them.
func (v *vercelReader) conditions(n *node, s *vercelSource, destination string) (keys []string) {
	if has := n.get("has"); has != nil && v.isKind(has, "has", list) {
		for _, item := range has.items {
			if item.get("type") != nil && item.get("type").text == "host" {
				v.host(item, s)
				continue
			}
			keys = append(keys, v.condition(item, &s.rule.When, destination)...)
		}
	}
	missing := n.get("missing")
	if missing == nil || !v.isKind(missing, "missing", list) {
		return keys
	}
	if len(missing.items) > 1 {
		v.fail(missing.position, rulefile.Unsupported, "several conditions that must not hold; one can be said")
		return keys
	}
	for _, item := range missing.items {
		v.condition(item, &s.rule.Unless, "")
	}
	return keys
}

// host makes the hosts of which a request must have one part of the source.
func (v *vercelReader) host(n *node, s *vercelSource) {
	v.checkMembers(n, "a condition", "type", "key", "value")
	value := n.get("value")
	switch {
	case value == nil:
		v.fail(n.position, rulefile.Syntax, "a host without a value")
		return
	case s.hosts[0] != "":
		v.fail(n.position, rulefile.Unsupported, "two hosts; write a redirect for each")
		return
	}
	s.hosts = v.choices(value)
	for i, host := range s.hosts {
		s.hosts[i] = "//" + host
	}
}

// choices returns the texts that a value may be.
func (v *vercelReader) choices(n *node) (list []string) {
	if n.kind == object {
		m, ok := v.matcher(n)
		if ok && m.exact {
			return []string{m.text}
		}
		return nil
	}
	if !v.isKind(n, "value", text, object) {
		return nil
	}
	e, err := syntax.Parse(strings.TrimSuffix(strings.TrimPrefix(n.text, "^"), "$"), syntax.Perl)
	var variants []variant
	if err == nil {
		variants, err = expander{numbered: true}.expand(variant{}, e)
	}
	for _, c := range variants {
		if len(c.names) > 0 {
			err = errors.New("any text")
		}
		list = append(list, c.from)
	}
	if err != nil {
		v.fail(n.position, rulefile.Unsupported, "the value %q; only a text, or a choice of texts as in (a|b), is known here: write a redirect for each", n.text)
		return nil
	}
	return list
}

// condition adds a condition to w. It returns the key of the value that it captures.
func (v *vercelReader) condition(n *node, w *redirect.When, destination string) (keys []string) {
	if !v.isKind(n, "a condition", object) {
		return nil
	}
	v.checkMembers(n, "a condition", "type", "key", "value")
	kind, at := v.text(n, "type")
	name, atName := v.text(n, "key")
	switch {
	case name == "" && kind != "host":
		v.fail(atName, rulefile.Syntax, "a condition without a key")
		return nil
	case kind == "header" && strings.HasPrefix(strings.ToLower(name), "x-vercel-"):
		v.vercelHeader(n, name, w)
		return nil
	}
	m := matcher{capture: name}
	if value := n.get("value"); value != nil && (value.kind != text || value.text != "") {
		var ok bool
		if m, ok = v.matcher(value); !ok {
			return nil
		}
	}
	f := redirect.Field{Name: name, Value: m.value()}
	if key := m.capture; key != "" && strings.Contains(destination, ":"+key) {
		keys = append(keys, key)
		f.Value = ":" + key
		if kind != "query" || m.text != "" {
			v.fail(at, rulefile.Unsupported, "the destination takes :%s from a %s; only the whole value of a query parameter can be taken", key, kind)
		}
	}
	v.addField(w, kind, at, f)
	return keys
}

// addField adds a field to the conditions of its kind.
func (v *vercelReader) addField(w *redirect.When, kind string, at position, f redirect.Field) {
	switch kind {
	case "header":
		w.Header = append(w.Header, f)
	case "cookie":
		w.Cookie = append(w.Cookie, f)
	case "query":
		w.Query = append(w.Query, f)
	case "host":
		f.Name = "Host"
		w.Header = append(w.Header, f)
	default:
		v.fail(at, rulefile.Syntax, "type %q; must be header, cookie, query or host", kind)
	}
}

// vercelHeader makes what Vercel tells of the viewer's country one of w's conditions.
// What else it tells no request here has.
func (v *vercelReader) vercelHeader(n *node, name string, w *redirect.When) {
	value := n.get("value")
	switch {
	case !strings.EqualFold(name, "x-vercel-ip-country"):
		v.fail(n.position, rulefile.Unsupported, "the header %s, which comes from Vercel only; CloudFront has headers of its own, such as CloudFront-Viewer-City", name)
	case value == nil:
		v.fail(n.position, rulefile.Unsupported, "the header %s without a value", name)
	default:
		w.Country = append(w.Country, v.choices(value)...)
	}
}

// A matcher is what a value must be: a text, one that begins so, or any.
type matcher struct {
	text    string
	exact   bool
	capture string // the name of the whole value
}

func (m matcher) value() string {
	if m.text == "" || m.exact {
		return m.text
	}
	return m.text + "*"
}

// matcher reads a value, which is a regular expression for all of the text. Those
// are known that are a text, with .* behind it or without. A dot is a dot: in names
// of hosts and numbers of versions it is hardly ever anything else.
func (v *vercelReader) matcher(n *node) (matcher, bool) {
	switch {
	case n.kind == object && len(n.members) == 1 && n.has("eq", "pre"):
		// Vercel has conditions without regular expressions, too.
		value, at := v.text(n, n.members[0].name)
		m := matcher{text: value, exact: n.has("eq")}
		return m, v.isPlain(m, at)
	case n.kind == object:
		v.fail(n.position, rulefile.Unsupported, "a value that is an object; only eq and pre are known here")
		return matcher{}, false
	case !v.isKind(n, "value", text, object):
		return matcher{}, false
	}
	m, ok := parseMatcher(n.text)
	if !ok {
		v.fail(n.position, rulefile.Unsupported, "the value %q; only a text, with .* behind it or without, is known here: write a redirect for each case", n.text)
		return m, false
	}
	return m, v.isPlain(m, n.position)
}

// isPlain reports whether a text can be asked for as it is.
func (v *vercelReader) isPlain(m matcher, at position) bool {
	if strings.HasPrefix(m.text, ":") || strings.HasSuffix(m.text, "*") || m.exact && m.text == "" {
		v.fail(at, rulefile.Unsupported, "the value %q; one that is empty, begins with a colon or ends in a star cannot be asked for", m.text)
		return false
	}
	return true
}

// parseMatcher reads a regular expression that is a text and what may follow.
func parseMatcher(s string) (m matcher, ok bool) {
	e, err := syntax.Parse(s, syntax.Perl)
	if err != nil {
		return m, false
	}
	parts := []*syntax.Regexp{e}
	if e.Op == syntax.OpConcat {
		parts = e.Sub
	}
	m.exact = true
	for i, p := range parts {
		switch last := i == len(parts)-1; {
		case p.Op == syntax.OpBeginText && i == 0, p.Op == syntax.OpEndText && last:
		case p.Op == syntax.OpLiteral && p.Flags&syntax.FoldCase == 0 && m.exact:
			m.text += string(p.Rune)
		case p.Op == syntax.OpAnyCharNotNL && m.exact:
			m.text += "."
		case isAnyText(p) && m.exact:
			m.exact, m.capture = false, p.Name
		default:
			return m, false
		}
	}
	return m, true
}

// isAnyText reports whether e is .* or .+, in a group or not.
func isAnyText(e *syntax.Regexp) bool {
	if e.Op == syntax.OpCapture {
		e = e.Sub[0]
	}
	return isRepeated(e, isAny)
}
