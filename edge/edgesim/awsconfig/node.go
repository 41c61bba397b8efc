package awsconfig

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
)

// A node is a JSON object that is read member by member. What nobody read and has a value is reported as not
// simulated.
type node struct {
	at      string
	members map[string]any
	read    map[string]bool
	r       *reader
}

func (r *reader) node(at string, v any) *node {
	members, _ := v.(map[string]any)
	return &node{at: at, members: members, read: map[string]bool{}, r: r}
}

// exists reports whether the object is there at all.
func (n *node) exists() bool { return n.members != nil }

func (n *node) get(name string) any {
	n.read[name] = true
	return n.members[name]
}

func (n *node) path(name string) string {
	if n.at == "" {
		return name
	}
	return n.at + "." + name
}

func (n *node) text(name string) string {
	switch v := n.get(name).(type) {
	case nil:
		return ""
	case string:
		return v
	default:
		n.r.wrong("%s: got %v, want a string", n.path(name), v)
		return ""
	}
}

// number reads a number, or a string with one.
func (n *node) number(name string) int {
	switch v := n.get(name).(type) {
	case nil:
		return 0
	case float64:
		return int(v)
	case string:
		if v == "" {
			return 0
		}
		i, err := strconv.Atoi(v)
		if err == nil {
			return i
		}
	}
	n.r.wrong("%s: got %v, want a number", n.path(name), n.members[name])
	return 0
}

func (n *node) seconds(name string) time.Duration {
	return time.Duration(n.number(name)) * time.Second
}

func (n *node) flag(name string) bool {
	v, _ := n.get(name).(bool)
	return v
}

// child is a member that is an object, or Terraform's list of one.
func (n *node) child(name string) *node {
	v := n.get(name)
	if list, ok := v.([]any); ok {
		v = nil
		if len(list) > 0 {
			v = list[0]
		}
	}
	return n.r.node(n.path(name), v)
}

// list is a member that is a list, or an object with its list in Items, as CloudFront's API has them.
func (n *node) list(name string) []any {
	switch v := n.get(name).(type) {
	case []any:
		return v
	case map[string]any:
		items, _ := v["Items"].([]any)
		return items
	}
	return nil
}

func (n *node) nodes(name string) []*node {
	var all []*node
	for i, v := range n.list(name) {
		all = append(all, n.r.node(fmt.Sprintf("%s[%d]", n.path(name), i), v))
	}
	return all
}

func (n *node) texts(name string) []string {
	var all []string
	for _, v := range n.list(name) {
		if s, ok := v.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

// ignore names members that have no effect on requests, here or at CloudFront.
func (n *node) ignore(names ...string) {
	for _, name := range names {
		n.read[name] = true
	}
}

// rest reports the members that were not read and have a value.
func (n *node) rest() {
	for _, name := range slices.Sorted(maps.Keys(n.members)) {
		if v := n.members[name]; !n.read[name] && !empty(v) {
			n.r.note("%s: %s", n.path(name), brief(v))
		}
	}
}

// empty reports whether a value says nothing: CloudFront's API writes out what is switched off.
func empty(v any) bool {
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
		return !slices.ContainsFunc(v, func(e any) bool { return !empty(e) })
	case map[string]any:
		for _, e := range v {
			if !empty(e) {
				return false
			}
		}
		return true
	}
	return false
}

// brief is a value in a few words.
func brief(v any) string {
	switch v := v.(type) {
	case []any:
		if len(v) == 1 {
			return brief(v[0])
		}
		return fmt.Sprintf("%d entries", len(v))
	case map[string]any:
		return "a block"
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// port is ":port", or nothing for the one that the scheme has anyway.
func port(p, usual int) string {
	if p == 0 || p == usual {
		return ""
	}
	return ":" + strconv.Itoa(p)
}
