package syntax

import "strings"

// A SourceKind says which production of draft 2.3.1 a token matches.
type SourceKind uint8

const (
	SourceInvalid SourceKind = iota // none: it matches nothing
	SourceKeyword
	SourceScheme
	SourceHost
	SourceNonce
	SourceHash
)

// A Source is a token of a source list, taken apart once so that matching
// needs no parsing. All strings are pieces of the policy's text.
type Source struct {
	Text    string // as written
	Offset  int    // in the policy's text
	Kind    SourceKind
	Keyword Keyword
	Hash    HashAlgorithm
	AnySub  bool  // host begins with "*.", or is "*"
	Port    int32 // PortNone, PortAny, PortNever, or the number
	Quirks  Quirk // what not everybody takes

	Scheme SchemePart
	Host   string // after "*" is taken off: "a.com", ".a.com", or "" of "*"
	Path   string // "" or begins with "/"
}

// A SchemePart is the scheme-part of a source: Kind is SchemeNone if there is none.
// Source.FullScheme has its text too.
type SchemePart struct {
	Kind   SchemeKind
	length uint32 // of the scheme in the source's text
}

// FullScheme gives the scheme-part.
func (s *Source) FullScheme() Scheme { return Scheme{s.Scheme.Kind, s.Text[:s.Scheme.length]} }

// Value gives the base64-value of a nonce or a hash.
func (s *Source) Value() string {
	prefix := len("'nonce-")
	switch {
	case s.Quirks&DashedHash != 0:
		prefix = len("'sha-256-")
	case s.Kind == SourceHash:
		prefix = len("'sha256-")
	}
	return s.Text[prefix : len(s.Text)-1]
}

// setScheme says that the text begins with a scheme.
func (s *Source) setScheme(length int) {
	s.Scheme = SchemePart{NewScheme(s.Text[:length]).Kind, uint32(length)}
}

const (
	PortNone  = -1
	PortAny   = -2
	PortNever = -3 // more than 65535: in the grammar, but matches no URL
)

// parse takes s.text apart after the grammar of draft 2.3.1.
func (s *Source) parse() {
	token := s.Text
	s.Port = PortNone
	if token != "" && token[0] == '\'' {
		s.parseQuoted()
		return
	}
	rest := token
	if n := SchemeLen(token); n > 0 && n < len(token) && token[n] == ':' {
		switch after := token[n+1:]; {
		case after == "":
			s.Kind = SourceScheme
			s.setScheme(n)
			return
		case strings.HasPrefix(after, "//"):
			s.setScheme(n)
			rest = after[2:]
		}
	}
	if s.parseHostPart(rest) {
		s.Kind = SourceHost
	}
	if s.Kind == SourceInvalid && s.Quirks == 0 {
		*s = Source{Text: s.Text, Offset: s.Offset, Port: PortNone}
	}
}

// ParseSource is source.parse for a token that stands alone.
func ParseSource(token string) Source {
	s := Source{Text: token}
	s.parse()
	return s
}

// parseQuoted handles keyword-source, nonce-source and hash-source. ABNF
// literals are case-insensitive, so 'NONCE-abc' is a nonce too.
func (s *Source) parseQuoted() {
	t := s.Text
	if len(t) < 3 || t[len(t)-1] != '\'' {
		return
	}
	if s.Keyword = lookupKeyword(t); s.Keyword != 0 {
		s.Kind = SourceKeyword
		return
	}
	prefix, value, ok := strings.Cut(t[1:len(t)-1], "-")
	if EqualFold(prefix, "sha") {
		s.parseDashedHash(value)
		return
	}
	if !ok || !IsBase64Value(value) {
		return
	}
	if EqualFold(prefix, "nonce") {
		s.Kind = SourceNonce
	} else if s.Hash = LookupHashAlgorithm(prefix); s.Hash != 0 {
		s.Kind = SourceHash
	}
}

// parseDashedHash handles 'sha-256-…', which is in no grammar.
func (s *Source) parseDashedHash(t string) {
	bits, value, _ := strings.Cut(t, "-")
	if hash := LookupHashAlgorithm("sha" + bits); hash != 0 && IsBase64Value(value) {
		s.Hash, s.Quirks = hash, DashedHash
	}
}

