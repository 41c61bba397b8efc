package redirect

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A reference is a URL reference, split as a browser splits it: by the basic URL
// parser of the WHATWG URL standard with an https page as its base. Where that
// differs from RFC 3986 a check written after the RFC lets targets out.
type reference struct {
	origin   string // "https://host" in normal form, "" if it is relative to the site
	explicit bool   // the origin is written out: scheme, two slashes, host
	path     string
	query    string // with its question mark, "" if there is none
	fragment string // with its hash sign, "" if there is none
}

// maxLocation is the length from which a Location is refused. Following it makes a
// URL, and CloudFront answers 414 to a URL of more than 8,192 bytes and refuses
// functions whose uri and query string reach that (Developer Guide, Quotas and
// Restrictions on edge functions).
const maxLocation = 8192

// parseReference splits s into its parts.
func parseReference(s string) (reference, error) {
	s, err := trimReference(s)
	if err != nil {
		return reference{}, err
	}
	// Scheme start state and scheme state.
	scheme, rest := cutScheme(s)
	switch scheme {
	case "", "https", "http":
	default:
		return reference{}, invalidValue("scheme", scheme, "only https and http are allowed")
	}
	// "https:" on an https page is special relative or authority state, that is, as
	// if it were not there, except before two slashes, which then begin an
	// authority in either case. "http:" is special authority slashes state: what
	// follows is a host, with or without slashes, which may lean either way.
	body := strings.TrimLeft(rest, `/\`)
	if len(rest)-len(body) < 2 && scheme != "http" {
		return splitPath(reference{}, rest), nil
	}
	end := strings.IndexAny(body, `/\?#`)
	if end < 0 {
		end = len(body)
	}
	ref := reference{explicit: scheme != "" && strings.HasPrefix(rest, "//") && rest[2:] == body}
	if scheme == "" {
		scheme = "https"
	}
	ref.origin, err = normalOrigin(scheme, body[:end])
	return splitPath(ref, body[end:]), err
}

// trimReference removes the spaces around s, as browsers do. Where browsers drop
// control characters, trimReference refuses s: no honest URL has one, and in a
// header they would start a new line.
func trimReference(s string) (string, error) {
	if len(s) >= maxLocation {
		return "", lengthError(len(s))
	}
	s = strings.Trim(s, " ")
	if s == "" {
		return "", errEmpty
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0x7f {
			return "", errors.New("control character " + strconv.QuoteRune(rune(s[i])) + " at byte " + strconv.Itoa(i))
		}
	}
	if !utf8.ValidString(s) {
		return "", errors.New("not valid UTF-8")
	}
	return s, nil
}

// cutScheme cuts the scheme, in lower case, and its colon from s.
func cutScheme(s string) (scheme, rest string) {
	for i := range len(s) {
		switch c := s[i] | 0x20; {
		case 'a' <= c && c <= 'z':
		case i > 0 && ('0' <= s[i] && s[i] <= '9' || s[i] == '+' || s[i] == '-' || s[i] == '.'):
		case i > 0 && s[i] == ':':
			return strings.ToLower(s[:i]), s[i+1:]
		default:
			return "", s
		}
	}
	return "", s
}

// splitPath adds path, query and fragment of s to ref.
func splitPath(ref reference, s string) reference {
	if i := strings.IndexByte(s, '#'); i >= 0 {
		s, ref.fragment = s[:i], s[i:]
	}
	if i := strings.IndexByte(s, '?'); i >= 0 {
		s, ref.query = s[:i], s[i:]
	}
	ref.path = s
	return ref
}

// normal returns ref in its normal form, or why it has none that may be a Location.
func (ref reference) normal() (string, error) {
	s := string(ref.append(nil))
	switch {
	case s == "":
		return "", errEmpty
	case len(s) >= maxLocation:
		return "", lengthError(len(s))
	}
	return s, nil
}

var errEmpty = errors.New("empty; write a path such as / or ./")

// append appends ref in its normal form: forward slashes, and escaped what cannot
// stand in a URL. A browser resolves it as it resolves the string that was split.
func (ref reference) append(dst []byte) []byte {
	dst = append(dst, ref.origin...)
	if first, _, _ := strings.Cut(ref.path, "/"); ref.origin == "" && strings.Contains(first, ":") {
		dst = append(dst, "./"...) // otherwise the colon would end a scheme
	}
	dst = appendPath(dst, ref.path)
	if ref.query != "" {
		dst = appendOpaque(append(dst, '?'), ref.query[1:])
	}
	if ref.fragment != "" {
		dst = appendOpaque(append(dst, '#'), ref.fragment[1:])
	}
	return dst
}
