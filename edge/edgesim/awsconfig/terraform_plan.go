package awsconfig

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// links are the expressions of a resource, or of one of its blocks: in a plan the only trace of a value that is not
// known yet. Nil has none.
type links struct {
	module      string // "" or with its dot, for instance "module.cdn[0]."
	expressions *node
}

// references finds the expressions of each resource of a configuration, by address without index.
func (r *reader) references(module *node, prefix string) map[string]*links {
	all := map[string]*links{}
	for _, res := range module.nodes("resources") {
		all[prefix+res.text("address")] = &links{prefix, res.child("expressions")}
	}
	calls := module.child("module_calls")
	for _, name := range slices.Sorted(maps.Keys(calls.members)) {
		for address, l := range r.references(calls.child(name).child("module"), prefix+"module."+name+".") {
			all[address] = l
		}
	}
	return all
}

// of is the expressions for the resource at an address, whose modules may have indexes: the same ones that what it refers to has.
func (l *links) of(address string) *links {
	at := strings.LastIndex(address, "aws_cloudfront_distribution.")
	if l == nil || at < 0 {
		return l
	}
	return &links{address[:at], l.expressions}
}

// block is the expressions of the block i of a kind; nil when the configuration does not have it at this place, as with
// dynamic blocks.
func (l *links) block(kind string, i int) *links {
	if l == nil {
		return nil
	}
	if blocks := l.expressions.nodes(kind); i < len(blocks) {
		return &links{l.module, blocks[i]}
	}
	return nil
}

// association is the expressions of the function association of a kind and a trigger. The provider has the associations as a set, so that their
// order in a plan says nothing.
func (l *links) association(kind, trigger string) *links {
	if l == nil {
		return nil
	}
	for _, block := range l.expressions.nodes(kind) {
		if block.child("event_type").text("constant_value") == trigger {
			return &links{l.module, block}
		}
	}
	return nil
}

// later is the id of a resource that a plan does not know and the file does not define.
const later = "known after the apply"

// id is an argument that has the id of a resource of a kind, or where a plan does not know it, that resource's address.
func (l *links) id(n *node, argument, kind string) string {
	id := n.text(argument)
	if id != "" || !n.unknown(argument) {
		return id
	}
	if address := l.address(n, argument, kind); address != "" {
		return address
	}
	return later
}

// address is that of the resource of a kind to which an argument refers that a plan does not know; "" when there is none.
func (l *links) address(n *node, argument, kind string) string {
	if l == nil || !n.unknown(argument) {
		return ""
	}
	for _, ref := range l.expressions.child(argument).texts("references") {
		if rest, ok := strings.CutPrefix(ref, kind+"."); ok && !strings.Contains(withoutIndex(rest), ".") {
			return l.module + ref
		}
	}
	return ""
}

// pending reports the arguments that are set to what is not known yet. Those that the provider can fill in by itself are
// never null: only an expression tells that they are set.
func (l *links) pending(n *node, filled bool, names ...string) {
	for _, name := range names {
		if l.waits(n, filled, name) {
			n.r.unread(n.path(name), name, nil)
		}
	}
}

// waits reports whether an argument is set to what is not known yet.
func (l *links) waits(n *node, filled bool, name string) bool {
	set := !filled
	if l != nil {
		set = l.expressions.child(name).exists()
	}
	return set && n.unknown(name)
}

// withoutIndex is an address without the indexes of count and for_each.
func withoutIndex(address string) string {
	return regexp.MustCompile(`\[[^\]]*\]`).ReplaceAllString(address, "")
}
