package syntax

import "strings"

// lint looks for what is odd in the syntax of a directive.
func (r *Parser) lint(d *Directive) {
	at := r.position(d, -1)
	r.lintName(d, at)
	switch Directives[d.ID].Value {
	case ValueSources, ValueAncestors:
		r.lintSources(d)
	case valueNothing:
		r.lintValues(d, func(int, string) bool { return false })
	case ValueSandbox:
		r.lintValues(d, func(_ int, t string) bool { return isSandboxToken(t) })
	case ValueTrusted:
		r.lintValues(d, func(_ int, t string) bool {
			return t == "*" || IsPolicyName(t) || EqualFold(t, "'allow-duplicates'") || EqualFold(t, "'none'") && len(d.Sources) == 1
		})
	case valueTypesFor:
		r.lintNeeded(d, func(_ int, t string) bool { return EqualFold(t, "'script'") })
	case ValueOneToken:
		r.lintNeeded(d, func(i int, t string) bool { return i == 0 && IsToken(t) })
	case ValueURIs:
		r.lintNeeded(d, func(_ int, t string) bool { return CheckURIReference(t) == nil })
	case ValueWebRTC:
		r.lintNeeded(d, func(i int, t string) bool { return i == 0 && (EqualFold(t, "'allow'") || EqualFold(t, "'block'")) })
	}
}

// lintComma reports the first comma in a directive.
func (r *Parser) lintComma(d *Directive) {
	at := r.position(d, -1)
	at.Offset += indexClass(d.Text, classComma)
	r.add(&oddComma, at, "")
}

// position gives the place of a value of d, or of d itself if value is -1.
func (r *Parser) position(d *Directive, value int) Oddity {
	at := Oddity{Policy: r.PolicyIndex, Directive: d.Index, Value: value, Offset: r.base + d.Offset, Name: d.Name}
	if value >= 0 {
		at.Offset = r.base + d.Sources[value].Offset
	}
	return at
}

func (r *Parser) lintName(d *Directive, at Oddity) {
	switch {
	case d.ID == DirUnknown && !isDirectiveName(d.Name):
		r.add(&oddBadName, at, "")
	case d.ID == DirUnknown:
		r.add(&oddUnknownDirective, at, "")
	case Directives[d.ID].Value == valueDeprecated:
		r.add(&oddDeprecatedDirective, at, "")
	}
}

// lintValues reports the values that are not among those the directive takes.
func (r *Parser) lintValues(d *Directive, takes func(i int, token string) bool) {
	for i, s := range d.Sources {
		if LookupDirective(AsciiLower(s.Text)) != DirUnknown {
			r.add(&oddMissingSemicolon, r.position(d, i), s.Text)
		} else if !takes(i, s.Text) {
			r.add(&oddUnexpectedValue, r.position(d, i), s.Text)
		}
	}
}

func (r *Parser) lintNeeded(d *Directive, takes func(i int, token string) bool) {
	if len(d.Sources) == 0 {
		r.add(&oddMissingValue, r.position(d, -1), "")
	}
	r.lintValues(d, takes)
}

func (r *Parser) lintSources(d *Directive) {
	if len(d.Sources) == 0 {
		r.add(&oddEmptyList, r.position(d, -1), "")
		return
	}
	var seen map[string]bool // for long lists only
	if len(d.Sources) > 16 {
		seen = make(map[string]bool, len(d.Sources))
	}
	for i := range d.Sources {
		if len(r.Oddities) > maxFindings {
			return
		}
		s := &d.Sources[i]
		if k := d.oddSource(s); k != nil {
			r.add(k, r.position(d, i), s.Text)
		}
		if repeated(d.Sources[:i], s.Text, seen) {
			r.add(&oddDuplicateSource, r.position(d, i), s.Text)
		}
	}
}

// repeated reports whether text is among the sources before it. seen, if it is
// there, answers for them and takes text in.
func repeated(before []Source, text string, seen map[string]bool) bool {
	if seen != nil {
		again := seen[text]
		seen[text] = true
		return again
	}
	for i := range before {
		if before[i].Text == text {
			return true
		}
	}
	return false
}

// oddSource says what is odd about a source of d, or gives nil.
func (d *Directive) oddSource(s *Source) *oddityKind {
	switch s.Kind {
	case SourceInvalid:
		if classesIn(s.Text)&(classControl|classComma) != 0 {
			return nil // the directive was reported for it
		}
		if strings.HasPrefix(s.Text, "'") && strings.HasSuffix(s.Text, "'") && len(s.Text) > 2 {
			return &oddUnknownKeyword
		}
		return &oddInvalidSource
	case SourceHost:
		return oddHost(s)
	case SourceHash:
		if !s.Matchable() {
			return &oddInvalidHash
		}
	case SourceKeyword:
		if s.Keyword == KwNone && len(d.Sources) > 1 {
			return &oddNoneWithOthers
		}
	}
	if !Takes(d.ID, s) {
		return &oddMisplacedSource
	}
	return nil
}

func oddHost(s *Source) *oddityKind {
	switch bare := len(s.Host) == len(s.Text); {
	case bare && LookupDirective(AsciiLower(s.Text)) != DirUnknown:
		return &oddMissingSemicolon
	case bare && LookupBareKeyword(s.Text) != 0:
		return &oddUnquotedKeyword
	case s.Port == PortNever || s.Port == 0:
		return &oddInvalidPort
	case EndsInNumber(s.Host) && s.Host != "127.0.0.1":
		return &oddIPAddress
	}
	return nil
}

// Takes reports whether a source of that kind has an effect in a directive:
// what the types of the builder say, for parsed policies.
func Takes(id DirectiveID, s *Source) bool {
	script := id >= DirScriptSrc && id <= DirScriptSrcAttr || id == DirDefaultSrc
	style := id >= DirStyleSrc && id <= DirStyleSrcAttr || script
	// Workers take script-src's sources when they fall back to it, not their
	// own nonces and hashes: draft 6.1.17 matches URLs only.
	switch s.Kind {
	case SourceNonce, SourceHash:
		return style
	case SourceKeyword:
		switch s.Keyword {
		case KwNone, KwSelf:
			return true
		case KwUnsafeInline, KwUnsafeHashes, KwReportSample:
			return style
		case KwUnsafeWebTransportHashes:
			return id == DirConnectSrc || id == DirDefaultSrc
		case kwUnsafeAllowRedirects:
			return false
		}
		return script
	}
	return true
}

func isDirectiveName(name string) bool {
	for i := range len(name) {
		if Classes[name[i]]&classHost == 0 {
			return false
		}
	}
	return name != ""
}
