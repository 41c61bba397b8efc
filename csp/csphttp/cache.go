package csphttp

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
)

// isShared reports whether shared caches may keep a response with the header.
func isShared(h http.Header) bool {
	if checkCacheControl(cacheControl(h)) != nil {
		return true
	}
	for name, values := range h {
		if isTargeted(name) && !forbids(values) {
			return true
		}
	}
	return false
}

// cacheControl gives the Cache-Control headers, which are one together (RFC 9110,
// 5.3).
func cacheControl(h http.Header) string { return strings.Join(h.Values("Cache-Control"), ", ") }

func checkCacheControl(value string) error {
	return csp.Delivery{CacheControl: value, OwnBody: true}.CheckNonce()
}

// isTargeted reports whether a header is for some of the caches, which heed it in
// place of Cache-Control: CDN-Cache-Control and what is named after a CDN (RFC
// 9213), Surrogate-Control (Edge Architecture Specification, 2.1), Edge-Control
// (Akamai) and X-Accel-Expires (nginx, ngx_http_proxy_module).
func isTargeted(name string) bool {
	name = strings.ToLower(name)
	switch name {
	case "cdn-cache-control", "surrogate-control", "edge-control", "x-accel-expires":
		return true
	}
	return strings.HasSuffix(name, "-cdn-cache-control")
}

// forbids reports whether the values of a targeted header forbid to keep the
// response; 0 is what X-Accel-Expires says for that.
func forbids(values []string) bool {
	value := strings.Join(values, ", ")
	return value == "0" || checkCacheControl(value) == nil
}

// makePrivate forbids shared caches to keep the response, and leaves what else its
// header says of caches. The error says what the header had allowed them by name.
func makePrivate(h http.Header) error {
	var errs []error
	if err := checkCacheControl(cacheControl(h)); err != nil {
		value, allowed := privateOf(cacheControl(h))
		h.Set("Cache-Control", value)
		if allowed {
			errs = append(errs, err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(h)) {
		if isTargeted(name) && !forbids(h[name]) {
			errs = append(errs, fmt.Errorf("csphttp: with %s %q caches may give the nonce to everybody; leave the header out of pages with a nonce, or use \"no-store\"", name, h[name]))
			delete(h, name)
		}
	}
	return errors.Join(errs...)
}

// privateOf puts "private" before a Cache-Control header, and takes out of it what
// allows shared caches to keep the response (RFC 9111, 5.2.2), if there is such.
func privateOf(control string) (value string, allowed bool) {
	value = "private" // in front, where no quotation mark can be open
	for directive := range cacheDirectives(control) {
		name, _, _ := strings.Cut(directive, "=")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "":
		case "public", "s-maxage", "must-understand", "private": // private with names of headers: the rest is public
			allowed = true
		default:
			value += ", " + directive
		}
	}
	return value, allowed
}

// cacheDirectives gives the directives of a Cache-Control header. There may be
// commas in quoted arguments.
func cacheDirectives(control string) iter.Seq[string] {
	return func(yield func(string) bool) {
		quoted, begin := false, 0
		for i := 0; i < len(control); i++ {
			switch {
			case control[i] == '"':
				quoted = !quoted
			case control[i] == '\\' && quoted:
				i++
			case control[i] == ',' && !quoted:
				if !yield(strings.TrimSpace(control[begin:i])) {
					return
				}
				begin = i + 1
			}
		}
		yield(strings.TrimSpace(control[begin:]))
	}
}
