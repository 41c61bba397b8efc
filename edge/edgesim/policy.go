package edgesim

import (
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/policy"
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
type Selection struct{ names policy.Selection }

// All selects every name.
func All() Selection { return Selection{policy.All()} }

// Only selects the names given. A "*" among them is that character, not a wildcard.
func Only(names ...string) Selection { return Selection{policy.Only(names...)} }

// Like selects the names that one of the patterns matches: "*" is any number of characters and "?" exactly one. CloudFront has
// patterns for the cookies of a behaviour without a cache policy (DownloadDistValuesCacheBehavior.html, "Allowlist cookies").
func Like(patterns ...string) Selection { return Selection{policy.Like(patterns...)} }

// AllExcept selects every name but those given.
func AllExcept(names ...string) Selection { return Selection{policy.AllExcept(names...)} }

// None reports whether the selection chooses nothing.
func (s Selection) None() bool { return s.names.None() }

// Has reports whether the selection chooses the name; case counts, as it does for cookies and query strings.
func (s Selection) Has(name string) bool { return s.names.Has(name) }

// Equal reports whether the two are written alike: the same constructor with the same names in the same order.
func (s Selection) Equal(t Selection) bool { return s.names.Equal(t.names) }

// String describes the selection for traces and for the list of what a distribution does.
func (s Selection) String() string { return s.names.String() }

// legacyPolicy is what a behaviour without a cache policy does.
func legacyPolicy() *CachePolicy {
	return &CachePolicy{Name: "none (legacy cache settings)", DefaultTTL: 24 * time.Hour, MaxTTL: year, QueryStrings: All(), Legacy: true}
}
