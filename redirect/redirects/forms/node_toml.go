package forms

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// parseTOML returns the document that s is, nil if it is none. The decoder of
// go-toml says whether it is one; where values stand is known to its parser only.
func (fb *fileBuilder) parseTOML(s string) *node {
	var document map[string]any
	if err := toml.Unmarshal([]byte(s), &document); err != nil {
		at := position{line: 1}
		if e, ok := errors.AsType[*toml.DecodeError](err); ok {
			at.line, at.column = e.Position()
		}
		fb.fail(at, rulefile.Syntax, "not TOML: %s", strings.TrimPrefix(err.Error(), "toml: "))
		return nil
	}
	p := &tomlParser{lines: newLines(s), root: &node{position: position{1, 1}, kind: object}}
	p.Reset([]byte(s))
	p.table = p.root
	for p.NextExpression() {
		p.expression(p.Expression())
	}
	return p.root
}

type tomlParser struct {
	unstable.Parser
	lines lines
	root  *node
	table *node // that keys belong to
}

// expression reads a line, or what goes over several.
func (p *tomlParser) expression(e *unstable.Node) {
	switch e.Kind {
	case unstable.KeyValue:
		p.keyValue(p.table, e)
	case unstable.Table:
		at, name, key := p.walk(p.root, e.Key())
		if table := at.get(name); table != nil && table.kind == object {
			// A table that the keys below it have made.
			p.table = table
			return
		}
		p.table = &node{position: key, kind: object}
		at.members = append(at.members, member{key, name, p.table})
	case unstable.ArrayTable:
		at, name, key := p.walk(p.root, e.Key())
		array := at.get(name)
		if array == nil {
			array = &node{position: key, kind: list}
			at.members = append(at.members, member{key, name, array})
		}
		p.table = &node{position: key, kind: object}
		array.items = append(array.items, p.table)
	}
}

// walk goes to the object that the last part of a dotted key belongs to. It returns
// that object, that part and where it stands.
func (p *tomlParser) walk(from *node, key unstable.Iterator) (at *node, name string, where position) {
	for at = from; key.Next(); {
		k := key.Node()
		name, where = string(k.Data), p.lines.at(int(k.Raw.Offset))
		if key.IsLast() {
			break
		}
		next := at.get(name)
		if next == nil {
			next = &node{position: where, kind: object}
			at.members = append(at.members, member{where, name, next})
		}
		if next.kind == list && len(next.items) > 0 {
			next = next.items[len(next.items)-1]
		}
		at = next
	}
	return at, name, where
}

func (p *tomlParser) keyValue(table *node, e *unstable.Node) {
	at, name, key := p.walk(table, e.Key())
	at.members = append(at.members, member{key, name, p.value(e.Value(), key)})
}

// value returns a value; those whose place the parser does not tell stand where
// their key does.
func (p *tomlParser) value(v *unstable.Node, at position) *node {
	if v.Raw.Length > 0 {
		at = p.lines.at(int(v.Raw.Offset))
	}
	n := &node{position: at, text: string(v.Data)}
	switch v.Kind {
	case unstable.Bool:
		n.kind = boolean
	case unstable.Integer, unstable.Float:
		n.kind = number
	case unstable.Array:
		n.kind = list
		for it := v.Children(); it.Next(); {
			if it.Node().Kind != unstable.Comment {
				n.items = append(n.items, p.value(it.Node(), at))
			}
		}
	case unstable.InlineTable:
		n.kind = object
		for it := v.Children(); it.Next(); {
			if it.Node().Kind == unstable.KeyValue {
				p.keyValue(n, it.Node())
			}
		}
	default:
		n.kind = text
	}
	return n
}
