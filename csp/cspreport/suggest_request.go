package cspreport

import (
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/evaluator"
)

// request finds sources for what was blocked by its URL.
func (s *suggester) request(g Group) {
	requests := requestsOf(g)
	if s.wasRedirected(g, requests) {
		s.unresolved(g, "the policy of the report allows this URL: it led to another one, which was blocked, and reports do not say to which (draft 7.3)",
			"ask for "+g.URLs[0]+", see where it redirects to, and allow that host or link it at once")
		return
	}
	if allAllowed(s.Before, requests) {
		s.Allowed = append(s.Allowed, g)
		return
	}
	if allAllowed(s.After, requests) { // because of an addition for others
		s.credit(g, requests)
		return
	}
	if plain := mixedContent(requests); plain != "" {
		s.unresolved(g, "the page is an https one and asks for "+plain+" without TLS", "link it with https or wss; then see whether the policy must allow that")
		return
	}
	if !s.mayTry() {
		s.unresolvedLate(g)
		return
	}
	failed := baseElsewhere // if there is no candidate
	for _, sources := range candidates(g, requests) {
		if failed = s.try(g, sources, requests); failed.reason == "" {
			return
		}
	}
	s.fail(g, failed)
}

// wasRedirected reports whether the policy of most reports allows what they say was
// blocked. base-uri is not about what is loaded.
func (s *suggester) wasRedirected(g Group, requests []csp.Request) bool {
	policy := g.Policy
	if policy == "" || g.Directive == "base-uri" {
		return false
	}
	reported, ok := s.reported[policy]
	if !ok {
		reported, _ = csp.ParseList(policy)
		s.reported[policy] = reported
	}
	return allAllowed(reported, requests)
}

// requestsOf gives the requests that were blocked: each URL of the group from
// each origin of its pages, in each browser, for a report does not say from which it
// is.
func requestsOf(g Group) []csp.Request {
	var origins []string
	for _, page := range g.Pages {
		if origin := originOf(page); !slices.Contains(origins, origin) {
			origins = append(origins, origin)
		}
	}
	var requests []csp.Request
	for _, url := range g.URLs {
		if !strings.Contains(url, ":") {
			url += ":" // a scheme alone
		}
		for _, origin := range origins {
			r := csp.Request{Directive: g.Directive, URL: url, Origin: origin}
			for _, r.Engine = range []csp.Engine{csp.Chromium, csp.Firefox, csp.WebKit} {
				requests = append(requests, r)
			}
		}
	}
	return requests
}

func allAllowed(l csp.List, requests []csp.Request) bool {
	return !slices.ContainsFunc(requests, func(r csp.Request) bool { return !l.AllowsRequest(r) })
}

// credit counts the reports of a group for the addition that allows them.
func (s *suggester) credit(g Group, requests []csp.Request) {
	for i := range s.Additions {
		a := &s.Additions[i]
		if a.Effective == g.Directive && allAllowed(csp.List{only(g.Directive, a.Sources)}, requests) {
			a.credit(g)
			return
		}
	}
	s.Allowed = append(s.Allowed, g)
}

// mixedContent gives an http URL that an https page asks for, "" if there is none:
// browsers do not load it, or ask for it with https, whatever the policy says.
func mixedContent(requests []csp.Request) string {
	for _, r := range requests {
		if strings.HasPrefix(r.Origin, "https:") && (strings.HasPrefix(r.URL, "http:") || strings.HasPrefix(r.URL, "ws:")) {
			return r.URL
		}
	}
	return ""
}

// candidates gives the sources to try, best first: 'self', or the host or scheme; and
// then the URLs with their paths.
func candidates(g Group, requests []csp.Request) [][]string {
	if allAllowed(csp.List{only(g.Directive, []string{"'self'"})}, requests) {
		return [][]string{{"'self'"}}
	}
	if g.Directive == "base-uri" {
		return nil
	}
	if !strings.Contains(g.Blocked, "://") {
		return [][]string{{g.Blocked + ":"}}
	}
	all := [][]string{{g.Blocked}}
	if g.MoreURLs {
		return all
	}
	for _, url := range g.URLs {
		if path := strings.TrimPrefix(url, g.Blocked); path == "" || path == "/" {
			return all // a cross-origin frame, for example: browsers say its origin only
		}
	}
	return append(all, g.URLs)
}

// only gives the policy that has one directive.
func only(directive string, sources []string) csp.Policy {
	p, _ := csp.Parse(directive + " " + strings.Join(sources, " "))
	return p
}

func newAddition(g Group, policy int, directive string, sources []string) Addition {
	return Addition{Policy: policy, Directive: directive, Sources: sources,
		Effective: g.Directive, Blocked: g.Blocked, Pages: slices.Clone(g.Pages), Reports: g.Count}
}

