// Package match has URLs and source expressions: which match which, for the draft
// and for the browsers, and the sets of URLs that sources match.
package match

import "github.com/edgehelpers/lambdaedge/csp/internal/syntax"

// A Matcher matches URLs against the source list of a directive.
type Matcher struct {
	Rules     Rules
	Self      URL                // the page's origin
	Directive syntax.DirectiveID // the one that has the list

	Redirected bool // the URL is one that redirects led to

	// Dynamic says that 'strict-dynamic' of the list counts for URLs too: 'self' is
	// off, and so are the hosts and schemes behind DynamicAt, its place.
	Dynamic   bool
	DynamicAt int
}

// A schemeMatch says whether and how a scheme-part matches a URL's scheme.
type schemeMatch uint8

const (
	schemeDiffers schemeMatch = iota
	schemeMatches
	schemeUpgrades // from an insecure source to a secure URL
)

// matchScheme is "scheme-part matching", draft 6.7.2.9.
func (r Rules) matchScheme(source, url syntax.Scheme) schemeMatch {
	if source.Equal(url) {
		return schemeMatches
	}
	switch source.Kind {
	case syntax.SchemeHTTP:
		if url.Kind == syntax.SchemeHTTPS {
			return schemeUpgrades
		}
	case syntax.SchemeWS:
		switch {
		case url.Kind == syntax.SchemeWSS, url.Kind == syntax.SchemeHTTPS && r.Have(WebSocketHTTP):
			return schemeUpgrades
		case url.Kind == syntax.SchemeHTTP && r.Have(WebSocketHTTP):
			return schemeMatches
		}
	case syntax.SchemeWSS:
		if url.Kind == syntax.SchemeHTTPS && r.Have(WebSocketHTTP) {
			return schemeMatches
		}
	}
	return schemeDiffers
}

// Find is "Does url match source list?", draft 6.7.2.7. It gives the source
// that does, or nil. A list that is empty or has 'none' alone needs no step of
// its own: nothing in it matches.
func (m *Matcher) Find(list []syntax.Source, u *URL) *syntax.Source {
	for i := range list {
		if m.Matches(&list[i], u) {
			return &list[i]
		}
	}
	return nil
}

// Matches is "Does url match expression in origin with redirect count?", draft
// 6.7.2.8. The numbers are those of its steps.
func (m *Matcher) Matches(s *syntax.Source, u *URL) bool {
	if m.Dynamic && m.isOff(s) {
		return false
	}
	switch s.Kind {
	case syntax.SourceKeyword:
		return s.Keyword == syntax.KwSelf && m.matchSelf(u) // 4
	case syntax.SourceScheme:
		return m.Rules.matchScheme(s.FullScheme(), u.Scheme) != schemeDiffers // 2
	case syntax.SourceHost:
		if s.Text == "*" {
			return m.matchStar(u) // 1
		}
		return m.matchHostSource(s, u)
	case syntax.SourceInvalid:
		return s.Quirks.Host() && m.matchHostSource(s, u)
	}
	return false
}

// isOff reports whether 'strict-dynamic' switches the source off.
func (m *Matcher) isOff(s *syntax.Source) bool {
	return s.Keyword == syntax.KwSelf || s.Offset > m.DynamicAt && s.Text != "*"
}

// matchStar is what "*" matches.
func (m *Matcher) matchStar(u *URL) bool {
	switch u.Scheme.Kind {
	case syntax.SchemeHTTP, syntax.SchemeHTTPS:
		return true
	case syntax.SchemeWS, syntax.SchemeWSS:
		if m.Rules.Have(StarWebSocket) {
			return true
		}
	}
	return u.Scheme.Equal(m.Self.Scheme) || m.starInline(u.Scheme)
}

// starInline reports whether "*" matches URLs with the data in them.
func (m *Matcher) starInline(s syntax.Scheme) bool {
	return m.Directive == syntax.DirImgSrc && syntax.EqualFold(s.Text, "data") && m.Rules.Have(StarImageData)
}

func (m *Matcher) matchHostSource(s *syntax.Source, u *URL) bool {
	// The order is not that of the steps: the host says no most often.
	if !u.Hosted || !m.matchHost(s, u) || !m.Rules.take(s) { // 3.1, 3.3
		return false
	}
	how := schemeMatches
	if s.Scheme.Kind != u.Scheme.Kind || s.Scheme.Kind == syntax.SchemeOther {
		how = m.Rules.matchScheme(m.schemeOf(s), u.Scheme)
	}
	return how != schemeDiffers &&
		m.matchPort(s, u, how == schemeUpgrades) && // 3.5
		(m.Redirected || m.ignoresPath() || m.Rules.matchPath(s.Path, u.Path)) // 3.6
}

