package signedurl

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/signing"
)

// A Policy says what a signature allows. Only Expires is required.
type Policy struct {
	// Resource is the URL that may be asked for, with its scheme. In it "*" is any number of characters and "?" exactly
	// one, neither reaching from one of scheme, domain, path and query string into another; a query string begins with
	// `\?`. A star at the end of the path covers every query string. "" is the URL that is signed; cookies need one.
	//
	// AWS's JavaScript library makes a canned policy of a URL with a star and an expiry, in which CloudFront takes the
	// star for a star. Here a star always makes a custom policy. A "?" without a star or a backslash makes none for
	// cookies: it begins the query string of the one URL that they are for.
	Resource string

	Expires   time.Time    // the second from which on nothing is allowed; until 19 January 2038
	NotBefore time.Time    // the second up to which nothing is allowed; zero: none
	Source    netip.Prefix // of the viewer's address, IPv4 only; zero: any
}

// canned reports whether the policy can be one that CloudFront makes by itself of the URL and Expires.
func (p *Policy) canned() bool {
	return p.NotBefore.IsZero() && !p.Source.IsValid() && !strings.ContainsAny(p.Resource, `*\`)
}

// check reports everything that CloudFront would refuse.
func (p *Policy) check() error {
	var errs []error
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf("signedurl: "+format, args...)) }
	if p.Expires.IsZero() || p.Expires.Unix() <= 0 || p.Expires.Unix() > signing.MaxTime {
		wrong("Expires: got %s, want a time from 1970 to 19 January 2038, 03:14:07 UTC", p.Expires.Format(time.RFC3339))
	}
	if !p.NotBefore.IsZero() && (p.NotBefore.Unix() <= 0 || p.NotBefore.Unix() >= p.Expires.Unix()) {
		wrong("NotBefore: got %s, want a time from 1970 on and before Expires", p.NotBefore.Format(time.RFC3339))
	}
	if p.Source.IsValid() && !p.Source.Addr().Is4() {
		wrong("Source: got %s, CloudFront takes IPv4 ranges only", p.Source)
	}
	if p.Resource != "" && !strings.Contains(p.Resource, "://") && p.Resource[0] != '*' {
		wrong("Resource: got %q, must begin with http://, https:// or *", p.Resource)
	}
	return errors.Join(errs...)
}

// statement is the policy as CloudFront reads it.
func (p *Policy) statement() *signing.Policy {
	s := &signing.Policy{Resource: p.Resource, Expires: p.Expires.Unix(), Source: p.Source}
	if !p.NotBefore.IsZero() {
		s.NotBefore = p.NotBefore.Unix()
	}
	return s
}
