package cspreport

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
)

// checkSource refuses what cannot be written into a policy as one source, or would
// allow more than the host or the scheme that was blocked.
func checkSource(source string) failure {
	var err error
	switch {
	case source == "'self'":
		return failure{}
	case strings.Contains(source, "*"):
		return failure{reason: "it cannot be a source: " + source + " has a *, which would stand for many hosts; browsers report none", mend: "leave it: no browser sends that"}
	case strings.Contains(source, "://"):
		_, err = csp.ParseHost(source)
	default:
		_, err = csp.ParseScheme(source)
	}
	switch {
	case err != nil:
		return failure{reason: "it cannot be a source: " + err.Error(), mend: "load it from a URL that can"}
	case strings.HasSuffix(source, ":") && !isPageScheme(source):
		return failure{reason: "nobody but the site knows whether its pages mean to have URLs of the scheme " + source + ", which are no hosts of the web",
			mend: "if they do, to open another application for example, add " + source + " by hand"}
	}
	return failure{}
}

// isPageScheme reports whether a scheme is of those whose URLs pages make themselves.
func isPageScheme(source string) bool {
	switch source {
	case "blob:", "data:", "filesystem:", "mediastream:":
		return true
	}
	return false
}

// widen adds sources to the directive of a policy that governs the effective
// directive, or to a new one, whichever allows the requests and nothing else. It
// gives the name of that directive. After is the policy with what is added for other
// reports: a directive that it has got governs there.
func (s *suggester) widen(p, after csp.Policy, effective string, sources []string, requests []csp.Request) (q csp.Policy, directive string, failed failure) {
	for _, directive := range targets(after, effective) {
		d, ok := only(directive, sources).Lookup(directive)
		if !ok {
			continue
		}
		q, err := p.Append(d)
		if err != nil {
			failed = unmended(err)
			continue
		}
		if failed = s.verify(p, q, directive, effective, sources, requests); failed.reason == "" {
			return q, directive, failed
		}
	}
	return csp.Policy{}, "", failed
}

// targets gives the directives to add to, the best first: the one that governs
// today, if it is made for the purpose, then the effective one.
func targets(p csp.Policy, effective string) []string {
	general := strings.TrimSuffix(strings.TrimSuffix(effective, "-elem"), "-attr")
	if general == effective {
		return []string{effective}
	}
	if _, ok := p.Lookup(effective); ok {
		return []string{effective}
	}
	return []string{general, effective}
}

// verify holds a policy with an addition to what Suggest promises.
func (s *suggester) verify(p, q csp.Policy, directive, effective string, sources []string, requests []csp.Request) failure {
	for _, r := range requests {
		if d := q.Explain(r); !d.Allowed {
			return refused(q, d)
		}
	}
	if _, ok := p.Lookup(directive); ok && governsNothingElse(directive) {
		return failure{}
	}
	for _, c := range s.diff(p, q) {
		if !c.Wider || !expected(c, effective, sources) {
			return otherChange(strings.Join(sources, " "), c)
		}
	}
	return failure{}
}

// governsNothingElse reports whether no other directive falls back to this one (draft
// 6.8.3). Then there is nothing to compare.
func governsNothingElse(directive string) bool {
	switch directive {
	case "child-src", "frame-src", "script-src", "style-src":
		return false
	}
	return true
}

// expected reports whether a change is one that the sources are added for.
func expected(c csp.Change, effective string, sources []string) bool {
	if c.Request.Directive == "" || !only(c.Directive, sources).AllowsRequest(c.Request) {
		return false
	}
	switch {
	case c.Directive == effective, c.Directive == effective+"-elem":
		return true
	case c.Directive == "worker-src":
		// HTML 10.2.6.3: workers are fetched in mode same-origin.
		scheme, _, _, ok := cutURL(c.Request.URL)
		return ok && isWeb(scheme) && originOf(c.Request.URL) != originOf(c.Request.Origin)
	case effective == "child-src":
		return c.Directive == "frame-src" || c.Directive == "fenced-frame-src"
	case effective == "frame-src":
		return c.Directive == "fenced-frame-src"
	}
	return false
}

// refused says why an addition does not help.
func refused(q csp.Policy, d csp.Decision) failure {
	by, _ := q.Lookup(d.Directive)
	if strings.Contains(by.String(), "'strict-dynamic'") {
		return failure{
			reason: "'strict-dynamic' makes browsers ignore hosts, so only a script that is trusted already, or one with a nonce or a hash, can load it",
			mend:   "give the script element the nonce of the response, or an integrity attribute whose hash is in the policy",
		}
	}
	return failure{reason: "an addition does not help: " + d.String(), mend: "change the policy by hand"}
}
