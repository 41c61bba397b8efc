package evaluator

import (
	"cmp"
	"slices"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A Level is a level of the CSP specification, as browsers came to know them.
type Level uint8

const (
	// Level1 is CSP 1.0 of 2012: hosts, schemes, keywords; no nonces, hashes
	// or base-uri.
	Level1 Level = iota + 1

	// Level2 is CSP 2 of 2014: nonces and hashes; no 'strict-dynamic'.
	Level2

	// Level3 is the draft that this package follows, and what browsers of
	// today implement.
	Level3
)

// Conditions is what [Evaluate] is told about the use of a policy. The zero
// Conditions is an enforced header, for browsers of today, in a response of which
// nothing is known.
type Conditions struct {
	// Level is what the browsers know; 0 means Level3.
	Level Level

	ReportOnly bool // the policies come in the report-only header
	Meta       bool // they come in meta elements

	// Static says that the policies are the same in every response: they
	// stand in a file or in a configuration. Then a nonce is a mistake.
	Static bool

	// Limit is the longest header value, in bytes, that the server and what
	// lies before it take; 0 means 8192, which is usual.
	Limit int

	// Delivery is the response that the policies came with, nil if it is not
	// known. OwnBody is not looked at.
	Delivery *csp.Delivery
}

// Evaluate says what is weak, mistaken or of no use in a policy or a list of
// them, and what [Parse] found odd. The worst comes first, then order is that
// of the text.
//
// It looks at what is in effect at the level: 'unsafe-inline' beside a nonce is
// no weakness at level 2. A list is as strong as its policies together: a weakness
// of one that another makes up for is not mentioned. Hosts that are known to
// serve code of anybody's choice are among what it knows, as of [BypassHostsDate].
//
// A policy without findings of severity [Medium] or higher is a good one as far as
// this function can see; what the hosts in it serve, and whether the page works,
// it cannot.
func Evaluate(policies csp.Policies, c Conditions) []csp.Finding {
	if c.Level < Level1 || c.Level > Level3 {
		c.Level = Level3
	}
	var list csp.List
	if policies != nil {
		list = policies.List()
	}
	evaluations := make([]evaluation, 0, len(list))
	open, restricts := ^exposure(0), false
	for i, p := range list {
		parser := syntax.Parser{PolicyIndex: i}
		e := evaluation{policy: parser.Parse(p.String(), 0), index: i, c: &c}
		e.syntax = parser.Oddities
		if !e.policy.IsZero() {
			e.view()
			open &= e.open
			restricts = true
		}
		evaluations = append(evaluations, e)
	}
	size := 1
	for i := range evaluations {
		if e := &evaluations[i]; !e.policy.IsZero() {
			e.found = make([]weakness, 0, 16)
			e.check()
		}
		size += len(evaluations[i].found) + len(evaluations[i].syntax)
	}
	findings := make([]csp.Finding, 0, size)
	together := &together{all: evaluations, open: open}
	for i := range evaluations {
		findings = evaluations[i].keep(findings, together)
		findings = append(findings, evaluations[i].syntaxFindings()...)
	}
	if !restricts {
		findings = append(findings, findingNoPolicy.at(csp.Position{Policy: -1, Directive: -1, Value: -1}, "", ""))
	} else {
		findings = checkLength(findings, list, &c)
	}
	slices.SortStableFunc(findings, func(a, b csp.Finding) int {
		return cmp.Or(-cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Position.Policy, b.Position.Policy),
			cmp.Compare(a.Position.Offset, b.Position.Offset), cmp.Compare(a.Code, b.Code))
	})
	return once(findings)
}

// once keeps the first, which is the worst, of the findings that several policies
// have for what is in none of them.
func once(findings []csp.Finding) []csp.Finding {
	var seen []string // codes, of which there are few
	kept := findings[:0]
	for _, f := range findings {
		if f.Directive == "" && f.Value == "" {
			if slices.Contains(seen, f.Code) {
				continue
			}
			seen = append(seen, f.Code)
		}
		kept = append(kept, f)
	}
	return kept
}

// An exposure is a set of things that a policy fails to prevent.
type exposure uint32

const (
	openScripts      exposure = 1 << iota // nothing governs scripts
	openInline                            // inline script elements
	openHandlers                          // event handlers
	openEval                              // eval
	openScriptHosts                       // scripts from any host
	openScriptData                        // scripts in data: URLs
	openScriptSource                      // scripts chosen by URL at all, not by nonce or hash
	openObjects                           // nothing governs plugins
	openObjectHosts                       // plugins from any host, or data:
	openObjectSource                      // plugins from somewhere
	openBase                              // nothing governs base elements
	openBaseHosts                         // base elements with any host
	openFrames                            // frames everywhere
	openForms                             // forms sent everywhere
	openStyles                            // inline styles
	openReports                           // no reports are sent
	openSinks                             // DOM sinks take strings
)

// An evaluation is that of one policy of a list.
type evaluation struct {
	policy   *syntax.Policy
	index    int
	c        *Conditions
	open     exposure
	elem     sourceView // of what governs script elements
	handlers sourceView // of what governs event handlers
	script   sourceView // of what governs eval
	syntax   []syntax.Oddity
	found    []weakness
}

// A weakness becomes a finding only if all policies of the list have what it
// needs.
type weakness struct {
	kind     *findingKind
	severity csp.Severity      // in place of the kind's, unless it is 0
	d        *syntax.Directive // nil if it is about the policy
	value    int               // index in d; -1 if it is about d
	needs    exposure
	host     *syntax.Source // where scripts come from, if that is what it is about
}

// add adds a weakness of d, or of the policy if d is nil, or of a value of d.
func (e *evaluation) add(kind *findingKind, needs exposure, d *syntax.Directive, value int) {
	e.found = append(e.found, weakness{kind: kind, needs: needs, d: d, value: value})
}

// keep appends the findings that the other policies do not make up for.
func (e *evaluation) keep(findings []csp.Finding, t *together) []csp.Finding {
	for _, w := range e.found {
		if w.needs&^t.open != 0 {
			continue
		}
		why := ""
		if w.host != nil {
			if b := t.findBypass(w.host); b != nil {
				w.kind, why = b.kind.finding(), ": "+b.why
			} else if !t.mayShare(w.host, e) {
				continue
			}
		}
		f := w.finding(e.index)
		f.Reason += why
		findings = append(findings, f)
	}
	return findings
}

// finding gives the finding for a weakness of the policy of that index.
func (w *weakness) finding(policy int) csp.Finding {
	at := csp.Position{Policy: policy, Directive: -1, Value: w.value}
	name, value := "", ""
	if w.d != nil {
		name, at.Directive, at.Offset = w.d.Name, w.d.Index, w.d.Offset
		if w.value >= 0 {
			value, at.Offset = w.d.Sources[w.value].Text, w.d.Sources[w.value].Offset
		}
	}
	f := w.kind.at(at, name, value)
	if w.severity != 0 {
		f.Severity = w.severity
	}
	return f
}
