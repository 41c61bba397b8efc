package csp

import (
	"github.com/edgehelpers/lambdaedge/csp/internal/match"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// An InlineKind is a kind of code or style that stands in the page itself.
type InlineKind uint8

const (
	// InlineScript is the content of a script element.
	InlineScript InlineKind = iota + 1

	// InlineHandler is an event handler attribute, onclick for example.
	InlineHandler

	// InlineStyle is the content of a style element.
	InlineStyle

	// InlineStyleAttribute is a style attribute.
	InlineStyleAttribute

	// InlineRules is the content of a script element of type
	// speculationrules.
	InlineRules

	// InlineNavigation is a javascript: URL, the whole of it.
	InlineNavigation
)

// An Inline is code or style that stands in the page itself.
type Inline struct {
	Kind InlineKind

	// Hashes are those of the code, every byte of it in UTF-8, with each of the
	// three algorithms: cspcrypto.Inline fills them in. A hash of a policy matches
	// none that is not given. That of a javascript: URL is of the whole URL.
	Hashes []Hash

	// Nonce is the nonce attribute. Leave it empty if the element is "not
	// nonceable" (draft 6.7.3.1). It does not count for attributes.
	Nonce string

	// NotParserInserted says that a script made the script element, not the
	// page's text.
	NotParserInserted bool

	// Engine is whose behaviour is asked for, as in a [Request].
	Engine Engine
}

// AllowsInline reports whether the policy allows the code or style: draft
// 4.2.3. A kind that is none of the constants is not allowed.
func (p Policy) AllowsInline(in Inline) bool {
	check := in.check()
	return decide(in.Engine, func(rules match.Rules) Decision { return p.inline(check, rules) }).Allowed
}

// ExplainInline is [Policy.AllowsInline] with the reason, and with the browsers that
// decide otherwise.
func (p Policy) ExplainInline(in Inline) Decision { return List{p}.ExplainInline(in) }

// AllowsNavigation reports whether a link, a form or a script may navigate to
// the URL. Policies restrict that for javascript: URLs only, which are inline
// scripts (draft 4.2.4) with the hashes given; see [Policy.AllowsFormAction] for forms.
func (p Policy) AllowsNavigation(url string, hashes ...Hash) bool {
	u, ok := match.ParseURL(url)
	if !ok || !syntax.EqualFold(u.Scheme.Text, "javascript") {
		return true
	}
	return p.AllowsInline(Inline{Kind: InlineNavigation, Hashes: hashes})
}

// An inlineCheck is the question whether inline code is allowed.
type inlineCheck struct {
	kind              InlineKind
	nonce             string
	notParserInserted bool
	digests           [syntax.HashSHA512 + 1]string // of the text in padded base64, by hashAlgorithm
}

// check gives the question, with the hashes in their places.
func (in *Inline) check() *inlineCheck {
	c := &inlineCheck{kind: in.Kind, nonce: in.Nonce, notParserInserted: in.NotParserInserted}
	for _, h := range in.Hashes {
		if a, value, ok := parseIntegrity(h.String()); ok {
			c.digests[a] = syntax.ToStdBase64(value)
		}
	}
	return c
}

// directive gives the effective directive: draft 6.8.2.
func (k InlineKind) directive() syntax.DirectiveID {
	switch k {
	case InlineScript, InlineRules, InlineNavigation:
		return syntax.DirScriptSrcElem
	case InlineHandler:
		return syntax.DirScriptSrcAttr
	case InlineStyle:
		return syntax.DirStyleSrcElem
	case InlineStyleAttribute:
		return syntax.DirStyleSrcAttr
	}
	return syntax.DirUnknown
}

func (k InlineKind) action() action {
	switch k {
	case InlineHandler:
		return actionHandler
	case InlineStyle, InlineStyleAttribute:
		return actionStyle
	case InlineNavigation:
		return actionNavigate
	case InlineRules:
		return actionRules
	}
	return actionScript
}

// element reports whether the kind is the content of an element: nonces and
// hashes count there without 'unsafe-hashes'.
func (k InlineKind) element() bool {
	return k == InlineScript || k == InlineStyle || k == InlineRules
}

func (p Policy) inline(c *inlineCheck, rules match.Rules) Decision {
	id := c.kind.directive()
	d := Decision{Effective: syntax.Directives[id].Name, action: c.kind.action()}
	if id == syntax.DirUnknown {
		return d
	}
	by := p.read(rules).Governing(id)
	if by == nil {
		d.Allowed = true
		return d
	}
	d.governs(by)
	d.noted = syntax.FindKeyword(by.Sources, syntax.KwUnsafeInline) != nil
	if s := matchInline(by, c, rules); s != nil {
		d.allow(s)
	}
	return d
}

// matchInline is "Does element match source list for type and source?", draft
// 6.7.3.3. It gives the source that matches, or nil.
func matchInline(by *syntax.Directive, c *inlineCheck, rules match.Rules) *syntax.Source {
	list := by.Sources
	if s := allowsAllInline(by, c.kind, rules); s != nil {
		return s // step 1
	}
	if c.kind.element() { // 2
		if s := matchesNonce(list, c.nonce); s != nil {
			return s
		}
	}
	if c.kind == InlineRules { // HTML: speculation rules
		if s := syntax.FindKeyword(list, syntax.KwInlineSpeculationRules); s != nil {
			return s
		}
	}
	if !c.kind.element() && syntax.FindKeyword(list, syntax.KwUnsafeHashes) == nil {
		return nil // 3 to 5
	}
	for i := range list { // 5.2
		s := &list[i]
		switch {
		case s.Kind == syntax.SourceKeyword && s.Keyword == syntax.KwStrictDynamic:
			if c.kind.directive() == syntax.DirScriptSrcElem && c.kind != InlineNavigation && c.notParserInserted {
				return s
			}
		case countsAsHash(s, rules) && matchesDigest(s, c.digests[s.Hash], rules):
			return s
		}
	}
	return nil
}

// allowsAllInline is "Does a source list allow all inline behavior for type?",
// draft 6.7.3.2. It gives 'unsafe-inline' if it counts.
func allowsAllInline(by *syntax.Directive, k InlineKind, rules match.Rules) *syntax.Source {
	var found *syntax.Source
	strict := k != InlineStyle && k != InlineStyleAttribute ||
		by.ID == syntax.DirDefaultSrc && isStrictDynamic(by) && rules.Have(match.StrictDynamicDefaultStyle)
	for i := range by.Sources {
		s := &by.Sources[i]
		switch {
		case s.Kind == syntax.SourceNonce, countsAsHash(s, rules):
			return nil
		case s.Kind == syntax.SourceKeyword && s.Keyword == syntax.KwStrictDynamic && strict:
			return nil
		case s.Kind == syntax.SourceKeyword && s.Keyword == syntax.KwUnsafeInline:
			found = s
		}
	}
	return found
}

// countsAsHash reports whether a source is a hash, be it one that matches nothing:
// then 'unsafe-inline' is off.
func countsAsHash(s *syntax.Source, rules match.Rules) bool {
	switch {
	case s.Quirks&syntax.DashedHash != 0:
		return rules.Have(match.DashedHash)
	case s.Kind != syntax.SourceHash:
		return false
	}
	return s.HashShape() != syntax.HashUndecodable || rules.Have(match.UndecodableHashCounts)
}

// matchesDigest compares a hash-source with a digest in padded base64.
func matchesDigest(s *syntax.Source, digest string, rules match.Rules) bool {
	switch {
	case digest == "":
		return false
	case equalBase64(s.Value(), digest):
		return true
	}
	return s.HashShape() == syntax.HashInexact && s.PaddedDigest() == digest && rules.Have(match.InexactHash)
}

// equalBase64 compares the value of a hash-source, in base64 or base64url,
// with base64.
func equalBase64(value, digest string) bool {
	if len(value) != len(digest) {
		return false
	}
	for i := range len(value) {
		c := value[i]
		switch c {
		case '-':
			c = '+'
		case '_':
			c = '/'
		}
		if c != digest[i] {
			return false
		}
	}
	return true
}
