package redirect

import (
	"errors"
	"fmt"
	"strings"
)

// distribution is what stands in a template for the domain of the distribution.
const distribution = "https://{distribution}"

// A component is the part of a URL that a value lands in.
type component uint8

const (
	inPath component = iota
	inQuery
	inFragment
)

// expand appends template, which is the path, the query or the fragment of a rule's
// target, with the values of caps in the place of their names, in one pass: what a
// value contains is never read as a name. A name stands wherever its colon does;
// any other colon is text. It reports false if a value would step up in the path.
func expand(dst []byte, template string, at component, caps *captures) ([]byte, bool) {
	for caps.n > 0 {
		i := strings.IndexByte(template, ':')
		if i < 0 {
			break
		}
		k := caps.longestPrefix(template[i+1:])
		if k < 0 {
			dst, template = append(dst, template[:i+1]...), template[i+1:]
			continue
		}
		v := &caps.list[k]
		if at == inPath && hasDotSegment(v.value) {
			return dst, false
		}
		dst = appendValue(append(dst, template[:i]...), v.value, at, k >= caps.fromPath)
		template = template[i+1+len(v.name):]
	}
	return append(dst, template...), true
}

// appendValue appends a captured value so that it stays one: in a path no byte of
// it begins another part, in a query none ends the parameter. Escapes in it stay as
// they are. A value from a query (fromQuery) is form-urlencoded, where a plus sign
// is a space; a value from a path may hold slashes, which stay.
func appendValue(dst []byte, value string, at component, fromQuery bool) []byte {
	if at == inPath && !fromQuery && strings.IndexByte(value, '\\') < 0 {
		return append(dst, value...) // it is a part of a path in normal form
	}
	for i := range len(value) {
		switch c := value[i]; {
		case c == '+' && fromQuery && at != inQuery:
			dst = append(dst, "%20"...)
		case mustEscapeInPath(c) && (c != '?' || at == inPath) || endsValue(c, at, fromQuery):
			dst = appendEscaped(dst, c)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// endsValue reports whether c would end the value that it is part of, though it may
// stand in a URL.
func endsValue(c byte, at component, fromQuery bool) bool {
	switch c {
	case '\\':
		return at == inPath
	case '/':
		return at == inPath && fromQuery
	case '&', '=', '+':
		return at == inQuery && !fromQuery
	}
	return false
}

// hasDotSegment reports whether value, in a path, has a segment that a browser
// takes for "." or "..". None comes from a browser, which has resolved them; in a
// target they would step out of the folder that the rule names.
func hasDotSegment(value string) bool {
	return hasDotFrom(value, '.') || hasDotFrom(value, '%')
}

// hasDotFrom is hasDotSegment for segments that begin with the byte first.
func hasDotFrom(value string, first byte) bool {
	for i := 0; ; i++ {
		n := strings.IndexByte(value[i:], first)
		if n < 0 {
			return false
		}
		if i += n; i > 0 && !isSlash(value[i-1]) {
			continue
		}
		segment := value[i:min(i+len("%2e%2e/"), len(value))]
		if end := strings.IndexAny(segment, `/\`); end >= 0 {
			segment = segment[:end]
		}
		if isDot(segment) {
			return true
		}
	}
}

func isSlash(c byte) bool { return c == '/' || c == '\\' }

// isDot reports whether segment is a single-dot or double-dot URL path segment of
// the WHATWG URL standard.
func isDot(segment string) bool {
	dots := 0
	for segment != "" {
		switch {
		case segment[0] == '.':
			segment = segment[1:]
		case len(segment) >= 3 && strings.EqualFold(segment[:3], "%2e"):
			segment = segment[3:]
		default:
			return false
		}
		dots++
	}
	return dots == 1 || dots == 2
}

// checkTemplate returns a rule's target in normal form and with its origin cut off.
// The normal form of origin is "" for the site and distribution for that.
func checkTemplate(to string, allowed []string) (origin, template string, err error) {
	if isPlainPath(to) {
		return "", to, nil
	}
	if after, ok := strings.CutPrefix(to, distribution); ok {
		if after != "" && strings.IndexByte("/?#", after[0]) < 0 {
			return "", "", fmt.Errorf("%q after {distribution}; must be a path", after)
		}
		origin, to = distribution, after
		if !strings.HasPrefix(to, "/") {
			to = "/" + to
		}
	}
	ref, err := parseReference(to)
	switch {
	case err != nil:
		return "", "", err
	case ref.origin != "" && (origin != "" || !ref.explicit):
		return "", "", fmt.Errorf("leaves the site: a browser goes to %s; write a path, or a URL with https://", ref.origin)
	case ref.origin != "" && !hasOrigin(allowed, ref.origin):
		return "", "", offSiteError(ref.origin)
	case ref.origin != "":
		origin, ref.origin = ref.origin, ""
		if ref.path == "" {
			ref.path = "/"
		}
	}
	if !strings.HasPrefix(ref.path, "/") && !strings.HasPrefix(ref.path, `\`) {
		return "", "", errNoSlash
	}
	if hasDotSegment(ref.path) {
		return "", "", errors.New("has a segment . or ..; write where it leads")
	}
	if template, err = ref.normal(); err == nil && len(origin)+len(template) >= maxLocation {
		err = lengthError(len(origin) + len(template))
	}
	return origin, template, err
}

// isPlainPath reports whether to is a path in normal form and nothing else, as most
// targets are.
func isPlainPath(to string) bool {
	return len(to) < maxLocation && strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") &&
		isNormal(to) && strings.IndexByte(to, '\\') < 0 && !hasDotSegment(to)
}

var errNoSlash = errors.New("must begin with /, https:// or http://")

// An offSiteError is the origin of a target that is not allowed.
type offSiteError string

func (e offSiteError) Error() string {
	return fmt.Sprintf("leaves the site; add %q to Origins if it is meant to", string(e))
}
