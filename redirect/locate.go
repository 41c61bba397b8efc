package redirect

import (
	"bytes"
	"strings"
)

// An entry is a rule in normal form, as it lies in a table.
type entry struct {
	place    uint32 // in the records; the order of the rules
	host     string // in lower case, "" for any
	pattern  string
	template string // path, query and fragment; "" if requests pass
	line     int
	follow   bool // see mayLoop
	exact    bool // the pattern is one path
	plain    bool // the template is a path without names
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
	passes       refusal = "lets the request pass"
)

// locate returns the Location that e has for v.
func (e *entry) locate(v *request, caps *captures) (string, refusal) {
	if e.plain && e.origin == "" && (!v.query.has || e.mode == Drop) {
		if e.template == v.normal && !v.query.has {
			return "", alreadyThere
		}
		return e.template, redirects // nothing to put together
	}
	var room [256]byte
	buf := room[:0]
	if n := len(v.path) + len(v.query.raw) + len(e.template); n > len(room) {
		if cap(v.scratch) < n {
			v.scratch = make([]byte, 0, n+n/4)
		}
		buf = v.scratch
	}
	location, refused := e.appendLocation(buf, v, caps)
	return string(location), refused
}

// appendLocation appends the Location that e has for v.
func (e *entry) appendLocation(dst []byte, v *request, caps *captures) ([]byte, refusal) {
	dst, ok := e.appendOrigin(dst, v)
	if !ok {
		return dst, noDomain
	}
	begin := len(dst)
	path, own, fragment, hasFragment := e.template, query{}, "", false
	if !e.plain {
		path, fragment, hasFragment = strings.Cut(path, "#")
		path, own = cutQuery(path)
	}
	if dst, ok = fill(dst, path, inPath, caps); !ok {
		return dst, stepsUp
	}
	// The template's path begins with a slash, so a browser reads it as one and
	// nothing in it as a host, unless a value has put a second slash behind the
	// first.
	if e.origin == "" && len(dst) > begin+1 && dst[begin+1] == '/' {
		return dst, leavesSite
	}
	end := len(dst)
	if own.has {
		dst, _ = fill(append(dst, '?'), own.raw, inQuery, caps)
	}
	dst = combine(dst, end+1, own.has, e.mode, filter(v.query, e.allow, e.deny))
	if e.isHere(dst[begin:end], dst[end:], v) {
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
func (e *entry) appendOrigin(dst []byte, v *request) ([]byte, bool) {
	if e.origin != distribution {
		return append(dst, e.origin...), true
	}
	domain := v.domain()
	for i := range len(domain) {
		if c := domain[i]; !isNameByte(c) && c != '-' && c != '.' {
			return dst, false
		}
	}
	return append(append(dst, "https://"...), domain...), domain != ""
}

// isHere reports whether a target's path and query, with its question mark, are
// where v is. A rule for a host may lead from one name of the distribution to
// another; to others these names are one site.
func (e *entry) isHere(path, q []byte, v *request) bool {
	if !v.query.equal(q, e.mode == Drop) || !v.isAt(path) {
		return false
	}
	if e.origin == "" {
		return true
	}
	scheme, host, _ := strings.Cut(e.origin, "://")
	if known := v.knownScheme(); known != "" && known != scheme {
		return false
	}
	if e.origin == distribution {
		host = v.domain()
	}
	if e.host != "" {
		return strings.EqualFold(hostname(host), v.host())
	}
	return v.isHere(hostname(host))
}

// isAt reports whether path is where v is, both in normal form.
func (v *request) isAt(path []byte) bool {
	if bytes.IndexByte(path, '%') < 0 {
		return string(path) == v.normal
	}
	var normal [256]byte
	return string(appendNormal(normal[:0], string(path))) == v.normal
}
