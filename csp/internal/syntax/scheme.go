package syntax

// A Scheme is a URL's scheme, with its kind worked out beforehand as matching
// asks for it all the time.
type Scheme struct {
	Kind SchemeKind
	Text string // as written, for SchemeOther
}

// A SchemeKind names the schemes that have rules of their own.
type SchemeKind uint8

const (
	SchemeNone SchemeKind = iota
	SchemeOther
	SchemeHTTP
	SchemeHTTPS
	SchemeWS
	SchemeWSS
	SchemeFTP
	SchemeFile
)

func NewScheme(text string) Scheme {
	kind := SchemeOther
	switch {
	case EqualFold(text, "https"):
		kind = SchemeHTTPS
	case EqualFold(text, "http"):
		kind = SchemeHTTP
	case EqualFold(text, "wss"):
		kind = SchemeWSS
	case EqualFold(text, "ws"):
		kind = SchemeWS
	case EqualFold(text, "ftp"):
		kind = SchemeFTP
	case EqualFold(text, "file"):
		kind = SchemeFile
	case text == "":
		kind = SchemeNone
	}
	return Scheme{kind, text}
}

// Equal compares in any ASCII case. No scheme is equal to none.
func (s Scheme) Equal(t Scheme) bool {
	return s.Kind == t.Kind && s.Kind != SchemeNone && (s.Kind != SchemeOther || EqualFold(s.Text, t.Text))
}

// Special reports whether the URL Standard calls the scheme special.
func (s Scheme) Special() bool { return s.Kind > SchemeOther }

// DefaultPort gives the default port of the URL Standard, or portNone.
func (s Scheme) DefaultPort() int32 {
	switch s.Kind {
	case SchemeHTTPS, SchemeWSS:
		return 443
	case SchemeHTTP, SchemeWS:
		return 80
	case SchemeFTP:
		return 21
	}
	return PortNone
}
