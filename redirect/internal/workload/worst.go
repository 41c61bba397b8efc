package workload

import (
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect"
)

// A Lookup is a request to a table that is dear to look up.
type Lookup struct {
	Name    string
	Rules   []redirect.Rule
	Request *edge.Request
	Hit     bool // whether the request is redirected, by the last of the rules
}

// How many rules begin alike, and how many forms of rules there are. The package
// allows 1,000 of both.
const (
	alike = 1000
	forms = 900
)

// Worst returns the lookups that are dearest.
func Worst() []Lookup {
	var list []Lookup
	for _, rules := range []struct {
		name string
		rule func(i int) redirect.Rule
		last func(i int) *edge.Request // the request that rule i is for
	}{
		{"path ends", endRule, func(i int) *edge.Request { return Request(fmt.Sprintf("/a/x/y/end-%d", i), "") }},
		{"segment ends", nameRule, func(i int) *edge.Request { return Request(fmt.Sprintf("/x/name-%d", i), "") }},
		{"segment behind a splat", middleRule, func(i int) *edge.Request { return Request(fmt.Sprintf("/a/x/item-%d/y", i), "") }},
		{"query", queryRule, func(i int) *edge.Request { return Request("/item", fmt.Sprintf("page=1&id=%d", i)) }},
		{"start of query", prefixRule, func(i int) *edge.Request { return Request("/item", fmt.Sprintf("page=1&id=%d-x", i)) }},
		{"cookie", cookieRule, func(i int) *edge.Request { return with("Cookie", fmt.Sprintf("session=1; id=%d", i)) }},
		{"header", headerRule, func(i int) *edge.Request { return with("X-Plan", fmt.Sprint(i)) }},
		{"Referer", refererRule, func(i int) *edge.Request { return with("Referer", fmt.Sprintf("https://%s/page-%d", domain, i)) }},
	} {
		all := rulesOf(alike, rules.rule)
		list = append(list,
			Lookup{"1,000 alike but for " + rules.name + ", last", all, rules.last(alike - 1), true},
			Lookup{"1,000 alike but for " + rules.name + ", none", all, rules.last(alike), false})
	}
	conditional := rulesOf(forms, formRule)
	for i := range conditional[:forms-1] {
		conditional[i].When.Query = []redirect.Field{{Name: "form", Value: "yes"}}
	}
	open := openRules()
	return append(list,
		Lookup{"900 forms, last", conditional, Request(formPath("/s"), ""), true},
		Lookup{"900 forms, none", rulesOf(forms, formRule)[1:], Request(formPath("/t"), ""), false},
		Lookup{"open target, 1,200 segments", open, Request("/a"+strings.Repeat("/words", 1199), ""), true},
		Lookup{"open target, 1,200 segments, without end", open, Request(strings.Repeat("/a", 1200), ""), false},
	)
}

// Tolerate is what the rules of Worst need in their Config: some of them lead to each
// other, and that is the point.
func Tolerate() []string { return []string{"chain", "duplicate", "unreachable"} }

func rulesOf(n int, rule func(i int) redirect.Rule) []redirect.Rule {
	rules := make([]redirect.Rule, n)
	for i := range rules {
		rules[i] = rule(i)
		rules[i].Line = i + 1
	}
	return rules
}

// with returns a request for /item with a header.
func with(name, value string) *edge.Request {
	r := Request("/item", "")
	r.Header.Set(name, value)
	return r
}

func endRule(i int) redirect.Rule {
	return redirect.Rule{From: fmt.Sprintf("/a/*/end-%d", i), To: fmt.Sprintf("/b/%d", i)}
}

func nameRule(i int) redirect.Rule {
	return redirect.Rule{From: fmt.Sprintf("/x/:name-%d", i), To: fmt.Sprintf("/b/%d", i)}
}

func middleRule(i int) redirect.Rule {
	return redirect.Rule{From: fmt.Sprintf("/a/*/item-%d/:tab", i), To: fmt.Sprintf("/b/%d", i)}
}

func queryRule(i int) redirect.Rule {
	return itemRule(i, redirect.When{Query: []redirect.Field{{Name: "id", Value: fmt.Sprint(i)}}})
}

func prefixRule(i int) redirect.Rule {
	return itemRule(i, redirect.When{Query: []redirect.Field{{Name: "id", Value: fmt.Sprintf("%d-*", i)}}})
}

func cookieRule(i int) redirect.Rule {
	return itemRule(i, redirect.When{Cookie: []redirect.Field{{Name: "id", Value: fmt.Sprint(i)}}})
}

func headerRule(i int) redirect.Rule {
	return itemRule(i, redirect.When{Header: []redirect.Field{{Name: "X-Plan", Value: fmt.Sprint(i)}}})
}

func refererRule(i int) redirect.Rule {
	return itemRule(i, redirect.When{Referer: []string{fmt.Sprintf("/page-%d", i)}})
}

func itemRule(i int, when redirect.When) redirect.Rule {
	return redirect.Rule{From: "/item", To: fmt.Sprintf("/b/%d", i), When: when}
}

// formSegments is how many segments the paths of forms have: as many as a rule may
// have names.
const formSegments = 10

// formRule is a rule with a form of its own: which of its segments are fixed.
func formRule(i int) redirect.Rule {
	var from strings.Builder
	for s := range formSegments {
		if i>>s&1 != 0 {
			fmt.Fprintf(&from, "/s%d", s)
		} else {
			fmt.Fprintf(&from, "/:n%d", s)
		}
	}
	return redirect.Rule{From: from.String(), To: fmt.Sprintf("/b/%d", i)}
}

// formPath is a path whose segments begin so. With /s all forms are for it.
func formPath(begin string) string {
	var path strings.Builder
	for s := range formSegments {
		fmt.Fprintf(&path, "%s%d", begin, s)
	}
	return path.String()
}

// openRules lead to whatever the viewer asks for, so that a table has to follow each
// redirect.
func openRules() []redirect.Rule {
	var rules []redirect.Rule
	for c := 'z'; c >= 'a'; c-- {
		rules = append(rules, redirect.Rule{From: fmt.Sprintf("/%c/*", c), To: "/:splat"})
	}
	rules[len(rules)-1].Line = len(rules)
	return rules
}
