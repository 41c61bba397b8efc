package crawl

import (
	"fmt"
	"strings"
)

// A location is a URL with http or https. The host is "" for the site's own where
// that is not known.
type location struct {
	scheme, host string // in lower case, the host without the scheme's own port
	path         string // begins with a slash
	rest         string // query and fragment
}

// String returns the location as a URL, or as a path if it has no host.
func (l location) String() string {
	if l.host == "" {
		return l.path + l.rest
	}
	return l.origin() + l.path + l.rest
}

func (l location) origin() string { return l.scheme + "://" + l.host }

// resolve returns what ref means on a page at l: the basic URL parser of the WHATWG
// URL standard for special schemes. What cannot stand in a URL is not yet escaped.
func (l location) resolve(ref string) (location, error) {
	ref = strings.Trim(ref, c0AndSpace)
	ref = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(ref)
	body, rest := cutAt(ref, "?#")
	scheme, body := cutScheme(body)
	if scheme != "" && scheme != "http" && scheme != "https" {
		return location{}, fmt.Errorf("the scheme %q; only http and https can be redirected to", scheme)
	}
	to := location{l.scheme, l.host, l.path, rest}
	slashes := len(body) - len(strings.TrimLeft(body, `/\`))
	switch {
	case slashes >= 2, scheme != "" && scheme != l.scheme:
		if scheme != "" {
			to.scheme = scheme
		}
		to.host, to.path = cutAt(strings.TrimLeft(body, `/\`), `/\`)
		to.host = normalHost(to.scheme, to.host)
		if to.host == "" {
			return location{}, fmt.Errorf("the target %q, which has no host", ref)
		}
	case slashes == 1:
		to.path = body
	case body != "":
		to.path = l.path[:strings.LastIndexByte(l.path, '/')+1] + body
	}
	to.path = removeDots(to.path)
	return to, nil
}

// c0AndSpace is what browsers take off both ends of a URL.
const c0AndSpace = "\x00\x01\x02\x03\x04\x05\x06\x07\x08\t\n\v\f\r\x0e\x0f" +
	"\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f "

// cutAt cuts s before the first byte that is one of chars.
func cutAt(s, chars string) (before, after string) {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// cutScheme cuts the scheme, in lower case, and its colon from s.
func cutScheme(s string) (scheme, rest string) {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		case i > 0 && c == ':':
			return strings.ToLower(s[:i]), s[i+1:]
		default:
			return "", s
		}
	}
	return "", s
}

// normalHost returns a host in lower case and without the scheme's own port.
func normalHost(scheme, host string) string {
	port := ":443"
	if scheme == "http" {
		port = ":80"
	}
	return strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(host), port), ":")
}

// removeDots returns a path with forward slashes, that begins with one, and without
// segments that stand for the folder itself or the one above.
func removeDots(path string) string {
	path = strings.TrimPrefix(strings.ReplaceAll(path, `\`, "/"), "/")
	var kept []string
	segments := strings.Split(path, "/")
	for i, s := range segments {
		dots := strings.ReplaceAll(strings.ToLower(s), "%2e", ".")
		up := dots == ".."
		if up && len(kept) > 0 {
			kept = kept[:len(kept)-1]
		}
		switch {
		case !up && dots != ".":
			kept = append(kept, s)
		case i == len(segments)-1:
			kept = append(kept, "")
		}
	}
	return "/" + strings.Join(kept, "/")
}

// escapePath returns the name of a file as a path of a URL: escaped is what cannot
// stand there (path percent-encode set of the WHATWG URL standard) or would mean
// something else.
func escapePath(name string) string {
	var b strings.Builder
	for i := range len(name) {
		if c := name[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"#%<>?\\^`{}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
