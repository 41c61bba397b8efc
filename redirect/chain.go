package redirect

import (
	"fmt"
	"slices"
	"strings"
)

// follow follows the redirect that rule i has for s through the table, and reports
// a loop or a chain. It returns whether it has.
func (k *checker) follow(i int, s *sample, m Match) bool {
	at := s.request
	locations := []string{m.Location}
	var hops []hop
	certain := 0 // how many hops are for all requests of the rule
	for at.move(&m) {
		j := k.recordAt(k.table.find(&m, &at, false, nil))
		if j < 0 || m.Status == 0 {
			break
		}
		if hops == nil {
			hops = []hop{{i, s.request.String()}}
		}
		if back := slices.IndexFunc(hops, func(h hop) bool { return h.at == at.String() }); back >= 0 {
			return k.loop(i, s, hops[back:], locations, "goes on without end")
		}
		d := k.entryOf(i)
		if certain == len(hops)-1 && k.covers(j, &d) {
			certain++
		}
		hops = append(hops, hop{j, at.String()})
		locations = append(locations, m.Location)
		if len(hops) > maxHops {
			return k.loop(i, s, hops, locations[:3], fmt.Sprintf("goes on for more than %d redirects", maxHops))
		}
	}
	if certain == 0 {
		return false
	}
	message := fmt.Sprintf("leads to %q, which %s redirects again", s.rewrite(locations[0]), k.name(hops[1].rule))
	if end := s.rewrite(locations[certain]); !strings.Contains(end, "~") {
		message += fmt.Sprintf("; write %q", end)
	}
	k.mistake(i, "chain", "To", message)
	return true
}

// A hop is a request on the way through a table and the rule that redirects it.
type hop struct {
	rule int
	at   string
}

// String returns scheme, host, path and query.
func (v *request) String() string {
	return v.scheme() + "://" + v.host() + v.path + "?" + v.query.raw
}

// loop reports a loop of these hops, unless it has been.
func (k *checker) loop(i int, s *sample, hops []hop, locations []string, what string) bool {
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
	way := []string{s.rewrite(s.path)}
	for _, l := range locations {
		way = append(way, s.rewrite(l))
	}
	names := make([]string, len(rules))
	for n, r := range rules {
		names[n] = k.name(r)
	}
	k.mistake(i, "loop", "To", fmt.Sprintf("%s: %s (%s); let one of them lead elsewhere",
		what, strings.Join(way, " -> "), strings.Join(names, ", ")))
	return true
}
