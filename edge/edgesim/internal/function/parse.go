package function

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// An object is a JSON object: the text of each member's value by its name. Names match exactly.
type object map[string]string

func (o object) has(name string) bool {
	_, ok := o[name]
	return ok
}

var (
	errNotJSON   = errors.New("not JSON")
	errNotObject = errors.New("not a JSON object")
)

// parseObject splits an object into its members. What jsontext reads is read by it, as answers are on the way of
// every request; what it refuses and encoding/json takes, such as a name that stands twice, is read as
// JavaScript reads it.
func parseObject(text string) (object, error) {
	var s jsontext.Scanner
	s.Init(text)
	members := make(object, 8)
	for m := s.Object(); m.Next(); {
		members[m.Name] = s.Raw()
	}
	s.End()
	if s.Err() == nil {
		return members, nil
	}
	if !json.Valid([]byte(text)) {
		return nil, errNotJSON
	}
	var raw map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &raw) != nil || raw == nil {
		return nil, errNotObject
	}
	clear(members)
	for name, value := range raw {
		members[name] = string(value)
	}
	return members, nil
}

// parseString reads a JSON string.
func parseString(text string) (string, bool) {
	var s jsontext.Scanner
	s.Init(text)
	v := s.String()
	s.End()
	if s.Err() == nil {
		return v, true
	}
	var p *string
	if json.Unmarshal([]byte(text), &p) != nil || p == nil {
		return "", false
	}
	return *p, true
}

// parseList splits an array into its elements; nil when it is none.
func parseList(text string) []string {
	var raw []json.RawMessage
	if json.Unmarshal([]byte(text), &raw) != nil || raw == nil {
		return nil
	}
	list := make([]string, len(raw))
	for i, v := range raw {
		list[i] = string(v)
	}
	return list
}

// parseHeaders reads a header map that has nothing to object to, which nearly all are: names in lower case,
// entries of a key of that name and a value without control characters. ok is false for all others;
// [Outcome.readHeaderMap] then says what is the matter.
func parseHeaders(text string) (h http.Header, ok bool) {
	var s jsontext.Scanner
	s.Init(text)
	h, ok = make(http.Header, 16), true
	lines := make([]string, 0, 16) // the values of all names, in one piece
	for m := s.Object(); m.Next(); {
		name, first := m.Name, len(lines)
		ok = ok && message.IsToken(name) && name == message.LowerASCII(name)
		canonical := http.CanonicalHeaderKey(name)
		for e := s.Array(); e.Next(); {
			key, value, read := parseEntry(&s, text, name)
			ok = ok && read && strings.EqualFold(key, name) && message.ControlAt(value) < 0
			lines = append(lines, value)
		}
		if first < len(lines) {
			ok = ok && h[canonical] == nil // a name that comes twice is for the slow way
			h[canonical] = lines[first:len(lines):len(lines)]
		}
	}
	s.End()
	return h, ok && s.Err() == nil
}

// parseEntry reads an entry of a header map in text. Without a key of its own it has the name of its list.
func parseEntry(s *jsontext.Scanner, text, name string) (key, value string, ok bool) {
	if key, value, ok := s.KeyValue(); ok {
		return key.In(text), value.In(text), true
	}
	key = name
	for m := s.Object(); m.Next(); {
		switch {
		case m.Name == "key" && s.Peek() == '"':
			key = s.String()
		case m.Name == "value" && s.Peek() == '"':
			value, ok = s.String(), true
		case m.Name == "key":
			key = ""
			s.Skip()
		default:
			s.Skip()
		}
	}
	return key, value, ok
}
