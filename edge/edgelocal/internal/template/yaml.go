package template

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// parseYAML reads YAML with CloudFormation's tags: !Ref, !GetAtt and the others are spelled out. Aliases and merges are put in as
// "aws cloudformation package" does, which makes templates of them before CloudFormation reads any.
func (d *document) parseYAML(data []byte) (any, error) {
	var top yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(data)).Decode(&top); err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("an empty file")
		}
		return nil, err
	}
	y := yamlReader{document: d}
	v := y.value("", &top, 0)
	return v, y.err
}

type yamlReader struct {
	*document
	err error // the first
}

func (y *yamlReader) fail(n *yaml.Node, format string, args ...any) any {
	if y.err == nil {
		y.err = fmt.Errorf("line %d: %s", n.Line, fmt.Sprintf(format, args...))
	}
	return nil
}

// value makes a node into what JSON has, and its tag into the object that it is short for.
func (y *yamlReader) value(path string, n *yaml.Node, depth int) any {
	if y.err != nil {
		return nil
	}
	if err := y.enter(path, depth); err != nil {
		return y.fail(n, "%v", err)
	}
	if _, known := y.lines[path]; !known {
		y.lines[path] = n.Line
	}
	name, short := strings.CutPrefix(n.Tag, "!")
	if !short || strings.HasPrefix(name, "!") {
		return y.plain(path, n, depth)
	}
	key := "Fn::" + name
	if name == "Ref" || name == "Condition" {
		key = name
	}
	v := y.plain(member(path, key), n, depth+1)
	if s, text := v.(string); text && key == "Fn::GetAtt" {
		resource, attribute, _ := strings.Cut(s, ".")
		v = []any{resource, attribute}
	}
	return map[string]any{key: v}
}

// plain is a node without regard to its tag.
func (y *yamlReader) plain(path string, n *yaml.Node, depth int) any {
	switch n.Kind {
	case yaml.DocumentNode:
		return y.value(path, n.Content[0], depth+1)
	case yaml.AliasNode:
		return y.value(path, n.Alias, depth+1)
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for i, item := range n.Content {
			list = append(list, y.value(entry(path, i), item, depth+1))
		}
		return list
	case yaml.MappingNode:
		return y.object(path, n, depth)
	}
	return scalar(n)
}

func (y *yamlReader) object(path string, n *yaml.Node, depth int) any {
	members, own := map[string]any{}, map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind == yaml.ScalarNode && key.Value == "<<" && key.Tag == "!!merge" {
			y.merge(path, value, members, depth)
			continue
		}
		at := member(path, key.Value)
		if key.Kind != yaml.ScalarNode {
			return y.fail(key, "a key that is no text")
		}
		y.lines[at] = key.Line
		if own[key.Value] {
			y.note(at, "a second time: CloudFormation refuses it; the last one is read")
		}
		own[key.Value] = true
		members[key.Value] = y.value(at, value, depth+1)
	}
	return members
}

// merge puts in the members that an object does not have of its own; they come before its own in what people write.
func (y *yamlReader) merge(path string, from *yaml.Node, members map[string]any, depth int) {
	merged := []any{y.plain(path, from, depth+1)}
	if list, ok := merged[0].([]any); ok {
		merged = list
	}
	for _, v := range merged {
		object, ok := v.(map[string]any)
		if !ok {
			y.fail(from, "%s: << merges %s, want an object", path, brief(v))
			return
		}
		for name, value := range object {
			if _, own := members[name]; !own {
				members[name] = value
			}
		}
	}
}

// scalar keeps how a number is written; a date stays text.
func scalar(n *yaml.Node) any {
	switch tag := n.ShortTag(); {
	case tag == "!!null" && n.Style == 0:
		return nil
	case tag == "!!bool":
		return strings.EqualFold(n.Value, "true")
	case (tag == "!!int" || tag == "!!float") && json.Valid([]byte(n.Value)):
		return json.Number(n.Value)
	case tag == "!!int":
		var i int64
		if n.Decode(&i) == nil {
			return json.Number(fmt.Sprint(i))
		}
	}
	return n.Value
}
