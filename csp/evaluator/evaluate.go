package evaluator

import (
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

	// Separate says that each policy of a list has a header of its own. If they
	// share one, commas in it may be mistakes.
	Separate bool

	// Origin is that of the pages, "https://www.example.com" for example, and ""
	// if it is not known: then what concerns pages on http only is Info.
	Origin string

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
// them, and what [csp.Parse] found odd. The worst comes first, then order is that
// of the text.
//
// It looks at what is in effect at the level: 'unsafe-inline' beside a nonce is
// no weakness at level 2. Where Chromium, Firefox and WebKit differ, a policy is as
// weak as it is in the weakest of them, and findings name them. A list is as strong
// as its policies together: a weakness of one that another makes up for is not
// mentioned. Hosts that are known to serve code of anybody's choice are among what
// it knows, as of [BypassHostsDate].
//
// A policy without findings of severity [csp.Medium] or higher is a good one as far as
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
	t := together{c: c, all: make([]evaluation, len(list)), open: ^exposure(0)}
	size := 0
	for i, p := range list {
		parser := syntax.Parser{PolicyIndex: i}
		e := &t.all[i]
		e.level, e.index = c.Level, int32(i)
		e.policy = parser.Parse(p.String(), 0)
		e.syntax = parser.Oddities
		if !e.policy.IsZero() {
			e.view()
			t.open &= e.exposed
			t.restricts++
		}
		size += e.guess()
	}
	t.found = make([]weakness, 0, size)
	for i := range t.all {
		e := checker{&t, &t.all[i]}
		e.check()
	}
	t.checkCommas()
	t.checkLength(list)
	return t.findings()
}

// guess is about as many weaknesses as a policy has: one a source of scripts, and
// some of the policy itself.
func (e *evaluation) guess() int {
	n := 8 + len(e.syntax)
	if e.elem.d != nil {
		n += len(e.elem.d.Sources)
	}
	return n
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
	openStyleHosts                        // style sheets from any host, or data:
	openReports                           // no reports are sent
	openSinks                             // DOM sinks take strings
)

// together is the policies of a list, of which all must allow what is a weakness.
type together struct {
	c         Conditions
	all       []evaluation
	restricts int      // how many policies have a directive
	open      exposure // what all of them leave open
	found     []weakness

	// bypasses remembers what allow said of the entries of the table, so that
	// long lists take no more than linear time.
	bypasses [len(bypassHosts)]answer
}

// An evaluation is that of one policy of a list.
type evaluation struct {
	level    Level
	index    int32
	policy   *syntax.Policy
	exposed  exposure   // what this policy leaves open
	elem     sourceView // of what governs script elements
	handlers sourceView // of what governs event handlers
	script   sourceView // of what governs eval
	style    sourceView // of what governs style elements and sheets
	attr     sourceView // of what governs style attributes
	syntax   []syntax.Oddity
}

// A checker looks for weaknesses of one policy of a list.
type checker struct {
	*together
	*evaluation
}

// add adds a weakness of d, or of the policy if d is nil, or of a value of d, unless
// the other policies make up for it.
func (e *checker) add(kind *findingKind, needs exposure, d *syntax.Directive, value int) {
	e.addAs(kind, kind.severity, needs, d, value)
}

// addAs is add with another severity than the kind's.
func (e *checker) addAs(kind *findingKind, severity csp.Severity, needs exposure, d *syntax.Directive, value int) {
	if needs&^e.open == 0 {
		e.found = append(e.found, weakness{kind: kind, severity: severity, policy: e.index, d: d, value: int32(value)})
	}
}
