package csp

import "strings"

// A sourceKind says which production of draft 2.3.1 a token matches.
type sourceKind uint8

const (
	sourceInvalid sourceKind = iota // none: it matches nothing
	sourceKeyword
	sourceScheme
	sourceHost
	sourceNonce
	sourceHash
)

// A source is a token of a source list, taken apart once so that matching
// needs no parsing. All strings are pieces of the policy's text.
type source struct {
	text    string // as written
	offset  int    // in the policy's text
	kind    sourceKind
	keyword keyword
	hash    hashAlgorithm
	anySub  bool  // host begins with "*.", or is "*"
	port    int32 // portNone, portAny, portNever, or the number

	scheme scheme // schemeNone if there is none
	host   string // after "*" is taken off: "a.com", ".a.com", or "" of "*"
	path   string // "" or begins with "/"
	value  string // base64-value of a nonce or a hash
}

const (
	portNone  = -1
	portAny   = -2
	portNever = -3 // more than 65535: in the grammar, but matches no URL
)

// parse takes s.text apart after the grammar of draft 2.3.1.
func (s *source) parse() {
	token := s.text
	s.port = portNone
	if token != "" && token[0] == '\'' {
		s.parseQuoted()
		return
	}
	rest := token
	if n := schemeLen(token); n > 0 && n < len(token) && token[n] == ':' {
		switch after := token[n+1:]; {
		case after == "":
			s.kind, s.scheme = sourceScheme, newScheme(token[:n])
			return
		case strings.HasPrefix(after, "//"):
			s.scheme, rest = newScheme(token[:n]), after[2:]
		}
	}
	if s.parseHostPart(rest) {
		s.kind = sourceHost
	}
}

// parseSource is source.parse for a token that stands alone.
func parseSource(token string) source {
	s := source{text: token}
	s.parse()
	return s
}

// parseQuoted handles keyword-source, nonce-source and hash-source. ABNF
// literals are case-insensitive, so 'NONCE-abc' is a nonce too.
func (s *source) parseQuoted() {
	t := s.text
	if len(t) < 3 || t[len(t)-1] != '\'' {
		return
	}
	if s.keyword = lookupKeyword(t); s.keyword != 0 {
		s.kind = sourceKeyword
		return
	}
	prefix, value, ok := strings.Cut(t[1:len(t)-1], "-")
	if !ok || !isBase64Value(value) {
		return
	}
	if equalFold(prefix, "nonce") {
		s.kind, s.value = sourceNonce, value
	} else if s.hash = lookupHashAlgorithm(prefix); s.hash != 0 {
		s.kind, s.value = sourceHash, value
	}
}

// parseHostPart handles host-part [":" port-part] [path-part].
func (s *source) parseHostPart(t string) bool {
	n := hostLen(t)
	if n == 0 {
		return false
	}
	s.host, t = t[:n], t[n:]
	if s.host[0] == '*' {
		s.anySub, s.host = true, s.host[1:]
	}
	if strings.HasPrefix(t, ":") {
		n := portLen(t[1:])
		if n == 0 {
			return false
		}
		s.port, t = portNumber(t[1:1+n]), t[1+n:]
	}
	s.path = t
	return t == "" || isPath(t)
}

// schemeLen gives the length of the longest scheme (RFC 3986, 3.1) that t
// begins with.
func schemeLen(t string) int {
	for i := range len(t) {
		if classes[t[i]]&classScheme == 0 || i == 0 && !isAlpha(t[i]) {
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
		if c := t[i]; classes[c]&classHost != 0 {
			label++
		} else if c == '.' && label > 0 {
			if i+1 == len(t) || classes[t[i+1]]&classHost == 0 {
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

// portLen gives the length of the port-part that t begins with, or 0.
func portLen(t string) int {
	if strings.HasPrefix(t, "*") {
		return 1
	}
	n := 0
	for n < len(t) && isDigit(t[n]) {
		n++
	}
	return n
}

// portNumber reads a port-part: "interpreted as decimal number" (6.7.2.11), so
// leading zeros count for nothing.
func portNumber(t string) int32 {
	if t == "*" {
		return portAny
	}
	n := int32(0)
	for i := range len(t) {
		if n = n*10 + int32(t[i]-'0'); n > 65535 {
			return portNever
		}
	}
	return n
}

// isPath reports whether t is a path-part: path-absolute of RFC 3986, 3.3,
// without ";" and ",".
func isPath(t string) bool {
	if t[0] != '/' || strings.HasPrefix(t, "//") {
		return false
	}
	for i := 0; i < len(t); i++ {
		if t[i] == '%' {
			if i+2 >= len(t) || !isHex(t[i+1]) || !isHex(t[i+2]) {
				return false
			}
			i += 2
		} else if classes[t[i]]&classPath == 0 {
			return false
		}
	}
	return true
}

// isBase64Value reports whether t matches
//
//	base64-value = 1*( ALPHA / DIGIT / "+" / "/" / "-" / "_" )*2( "=" )
func isBase64Value(t string) bool {
	for range 2 {
		t = strings.TrimSuffix(t, "=")
	}
	for i := range len(t) {
		if classes[t[i]]&classBase64 == 0 {
			return false
		}
	}
	return t != ""
}

// isToken reports whether t is a token of RFC 9110, 5.6.2.
func isToken(t string) bool {
	for i := range len(t) {
		if classes[t[i]]&classToken == 0 {
			return false
		}
	}
	return t != ""
}
