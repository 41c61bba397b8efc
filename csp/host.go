package csp

import (
	"errors"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A Constant is a text that stands in the program: an untyped constant, such as a
// literal, becomes one, and a variable does not, so that it cannot come from a
// request. Converting a variable to it is a lie that a reviewer can search for.
type Constant string

// A Host is a host-source: which hosts, with which scheme, port and path. The
// zero Host is no source and makes [New] fail.
type Host struct{ text string }

// HostOf gives the host-source that is written in the program:
//
//	csp.HostOf("https://cdn.example.com/js/")
//
// A variable does not compile; use [ParseHost] for one. A text that ParseHost
// would refuse is refused by [New], with the same words.
func HostOf(host Constant) Host { return Host{string(host)} }

// ParseHost checks a host-source that is only known at run time. It has the form
// [scheme "://"] host [":" port] [path], where the host may be "*" or begin
// with "*.", the port may be "*", and a path that ends in "/" allows everything
// below it. What could only be a mistake is refused: a keyword that lacks its
// quotes, an IPv6 address (browsers match none), an IPv4 address in another form than
// four decimal numbers, a port that does not exist, a query string, and what one
// of the browsers does not take: a dot at the end of the host, a port with leading
// zeros.
func ParseHost(host string) (Host, error) {
	if err := checkHost(host); err != nil {
		return Host{}, errors.New("csp: " + err.Error())
	}
	return Host{host}, nil
}

func (h Host) sourceText() (string, error) { return h.text, checkHost(h.text) }

func checkHost(t string) error {
	fail := func(reason string) error { return errors.New("host: got " + strconv.Quote(t) + ", " + reason) }
	if t == "" {
		return fail("which is empty; use csp.None to allow nothing")
	}
	if c := firstUnfit(t); c >= 0 {
		return fail("with " + strconv.QuoteRune(rune(t[c])) + " in it; a source is visible ASCII without \";\" and \",\" " +
			"(write a host in Punycode, escape a path with %)")
	}
	if k := syntax.LookupBareKeyword(t); k != 0 {
		return fail("which would be a host of that name; the keyword is " + k.String() + ", and has a constant in this package")
	}
	s := syntax.ParseSource(t)
	if s.Kind == syntax.SourceScheme {
		return fail("which is a scheme; use csp.SchemeOf or csp.ParseScheme")
	}
	if s.Kind != syntax.SourceHost || s.Quirks != 0 {
		return fail("which is not [scheme \"://\"] host [\":\" port] [path]" + hostHint(t))
	}
	if s.Port == syntax.PortNever || s.Port == 0 {
		return fail("whose port is not between 1 and 65535")
	}
	if syntax.EndsInNumber(s.Host) && !s.AnySub && !syntax.IsIPv4(s.Host) {
		return fail("an IP address in another form than browsers compare; write four decimal numbers without leading zeros")
	}
	return nil
}

// hostHint says more about the mistakes that are made most.
func hostHint(t string) string {
	switch {
	case strings.HasPrefix(t, "'"):
		return "; keywords, nonces and hashes have constants and constructors of their own"
	case strings.ContainsAny(t, "?#"):
		return "; leave out the query and the fragment"
	case strings.Contains(t, "["):
		return "; an IPv6 address matches nothing, use a host name"
	case strings.Contains(t, "%"):
		return "; \"%\" is allowed in the path only, before two hexadecimal digits"
	}
	return ""
}

// firstUnfit gives the index of the first byte that cannot be part of a token
// of a policy: white space, control, non-ASCII, ";" or ",". It gives -1 if
// there is none.
func firstUnfit(t string) int {
	for i := range len(t) {
		if c := t[i]; c <= ' ' || c >= 0x7f || c == ';' || c == ',' {
			return i
		}
	}
	return -1
}

// A Scheme is a scheme-source: everything of a scheme, whatever the host. The
// zero Scheme is no source and makes [New] fail.
type Scheme struct{ text string }

// SchemeOf gives the scheme-source that is written in the program, with its
// colon: csp.SchemeOf("data:"). A variable does not compile; use [ParseScheme]
// for one. A text that ParseScheme would refuse is refused by [New].
func SchemeOf(scheme Constant) Scheme { return Scheme{string(scheme)} }

// ParseScheme checks a scheme-source that is only known at run time: a scheme
// and a colon, nothing more.
func ParseScheme(scheme string) (Scheme, error) {
	if err := checkScheme(scheme); err != nil {
		return Scheme{}, errors.New("csp: " + err.Error())
	}
	return Scheme{scheme}, nil
}

func (s Scheme) sourceText() (string, error) { return s.text, checkScheme(s.text) }

func checkScheme(t string) error {
	if n := syntax.SchemeLen(t); n == 0 || t[n:] != ":" {
		return errors.New("scheme: got " + strconv.Quote(t) + ", want letters, digits, \"+\", \"-\", \".\" and then a colon, as in \"data:\"")
	}
	return nil
}