// parseHostPart handles host-part [":" port-part] [path-part], and notes what
// browsers take besides.
func (s *Source) parseHostPart(t string) bool {
	n := hostLen(t)
	switch {
	case strings.HasPrefix(t, "*.") && n == 0:
		n, s.AnySub, s.Quirks = 2, true, BareWildcardDot
	case n == 0:
		return false
	case t[0] == '*':
		s.AnySub, s.Host = true, t[1:n]
	default:
		s.Host = t[:n]
	}
	if t = t[n:]; strings.HasSuffix(s.Host, ".") {
		s.Quirks |= TrailingDot
	}
	if strings.HasPrefix(t, ":") {
		n := PortLen(t[1:])
		if n == 0 {
			return false
		}
		if n > 1 && t[1] == '0' {
			s.Quirks |= LeadingZeros
		}
		s.Port, t = PortNumber(t[1:1+n]), t[1+n:]
	}
	return s.parsePathPart(t)
}

// parsePathPart handles path-part, with a query or fragment that has no business
// there.
func (s *Source) parsePathPart(t string) bool {
	end := strings.IndexAny(t, "?#")
	switch {
	case end == 0:
		s.Quirks |= QueryAfterHost
	case end > 0:
		s.Quirks |= QueryAfterPath
	default:
		end = len(t)
	}
	s.Path = t[:end]
	ok, odd := checkPath(s.Path)
	if odd {
		s.Quirks |= OddPath
	}
	if !ok {
		s.Quirks = 0
	}
	return ok && s.Quirks&(OddPath|QueryAfterHost|QueryAfterPath|BareWildcardDot) == 0
}

// SchemeLen gives the length of the longest scheme (RFC 3986, 3.1) that t
// begins with.
func SchemeLen(t string) int {
	for i := range len(t) {
		if Classes[t[i]]&classScheme == 0 || i == 0 && !IsAlpha(t[i]) {
			return i
		}
	}
	return len(t)
}

// hostLen gives the length of the host-part that t begins with, or 0:
//
//	host-part = "*" / [ "*." ] 1*host-char *( "." 1*host-char ) [ "." ]
func hostLen(t string) int {
	i := 0
	if strings.HasPrefix(t, "*") {
		if !strings.HasPrefix(t, "*.") {
			return 1
		}
		i = 2
	}
	label := 0 // length of the label before t[i]
	for ; i < len(t); i++ {
		if c := t[i]; Classes[c]&classHost != 0 {
			label++
		} else if c == '.' && label > 0 {
			if i+1 == len(t) || Classes[t[i+1]]&classHost == 0 {
				return i + 1 // the dot at the end
			}
			label = 0
		} else {
			break
		}
	}
	if label == 0 {
		return 0
	}
	return i
}

// PortLen gives the length of the port-part that t begins with, or 0.
func PortLen(t string) int {
	if strings.HasPrefix(t, "*") {
		return 1
	}
	n := 0
	for n < len(t) && IsDigit(t[n]) {
		n++
	}
	return n
}

// PortNumber reads a port-part: "interpreted as decimal number" (6.7.2.11), so
// leading zeros count for nothing.
func PortNumber(t string) int32 {
	if t == "*" {
		return PortAny
	}
	n := int32(0)
	for i := range len(t) {
		if n = n*10 + int32(t[i]-'0'); n > 65535 {
			return PortNever
		}
	}
	return n
}

// checkPath reports whether t is a path-part, path-absolute of RFC 3986, 3.3, without
// ";" and ",", or nothing; and whether it is odd: only some browsers take it for one.
func checkPath(t string) (ok, odd bool) {
	if t == "" {
		return true, false
	}
	if t[0] != '/' {
		return false, false
	}
	odd = strings.HasPrefix(t, "//")
	for i := 0; i < len(t); i++ {
		switch c := t[i]; {
		case c == '%':
			if i+2 < len(t) && IsHex(t[i+1]) && IsHex(t[i+2]) {
				i += 2
			} else {
				odd = true
			}
		case Classes[c]&classPath != 0:
		case Classes[c]&classOddPath != 0:
			odd = true
		default:
			return false, false
		}
	}
	return true, odd
}

// IsBase64Value reports whether t matches
//
//	base64-value = 1*( ALPHA / DIGIT / "+" / "/" / "-" / "_" )*2( "=" )
func IsBase64Value(t string) bool {
	for range 2 {
		t = strings.TrimSuffix(t, "=")
	}
	for i := range len(t) {
		if Classes[t[i]]&classBase64 == 0 {
			return false
		}
	}
	return t != ""
}

// IsToken reports whether t is a token of RFC 9110, 5.6.2.
func IsToken(t string) bool {
	for i := range len(t) {
		if Classes[t[i]]&classToken == 0 {
			return false
		}
	}
	return t != ""
}