// schemeOf gives the source's scheme, or that of the page: steps 2.1 and 3.2.
func (m *Matcher) schemeOf(s *syntax.Source) syntax.Scheme {
	if s.Scheme.Kind == syntax.SchemeNone {
		return m.Self.Scheme
	}
	return s.FullScheme()
}

func (m *Matcher) ignoresPath() bool {
	return m.Directive == syntax.DirFrameAncestors && m.Rules.Have(AncestorPathIgnored)
}

// take reports whether a host-source counts, which may be written in an odd way.
func (r Rules) take(s *syntax.Source) bool {
	if s.AnySub && s.Host == "" && !r.takeStar(s) {
		return false
	}
	if s.Quirks == 0 {
		return true
	}
	for _, odd := range [...]struct {
		quirk syntax.Quirk
		taken Behavior
	}{
		{syntax.TrailingDot, TrailingDotHost}, {syntax.BareWildcardDot, BareWildcardDot},
		{syntax.LeadingZeros, LeadingZeroPort}, {syntax.OddPath, OddPath},
		{syntax.QueryAfterPath, QueryAfterPath}, {syntax.QueryAfterHost, QueryAfterHost},
	} {
		if s.Quirks&odd.quirk != 0 && !r.Have(odd.taken) {
			return false
		}
	}
	return true
}

// takeStar is take for "*" with something before or behind it.
func (r Rules) takeStar(s *syntax.Source) bool {
	if s.Port == syntax.PortNone && s.Path != "" && !r.Have(StarPath) {
		return false
	}
	return s.Scheme.Kind != syntax.SchemeNone || s.Quirks&syntax.BareWildcardDot == 0 && r.Have(StarSchemeless)
}

// matchHost is "host-part matching", draft 6.7.2.10.
func (m *Matcher) matchHost(s *syntax.Source, u *URL) bool {
	if u.IP {
		return m.matchIP(s, u)
	}
	return hostHas(s, u.Host)
}

func hostHas(s *syntax.Source, host string) bool {
	switch {
	case !s.AnySub:
		return syntax.EqualFold(s.Host, host)
	case s.Host == "" || s.Quirks&syntax.BareWildcardDot != 0:
		return host != ""
	}
	n := len(host) - len(s.Host)
	return n >= 0 && syntax.EqualFold(host[n:], s.Host)
}

// matchIP decides about a URL whose host is an IP address. In the draft a note
// says that 127.0.0.1 matches and no other, and the algorithm that none does.
func (m *Matcher) matchIP(s *syntax.Source, u *URL) bool {
	switch {
	case s.AnySub:
		return m.Rules.Have(WildcardIP) && hostHas(s, u.Host)
	case s.Host == "127.0.0.1":
		return u.Host == s.Host
	}
	return m.Rules.Have(IPv4Host) && s.Host == u.Host
}

// matchPort is "port-part matching", draft 6.7.2.11. upgrade says that the source is
// insecure and the URL is not.
func (m *Matcher) matchPort(s *syntax.Source, u *URL, upgrade bool) bool {
	switch {
	case s.Port == syntax.PortAny:
		return true
	case upgrade && s.Port == u.Port && s.Port != syntax.PortNone:
		return m.Rules.Have(SamePortUpgrade) // of a server that would speak both protocols on one port
	case s.Port == u.Port:
		return true
	case u.Port != syntax.PortNone:
		return false
	case s.Port == u.Scheme.DefaultPort():
		return true
	case s.Port != 80 || u.Scheme.DefaultPort() != 443:
		return false
	case upgrade:
		return m.Rules.Have(Port80Upgrade)
	}
	return m.Rules.Have(Port80Secure)
}

// matchSelf is step 4 of draft 6.7.2.8: what 'self' matches.
func (m *Matcher) matchSelf(u *URL) bool {
	self := &m.Self
	if !self.Hosted || !u.Hosted || u.Port != self.Port || !syntax.EqualFold(u.Host, self.Host) {
		// Default ports are PortNone, so that equal ones and "the default
		// ports for their respective schemes" are equal here.
		return false
	}
	switch u.Scheme.Kind {
	case syntax.SchemeHTTPS, syntax.SchemeWSS:
		return true // 4.2.1
	case syntax.SchemeHTTP, syntax.SchemeWS:
		return self.Scheme.Kind == syntax.SchemeHTTP || u.Scheme.Equal(self.Scheme) // 4.2.2, 4.1
	case syntax.SchemeFTP:
		return self.Scheme.Kind == syntax.SchemeFTP // 4.1
	}
	return false // of an opaque origin
}
