package csp

import (
	"github.com/edgehelpers/lambdaedge/csp/internal/match"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

var comparedInline = [...]InlineKind{
	InlineScript, InlineHandler, InlineNavigation, InlineRules, InlineStyle, InlineStyleAttribute,
}

// inline compares which inline code is allowed.
func (c *comparison) inline(k InlineKind, found func(Change) bool) bool {
	conditions, ok := conditionsOf(c.list, c.rules, func(p Policy) []condition { return p.inlineConditions(k, c.rules) })
	if !ok {
		return found(Change{Directive: syntax.Directives[k.directive()].Name, Witness: tooMany, Engine: c.engine})
	}
	for _, w := range conditions {
		check := inlineCheck{kind: k, nonce: w.nonce, notParserInserted: w.notParserInserted, digests: w.digests}
		allows := func(l List) bool { return l.inline(&check, c.rules).Allowed }
		if !allows(c.list) || c.another(allows) {
			continue
		}
		change := Change{Directive: syntax.Directives[k.directive()].Name, Witness: check.describe(), Engine: c.engine}
		if c.written.alone(func(l List) bool {
			return decide(AllEngines, func(rules match.Rules) Decision { return l.inline(&check, rules) }).Allowed
		}) {
			change.Engine = AllEngines
		}
		if !found(change) {
			return false
		}
	}
	return true
}

// describe says what an inlineCheck is about, for people.
func (c *inlineCheck) describe() string {
	s := [...]string{
		InlineScript: "inline script", InlineHandler: "inline event handler", InlineStyle: "inline style",
		InlineStyleAttribute: "inline style attribute", InlineRules: "inline speculation rules", InlineNavigation: "javascript: URL",
	}[c.kind]
	s += withNonce(c.nonce)
	for a, digest := range c.digests {
		if digest != "" {
			s += " with hash " + syntax.HashAlgorithm(a).String() + "-" + digest
		}
	}
	if c.notParserInserted {
		s += " from a script"
	}
	return s
}
