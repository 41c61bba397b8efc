package csp

import "strings"

// lint looks for what is odd in the syntax of a directive.
func (r *parser) lint(d *Directive) {
	at := r.position(d, -1)
	r.lintName(d, at)
	switch directives[d.id].value {
	case valueSources, valueAncestors:
		r.lintSources(d)
	case valueNothing:
		r.lintValues(d, func(int, string) bool { return false })
	case valueSandbox:
		r.lintValues(d, func(_ int, t string) bool { return isSandboxToken(t) })
	case valueTrusted:
		r.lintValues(d, func(_ int, t string) bool {
			return t == "*" || isPolicyName(t) || equalFold(t, "'allow-duplicates'") || equalFold(t, "'none'") && len(d.sources) == 1
		})
	case valueTypesFor:
		r.lintNeeded(d, func(_ int, t string) bool { return equalFold(t, "'script'") })
	case valueOneToken:
		r.lintNeeded(d, func(i int, t string) bool { return i == 0 && isToken(t) })
	case valueURIs:
		r.lintNeeded(d, func(_ int, t string) bool { return checkURIReference(t) == nil })
	case valueWebRTC:
		r.lintNeeded(d, func(i int, t string) bool { return i == 0 && (equalFold(t, "'allow'") || equalFold(t, "'block'")) })
	}
}

// lintText reports characters that have no place in a directive.
func (r *parser) lintText(d *Directive) {
	for _, odd := range [...]struct {
		class class
		kind  findingKind
	}{{classControl, findingControl}, {classComma, findingComma}} {
		i := indexClass(d.text, odd.class)
		if i >= 0 {
			at := r.position(d, -1)
			at.Offset += i
			r.add(odd.kind, at, d.name, "")
		}
	}
}

// position gives the place of a value of d, or of d itself if value is -1.
func (r *parser) position(d *Directive, value int) Position {
	at := Position{Policy: r.policyIndex, Directive: d.index, Value: value, Offset: r.base + d.offset}
	if value >= 0 {
		at.Offset = r.base + d.sources[value].offset
	}
	return at
}

func (r *parser) lintName(d *Directive, at Position) {
	switch {
	case d.id == dirUnknown && !isDirectiveName(d.name):
		r.add(findingBadName, at, d.name, "")
	case d.id == dirUnknown:
		r.add(findingUnknownDirective, at, d.name, "")
	case directives[d.id].value == valueDeprecated:
		r.add(findingDeprecatedDirective, at, d.name, "")
	}
}

// lintValues reports the values that are not among those the directive takes.
func (r *parser) lintValues(d *Directive, takes func(i int, token string) bool) {
	for i, s := range d.sources {
		if lookupDirective(asciiLower(s.text)) != dirUnknown {
			r.add(findingMissingSemicolon, r.position(d, i), d.name, s.text)
		} else if !takes(i, s.text) {
			r.add(findingUnexpectedValue, r.position(d, i), d.name, s.text)
		}
	}
}

func (r *parser) lintNeeded(d *Directive, takes func(i int, token string) bool) {
	if len(d.sources) == 0 {
		r.add(findingMissingValue, r.position(d, -1), d.name, "")
	}
	r.lintValues(d, takes)
}

func (r *parser) lintSources(d *Directive) {
	if len(d.sources) == 0 {
		r.add(findingEmptyList, r.position(d, -1), d.name, "")
		return
	}
	var seen map[string]bool // for long lists only
	if len(d.sources) > 16 {
		seen = make(map[string]bool, len(d.sources))
	}
	for i := range d.sources {
		if len(r.findings) > maxFindings {
			return
		}
		s := &d.sources[i]
		if k, odd := d.oddSource(s); odd {
			r.add(k, r.position(d, i), d.name, s.text)
		}
		if repeated(d.sources[:i], s.text, seen) {
			r.add(findingDuplicateSource, r.position(d, i), d.name, s.text)
		}
	}
}

// repeated reports whether text is among the sources before it. seen, if it is
// there, answers for them and takes text in.
func repeated(before []source, text string, seen map[string]bool) bool {
	if seen != nil {
		again := seen[text]
		seen[text] = true
		return again
	}
	for i := range before {
		if before[i].text == text {
			return true
		}
	}
	return false
}

// oddSource says what is odd about a source of d, if anything is.
func (d *Directive) oddSource(s *source) (findingKind, bool) {
	switch s.kind {
	case sourceInvalid:
		if classesIn(s.text)&(classControl|classComma) != 0 {
			return findingKind{}, false // the directive was reported for it
		}
		if strings.HasPrefix(s.text, "'") && strings.HasSuffix(s.text, "'") && len(s.text) > 2 {
			return findingUnknownKeyword, true
		}
		return findingInvalidSource, true
	case sourceHost:
		return oddHost(s)
	case sourceHash:
		if !s.matchable() {
			return findingInvalidHash, true
		}
	case sourceKeyword:
		if s.keyword == kwNone && len(d.sources) > 1 {
			return findingNoneWithOthers, true
		}
	}
	if !takes(d.id, s) {
		return findingMisplacedSource, true
	}
	return findingKind{}, false
}

func oddHost(s *source) (findingKind, bool) {
	switch bare := len(s.host) == len(s.text); {
	case bare && lookupDirective(asciiLower(s.text)) != dirUnknown:
		return findingMissingSemicolon, true
	case bare && lookupBareKeyword(s.text) != 0:
		return findingUnquotedKeyword, true
	case s.port == portNever || s.port == 0:
		return findingInvalidPort, true
	case endsInNumber(s.host) && s.host != "127.0.0.1":
		return findingIPAddress, true
	}
	return findingKind{}, false
}

// takes reports whether a source of that kind has an effect in a directive:
// what the types of the builder say, for parsed policies.
func takes(id directiveID, s *source) bool {
	script := id >= dirScriptSrc && id <= dirScriptSrcAttr || id == dirDefaultSrc
	style := id >= dirStyleSrc && id <= dirStyleSrcAttr || script
	// Workers take script-src's sources when they fall back to it, not their
	// own nonces and hashes: draft 6.1.17 matches URLs only.
	switch s.kind {
	case sourceNonce, sourceHash:
		return style
	case sourceKeyword:
		switch s.keyword {
		case kwNone, kwSelf:
			return true
		case kwUnsafeInline, kwUnsafeHashes, kwReportSample:
			return style
		case kwUnsafeWebTransportHashes:
			return id == dirConnectSrc || id == dirDefaultSrc
		case kwUnsafeAllowRedirects:
			return false
		}
		return script
	}
	return true
}

func isDirectiveName(name string) bool {
	for i := range len(name) {
		if classes[name[i]]&classHost == 0 {
			return false
		}
	}
	return name != ""
}

func isSandboxToken(t string) bool {
	for _, name := range sandboxNames[1:] {
		if equalFold(name, t) {
			return true
		}
	}
	return false
}
