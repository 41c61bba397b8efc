package cffunction

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// A field is a name of a query string, of headers or of cookies with its values: what an event shows as one member
// (functions-event-structure.html, "Structure for a query string, header, or cookie").
type field struct {
	name   string
	values []value
}

type value struct {
	text       string
	attributes string // of a cookie in a response
	bare       bool   // of a query string: nothing follows the name, not even "="
}

type fields []field

// add puts a value behind those that its name has.
func (list fields) add(name string, v value) fields {
	if i := list.index(name); i >= 0 {
		list[i].values = append(list[i].values, v)
		return list
	}
	return append(list, field{name, []value{v}})
}

func (list fields) index(name string) int {
	return slices.IndexFunc(list, func(f field) bool { return f.name == name })
}

// named is the values of a name, nil when there is none.
func (list fields) named(name string) []value {
	if i := list.index(name); i >= 0 {
		return list[i].values
	}
	return nil
}

// queryFields splits a query string. Names and values stay escaped as they came.
func queryFields(query string) fields {
	var list fields
	for item := range strings.SplitSeq(query, "&") {
		if name, text, found := strings.Cut(item, "="); item != "" {
			list = list.add(name, value{text: text, bare: !found})
		}
	}
	return list
}

// cookieFields splits the lines of a Cookie header (RFC 6265 section 4.2.1).
func cookieFields(lines []string) fields {
	var list fields
	for _, line := range lines {
		for item := range strings.SplitSeq(line, ";") {
			if name, text, _ := strings.Cut(strings.TrimSpace(item), "="); name != "" {
				list = list.add(name, value{text: text})
			}
		}
	}
	return list
}

// setCookieFields splits the lines of a Set-Cookie header (RFC 6265 section 4.1.1).
func setCookieFields(lines []string) fields {
	var list fields
	for _, line := range lines {
		pair, attributes, _ := strings.Cut(line, ";")
		if name, text, _ := strings.Cut(strings.TrimSpace(pair), "="); name != "" {
			list = list.add(name, value{text: text, attributes: strings.TrimSpace(attributes)})
		}
	}
	return list
}

// append writes the fields as an object. A name with several values has the first of them as value, and all as
// multiValue.
func (list fields) append(b []byte, attributes bool) []byte {
	b = append(b, '{')
	for i, f := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendText(b, f.name), ':')
		b = f.values[0].append(b, attributes)
		if len(f.values) > 1 {
			b = append(b[:len(b)-1], `,"multiValue":[`...)
			for i, v := range f.values {
				if i > 0 {
					b = append(b, ',')
				}
				b = v.append(b, attributes)
			}
			b = append(b, "]}"...)
		}
	}
	return append(b, '}')
}

func (v value) append(b []byte, attributes bool) []byte {
	b = appendText(append(b, `{"value":`...), v.text)
	if attributes && v.attributes != "" {
		b = appendText(append(b, `,"attributes":`...), v.attributes)
	}
	return append(b, '}')
}

// readFields reads what a function made of the fields that it was shown. problem says where it is wrong, and how; ""
// when it is not.
//
// A multiValue that was changed counts, and then the value does not; a value that was changed takes the place of the
// first one ("Duplicate query strings, headers, and cookies").
func readFields(text string, shown fields) (list fields, where, problem string) {
	var s jsontext.Scanner
	s.Init(text)
	if s.Peek() != '{' {
		return nil, "", "not an object"
	}
	for m := s.Object(); m.Next(); {
		name := m.Name
		if s.Peek() != '{' {
			return nil, name, "not an object with a value"
		}
		single, several, problem := readField(&s)
		if problem != "" {
			return nil, name, problem
		}
		before := shown.named(name)
		switch {
		case several != nil && !sameText(several, before):
		case single == nil:
			return nil, name, "no value"
		case len(several) > 0:
			several[0].text, several[0].attributes = single.text, single.attributes
		default:
			several = []value{*single}
		}
		if len(several) == 0 {
			continue // an empty multiValue leaves nothing
		}
		for i := range several {
			if i < len(before) {
				several[i].text = message.Wire(several[i].text, before[i].text)
				several[i].bare = before[i].bare && several[i].text == ""
			}
		}
		list = append(list, field{name, several})
	}
	s.End()
	if s.Err() != nil {
		return nil, "", s.Err().Error()
	}
	return list, "", ""
}

// readField reads one member: its value, nil when it has none, and its multiValue, nil when it has none.
func readField(s *jsontext.Scanner) (single *value, several []value, problem string) {
	var v value
	for m := s.Object(); m.Next(); {
		switch {
		case m.Name == "multiValue" && s.Peek() == '[':
			several = []value{}
			for e := s.Array(); e.Next(); {
				if s.Peek() != '{' {
					return nil, nil, "an element of multiValue is not an object with a value"
				}
				one, _, wrong := readField(s)
				if one == nil && wrong == "" {
					wrong = "an element of multiValue has no value"
				}
				if wrong != "" {
					return nil, nil, wrong
				}
				several = append(several, *one)
			}
		case m.Name == "multiValue":
			return nil, nil, "multiValue is not an array"
		case (m.Name == "value" || m.Name == "attributes") && s.Peek() != '"':
			return nil, nil, m.Name + " is not a string"
		case m.Name == "value":
			v.text = s.String()
			single = &v
		case m.Name == "attributes":
			v.attributes = s.String()
		default:
			s.Skip()
		}
	}
	return single, several, ""
}

// sameText reports whether a function left values as it saw them.
func sameText(got, shown []value) bool {
	return slices.EqualFunc(got, shown, func(a, b value) bool {
		return message.Text(b.text) == message.Text(a.text) && message.Text(b.attributes) == message.Text(a.attributes)
	})
}

// same reports whether a function left all fields as it saw them: in the order that JavaScript gives to the members of
// an object, which has whole numbers first.
func (list fields) same(shown fields) bool {
	return slices.EqualFunc(list, shown.inObject(), func(a, b field) bool { return a.name == message.Text(b.name) && sameText(a.values, b.values) })
}

func (list fields) inObject() fields {
	number := func(f field) (int, bool) {
		n, err := strconv.ParseUint(f.name, 10, 32)
		return int(n), err == nil && strconv.FormatUint(n, 10) == f.name
	}
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b field) int {
		m, first := number(a)
		n, second := number(b)
		switch {
		case first && second:
			return cmp.Compare(m, n)
		case first:
			return -1
		case second:
			return 1
		}
		return 0
	})
	return sorted
}

// query is the fields as a query string.
func (list fields) query() string {
	var items []string
	for _, f := range list {
		for _, v := range f.values {
			item := f.name + "=" + v.text
			if v.bare {
				item = f.name
			}
			items = append(items, item)
		}
	}
	return strings.Join(items, "&")
}

// cookie is the fields as the value of a Cookie header.
func (list fields) cookie() string {
	var items []string
	for _, f := range list {
		for _, v := range f.values {
			items = append(items, f.name+"="+v.text)
		}
	}
	return strings.Join(items, "; ")
}

// setCookies is the fields as the lines of a Set-Cookie header.
func (list fields) setCookies() []string {
	var lines []string
	for _, f := range list {
		for _, v := range f.values {
			line := f.name + "=" + v.text
			if v.attributes != "" {
				line += "; " + v.attributes
			}
			lines = append(lines, line)
		}
	}
	return lines
}
