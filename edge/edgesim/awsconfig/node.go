package awsconfig

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A node is a JSON object that is read member by member. What nobody read and has a value is reported, so that nothing
// is lost in silence.
//
// Members are asked for by the name that they have in CloudFront's API; Terraform's spelling of it will do: WebACLId
// finds web_acl_id. Absent and null are the same, and neither is zero: whoever reads a number says what its absence
// means.
type node struct {
	at       string
	members  map[string]any
	spelling map[string]string // plain name to the one in members
	read     map[string]bool
	parts    map[string][]*node // the objects under a member, once they were asked for
	r        *reader
}

func (r *reader) node(at string, v any) *node {
	n := &node{at: at, spelling: map[string]string{}, read: map[string]bool{}, parts: map[string][]*node{}, r: r}
	switch v := v.(type) {
	case nil:
	case map[string]any:
		n.members = v
	default:
		r.wrong("%s: got %s, want an object", at, brief(v))
	}
	for _, name := range slices.Sorted(maps.Keys(n.members)) {
		n.spelling[plain(name)] = name
	}
	return n
}

// plain is a member's name in what the spellings have in common: WebACLId and web_acl_id are webaclid.
func plain(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }

// spelled is the name as the object has it.
func (n *node) spelled(name string) string { return cmp.Or(n.spelling[plain(name)], name) }

// either is the first of several names that the object has, or the first of all.
func (n *node) either(names ...string) string {
	for _, name := range names {
		if n.has(name) {
			return name
		}
	}
	return names[0]
}

// exists reports whether the object is there at all.
func (n *node) exists() bool { return n.members != nil }

// has reports whether the member is there and not null.
func (n *node) has(name string) bool { return n.members[n.spelled(name)] != nil }

func (n *node) get(name string) any {
	name = n.spelled(name)
	n.read[name] = true
	return n.members[name]
}

func (n *node) path(name string) string {
	if n.at == "" {
		return n.spelled(name)
	}
	return n.at + "." + n.spelled(name)
}

func (n *node) text(name string) string {
	switch v := n.get(name).(type) {
	case nil:
		return ""
	case string:
		return v
	default:
		n.r.wrong("%s: got %s, want a string", n.path(name), brief(v))
		return ""
	}
}

// number reads a number, or a string with one; an empty string is absent.
func (n *node) number(name string, absent int) int {
	v := n.get(name)
	if v == nil || v == "" {
		return absent
	}
	if s, ok := v.(string); ok {
		if i, err := strconv.Atoi(s); err == nil {
			v = float64(i)
		}
	}
	return n.r.whole(n.path(name), v)
}

// whole is the number v, which must be a whole one and of a size that times in seconds can have.
func (r *reader) whole(at string, v any) int {
	f, ok := v.(float64)
	if !ok || f != math.Trunc(f) || math.Abs(f) > math.MaxUint32 {
		r.wrong("%s: got %s, want a whole number", at, brief(v))
		return 0
	}
	return int(f)
}

// positive is number for members that CloudFront takes from 1 on.
func (n *node) positive(name string, absent int) int {
	v := n.number(name, absent)
	if v < 1 {
		n.r.wrong("%s: got %d, CloudFront takes 1 and more", n.path(name), v)
	}
	return v
}

// timeout is positive for a time in seconds.
func (n *node) timeout(name string, absent time.Duration) time.Duration {
	return time.Duration(n.positive(name, int(absent/time.Second))) * time.Second
}

// seconds is number for a time that may be 0.
func (n *node) seconds(name string, absent time.Duration) time.Duration {
	v := n.number(name, int(absent/time.Second))
	if v < 0 {
		n.r.wrong("%s: got %d seconds, want 0 or more", n.path(name), v)
	}
	return time.Duration(v) * time.Second
}

func (n *node) flag(name string) bool {
	switch v := n.get(name); v {
	case nil, false, "false":
	case true, "true":
		return true
	default:
		n.r.wrong("%s: got %s, want true or false", n.path(name), brief(v))
	}
	return false
}

// child is a member that is an object, or Terraform's list of one.
func (n *node) child(name string) *node {
	name = n.spelled(name)
	if known := n.parts[name]; known != nil {
		return known[0]
	}
	v := n.get(name)
	if list, ok := v.([]any); ok {
		v = nil
		if len(list) > 0 {
			v = list[0]
		}
		if len(list) > 1 {
			n.r.wrong("%s: got %d entries, want one", n.path(name), len(list))
		}
	}
	child := n.r.node(n.path(name), v)
	n.parts[name] = []*node{child}
	return child
}

// list is a member that is a list, or an object with its list in Items, as CloudFront's API has them.
func (n *node) list(name string) []any {
	if plain(name) == "items" {
		n.ignore("Quantity") // of the same object
	}
	switch v := n.get(name).(type) {
	case nil:
	case []any:
		return v
	case map[string]any:
		return n.child(name).items()
	default:
		n.r.wrong("%s: got %s, want a list", n.path(name), brief(v))
	}
	return nil
}

// items is the list of an object that has one in Items, and its length in Quantity.
func (n *node) items() []any {
	items := n.list("Items")
	if said := n.number("Quantity", len(items)); said != len(items) {
		n.r.note("%s: Quantity is %d with %d in Items: CloudFront refuses this; what Items has was read", n.at, said, len(items))
	}
	return items
}

func (n *node) nodes(name string) []*node {
	var all []*node
	for i, v := range n.list(name) {
		all = append(all, n.r.node(fmt.Sprintf("%s[%d]", n.path(name), i), v))
	}
	name = n.spelled(name)
	n.parts[name] = append(n.parts[name], all...)
	return all
}

func (n *node) texts(name string) []string { return n.r.texts(n.path(name), n.list(name)) }

// texts are the strings of a list.
func (r *reader) texts(at string, list []any) []string {
	var all []string
	for i, v := range list {
		s, ok := v.(string)
		if !ok {
			r.wrong("%s[%d]: got %s, want a string", at, i, brief(v))
		}
		all = append(all, s)
	}
	return all
}

func (n *node) numbers(name string) []int {
	var all []int
	for i, v := range n.list(name) {
		all = append(all, n.r.whole(fmt.Sprintf("%s[%d]", n.path(name), i), v))
	}
	return all
}

// ignore names members that are no settings, for instance a resource's ARN.
func (n *node) ignore(names ...string) {
	for _, name := range names {
		n.read[n.spelled(name)] = true
	}
}

// rest reports the members, here and below, that were not read and have a value.
func (n *node) rest() {
	for _, name := range slices.Sorted(maps.Keys(n.members)) {
		for _, part := range n.parts[name] {
			part.rest()
		}
		if v := n.members[name]; !n.read[name] && !off(v) {
			n.r.unread(n.path(name), name, v)
		}
	}
}

// off reports whether a value says nothing: CloudFront's API and Terraform write out what is switched off.
func off(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case bool:
		return !v
	case string:
		return v == "" || v == "none"
	case float64:
		return v == 0
	case []any:
		return !slices.ContainsFunc(v, func(e any) bool { return !off(e) })
	case map[string]any:
		if v["Enabled"] == false || v["enabled"] == false {
			return true
		}
		return off(slices.Collect(maps.Values(v)))
	}
	return false
}

// brief is a value in a few words.
func brief(v any) string {
	switch v := v.(type) {
	case []any:
		return fmt.Sprintf("a list of %d", len(v))
	case map[string]any:
		return "an object"
	case string:
		return strconv.Quote(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}
