package redirect

import (
	"errors"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// To returns the answer that redirects the viewer to location, with one of the
// statuses 301, 302, 303, 307 and 308:
//
//	return redirect.To(302, "/new.html"), nil
//
// The location is the program's own: a path on this site, which begins with a
// slash, or a URL that begins with https:// or http://. To panics if status or
// location is anything else, such as a path without its slash, a location with a
// control character in it, one that begins with two slashes, or a javascript: URL,
// because then the program is wrong. For a location made of
// anything that a viewer has sent use [Local], which returns an error.
//
// The answer says how long it may be kept: a permanent one (301, 308) an hour, so
// that a mistake is not forever, any other not at all. Set its Cache-Control header
// for anything else.
func To(status int, location string) *edge.Response {
	ref, err := parseReference(location)
	if err == nil && ref.origin != "" && !ref.explicit {
		err = errors.New("leaves the site: a browser goes to " + ref.origin + "; write that out or give a path")
	}
	if err == nil && ref.origin == "" && !strings.HasPrefix(ref.path, "/") {
		err = errNoSlash
	}
	normal := ""
	if err == nil {
		normal, err = ref.normal()
	}
	if err != nil {
		panic("redirect: To(" + strconv.Itoa(status) + ", " + strconv.Quote(shorten(location)) + "): " + err.Error())
	}
	return respond(status, normal, "")
}

// respond returns the answer with the given headers; cacheControl "" is the default
// for status.
func respond(status int, location, cacheControl string) *edge.Response {
	if !isRedirect(status) {
		panic("redirect: status " + strconv.Itoa(status) + "; must be 301, 302, 303, 307 or 308")
	}
	if cacheControl == "" {
		cacheControl = defaultCacheControl(status, false)
	}
	r := &edge.Response{StatusCode: status}
	r.Header.Set("Location", location)
	r.Header.Set("Cache-Control", cacheControl)
	return r
}

// isRedirect reports whether status is a redirect with a Location: RFC 9110,
// section 15.4, without 300, 304 and the deprecated 305.
func isRedirect(status int) bool {
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}

// defaultCacheControl says how long an answer may be kept if the user does not. A
// browser keeps a 301 or 308 without a word on it for as long as it likes (RFC
// 9111, section 4.2.2), and CloudFront keeps what an origin-request function
// answers for the behavior's default TTL; neither should be left to chance. An
// answer that depends on a condition is nobody else's.
func defaultCacheControl(status int, conditional bool) string {
	if !conditional && (status == 301 || status == 308) {
		return "public, max-age=3600"
	}
	return "no-store"
}
