package csp

import (
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// pageOrigins gives the origins of pages that make a difference.
func pageOrigins(label string, all []List) []string {
	host := "://page-" + label
	origins := []string{"https" + host}
	if !slices.ContainsFunc(all, dependsOnOrigin) {
		return origins
	}
	origins = append(origins, "http"+host, "https"+host+":8443", "http"+host+":8080",
		"https://192.0.2.7", // which a wildcard does not match in the draft
		"http://localhost")  // which is not upgraded by all
	if slices.ContainsFunc(all, func(l List) bool { return len(l) > 1 }) {
		origins = append(origins, namedOrigins(label, all)...)
	}
	return origins
}

// namedOrigins gives the origins that the policies of lists name: the 'self' of one
// policy may be a host of another.
func namedOrigins(label string, all []List) []string {
	const many = 12
	var origins []string
	add := func(s *syntax.Source) {
		scheme := s.FullScheme().Text
		if s.Kind != syntax.SourceHost || s.Host == "" || len(origins) >= many || scheme != "" && !s.FullScheme().Special() {
			return
		}
		host := s.Host
		if s.AnySub {
			host = label + host
		}
		if s.Port > 0 {
			host += ":" + strconv.Itoa(int(s.Port))
		}
		for _, scheme := range [...]string{"https", "http"} {
			if o := scheme + "://" + host; !slices.Contains(origins, o) {
				origins = append(origins, o)
			}
		}
	}
	for _, l := range all {
		for _, p := range l {
			for d := range p.Directives() {
				for i := range d.m.Sources {
					add(&d.m.Sources[i])
				}
			}
		}
	}
	return origins
}

// dependsOnOrigin reports whether a policy has 'self' or a host without scheme.
func dependsOnOrigin(l List) bool {
	for _, p := range l {
		for d := range p.Directives() {
			if needOrigin(d.m.Sources) {
				return true
			}
		}
	}
	return false
}

// unnamed is what no policy that is compared mentions.
type unnamed struct {
	label string // a host's label, a path's segment, a scheme
	port  int32
}

// newUnnamed looks for one in the texts of policies.
func newUnnamed(lists ...List) unnamed {
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
	u := unnamed{"elsewhere", 4242}
	for n := 2; in(u.label); n++ {
		u.label = "elsewhere" + strconv.Itoa(n)
	}
	for in(strconv.Itoa(int(u.port))) {
		u.port++
	}
	return u
}
