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
	switch bare := strings.TrimSuffix(d.Name, ":"); {
	case d.ID != DirUnknown && Directives[d.ID].Value == valueDeprecated:
		r.add(&oddDeprecatedDirective, at, "")
	case d.ID != DirUnknown:
	case LookupDirective(bare) != DirUnknown:
		r.add(&oddColonAfterName, at, "")
	case isHeaderName(bare):
		r.add(&oddHeaderName, at, "")
	case !isDirectiveName(d.Name):
		r.add(&oddBadName, at, "")
	default:
		r.add(&oddUnknownDirective, at, "")
	}
}

// isHeaderName knows the headers that are taken for directives, or whose names get
// into a policy when a line of a configuration is copied whole.
func isHeaderName(name string) bool {
	switch name {
	case "content-security-policy", "content-security-policy-report-only", "x-content-security-policy", "x-webkit-csp",
		"x-frame-options", "x-xss-protection", "x-content-type-options", "strict-transport-security", "referrer-policy",
		"permissions-policy", "feature-policy", "document-policy", "integrity-policy", "reporting-endpoints", "expect-ct",
		"cross-origin-embedder-policy", "cross-origin-opener-policy", "cross-origin-resource-policy",
		"access-control-allow-origin", "clear-site-data", "cache-control", "set-cookie":
		return true
	}
	return false
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
	if len(d.Sources) > 48 {
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
