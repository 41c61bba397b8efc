package csp

// A Change is a difference between two policies: something that one allows and
// the other does not.
type Change struct {
	// Wider says that it is the second policy that allows it; otherwise the
	// first does.
	Wider bool

	// Directive is the one that it is about: the effective directive of a
	// request or of inline code, or the one whose value differs.
	Directive string

	// Witness is an example of what is allowed by one only: a URL, "inline
	// script", "eval", a sandbox flag.
	Witness string

	// Engine is whose behaviour shows it: [AllEngines] if all browsers do, or the
	// draft where they differ.
	Engine Engine

	// Request is the example if it is a request, ready for
	// [Policy.AllowsRequest], but for the nonce of a [Comparison] with AnyNonce; its
	// Directive is "" otherwise.
	Request Request
}

// String gives the change in one line.
func (c Change) String() string {
	s := c.Directive + ": no longer allows "
	if c.Wider {
		s = c.Directive + ": newly allows "
	}
	s += c.Witness
	s += withNonce(c.Request.Nonce)
	if c.Request.Integrity != "" {
		s += " with integrity " + c.Request.Integrity
	}
	if c.Request.NotParserInserted {
		s += " from a script"
	}
	if c.Engine != AllEngines {
		s += ", in " + c.Engine.String()
	}
	return s
}

// withNonce says that a nonce is needed, if it is.
func withNonce(nonce string) string {
	switch nonce {
	case "":
		return ""
	case anyNonce:
		return " with any nonce"
	}
	return " with nonce " + nonce
}
