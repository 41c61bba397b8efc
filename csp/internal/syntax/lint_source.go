package syntax

import "strings"

// oddSource says what is odd about a source of d, the worst if it is several
// things, or gives nil.
func (d *Directive) oddSource(s *Source) *oddityKind {
	switch s.Kind {
	case SourceInvalid:
		return oddInvalid(s)
	case SourceHost:
		return d.oddHost(s)
	case SourceHash:
		if k := oddHash(s); k != nil {
			return k
		}
	case SourceKeyword:
		if s.Keyword == KwNone && len(d.Sources) > 1 {
			return &oddNoneWithOthers
		}
	}
	switch {
	case Takes(d.ID, s):
		return nil
	case s.Keyword == KwStrictDynamic && (d.ID == DirWorkerSrc || d.ID == DirChildSrc):
		return &oddDynamicWorker
	}
	return &oddMisplacedSource
}

// oddInvalid says why a token is no source expression. Some of those that the draft's
// grammar does not have are sources to browsers.
func oddInvalid(s *Source) *oddityKind {
	t := s.Text
	quoted := len(t) > 2 && t[0] == '\'' && t[len(t)-1] == '\''
	authority := t[strings.Index(t, "://")+1:]
	authority, _, _ = strings.Cut(strings.TrimPrefix(authority, "//"), "/")
	switch {
	case classesIn(t)&(classControl|classComma) != 0:
		return nil // the directive was reported for it
	case s.Quirks&DashedHash != 0:
		return &oddHyphenHash
	case quoted:
		return &oddUnknownKeyword
	case s.Quirks&BareWildcardDot != 0 && s.Scheme.Kind != SchemeNone:
		return &oddStarDot
	case s.Quirks&OddPath != 0:
		return &oddPath
	case s.Quirks&QueryAfterPath != 0:
		return &oddQuery
	case s.Quirks&QueryAfterHost != 0:
		return &oddQueryWithoutPath
	case strings.HasPrefix(authority, "["):
		return &oddIPv6
	case strings.Contains(authority, "*"):
		return &oddHostWildcard
	case isAuthority(strings.ReplaceAll(authority, "_", "-")):
		return &oddUnderscore
	}
	return &oddInvalidSource
}

// isAuthority reports whether t is a host-source without scheme and path.
func isAuthority(t string) bool {
	var s Source
	return s.parseHostPart(t) && s.Path == ""
}

// oddHost says what is odd about a host-source.
func (d *Directive) oddHost(s *Source) *oddityKind {
	bare := len(s.Host) == len(s.Text)
	switch {
	case bare && LookupDirective(AsciiLower(s.Text)) != DirUnknown:
		return &oddMissingSemicolon
	case bare && LookupBareKeyword(s.Text) != 0:
		return &oddUnquotedKeyword
	case s.Port == PortNever || s.Port == 0:
		return &oddInvalidPort
	case d.ID == DirFrameAncestors && len(s.Path) > 1:
		return &oddAncestorPath
	case strings.Contains(s.Path, "*"):
		return &oddWildcardInPath
	case s.Quirks&LeadingZeros != 0:
		return &oddPortZeros
	case s.Quirks&TrailingDot != 0:
		return &oddTrailingDot
	case s.AnySub && s.Host == "":
		return oddWildcard(s)
	case !EndsInNumber(s.Host) || s.Host == "127.0.0.1":
	case s.AnySub || !IsIPv4(s.Host):
		return &oddIPv4Form
	default:
		return &oddIPAddress
	}
	return nil
}

// oddWildcard says what is odd about a host-source for every host.
func oddWildcard(s *Source) *oddityKind {
	switch {
	case s.Scheme.Kind == SchemeNone && (s.Port != PortNone || s.Path != ""):
		return &oddWildcardPort
	case s.Port == PortNone && s.Path != "":
		return &oddWildcardPath
	}
	return nil
}

// oddHash says what is odd about a digest.
func oddHash(s *Source) *oddityKind {
	switch digits := len(strings.TrimRight(s.Value(), "=")); {
	case s.HashShape() == HashExact:
		return nil
	case digits == (8*s.Hash.Size()+5)/6:
		return &oddInexactHash
	case digits%4 == 1:
		return &oddBrokenHash
	}
	return &oddInvalidHash
}
