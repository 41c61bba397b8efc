package csp

import (
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// Comparing policies comes down to comparing sets of URLs. A source matches a
// handful of regions, and two regions that overlap do so in a region. What
// makes it simple is that a region is never the union of finitely many
// smaller ones, because hosts, ports and paths are each one thing, or
// practically without end: if a list of sources matches one point of a region that
// is special to no source of it, then one source matches that point, and with
// it all of the region. So two points tell all: see region.points.

// A region is a set of URLs of one scheme.
type region struct {
	scheme syntax.Scheme // schemeNone: every URL there is
	hosts  hostSet
	host   string // of hostsBelow (with its first dot) and hostsOne
	port   int32  // portNone is the scheme's own
	path   string // as a path-part: "" all, "/x/" what is below, "/x" that one
	ofSelf bool   // it is of 'self'
}

// A hostSet says which hosts a region has, from wide to narrow.
type hostSet uint8

const (
	hostsAll   hostSet = iota // every host, IP addresses, and no host
	hostsAny                  // every domain
	hostsBelow                // every subdomain of host
	hostsOne                  // host
)

// everywhere is all URLs.
var everywhere = region{port: syntax.PortAny}

// regions gives the URLs that a source matches on a page of that origin.
func sourceRegions(s *syntax.Source, self *location) []region {
	switch s.Kind {
	case syntax.SourceKeyword:
		if s.Keyword == syntax.KwSelf {
			return selfRegions(self)
		}
	case syntax.SourceScheme:
		var all []region
		for _, to := range matchedSchemes(s.Scheme) {
			all = append(all, region{scheme: to, port: syntax.PortAny})
		}
		return all
	case syntax.SourceHost:
		if s.Text == "*" {
			return []region{{scheme: syntax.NewScheme("http"), port: syntax.PortAny}, {scheme: syntax.NewScheme("https"), port: syntax.PortAny}}
		}
		return hostRegions(s, self)
	}
	return nil
}

// matchedSchemes gives the schemes that a scheme-part matches.
func matchedSchemes(from syntax.Scheme) []syntax.Scheme {
	if from.Kind == syntax.SchemeNone {
		return nil
	}
	all := []syntax.Scheme{from}
	for _, name := range [...]string{"http", "https", "ws", "wss"} {
		if to := syntax.NewScheme(name); !to.Equal(from) && matchScheme(from, to) != schemeDiffers {
			all = append(all, to)
		}
	}
	return all
}

func selfRegions(self *location) []region {
	var all []region
	for _, name := range [...]string{"http", "https", "ws", "wss"} {
		u := location{scheme: syntax.NewScheme(name), host: self.host, hosted: true, port: self.port, ip: self.ip}
		if matchSelf(&u, self) {
			all = append(all, region{scheme: u.scheme, hosts: hostsOne, host: u.host, port: u.port, ofSelf: true})
		}
	}
	return all
}

func hostRegions(s *syntax.Source, self *location) []region {
	if syntax.EndsInNumber(s.Host) && (s.AnySub || s.Host != "127.0.0.1") || s.Port == syntax.PortNever {
		return nil
	}
	from := s.Scheme
	if from.Kind == syntax.SchemeNone {
		from = self.scheme
	}
	r := region{hosts: hostsOne, host: s.Host, path: s.Path}
	if s.AnySub {
		r.hosts = hostsBelow
		if s.Host == "" {
			r.hosts = hostsAny
		}
	}
	var all []region
	for _, to := range matchedSchemes(from) {
		r.scheme, r.port = to, s.Port
		u := location{scheme: to, port: syntax.PortNone}
		upgrade := matchScheme(from, to) == schemeUpgrades
		if matchPort(s, &u, upgrade) && s.Port != syntax.PortAny {
			r.port = syntax.PortNone
		} else if upgrade && s.Port != syntax.PortAny {
			continue
		}
		all = append(all, r)
	}
	return all
}

// meet gives the URLs that both regions have, and whether there are any.
func (r region) meet(q region) (region, bool) {
	if r.scheme.Kind == syntax.SchemeNone {
		return q, true
	}
	if q.scheme.Kind == syntax.SchemeNone {
		return r, true
	}
	if !r.scheme.Equal(q.scheme) {
		return r, false
	}
	if r.hosts > q.hosts {
		r, q = q, r
	}
	m := q // has the narrower hosts
	m.ofSelf = r.ofSelf || q.ofSelf
	if !r.holdsHostOf(q) {
		return m, false
	}
	switch {
	case q.port == syntax.PortAny:
		m.port = r.port
	case r.port != syntax.PortAny && r.port != q.port:
		return m, false
	}
	switch {
	case matchPath(q.path, r.path):
		m.path = r.path
	case !matchPath(r.path, q.path):
		return m, false
	}
	return m, true
}

// holdsHostOf reports whether q's hosts, which are no wider, are among r's.
func (r region) holdsHostOf(q region) bool {
	switch r.hosts {
	case hostsAny:
		return q.hosts != hostsOne || !syntax.EndsInNumber(q.host)
	case hostsBelow:
		n := len(q.host) - len(r.host)
		return n >= 0 && syntax.EqualFold(q.host[n:], r.host)
	case hostsOne:
		return syntax.EqualFold(r.host, q.host)
	}
	return true
}

// A stranger is what neither of the policies that are compared mentions.
type stranger struct {
	label string // a host's label, a path's segment, a scheme
	port  int32
}

// newStranger looks for one in the texts of policies.
func newStranger(lists ...List) stranger {
	in := func(t string) bool {
		for _, l := range lists {
			for _, p := range l {
				if strings.Contains(syntax.AsciiLower(p.String()), t) {
					return true
				}
			}
		}
		return false
	}
	x := stranger{"elsewhere", 4242}
	for n := 2; in(x.label); n++ {
		x.label = "elsewhere" + strconv.Itoa(n)
	}
	for in(strconv.Itoa(int(x.port))) {
		x.port++
	}
	return x
}

// points gives URLs of the region: a plain one, to show to people, and one
// that a source matches only if it matches the whole region.
func (r region) points(x stranger) []string {
	if r.scheme.Kind == syntax.SchemeNone {
		return []string{"https://" + x.label + "/", x.label + ":" + x.label}
	}
	if r.hosts == hostsAll && !r.scheme.Special() {
		return []string{r.scheme.Text + ":" + x.label}
	}
	plainHost, hardHost := r.host, r.host
	switch r.hosts {
	case hostsAll:
		plainHost, hardHost = x.label, "192.0.2.42"
	case hostsAny:
		plainHost, hardHost = x.label, x.label
	case hostsBelow:
		plainHost = x.label + r.host
		hardHost = plainHost
	}
	plainPort, hardPort := "", ""
	switch r.port {
	case syntax.PortNone:
	case syntax.PortAny:
		hardPort = ":" + strconv.Itoa(int(x.port))
	default:
		plainPort = ":" + strconv.Itoa(int(r.port))
		hardPort = plainPort
	}
	plainPath, hardPath := r.path, r.path
	if r.path == "" || strings.HasSuffix(r.path, "/") {
		plainPath = strings.TrimSuffix(r.path, "/") + "/"
		hardPath = plainPath + x.label
	}
	prefix := r.scheme.Text + "://"
	return []string{prefix + plainHost + plainPort + plainPath, prefix + hardHost + hardPort + hardPath}
}
