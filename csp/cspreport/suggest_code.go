package cspreport

import (
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// inline says how inline code can be allowed: never by a source that is found
// here.
func (s *suggester) inline(g Group) {
	reason := "inline code is allowed by a nonce or by its hash, and a report has its beginning at most"
	mend := "put it into a file, or give the element" + where(g) + " the nonce of the response, or add its hash, which the browser's console prints and csplint finds in the site's pages"
	switch {
	case g.SourceFile != "":
		mend = "let the script" + where(g) + ", which puts it into the page, load a file, set the element's nonce or add a style by element.style"
	case strings.HasPrefix(g.Example.Sample, "javascript:"):
		mend = "replace the javascript: URL" + where(g) + " by a button, and add its handler in a script"
	case strings.HasSuffix(g.Directive, "-attr"):
		mend = "move it from the attribute" + where(g) + " into a script (addEventListener, element.style) or a style sheet; or add its hash with 'unsafe-hashes'"
		if g.Example.Sample == "" {
			mend += "; an empty attribute is reported, too, and may stay"
		}
	}
	if sample := g.Example.Sample; s.options.Hash != nil && sample != "" && !isCut(sample) && !strings.HasPrefix(sample, "javascript:") {
		// Nobody can be sure: Chromium leaves out white space at both ends.
		mend += "; if the sample is all of the code, to the byte, that is '" + s.options.Hash(sample).String() + "'"
	}
	s.unresolved(g, reason, mend)
}

// sampleUnits is how many UTF-16 units of code go into a sample (draft 2.4).
const sampleUnits = 40

// isCut reports whether a sample may be only the beginning.
func isCut(sample string) bool {
	return strings.HasSuffix(sample, "…") || strings.ContainsRune(sample, '\ufffd') || len(utf16.Encode([]rune(sample))) >= sampleUnits-1
}

// eval says how to do without eval, or adds 'unsafe-eval' if that is wanted.
func (s *suggester) eval(g Group) {
	t := token{"script-src", "'unsafe-eval'", func(p csp.Policy) bool { return p.AllowsEval() }}
	if s.options.AddUnsafeEval || allow(s.Before, t) {
		s.token(g, t)
		return
	}
	if s.opensByEval == nil {
		trial, _, _ := s.with(g, t)
		s.opensByEval = append([]csp.Finding{}, s.opened(trial)...)
	}
	s.unresolved(g, "only 'unsafe-eval' allows it, with which every string may become code",
		"find eval, Function, or setTimeout with a string"+where(g)+", and do without; most libraries have a build that does",
		s.opensByEval...)
}

// wasm adds 'wasm-unsafe-eval', which allows WebAssembly and nothing else.
func (s *suggester) wasm(g Group) {
	s.token(g, token{"script-src", "'wasm-unsafe-eval'", func(p csp.Policy) bool { return p.AllowsWasm() }})
}

// trustedType adds the name of a Trusted Types policy that the page's scripts
// create.
func (s *suggester) trustedType(g Group) {
	name := g.Example.Sample
	if isCut(name) || !syntax.IsPolicyName(name) {
		s.unresolved(g, "the report does not have the whole name of the Trusted Types policy", "find createPolicy"+where(g)+", and add the name to trusted-types")
		return
	}
	t := token{"trusted-types", name, func(p csp.Policy) bool {
		d, ok := p.Lookup("trusted-types")
		values := slices.Collect(d.Values())
		return !ok || slices.Contains(values, name) || slices.Contains(values, "*")
	}}
	if allow(s.Before, t) {
		s.unresolved(g, "the policy allows a Trusted Types policy of the name "+name+", so the scripts create it twice", "let them create it once"+where(g)+", or add 'allow-duplicates' to trusted-types")
		return
	}
	s.token(g, t)
}

// A token is one that is not compared with URLs.
type token struct {
	directive, text string
	allows          func(csp.Policy) bool // what the token is for
}

func allow(l csp.List, t token) bool {
	return !slices.ContainsFunc(l, func(p csp.Policy) bool { return !t.allows(p) })
}

// token adds a token to every policy that needs it, if nothing speaks against it.
func (s *suggester) token(g Group, t token) {
	if allow(s.Before, t) {
		s.Allowed = append(s.Allowed, g)
		return
	}
	for i := range s.Additions {
		if a := &s.Additions[i]; a.Directive == t.directive && slices.Contains(a.Sources, t.text) {
			a.credit(g)
			return
		}
	}
	if !s.mayTry() {
		s.unresolvedLate(g)
		return
	}
	trial, additions, failed := s.with(g, t)
	if failed.reason == "" {
		failed = s.accept(trial, additions, func(l csp.List) bool { return allow(l, t) })
	}
	s.fail(g, failed)
}

// with adds a token to every policy that needs it.
func (s *suggester) with(g Group, t token) (trial csp.List, additions []Addition, failed failure) {
	trial = slices.Clone(s.Before)
	for i, p := range s.Before {
		if t.allows(p) {
			continue
		}
		d, _ := only(t.directive, []string{t.text}).Lookup(t.directive)
		q, err := p.Append(d)
		if err != nil {
			return trial, nil, unmended(err)
		}
		for _, c := range s.diff(p, q) {
			if !c.Wider || c.Directive != t.directive {
				return trial, nil, otherChange(t.text, c)
			}
		}
		if !t.allows(q) {
			return trial, nil, failure{reason: "with " + t.text + " in " + t.directive + " it would still be blocked", mend: "change the policy by hand"}
		}
		trial[i] = q
		additions = append(additions, newAddition(g, i, t.directive, []string{t.text}))
	}
	return trial, additions, failure{}
}
