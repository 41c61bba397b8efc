package forms

import (
	"slices"
	"sort"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// A node is a value in a JSON, TOML or XML document, and where it stands.
type node struct {
	position
	kind    kind
	text    string   // of a text, a number or a boolean
	items   []*node  // of a list
	members []member // of an object, in their order
}

// A member of an object has a name and a value.
type member struct {
	position
	name  string
	value *node
}

// A kind is what a node is.
type kind uint8

const (
	null kind = iota
	boolean
	number
	text
	list
	object
)

// String returns the kind with its article.
func (k kind) String() string {
	return [...]string{"null", "a boolean", "a number", "a text", "a list", "an object"}[k]
}

// maxDepth is how deep lists and objects may lie in each other.
const maxDepth = 100

// get returns the value of the last member of that name, nil if there is none or n
// is no object.
func (n *node) get(name string) *node {
	if n == nil {
		return nil
	}
	for _, m := range slices.Backward(n.members) {
		if m.name == name {
			return m.value
		}
	}
	return nil
}

// has reports whether n is an object with one of the names.
func (n *node) has(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return n.get(name) != nil })
}

// checkMembers reports members of an object that the format does not have: what they
// ask for would be lost in silence.
func (fb *fileBuilder) checkMembers(n *node, what string, known ...string) {
	for _, m := range n.members {
		if !slices.Contains(known, m.name) {
			fb.fail(m.position, rulefile.Unsupported, "%s with %q; known are %s", what, m.name, strings.Join(known, ", "))
		}
	}
}

// isKind reports whether n is of one of the kinds, and says so if not.
func (fb *fileBuilder) isKind(n *node, what string, kinds ...kind) bool {
	if slices.Contains(kinds, n.kind) {
		return true
	}
	var must []string
	for _, k := range kinds {
		must = append(must, k.String())
	}
	fb.fail(n.position, rulefile.Syntax, "%s is %s; must be %s", what, n.kind, strings.Join(must, " or "))
	return false
}

// text returns the text of a member, "" if there is none.
func (fb *fileBuilder) text(n *node, name string) (value string, at position) {
	v := n.get(name)
	if v == nil || v.kind == null {
		return "", n.position
	}
	if !fb.isKind(v, name, text) {
		return "", v.position
	}
	return v.text, v.position
}

// lines tells lines and columns of the bytes of a text.
type lines []int // where they begin

func newLines(s string) lines {
	l := lines{0}
	for i := range len(s) {
		if s[i] == '\n' {
			l = append(l, i+1)
		}
	}
	return l
}

func (l lines) at(offset int) position {
	n := sort.SearchInts(l, offset+1)
	return position{n, offset - l[n-1] + 1}
}
