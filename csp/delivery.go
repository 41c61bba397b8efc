package csp

import (
	"errors"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A Delivery is what is known of the response that a policy goes with. It decides
// whether a nonce may go with it too. The zero Delivery says that it may not.
type Delivery struct {
	StatusCode   int    // 0 means 200
	CacheControl string // the response's Cache-Control header

	// OwnBody says that the program makes the body, or replaces it, and puts
	// the nonce in. A function at the edge does not see the body of the origin.
	OwnBody bool
}

// CheckNonce gives nil if the response may carry a nonce, else every reason why
// not:
//
//   - Its body comes from elsewhere. Then none of its elements has the nonce, so
//     that all scripts are blocked, or all of them have it, from an origin that
//     did not know the value and can only have let an attacker's through.
//   - Caches may keep it (RFC 9111, 3). Then its readers share the nonce, and one
//     of them may be an attacker. Cache-Control must have no-store, or private
//     without field names. Besides, a CloudFront cache policy whose minimum TTL
//     is above 0 caches in spite of both: it must be 0.
//   - It is a 304. Then the browser takes its headers, with the new nonce, for the
//     page that it has, with the old one (RFC 9111, 4.3.4): nothing runs.
//
// A response without a nonce, hashes instead, has none of these troubles.
func (d Delivery) CheckNonce() error {
	var errs []error
	if !d.OwnBody {
		errs = append(errs, errors.New("csp: nonce refused: the program did not make the body, so the nonce is not on its elements; "+
			"use hashes (csphtml.HashFS), or make the body"))
	}
	if d.StatusCode == 304 {
		errs = append(errs, errors.New("csp: nonce refused: status 304 keeps the page that the browser has, with another nonce; send no policy with it"))
	}
	if isCacheable(d.CacheControl) {
		errs = append(errs, errors.New("csp: nonce refused: with Cache-Control "+strconv.Quote(d.CacheControl)+" a cache may give the nonce to everybody; "+
			"use \"no-store\" or \"private\", or hashes (csphtml.HashFS)"))
	}
	return errors.Join(errs...)
}

// isCacheable reports whether shared caches may store a response with that
// Cache-Control header, as far as it decides (RFC 9111, 5.2.2).
func isCacheable(cacheControl string) bool {
	noStore, private, understand := false, false, false
	for rest := cacheControl; rest != ""; {
		var name string
		var argument bool
		name, argument, rest = nextCacheDirective(rest)
		switch {
		case syntax.EqualFold(name, "no-store"):
			noStore = true
		case syntax.EqualFold(name, "private"):
			private = private || !argument // with names it is about those headers only
		case syntax.EqualFold(name, "must-understand"):
			understand = true // then caches that know the status ignore no-store
		}
	}
	return !private && (!noStore || understand)
}

// nextCacheDirective cuts the first directive off a Cache-Control header, whose
// argument may be quoted and have commas.
func nextCacheDirective(s string) (name string, argument bool, rest string) {
	end := strings.IndexAny(s, ",=")
	if end < 0 {
		return syntax.TrimSpace(s), false, ""
	}
	name = syntax.TrimSpace(s[:end])
	if s[end] == ',' {
		return name, false, s[end+1:]
	}
	quoted := false
	for i := end + 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quoted:
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ',' && !quoted:
			return name, true, s[i+1:]
		}
	}
	return name, true, ""
}
