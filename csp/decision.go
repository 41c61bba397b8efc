package csp

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A Decision says whether something is allowed, and why. Its String is what a
// browser's console would say.
type Decision struct {
	Allowed bool

	// Policy is the index in the [List] of the policy that the decision is of.
	Policy int

	// Effective is the directive that the question is about, for example
	// script-src-elem of a script element, and Directive the one in the policy
	// that answers it, for example default-src. Directive is "" if none
	// does; then all is allowed.
	Effective, Directive string

	// Source is the source that allows, or "" if there is none.
	Source string

	// Differing has the browsers that decide otherwise, in a Decision of
	// [AllEngines] that Explain and its kin give.
	Differing []Difference

	action  action
	subject string // URL, or kind of inline code
	value   string // of Directive, as written
	dynamic bool   // 'strict-dynamic' switched the hosts off
	noted   bool   // 'unsafe-inline' is there but does not count
	trusted bool   // Trusted Types refuse it
}

// An action is the verb of a Decision.
type action uint8

const (
	actionLoad action = iota
	actionConnect
	actionFrame
	actionForm
	actionAncestor
	actionBase
	actionScript
	actionHandler
	actionStyle
	actionNavigate
	actionEval
	actionWasm
	actionRTC
	actionRules
)

var actionTexts = [...]string{
	actionLoad:     "load",
	actionConnect:  "connect to",
	actionFrame:    "frame",
	actionForm:     "send form data to",
	actionAncestor: "be framed by",
	actionBase:     "set the document's base URI to",
	actionScript:   "execute inline script",
	actionHandler:  "execute inline event handler",
	actionStyle:    "apply inline style",
	actionNavigate: "run the JavaScript URL",
	actionEval:     "evaluate a string as JavaScript",
	actionWasm:     "compile or instantiate WebAssembly",
	actionRTC:      "connect by WebRTC",
	actionRules:    "apply inline speculation rules",
}

// String gives the decision in the words of a browser's console.
func (d Decision) String() string {
	var b strings.Builder
	if d.Allowed {
		b.WriteString("Allowed to ")
	} else {
		b.WriteString("Refused to ")
	}
	b.WriteString(actionTexts[d.action])
	if d.subject != "" {
		b.WriteString(" '" + d.subject + "'")
	}
	switch {
	case d.Directive == "" && d.Effective == "":
		b.WriteString(" because no directive is about it.")
	case d.Directive == "":
		b.WriteString(" because there is no '" + d.Effective + "' in the policy, nor a fallback for it.")
	case d.Allowed:
		b.WriteString(" because of " + d.Source + " in the directive: \"" + d.value + "\".")
	default:
		b.WriteString(" because it violates the following Content Security Policy directive: \"" + d.value + "\".")
	}
	d.writeNotes(&b)
	for _, o := range d.Differing {
		b.WriteString(" " + o.Engine.String() + " decides otherwise (" + o.Behavior + ").")
	}
	return b.String()
}

// writeNotes says what is easily overlooked.
func (d Decision) writeNotes(b *strings.Builder) {
	if d.Directive != "" && d.Directive != d.Effective {
		b.WriteString(" Note that '" + d.Effective + "' was not explicitly set, so '" + d.Directive + "' is used as a fallback.")
	}
	if d.Allowed {
		return
	}
	if d.dynamic {
		b.WriteString(" Note that 'strict-dynamic' is present, so hosts, schemes and 'self' are ignored.")
	}
	if d.noted {
		b.WriteString(" Note that 'unsafe-inline' is ignored if a hash, a nonce or 'strict-dynamic' is in the list.")
	}
	switch d.action {
	case actionScript, actionStyle:
		b.WriteString(" Either the 'unsafe-inline' keyword, a hash or a nonce is required to enable it.")
	case actionHandler, actionNavigate:
		b.WriteString(" Either the 'unsafe-inline' keyword, or a hash and 'unsafe-hashes', is required to enable it.")
	case actionEval:
		if d.trusted {
			b.WriteString(" Only a TrustedScript, or what a default policy of the page makes one of, may be evaluated.")
		} else {
			b.WriteString(" 'unsafe-eval' is required to enable it.")
		}
	case actionWasm:
		b.WriteString(" 'wasm-unsafe-eval' or 'unsafe-eval' is required to enable it.")
	}
}

// governs writes the directive that answers into a decision.
func (d *Decision) governs(by *syntax.Directive) {
	d.Directive, d.value = by.Name, by.Text
}

// allow makes it an allowing decision, because of s.
func (d *Decision) allow(s *syntax.Source) {
	d.Allowed, d.Source = true, s.Text
}
