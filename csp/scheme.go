package csp

// A scheme is a URL's scheme, with its kind worked out beforehand as matching
// asks for it all the time.
type scheme struct {
	kind schemeKind
	text string // as written, for schemeOther
}

// A schemeKind names the schemes that have rules of their own.
type schemeKind uint8

const (
	schemeNone schemeKind = iota
	schemeOther
	schemeHTTP
	schemeHTTPS
	schemeWS
	schemeWSS
	schemeFTP
	schemeFile
)

func newScheme(text string) scheme {
	kind := schemeOther
	switch {
	case equalFold(text, "https"):
		kind = schemeHTTPS
	case equalFold(text, "http"):
		kind = schemeHTTP
	case equalFold(text, "wss"):
		kind = schemeWSS
	case equalFold(text, "ws"):
		kind = schemeWS
	case equalFold(text, "ftp"):
		kind = schemeFTP
	case equalFold(text, "file"):
		kind = schemeFile
	case text == "":
		kind = schemeNone
	}
	return scheme{kind, text}
}

// equal compares in any ASCII case. No scheme is equal to none.
func (s scheme) equal(t scheme) bool {
	return s.kind == t.kind && s.kind != schemeNone && (s.kind != schemeOther || equalFold(s.text, t.text))
}

// special reports whether the URL Standard calls the scheme special.
func (s scheme) special() bool { return s.kind > schemeOther }

// defaultPort gives the default port of the URL Standard, or portNone.
func (s scheme) defaultPort() int32 {
	switch s.kind {
	case schemeHTTPS, schemeWSS:
		return 443
	case schemeHTTP, schemeWS:
		return 80
	case schemeFTP:
		return 21
	}
	return portNone
}
