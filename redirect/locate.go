package redirect

import "strings"

// An entry is a rule in normal form, as it lies in a table.
type entry struct {
	place    uint32 // in the records; the order of the rules
	host     string // in lower case, "" for any
	pattern  string
	template string // path, query and fragment
	line     int
	follow   bool
	*options
}

// A refusal says why a rule that matches does not redirect.
type refusal string

const (
	redirects    refusal = ""
	alreadyThere refusal = "the request is already there"
	leavesSite   refusal = "with these values it would leave the site"
	stepsUp      refusal = "a value is . or .., which would step up in the path"
	tooLong      refusal = "the Location would be too long"
	noDomain     refusal = "the event has no domain of the distribution"
	endless      refusal = "from there the rules lead on without end"
	otherwise    refusal = "its conditions do not hold"
)

// locate appends the Location that e has for v.
func (e *entry) locate(dst []byte, v *visit, caps *captures) ([]byte, refusal) {
	dst, ok := e.appendOrigin(dst, v)
	if !ok {
		return dst, noDomain
	}
	begin := len(dst)
	target, fragment, hasFragment := strings.Cut(e.template, "#")
	path, own := cutQuery(target)
	if dst, ok = fill(dst, path, inPath, caps); !ok {
		return dst, stepsUp
	}
	// The template's path begins with a slash, so a browser reads it as one and nothing
	// in it as a host, unless a value has put a second slash behind the first.
	if e.origin == "" && len(dst) > begin+1 && dst[begin+1] == '/' {
		return dst, leavesSite
	}
	if strings.Contains(own.raw, ":") {
		filled, _ := fill(nil, own.raw, inQuery, caps)
		own.raw = string(filled)
	}
	dst = combine(dst, e.mode, own, filter(v.query, e.allow, e.deny))
	if e.isHere(dst[begin:], v) {
		return dst, alreadyThere
	}
	if hasFragment {
		dst, _ = fill(append(dst, '#'), fragment, inFragment, caps)
	}
	if len(dst) >= maxLocation {
		return dst, tooLong
	}
	return dst, redirects
}

// appendOrigin appends the target's origin.
func (e *entry) appendOrigin(dst []byte, v *visit) ([]byte, bool) {
	if e.origin != distribution {
		return append(dst, e.origin...), true
	}
	for i := range len(v.domain) {
		if c := v.domain[i]; !isNameByte(c) && c != '-' && c != '.' {
			return dst, false
		}
	}
	return append(append(dst, "https://"...), v.domain...), v.domain != ""
}

// isHere reports whether target, a path with its query, is where v is. A rule for a host
// may lead from one name of the distribution to another; to others these names
// are one site.
func (e *entry) isHere(target []byte, v *visit) bool {
	path, q := cutQuery(string(target))
	if q.raw != v.query.raw || q.has != v.query.has && e.mode != Drop {
		return false
	}
	if !samePath(path, v.path) {
		return false
	}
	host := v.domain
	switch e.origin {
	case "":
		return true
	case distribution:
	default:
		_, host, _ = strings.Cut(e.origin, "://")
	}
	if e.host != "" {
		return strings.EqualFold(hostname(host), v.host())
	}
	return v.isHere(hostname(host))
}

// samePath reports whether two paths are the same in normal form.
func samePath(a, b string) bool {
	if a == b || isNormal(a) && isNormal(b) {
		return a == b
	}
	var bufA, bufB [256]byte
	return string(appendNormal(bufA[:0], a)) == string(appendNormal(bufB[:0], b))
}
