package forms

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// parseXML returns an object with the root element of the document that s is, nil if
// it is none. An element without elements in it is a text, any other an object;
// attributes, comments and text between elements are left out.
func (fb *fileBuilder) parseXML(s string) *node {
	p := &xmlParser{xml.NewDecoder(strings.NewReader(s))}
	root := &node{position: position{1, 1}, kind: object}
	_, err := p.into(root, 0)
	if err == io.EOF {
		return root
	}
	at := p.position()
	if e, ok := err.(*xml.SyntaxError); ok {
		// The decoder has read on to the end of what it cannot read.
		at = position{line: e.Line}
		err = fmt.Errorf("%s", e.Msg)
	}
	fb.fail(at, rulefile.Syntax, "not XML: %v", err)
	return nil
}

type xmlParser struct{ *xml.Decoder }

func (p *xmlParser) position() position {
	line, column := p.InputPos()
	return position{line, column}
}

// into reads the elements up to the end of n's into n, and returns the text between
// them.
func (p *xmlParser) into(n *node, depth int) (string, error) {
	if depth > maxDepth {
		return "", fmt.Errorf("more than %d elements in each other", maxDepth)
	}
	var b strings.Builder
	for {
		at := p.position()
		t, err := p.Token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			child := &node{position: at, kind: object}
			n.members = append(n.members, member{at, t.Name.Local, child})
			content, err := p.into(child, depth+1)
			if err != nil {
				return "", err
			}
			if len(child.members) == 0 {
				child.kind, child.text = text, strings.TrimSpace(content)
			}
		case xml.EndElement:
			return b.String(), nil
		case xml.CharData:
			b.Write(t)
		}
	}
}
