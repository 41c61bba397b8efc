package redirect

import (
	"fmt"
	"slices"
	"strings"
)

// follow follows the redirect that draft i has for w through the table, and reports
// a loop or a chain. It returns whether it has.
func (k *checker) follow(i int, w *witness, m Match) bool {
	at := w.visit
	hops := []hop{{i, at.String()}}
	locations := []string{m.Location}
	certain := 0 // how many hops are for all requests of the rule
	for len(hops) <= maxHops && at.move(&m) {
		back := slices.IndexFunc(hops, func(h hop) bool { return h.at == at.String() })
		if back >= 0 {
			return k.loop(i, w, hops[back:], locations, "goes on without end")
		}
		j := k.draftAt(k.table.find(&m, &at, false, nil))
		if j < 0 {
			break
		}
		if certain == len(hops)-1 && k.drafts[j].covers(&k.drafts[i]) {
			certain++
		}
		hops = append(hops, hop{j, at.String()})
		locations = append(locations, m.Location)
	}
	if len(hops) > maxHops {
		return k.loop(i, w, hops, locations[:3], fmt.Sprintf("goes on for more than %d redirects", maxHops))
	}
	if certain == 0 {
		return false
	}
	by := &k.config.Rules[k.rules[hops[1].rule]]
	k.mistake(k.rules[i], "chain", "To", fmt.Sprintf("leads to %q, which %s redirects again; write %q",
		w.rewrite(locations[0]), number(by, k.rules[hops[1].rule]), w.rewrite(locations[certain])))
	return true
}

// A hop is a request on the way through a table and the rule that redirects it.
type hop struct {
	rule int
	at   string
}

// String returns scheme, host, path and query.
func (v *visit) String() string {
	return v.scheme() + "://" + v.host() + v.path + "?" + v.query.raw
}

// loop reports a loop of these hops, unless it has been.
func (k *checker) loop(i int, w *witness, hops []hop, locations []string, what string) bool {
	var rules []int
	for _, h := range hops {
		rules = append(rules, h.rule)
	}
	slices.Sort(rules)
	rules = slices.Compact(rules)
	id := fmt.Sprint(rules)
	if k.loops[id] {
		return true
	}
	k.loops[id] = true
	way := []string{w.rewrite(w.path)}
	for _, l := range locations {
		way = append(way, w.rewrite(l))
	}
	var where []string
	for _, r := range rules {
		where = append(where, number(&k.config.Rules[k.rules[r]], k.rules[r]))
	}
	k.mistake(k.rules[i], "loop", "To", fmt.Sprintf("%s: %s (%s); let one of them lead elsewhere",
		what, strings.Join(way, " -> "), strings.Join(where, ", ")))
	return true
}

// covers reports whether e is for all requests that d is for, as far as conditions
// go.
func (e *draft) covers(d *draft) bool {
	if e.host != "" && e.host != d.host || e.scheme != "" && e.scheme != d.scheme {
		return false
	}
	return e.when.isPartOf(&d.when) && (e.unless.isZero() || e.unless.isPartOf(&d.unless) && d.unless.isPartOf(&e.unless))
}

// isPartOf reports whether each condition of w is one of those of v.
func (w *When) isPartOf(v *When) bool {
	return isPart(w.Method, v.Method) && (!w.HasQuery || v.HasQuery) &&
		isPart(w.Header, v.Header) && isPart(w.Cookie, v.Cookie) && isPart(w.Query, v.Query) &&
		isPart(w.Referer, v.Referer) && isPart(w.Country, v.Country) && isPart(w.Language, v.Language)
}

func isPart[T comparable](a, b []T) bool { return len(a) == 0 || slices.Equal(a, b) }
