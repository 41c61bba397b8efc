package edgetest

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/edge/internal/jsontext"
)

// Complete returns the event that one written by hand stands for: what CloudFront always sends and the event has not, or has as null, is
// filled in. So it takes what sam local generate-event cloudfront prints, and the short events in READMEs and other libraries' tests, which
// have no config.eventType and which [edge.Function.Invoke] therefore refuses.
//
// The trigger is the one that the event is meant for. It may be "" for an event that says so itself, and must not contradict it. Filled in are
// the members of the config and the request, the Host header, in the origin triggers the origin and the headers that CloudFront adds, in the
// response triggers the members of the response, and those of an origin or a body that is there in part. Their values are those of
// [NewRequest]; the Host follows the event's own distribution or origin. added has the place of each, such as request.querystring, in the
// order in which they stand.
//
// Everything else stays byte for byte, also what CloudFront would not send. An event that has all of it is returned as it is, in a copy.
// Complete fails if the result is still no event: members of another type, no record or more than one, a response trigger without a response.
func Complete(event []byte, trigger edge.Trigger) (completed []byte, added []string, err error) {
	text := strings.Trim(string(event), " \t\r\n")
	var s jsontext.Scanner
	s.Init(text)
	s.Skip()
	s.End()
	if s.Err() != nil || text[0] != '{' {
		_, err := configOf(event) // says where
		return nil, nil, fmt.Errorf("edgetest: Complete: %w", err)
	}
	f := factsOf(event)
	if err := f.settle(trigger); err != nil {
		return nil, nil, err
	}
	var c completer
	out := c.event(text, f.members())
	if _, err := configOf(out); err != nil {
		if e, ok := errors.AsType[*edge.EventError](err); ok { // whose offset is not the caller's
			err = fmt.Errorf("%s: %s", cmp.Or(e.Field, "event"), e.Reason)
		}
		return nil, nil, fmt.Errorf("edgetest: Complete: %w", err)
	}
	if len(c.added) == 0 {
		return bytes.Clone(event), nil, nil
	}
	return out, c.added, nil
}

// A completer writes an event anew and notes what it adds.
type completer struct{ added []string }

// A member is one that CloudFront always sends.
type member struct {
	name    string
	value   string   // what stands in for it, as JSON
	members []member // of an object in place of value: those that it always has
	ifThere bool     // the object itself need not be there
	nonzero bool     // "" is none
}

// event completes the inside of {"Records":[{"cf":{...}}]}. Where that is something else it stays, for edge to refuse.
func (c *completer) event(text string, cf []member) []byte {
	record := []member{{name: "cf", members: cf, ifThere: true}}
	return jsontext.AppendEdited(nil, text, []jsontext.Edit{{Name: "Records", Func: func(dst []byte, old string) []byte {
		var s jsontext.Scanner
		s.Init(old)
		dst = append(dst, '[')
		for e := s.Array(); e.Next(); {
			if e.Index > 0 {
				dst = append(dst, ',')
			}
			raw := s.Raw()
			if raw[0] == '{' {
				raw = c.object("", raw, record)
			}
			dst = append(dst, raw...)
		}
		return append(dst, ']')
	}}})
}

// object returns an object with the members that it always has. at is what their places begin with.
func (c *completer) object(at, text string, members []member) string {
	edits := make([]jsontext.Edit, 0, len(members))
	for _, m := range members {
		absent := m.isAbsent(text, at == "request.headers.")
		if absent && m.ifThere {
			continue
		}
		edits = append(edits, jsontext.Edit{Name: m.name, Func: func(dst []byte, old string) []byte {
			switch {
			case absent && m.members != nil:
				c.added = append(c.added, at+m.name)
				return append(dst, new(completer).object("", "{}", m.members)...)
			case absent:
				c.added = append(c.added, at+m.name)
				return append(dst, m.value...)
			case old[0] == '{' && m.members != nil:
				return append(dst, c.object(strings.TrimPrefix(at+m.name+".", "cf."), old, m.members)...)
			}
			return append(dst, old...)
		}})
	}
	return string(jsontext.AppendEdited(nil, text, edits))
}

// isAbsent reports whether an object has no member of that name, or null. Where case does not count, as in header maps, the name becomes the
// object's own spelling.
func (m *member) isAbsent(object string, fold bool) bool {
	var s jsontext.Scanner
	s.Init(object)
	absent := true
	for o := s.Object(); o.Next(); {
		raw := s.Raw()
		if o.Name == m.name || fold && strings.EqualFold(o.Name, m.name) {
			m.name, absent = o.Name, raw == "null" || m.nonzero && raw == `""`
		}
	}
	return absent
}
