package forms

import (
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// readJSON reads pairs.
func readJSON(fb *fileBuilder, text string) {
	n := fb.parseJSON(text)
	if n == nil {
		return
	}
	l := &pairList{fileBuilder: fb, defaultSuffix: true}
	if redirects := n.get("redirects"); redirects != nil && (redirects.kind == list || redirects.kind == object) {
		for _, m := range n.members {
			if m.name != "redirects" {
				l.noteUnread(m)
			}
		}
		n = redirects
	}
	switch {
	case n.kind == list:
		for _, item := range n.items {
			l.item(item)
		}
	case fb.isKind(n, "the file", list, object):
		for _, m := range n.members {
			l.member(m)
		}
	}
	l.finish()
}

// item reads a pair in a list: an object, or a list of from, to and status.
func (l *pairList) item(n *node) {
	switch redirect := n.get("redirect"); {
	case n.kind == list:
		l.list(n, colFrom)
	case redirect != nil && redirect.kind == object:
		// An item of Cloudflare's lists API.
		l.object(redirect, field{})
	case l.isKind(n, "a redirect", object, list):
		l.object(n, field{})
	}
}

// member reads a pair of a file that is an object: its name is the from, its value
// the to, or a list or an object with that.
func (l *pairList) member(m member) {
	source := field{m.position, m.name, true}
	switch n := m.value; {
	case n.kind == object:
		l.object(n, source)
	case n.kind == list && isListName(m):
		l.listName(m)
	case n.kind == list:
		l.list(n, colTo, source)
	default:
		if l.isKind(n, "the target of "+m.name, text, list, object) {
			l.read(&pair{colFrom: source, colTo: {n.position, n.text, true}})
		}
	}
}

// isListName reports whether a member is no redirect from its name, but a list of
// redirects, or of none, with a name.
func isListName(m member) bool {
	items := m.value.items
	if len(items) == 0 {
		return !strings.Contains(m.name, "/")
	}
	return items[0].kind == object || items[0].kind == list
}

// listName reports a list with a name that is not known.
func (l *pairList) listName(m member) {
	if len(m.value.items) == 0 {
		l.noteUnread(m)
		return
	}
	l.fail(m.position, rulefile.Unsupported, "%q is the name of a list; the redirects of a file are a list that stands alone or is called redirects, for another name may say that these are something else, such as rewrites", m.name)
}

// list reads a list of from, to and status that begins with the given part, behind
// those that are known.
func (l *pairList) list(n *node, begin int, known ...field) {
	p := pair{colTo: {position: n.position}}
	copy(p[:], known)
	if len(n.items) < colTo+1-begin || len(n.items) > colStatus+1-begin {
		l.fail(n.position, rulefile.Syntax, "a list of %d values; must be from, to and status", len(n.items))
		return
	}
	ok := true
	for i, item := range n.items {
		ok = l.field(&p[begin+i], item) && ok
	}
	if ok {
		l.read(&p)
	}
}

// object reads the members of an object as parts of a pair. Its from may be a list.
func (l *pairList) object(n *node, source field) {
	p := pair{colFrom: {position: n.position}, colTo: {position: n.position}}
	if source.set {
		p[colFrom] = source
	}
	var sources []*node
	ok := true
	for _, m := range n.members {
		switch c := column(m.name); {
		case c < 0:
			l.noteUnread(m)
		case c == colFrom && m.value.kind == list:
			sources = m.value.items
		case c == colPrefix && m.value.kind == text:
			ok = l.field(&p[colFrom], m.value) && ok
			p[colPrefix] = field{m.value.position, "true", true}
		default:
			ok = l.field(&p[c], m.value) && ok
		}
	}
	l.bulk = n.has("source_url") || slices.ContainsFunc(n.members, func(m member) bool { return isBulkOnly(column(m.name)) })
	if ok && sources == nil {
		l.read(&p)
	}
	for _, item := range sources {
		if each := p; l.field(&each[colFrom], item) && ok {
			l.read(&each)
		}
	}
}

// noteUnread says once of each name that it is not read.
func (l *pairList) noteUnread(m member) {
	if slices.Contains(l.unknown, m.name) {
		return
	}
	l.unknown = append(l.unknown, m.name)
	l.note(m.position, rulefile.Unsupported, "%q is not read", m.name)
}

// field reads a part of a pair.
func (l *pairList) field(f *field, n *node) bool {
	if n.kind == null {
		return true
	}
	if !l.isKind(n, "a part of a redirect", text, number, boolean) {
		return false
	}
	*f = field{n.position, n.text, true}
	return true
}