// credit counts the reports of a group that the addition allows, too.
func (a *Addition) credit(g Group) {
	a.Reports += g.Count
	for _, page := range g.Pages {
		a.Pages, _ = list(a.Pages, page, false)
	}
}

// A failure is why sources were not added.
type failure struct {
	reason, mend string
	opens        []csp.Finding
}

// fail records why there is no addition for a group, unless failed is zero.
func (s *suggester) fail(g Group, failed failure) {
	if failed.reason != "" {
		s.unresolved(g, failed.reason, failed.mend, failed.opens...)
	}
}

// baseElsewhere is for a base element with a URL of another origin.
var baseElsewhere = failure{
	reason: "the page has a base element with a URL of another origin, and relative URLs of scripts lead there",
	mend:   "take the base element out, or find out who has put it in",
}

// unmended is for a policy that csp does not build upon.
func unmended(err error) failure {
	return failure{reason: "the policy cannot be added to: " + err.Error(), mend: "mend the policy first"}
}

// otherChange is for an addition that would do more than it is for.
func otherChange(source string, c csp.Change) failure {
	return failure{reason: "with " + source + " the policy would change in other ways, too: " + c.String(), mend: "change the policy by hand"}
}

// try adds sources to every policy that blocks the requests, if nothing speaks
// against it.
func (s *suggester) try(g Group, sources []string, requests []csp.Request) failure {
	for _, source := range sources {
		if failed := checkSource(source); failed.reason != "" {
			return failed
		}
	}
	trial := slices.Clone(s.Before)
	var additions []Addition
	for i, p := range s.Before {
		if allAllowed(csp.List{p}, requests) {
			continue
		}
		q, directive, failed := s.widen(p, s.After[i], g.Directive, sources, requests)
		if failed.reason != "" {
			return failed
		}
		trial[i] = q
		additions = append(additions, newAddition(g, i, directive, sources))
	}
	return s.accept(trial, additions, func(l csp.List) bool { return allAllowed(l, requests) })
}

// mayTry reports whether another group may be tried, and counts it: anybody can
// report hosts.
func (s *suggester) mayTry() bool {
	s.tried++
	return s.tried <= maxTried && s.compared <= s.limit
}

// What bounds the time that Suggest takes, and the length of the policy.
const (
	maxTried    = 100
	maxCompared = 100_000 // pairs of sources, for Diff asks about each source of each policy
)

// diff is csp.Diff of a policy and the same with an addition.
func (s *suggester) diff(p, q csp.Policy) []csp.Change {
	sources := strings.Count(q.String(), " ")
	s.compared += sources * sources
	return csp.Diff(p, q)
}

func (s *suggester) unresolvedLate(g Group) {
	s.unresolved(g, "as many causes as take a few seconds have been tried already, which stand before it", "decide on those first")
}

// accept takes the additions that make trial of the policies before, unless they
// open too much, or do not do beside the others what they are for. Each is tried by
// itself, for the time that takes grows with the square of a policy's length, and
// anybody can report hosts.
func (s *suggester) accept(trial csp.List, additions []Addition, allows func(csp.List) bool) failure {
	opens := s.opened(trial)
	for _, f := range opens {
		if f.Severity >= csp.High {
			return failure{
				reason: "what would allow it defeats the policy: " + f.Reason,
				mend:   f.Mend, opens: opens,
			}
		}
	}
	after := slices.Clone(s.After)
	for i := range additions {
		a := &additions[i]
		a.Opens = slices.DeleteFunc(slices.Clone(opens), func(f csp.Finding) bool { return f.Position.Policy != a.Policy })
		d, _ := only(a.Directive, a.Sources).Lookup(a.Directive)
		var err error
		if after[a.Policy], err = after[a.Policy].Append(d); err != nil {
			return unmended(err)
		}
	}
	if !allows(after) { // what After allows it goes on allowing: Append takes nothing away
		return failure{reason: "with what is added for other reports it would still be blocked", mend: "change the policy by hand"}
	}
	s.After, s.Additions = after, append(s.Additions, additions...)
	return failure{}
}

// opened gives the findings about policies that there were none of before, in
// whatever directive.
func (s *suggester) opened(after csp.List) []csp.Finding {
	if s.found == nil {
		s.found = append([]csp.Finding{}, evaluator.Evaluate(s.Before, s.options.Conditions)...)
	}
	return slices.DeleteFunc(evaluator.Evaluate(after, s.options.Conditions), func(f csp.Finding) bool {
		return slices.ContainsFunc(s.found, func(o csp.Finding) bool {
			return o.Code == f.Code && o.Value == f.Value && o.Position.Policy == f.Position.Policy
		})
	})
}
