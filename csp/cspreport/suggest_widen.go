package cspreport

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
)

// checkSource refuses what cannot be written into a policy as one source.
func checkSource(source string) error {
	switch {
	case source == "'self'":
		return nil
	case strings.Contains(source, "://"):
		_, err := csp.ParseHost(source)
		return err
	}
	_, err := csp.ParseScheme(source)
	return err
}

// widen adds sources to the directive of a policy that governs the effective
// directive, or to a new one, whichever allows the requests and nothing else. It
// gives the name of that directive.
func widen(p csp.Policy, effective string, sources []string, requests []csp.Request) (q csp.Policy, directive string, failed failure) {
	for _, directive := range targets(p, effective) {
		d, ok := only(directive, sources).Lookup(directive)
		if !ok {
			continue
		}
		q, err := p.Append(d)
		if err != nil {
			failed = unmended(err)
			continue
		}
		if failed = verify(p, q, effective, sources, requests); failed.reason == "" {
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
func verify(p, q csp.Policy, effective string, sources []string, requests []csp.Request) failure {
	for _, r := range requests {
		if d := q.Explain(r); !d.Allowed {
			return refused(q, d)
		}
	}
	for _, c := range csp.Diff(p, q) {
		if !c.Wider || !expected(c, effective, sources) {
			return otherChange(strings.Join(sources, " "), c)
		}
	}
	return failure{}
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
