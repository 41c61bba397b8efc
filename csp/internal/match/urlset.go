package match

import (
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// Comparing policies comes down to comparing sets of URLs. A source matches a
// handful of simple sets, and two of those that overlap do so in a simple set. What
// makes it simple is that such a set is never the union of finitely many
// smaller ones, because hosts, ports and paths are each one thing, or
// practically without end: if a list of sources matches one URL of a set that
// is special to no source of it, then one source matches that URL, and with
// it all of the set. So two URLs tell all: see URLSet.Examples.

// A URLSet is a set of URLs of one scheme, all of them alike.
type URLSet struct {
	Scheme syntax.Scheme // SchemeNone: every URL there is
	hosts  hostSet
	host   string // of hostsBelow (with its first dot) and hostsOne
	port   int32  // PortNone is the scheme's own
	path   string // as a path-part: "" all, "/x/" what is below, "/x" that one
	OfSelf bool   // it is of 'self'
}

// WithoutPath gives the set with all paths.
func (s URLSet) WithoutPath() URLSet {
	s.path = ""
	return s
}

// IsWebSocket reports whether the URLs are those of WebSockets.
func (s URLSet) IsWebSocket() bool {
	return s.Scheme.Kind == syntax.SchemeWS || s.Scheme.Kind == syntax.SchemeWSS
}

// A hostSet says which hosts a set has, from wide to narrow.
type hostSet uint8

const (
	hostsAll   hostSet = iota // every host, IP addresses, and no host
	hostsAny                  // every host that a wildcard matches
	hostsBelow                // every subdomain of host
	hostsOne                  // host
)

// AllURLs is the set of all URLs.
var AllURLs = URLSet{port: syntax.PortAny}

// the schemes that a source without one, or of another, may match.
var httpFamily = [...]syntax.Scheme{
	{Kind: syntax.SchemeHTTP, Text: "http"}, {Kind: syntax.SchemeHTTPS, Text: "https"},
	{Kind: syntax.SchemeWS, Text: "ws"}, {Kind: syntax.SchemeWSS, Text: "wss"},
}

var dataScheme = syntax.Scheme{Kind: syntax.SchemeOther, Text: "data"}

// Sets gives the URLs that a source matches.
func (m *Matcher) Sets(s *syntax.Source) []URLSet {
	if m.Dynamic && m.isOff(s) {
		return nil
	}
	switch s.Kind {
	case syntax.SourceKeyword:
		if s.Keyword == syntax.KwSelf {
			return m.selfSets()
		}
	case syntax.SourceScheme:
		return schemeSets(m.Rules.matchedSchemes(s.FullScheme()))
	case syntax.SourceHost:
		if s.Text == "*" {
			return m.starSets()
		}
		return m.hostSets(s)
	case syntax.SourceInvalid:
		if s.Quirks.Host() {
			return m.hostSets(s)
		}
	}
	return nil
}

// schemeSets gives all URLs of the schemes.
func schemeSets(schemes []syntax.Scheme) []URLSet {
	sets := make([]URLSet, len(schemes))
	for i, scheme := range schemes {
		sets[i] = URLSet{Scheme: scheme, port: syntax.PortAny}
	}
	return sets
}

// matchedSchemes gives the schemes that a scheme-part matches.
func (r Rules) matchedSchemes(from syntax.Scheme) []syntax.Scheme {
	if from.Kind == syntax.SchemeNone {
		return nil
	}
	all := []syntax.Scheme{from}
	for _, to := range httpFamily {
		if !to.Equal(from) && r.matchScheme(from, to) != schemeDiffers {
			all = append(all, to)
		}
	}
	return all
}

func (m *Matcher) starSets() []URLSet {
	var schemes []syntax.Scheme
	for _, s := range httpFamily {
		if m.matchStar(&URL{Scheme: s}) {
			schemes = append(schemes, s)
		}
	}
	if m.starInline(dataScheme) {
		schemes = append(schemes, dataScheme)
	}
	return schemeSets(schemes)
}

func (m *Matcher) selfSets() []URLSet {
	var all []URLSet
	for _, s := range httpFamily {
		u := URL{Scheme: s, Host: m.Self.Host, Hosted: true, Port: m.Self.Port, IP: m.Self.IP}
		if m.matchSelf(&u) {
			all = append(all, URLSet{Scheme: s, hosts: hostsOne, host: u.Host, port: u.Port, OfSelf: true})
		}
	}
	return all
}

func (m *Matcher) hostSets(s *syntax.Source) []URLSet {
	if !m.Rules.take(s) || s.Port == syntax.PortNever || !m.Rules.hostMatches(s) {
		return nil
	}
	from := m.schemeOf(s)
	set := URLSet{hosts: hostsOne, host: s.Host, path: s.Path}
	if s.AnySub {
		set.hosts = hostsBelow
		if s.Host == "" {
			set.hosts = hostsAny
		}
	}
	if m.ignoresPath() {
		set.path = ""
	}
	var all []URLSet
	for _, to := range m.Rules.matchedSchemes(from) {
		set.Scheme = to
		for _, port := range m.matchedPorts(s, to, m.Rules.matchScheme(from, to) == schemeUpgrades) {
			set.port = port
			all = append(all, set)
		}
	}
	return all
}

// hostMatches reports whether the source's host is one that a URL can have.
func (r Rules) hostMatches(s *syntax.Source) bool {
	switch {
	case !syntax.EndsInNumber(s.Host):
		return true
	case s.AnySub:
		return r.Have(WildcardIP)
	}
	return syntax.IsIPv4(s.Host) && (s.Host == "127.0.0.1" || r.Have(IPv4Host))
}

// matchedPorts gives the ports, of URLs with that scheme, that the source matches.
func (m *Matcher) matchedPorts(s *syntax.Source, scheme syntax.Scheme, upgrade bool) []int32 {
	u := URL{Scheme: scheme, Host: s.Host, Port: syntax.PortNone}
	if s.Port == syntax.PortAny {
		if m.matchPort(s, &u, upgrade) {
			return []int32{syntax.PortAny}
		}
		return nil
	}
	var ports []int32
	if m.matchPort(s, &u, upgrade) {
		ports = append(ports, syntax.PortNone)
	}
	if s.Port > 0 && s.Port != scheme.DefaultPort() {
		if u.Port = s.Port; m.matchPort(s, &u, upgrade) {
			ports = append(ports, s.Port)
		}
	}
	return ports
}

// Intersect gives the URLs that both sets have, and whether there are any.
func (r Rules) Intersect(a, b URLSet) (URLSet, bool) {
	switch {
	case a.Scheme.Kind == syntax.SchemeNone:
		return b, true
	case b.Scheme.Kind == syntax.SchemeNone:
		return a, true
	case !a.Scheme.Equal(b.Scheme):
		return a, false
	}
	if a.hosts > b.hosts {
		a, b = b, a
	}
	both := b // has the narrower hosts
	both.OfSelf = a.OfSelf || b.OfSelf
	if !r.holdHosts(a, b) {
		return both, false
	}
	switch {
	case b.port == syntax.PortAny:
		both.port = a.port
	case a.port != syntax.PortAny && a.port != b.port:
		return both, false
	}
	switch {
	case r.matchPath(b.path, a.path):
		both.path = a.path
	case !r.matchPath(a.path, b.path):
		return both, false
	}
	return both, true
}

// holdHosts reports whether b's hosts, which are no wider, are among a's.
func (r Rules) holdHosts(a, b URLSet) bool {
	switch a.hosts {
	case hostsAny:
		return b.hosts != hostsOne || !syntax.EndsInNumber(b.host) || r.Have(WildcardIP)
	case hostsBelow:
		n := len(b.host) - len(a.host)
		return n >= 0 && syntax.EqualFold(b.host[n:], a.host)
	case hostsOne:
		return syntax.EqualFold(a.host, b.host)
	}
	return true
}

// Examples gives URLs of the set: a plain one, to show to people, and one
// that a source matches only if it matches the whole set; and one of the machine
// itself, if it may be loaded in another way. What they have to make
// up is the label, which no policy mentions, and the port.
func (s URLSet) Examples(label string, port int32) []string {
	if s.Scheme.Kind == syntax.SchemeNone {
		return []string{"https://" + label + "/", label + ":" + label}
	}
	if s.hosts == hostsAll && !s.Scheme.Special() {
		return []string{s.Scheme.Text + ":" + label}
	}
	plainHost, hardHost := s.host, s.host
	switch s.hosts {
	case hostsAll:
		plainHost, hardHost = label, "192.0.2.42"
	case hostsAny:
		plainHost, hardHost = label, label
	case hostsBelow:
		plainHost = below(s.host, label)
		hardHost = plainHost
	}
	plainPort, hardPort := "", ""
	switch s.port {
	case syntax.PortNone:
	case syntax.PortAny:
		hardPort = ":" + strconv.Itoa(int(port))
	default:
		plainPort = ":" + strconv.Itoa(int(s.port))
		hardPort = plainPort
	}
	plainPath, hardPath := s.path, s.path
	if s.path == "" || strings.HasSuffix(s.path, "/") {
		plainPath = strings.TrimSuffix(s.path, "/") + "/"
		hardPath = plainPath + label
	}
	prefix := s.Scheme.Text + "://"
	examples := []string{prefix + plainHost + plainPort + plainPath, prefix + hardHost + hardPort + hardPath}
	if s.hosts <= hostsAny && (s.Scheme.Kind == syntax.SchemeHTTP || s.Scheme.Kind == syntax.SchemeWS) {
		// The machine itself is not upgraded by all.
		examples = append(examples, prefix+"localhost"+hardPort+hardPath)
	}
	return examples
}

// below gives a host below one that begins with a dot: an address if it must be one.
func below(host, label string) string {
	if !syntax.EndsInNumber(host) {
		return label + host
	}
	return strings.Repeat("198.", max(3-strings.Count(host, "."), 0)) + "198" + host
}
