package edgesim

import (
	"slices"
	"strings"
	"time"
)

// A CachePolicy says what the cache key is made of in addition to the domain and the path, and how long objects
// stay fresh. What is in the key also goes to the origin.
type CachePolicy struct {
	Name, ID string

	MinTTL     time.Duration // lower bound, whatever the origin says
	DefaultTTL time.Duration // when the origin does not say
	MaxTTL     time.Duration // upper bound of what the origin says; all three 0 switch the cache off

	Headers      []string  // whole values, names without case
	Cookies      Selection // by cookie name
	QueryStrings Selection // by parameter name
	Gzip, Brotli bool      // put the normalised Accept-Encoding into the key and send it to the origin

	// Legacy marks the settings of a behaviour without a cache policy: a viewer's headers then go to the origin
	// unless CloudFront's table of request headers says that they are removed. With a policy, nothing goes to
	// the origin that no policy names.
	Legacy bool
}

// An OriginRequestPolicy says what goes to the origin in addition to the cache key.
type OriginRequestPolicy struct {
	Name, ID     string
	Headers      Selection // of the viewer's headers; the names of CloudFront-* headers may be among them
	CloudFront   []string  // CloudFront-* headers to add when Headers selects by All or AllExcept
	Cookies      Selection
	QueryStrings Selection
}

// A Selection chooses names. The zero Selection chooses none.
type Selection struct {
	mode  selectionMode
	names []string
}

type selectionMode uint8

const (
	selectNone selectionMode = iota
	selectOnly
	selectAllExcept
	selectAll
)

// All selects every name.
func All() Selection { return Selection{mode: selectAll} }

// Only selects the names given. A "*" among them is that character, not a wildcard.
func Only(names ...string) Selection { return Selection{selectOnly, slices.Clone(names)} }

// AllExcept selects every name but those given.
func AllExcept(names ...string) Selection { return Selection{selectAllExcept, slices.Clone(names)} }

// None reports whether the selection chooses nothing.
func (s Selection) None() bool {
	return s.mode == selectNone || s.mode == selectOnly && len(s.names) == 0
}

// Has reports whether the selection chooses the name; case counts, as it does for cookies and query strings.
func (s Selection) Has(name string) bool {
	switch s.mode {
	case selectOnly:
		return slices.Contains(s.names, name)
	case selectAllExcept:
		return !slices.Contains(s.names, name)
	}
	return s.mode == selectAll
}

// hasHeader is Has for header names, whose case does not count.
func (s Selection) hasHeader(name string) bool {
	named := slices.ContainsFunc(s.names, func(n string) bool { return strings.EqualFold(n, name) })
	switch s.mode {
	case selectOnly:
		return named
	case selectAllExcept:
		return !named
	}
	return s.mode == selectAll
}

// String describes the selection for traces and for the list of what a distribution does.
func (s Selection) String() string {
	switch {
	case s.mode == selectAll:
		return "all"
	case s.mode == selectAllExcept:
		return "all except " + strings.Join(s.names, ", ")
	case s.None():
		return "none"
	}
	return strings.Join(s.names, ", ")
}

// disabled reports whether the policy switches the cache off: all three times 0.
func (p *CachePolicy) disabled() bool { return p.MinTTL == 0 && p.DefaultTTL == 0 && p.MaxTTL == 0 }

// hasHeader reports whether the policy puts the header into the key.
func (p *CachePolicy) hasHeader(name string) bool {
	return slices.ContainsFunc(p.Headers, func(n string) bool { return strings.EqualFold(n, name) })
}

// legacyPolicy is what a behaviour without a cache policy does.
func legacyPolicy() *CachePolicy {
	return &CachePolicy{Name: "none (legacy cache settings)", DefaultTTL: 24 * time.Hour, MaxTTL: year, QueryStrings: All(), Legacy: true}
}
