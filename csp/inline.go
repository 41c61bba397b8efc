package csp

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
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

	inlineNavigation // a javascript: URL
)

// An Inline is code or style that stands in the page itself.
type Inline struct {
	Kind InlineKind

	// Content is the code, every byte of it, in UTF-8.
	Content string

	// Nonce is the nonce attribute. Leave it empty if the element is "not
	// nonceable" (draft 6.7.3.1). It does not count for attributes.
	Nonce string

	// NotParserInserted says that a script made the script element, not the
	// page's text.
	NotParserInserted bool
}

// AllowsInline reports whether the policy allows the code or style: draft
// 4.2.3. A kind that is none of the constants is not allowed.
func (p Policy) AllowsInline(in Inline) bool {
	d := p.ExplainInline(in)
	return d.Allowed
}

// ExplainInline is [Policy.AllowsInline] with the reason.
func (p Policy) ExplainInline(in Inline) Decision {
	return p.inline(&inlineCheck{kind: in.Kind, text: in.Content, nonce: in.Nonce, notParserInserted: in.NotParserInserted})
}

// AllowsNavigation reports whether a link, a form or a script may navigate to
// the URL. Policies restrict that for javascript: URLs only, which are inline
// scripts (draft 4.2.4); see [Policy.AllowsFormAction] for forms.
func (p Policy) AllowsNavigation(url string) bool {
	u, ok := parseURL(url)
	if !ok || !equalFold(u.scheme.text, "javascript") {
		return true
	}
	d := p.inline(&inlineCheck{kind: inlineNavigation, text: url})
	return d.Allowed
}

// An inlineCheck is the question whether inline code is allowed.
type inlineCheck struct {
	kind              InlineKind
	text, nonce       string
	notParserInserted bool

	// digests are those of text in base64, by hashAlgorithm. They are computed
	// when they are needed, unless they are all there is of the text.
	digests     [hashSHA512 + 1]string
	digestsOnly bool
}

// digest gives the digest of the text in padded base64.
func (c *inlineCheck) digest(a hashAlgorithm) string {
	if c.digests[a] == "" && !c.digestsOnly {
		var sum []byte
		switch a {
		case hashSHA256:
			s := sha256.Sum256([]byte(c.text))
			sum = s[:]
		case hashSHA384:
			s := sha512.Sum384([]byte(c.text))
			sum = s[:]
		case hashSHA512:
			s := sha512.Sum512([]byte(c.text))
			sum = s[:]
		}
		c.digests[a] = base64.StdEncoding.EncodeToString(sum)
	}
	return c.digests[a]
}

// directive gives the effective directive: draft 6.8.2.
func (k InlineKind) directive() directiveID {
	switch k {
	case InlineScript, InlineRules, inlineNavigation:
		return dirScriptSrcElem
	case InlineHandler:
		return dirScriptSrcAttr
	case InlineStyle:
		return dirStyleSrcElem
	case InlineStyleAttribute:
		return dirStyleSrcAttr
	}
	return dirUnknown
}

func (k InlineKind) action() action {
	switch k {
	case InlineHandler:
		return actionHandler
	case InlineStyle, InlineStyleAttribute:
		return actionStyle
	case inlineNavigation:
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

func (p Policy) inline(c *inlineCheck) Decision {
	id := c.kind.directive()
	d := Decision{Effective: directives[id].name, action: c.kind.action()}
	if c.kind == inlineNavigation {
		d.subject = c.text
	}
	if id == dirUnknown {
		return d
	}
	by := p.governing(id)
	if by == nil {
		d.Allowed = true
		return d
	}
	d.governs(by)
	d.noted = findKeyword(by.sources, kwUnsafeInline) != nil
	if s := matchInline(by.sources, c); s != nil {
		d.allow(s)
	}
	return d
}

// matchInline is "Does element match source list for type and source?", draft
// 6.7.3.3. It gives the source that matches, or nil.
func matchInline(list []source, c *inlineCheck) *source {
	if s := allowsAllInline(list, c.kind); s != nil {
		return s // step 1
	}
	if c.kind.element() { // 2
		if s := matchesNonce(list, c.nonce); s != nil {
			return s
		}
	}
	if c.kind == InlineRules { // HTML: speculation rules
		if s := findKeyword(list, kwInlineSpeculationRules); s != nil {
			return s
		}
	}
	if !c.kind.element() && findKeyword(list, kwUnsafeHashes) == nil {
		return nil // 3 to 5
	}
	for i := range list { // 5.2
		s := &list[i]
		switch {
		case s.kind == sourceKeyword && s.keyword == kwStrictDynamic:
			if c.kind.directive() == dirScriptSrcElem && c.kind != inlineNavigation && c.notParserInserted {
				return s
			}
		case s.kind == sourceHash && equalBase64(s.value, c.digest(s.hash)):
			return s
		}
	}
	return nil
}

// allowsAllInline is "Does a source list allow all inline behavior for type?",
// draft 6.7.3.2. It gives 'unsafe-inline' if it counts.
func allowsAllInline(list []source, k InlineKind) *source {
	var found *source
	for i := range list {
		s := &list[i]
		switch {
		case s.kind == sourceNonce, s.kind == sourceHash:
			return nil
		case s.kind == sourceKeyword && s.keyword == kwStrictDynamic && k != InlineStyle && k != InlineStyleAttribute:
			return nil
		case s.kind == sourceKeyword && s.keyword == kwUnsafeInline:
			found = s
		}
	}
	return found
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
