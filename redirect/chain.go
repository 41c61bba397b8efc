package redirect

import (
	"fmt"
	"slices"
	"strings"
)

// followRedirects follows the redirect that rule i has for s through the table, and
// reports a loop or a chain. It returns whether it has.
func (k *checker) followRedirects(i int, s *sample, m Match) bool {
	req := s.request
	locations := []string{m.Location}
	var hops []hop
	certain := 0 // how many hops are for all requests of the rule
	for req.follow(&m) {
		j := k.recordIndex(k.table.find(&m, &req, false, nil))
		if j < 0 || m.Status == 0 {
			break
		}
		if hops == nil {
			hops = []hop{{i, s.request.String()}}
		}
		if first := slices.IndexFunc(hops, func(h hop) bool { return h.url == req.String() }); first >= 0 {
			return k.reportLoop(i, s, hops[first:], locations, "goes on without end")
		}
		d := k.entryOf(i)
		if certain == len(hops)-1 && k.covers(j, &d) {
			certain++
		}
		hops = append(hops, hop{j, req.String()})
		locations = append(locations, m.Location)
		if len(hops) > maxHops {
			return k.reportLoop(i, s, hops, locations[:3], fmt.Sprintf("goes on for more than %d redirects", maxHops))
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

// A hop is a request in a chain of redirects and the rule that redirects it.
type hop struct {
	rule int
	url  string
}

// String returns scheme, host, path and query.
func (req *request) String() string {
	return req.scheme() + "://" + req.host() + req.path + "?" + req.query.raw
}

// reportLoop reports a loop of these hops, unless it has been.
func (k *checker) reportLoop(i int, s *sample, hops []hop, locations []string, what string) bool {
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
	chain := []string{s.rewrite(s.path)}
	for _, l := range locations {
		chain = append(chain, s.rewrite(l))
	}
	names := make([]string, len(rules))
	for n, r := range rules {
		names[n] = k.name(r)
	}
	k.mistake(i, "loop", "To", fmt.Sprintf("%s: %s (%s); let one of them lead elsewhere",
		what, strings.Join(chain, " -> "), strings.Join(names, ", ")))
	return true
}
