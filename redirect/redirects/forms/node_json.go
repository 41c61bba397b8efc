package forms

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// parseJSON returns the value that s is, nil if it is none.
func (fb *fileBuilder) parseJSON(s string) *node {
	p := &jsonParser{text: s, lines: newLines(s), decoder: json.NewDecoder(strings.NewReader(s))}
	p.decoder.UseNumber()
	n, err := p.value(0)
	if err == nil {
		if _, at, extra := p.token(); extra != io.EOF {
			err = &jsonError{at, "more behind the value"}
		}
	}
	if e, ok := errors.AsType[*jsonError](err); ok {
		fb.fail(e.position, rulefile.Syntax, "not JSON: %s%s", e.message, jsonHint(s))
		return nil
	}
	return n
}

// jsonHint says how to get JSON from what often stands in its place.
func jsonHint(s string) string {
	if isJavaScript(s) {
		return `; this is JavaScript: let node write it as JSON, as in node -p 'JSON.stringify(list, null, 1)'`
	}
	return ""
}

type jsonError struct {
	position
	message string
}

func (e *jsonError) Error() string { return e.message }

type jsonParser struct {
	text    string
	lines   lines
	decoder *json.Decoder
}

// token returns the next token and where it begins.
func (p *jsonParser) token() (json.Token, position, error) {
	begin := int(p.decoder.InputOffset())
	for begin < len(p.text) && strings.IndexByte(" \t\r\n,:", p.text[begin]) >= 0 {
		begin++
	}
	t, err := p.decoder.Token()
	return t, p.lines.at(begin), err
}

// value returns the next value, nil for the end of a list or an object. Its errors
// are jsonErrors.
func (p *jsonParser) value(depth int) (*node, error) {
	t, at, err := p.token()
	switch {
	case err == io.EOF || err == io.ErrUnexpectedEOF:
		return nil, &jsonError{p.lines.at(len(p.text)), "ends too early"}
	case err != nil:
		return nil, &jsonError{at, err.Error()}
	}
	if depth > maxDepth {
		return nil, &jsonError{at, fmt.Sprintf("more than %d values in each other", maxDepth)}
	}
	n := &node{position: at}
	switch t := t.(type) {
	case json.Delim:
		switch t {
		case '[':
			return p.list(n, depth)
		case '{':
			return p.object(n, depth)
		}
		return nil, nil
	case string:
		n.kind, n.text = text, t
	case json.Number:
		n.kind, n.text = number, t.String()
	case bool:
		n.kind, n.text = boolean, fmt.Sprint(t)
	}
	return n, nil
}

func (p *jsonParser) list(n *node, depth int) (*node, error) {
	n.kind = list
	for {
		item, err := p.value(depth + 1)
		if item == nil {
			return n, err
		}
		n.items = append(n.items, item)
	}
}

func (p *jsonParser) object(n *node, depth int) (*node, error) {
	n.kind = object
	for {
		key, err := p.value(depth + 1)
		if key == nil {
			return n, err
		}
		value, err := p.value(depth + 1)
		if err != nil {
			return n, err
		}
		n.members = append(n.members, member{key.position, key.text, value})
	}
}
