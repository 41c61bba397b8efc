package evaluator

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A bypassHost is a host that runs code of an attacker's choice for whoever allows
// its scripts.
type bypassHost struct {
	host string // with a dot before it, every host below
	path string // where the code is: a directory if it ends in "/", "" if everywhere
	kind bypassKind
	why  string
}

// A bypassKind is a way to have one's own code run.
type bypassKind uint8

const (
	// bypassJSONP: the response begins with a name that the request gives, and
	// is called as a function.
	bypassJSONP bypassKind = iota

	// bypassLibrary: a library that runs expressions in the page's markup,
	// which markup injection is enough for.
	bypassLibrary

	// bypassLibraryEval: such a library that takes 'unsafe-eval'.
	bypassLibraryEval

	// bypassPublish: everybody can put scripts there.
	bypassPublish

	// bypassTenants: everybody can have a host below it and put scripts there.
	bypassTenants

	// bypassRegions is like bypassTenants, with more than one level of names
	// above the customers'.
	bypassRegions
)

func (k bypassKind) finding() *findingKind {
	switch k {
	case bypassJSONP:
		return &findingJSONP
	case bypassLibrary, bypassLibraryEval:
		return &findingScriptLibrary
	}
	return &findingPublicHost
}

// bypassDomains leads from the last two labels of a host to the entries of the table.
var bypassDomains = makeBypassDomains()

func makeBypassDomains() map[string][]int {
	domains := make(map[string][]int, len(bypassHosts))
	for i := range bypassHosts {
		domain := domainOf(bypassHosts[i].host)
		domains[domain] = append(domains[domain], i)
	}
	return domains
}

// domainOf gives the last two labels of a host. Sources and entries with hosts in
// common have them in common, as every entry has two, and a source of fewer reaches
// too far to be compared with the table.
func domainOf(host string) string {
	if last := strings.LastIndexByte(host, '.'); last > 0 {
		return host[1+strings.LastIndexByte(host[:last], '.'):]
	}
	return host
}

type answer uint8

const (
	unasked answer = iota
	yes
	no
)

// findBypass gives the first entry of the table that a host-source of a script list
// allows, and all policies do, or nil.
func (t *together) findBypass(s *syntax.Source) *bypassHost {
	for _, i := range bypassDomains[syntax.AsciiLower(domainOf(s.Host))] {
		b := &bypassHosts[i]
		if !b.allowedBy(s) {
			continue
		}
		if t.bypasses[i] == unasked {
			if t.bypasses[i] = no; t.allow(b) {
				t.bypasses[i] = yes
			}
		}
		if t.bypasses[i] == yes {
			return b
		}
	}
	return nil
}

// allow reports whether all policies allow the code of b.
func (t *together) allow(b *bypassHost) bool {
	if b.kind == bypassLibraryEval && t.open&openEval == 0 {
		return false
	}
	for i := range t.all {
		if e := &t.all[i]; !e.policy.IsZero() && !e.elem.allowsBypass(b) {
			return false
		}
	}
	return true
}

// allowedBy reports whether a source allows the code of b.
func (b *bypassHost) allowedBy(s *syntax.Source) bool {
	if s.Kind == syntax.SourceScheme {
		return reachOf(s) == reachScheme
	}
	if s.Kind != syntax.SourceHost || !b.hostAllowedBy(s) {
		return false
	}
	switch s.Scheme.Kind {
	case syntax.SchemeNone, syntax.SchemeHTTP, syntax.SchemeHTTPS:
	default:
		return false
	}
	switch s.Port {
	case syntax.PortNone, syntax.PortAny, 443, 80:
	default:
		return false
	}
	switch {
	case s.Path == "" || s.Path == "/" || s.Path == b.path:
		return true
	case strings.HasSuffix(s.Path, "/") && strings.HasPrefix(b.path, s.Path):
		return true
	}
	// One file of a library, or one endpoint of many, is enough. Where everybody
	// can publish, a file may be a good one.
	return b.kind < bypassPublish && strings.HasPrefix(s.Path, b.path) &&
		(b.path == "" || strings.HasSuffix(b.path, "/") || b.kind != bypassJSONP)
}

func (b *bypassHost) hostAllowedBy(s *syntax.Source) bool {
	switch {
	case s.AnySub:
		// "*.example" allows b if b is below it, or is all of it.
		return hasSuffixFold(b.host, s.Host) || b.kind == bypassRegions && hasSuffixFold(s.Host, b.host)
	case b.host[0] == '.' && b.kind < bypassPublish:
		return hasSuffixFold(s.Host, b.host)
	}
	return syntax.EqualFold(s.Host, b.host)
}

func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && syntax.EqualFold(s[len(s)-len(suffix):], suffix)
}

// allowsBypass reports whether the list allows the code of b.
func (v *sourceView) allowsBypass(b *bypassHost) bool {
	if v.d == nil {
		return true
	}
	for i := range v.d.Sources {
		if s := &v.d.Sources[i]; v.inEffect(s) && b.allowedBy(s) {
			return true
		}
	}
	return false
}

// manySources is how long a list is that others are not compared with source by
// source, so that long policies take no more than linear time.
const manySources = 64

// mayShare reports whether all policies may allow a script that the host-source s
// of one of them, own, does. Of 'self' it takes it that it is another host. Where
// there is too much to compare, it says yes.
func (t *together) mayShare(s *syntax.Source, own *evaluation) bool {
	if len(t.all) > manySources {
		return true
	}
	for i := range t.all {
		if e := &t.all[i]; e != own && !e.policy.IsZero() && e.elem.d != nil && len(e.elem.d.Sources) <= manySources && !e.elem.mayShare(s) {
			return false
		}
	}
	return true
}

func (v *sourceView) mayShare(s *syntax.Source) bool {
	for i := range v.d.Sources {
		t := &v.d.Sources[i]
		if !v.inEffect(t) || t.Kind != syntax.SourceHost && t.Kind != syntax.SourceScheme {
			continue
		}
		if r := reachOf(t); r == reachHosts || r == reachScheme || r == reachWebSocket || t.Kind == syntax.SourceHost && hostsMeet(s, t) {
			return true
		}
	}
	return false
}

// hostsMeet reports whether some host is one of s and of t.
func hostsMeet(s, t *syntax.Source) bool {
	switch {
	case s.AnySub && t.AnySub:
		return hasSuffixFold(s.Host, t.Host) || hasSuffixFold(t.Host, s.Host)
	case s.AnySub:
		return hasSuffixFold(t.Host, s.Host)
	case t.AnySub:
		return hasSuffixFold(s.Host, t.Host)
	}
	return syntax.EqualFold(s.Host, t.Host)
}
