package redirect

import (
	"errors"
	"strconv"

	"github.com/edgehelpers/lambdaedge/edge"
)

// A Target is a redirect's destination that has been checked: only [Local] makes
// one, so a function that takes a Target cannot be handed an open redirect. The
// zero Target is no target.
type Target struct{ location string }

// Local checks a target that comes from a request, such as the value of a parameter
// named next. It accepts what a browser resolves on the site that the redirect
// comes from, whatever page that is, and what it resolves on one of the given
// origins, each written as "https://www.example.com". Everything else is an error
// that says how a browser would read it.
//
// Browsers follow the WHATWG URL standard, so that is what Local follows:
// "/\evil.example", "https:/\evil.example", "\\evil.example" and "//evil.example"
// leave the site, and "https:evil.example", "evil.example" and "/%5Cevil.example"
// do not. A target is taken to be read on an https page.
//
// The Target is in normal form: no spaces around it, slashes in place of the
// backslashes of its path, escapes for what cannot stand in a URL; its query and
// fragment are otherwise as given. Refused are also control characters (browsers
// drop tabs and newlines, so they only serve to hide something), bytes that are not
// UTF-8, user information before a host, hosts outside ASCII, the empty string, and
// 8,192 bytes or more.
//
// Local says where a target leads, not that it is a good place: to send a viewer to
// the page that it comes from, as "" and "#top" would, is a loop.
func Local(target string, origins ...string) (Target, error) {
	allowed, err := parseOrigins(origins)
	if err != nil {
		return Target{}, err
	}
	ref, err := parseReference(target)
	if err == nil && ref.origin != "" && !hasOrigin(allowed, ref.origin) {
		err = errors.New("leaves the site: a browser goes to " + ref.origin + "; allow that origin or give a path")
	}
	location := ""
	if err == nil {
		location, err = ref.normal()
	}
	if err != nil {
		return Target{}, &addressError{"redirect: target " + strconv.Quote(shorten(target)) + ": ", err}
	}
	return Target{location}, nil
}

// String returns the target as it stands in a Location header.
func (t Target) String() string { return t.location }

// Redirect returns the answer that redirects to t, as [To] does. It panics if t is
// the zero Target or status is not one of those that To takes.
func (t Target) Redirect(status int) *edge.Response {
	if t.location == "" {
		panic("redirect: Redirect on the zero Target; make one with Local")
	}
	return respond(status, t.location, "")
}

// shorten cuts what a viewer may have sent to the length that is useful in an
// error.
func shorten(s string) string {
	if len(s) > 80 {
		return s[:80] + "..."
	}
	return s
}
