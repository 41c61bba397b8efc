package redirect

import (
	"bytes"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/internal/ascii"
)

// An entry is a rule in normal form, as it lies in a table.
type entry struct {
	offset   uint32 // in the records; the order of the rules
	host     string // in lower case, "" for any
	pattern  string
	template string // path, query and fragment; "" if requests pass
	line     int
	mayLoop  bool // see mayLoop
	exact    bool // the pattern is one path
	plain    bool // the template is a path without names
	*options
}

// An outcome is what comes of a rule whose path matches: a redirect, a pass, or why
// it does not redirect.
type outcome string

const (
	redirects       outcome = ""
	alreadyThere    outcome = "the request is already there"
	leavesSite      outcome = "with these values it would leave the site"
	dotSegment      outcome = "a value is . or .., which would step up in the path"
	tooLong         outcome = "the Location would be too long"
	noDomain        outcome = "the event has no domain of the distribution"
	redirectLoop    outcome = "from there the rules lead on without end"
	conditionsUnmet outcome = "its conditions do not hold"
	passes          outcome = "lets the request pass"
)

// locate returns the Location that e has for req.
func (e *entry) locate(req *request, caps *captures) (string, outcome) {
	if e.plain && e.origin == "" && (!req.query.has || e.mode == Drop) {
		if e.template == req.normal && !req.query.has {
			return "", alreadyThere
		}
		return e.template, redirects // nothing to put together
	}
	var array [256]byte
	buf := array[:0]
	if n := len(req.path) + len(req.query.raw) + len(e.template); n > len(array) {
		if cap(req.locationBuffer) < n {
			req.locationBuffer = make([]byte, 0, n+n/4)
		}
		buf = req.locationBuffer
	}
	location, result := e.appendLocation(buf, req, caps)
	return string(location), result
}

// appendLocation appends the Location that e has for req.
func (e *entry) appendLocation(dst []byte, req *request, caps *captures) ([]byte, outcome) {
	dst, ok := e.appendOrigin(dst, req)
	if !ok {
		return dst, noDomain
	}
	begin := len(dst)
	path, own, fragment, hasFragment := e.template, query{}, "", false
	if !e.plain {
		path, fragment, hasFragment = strings.Cut(path, "#")
		path, own = cutQuery(path)
	}
	if dst, ok = expand(dst, path, inPath, caps); !ok {
		return dst, dotSegment
	}
	// The template's path begins with a slash, so a browser reads it as one and
	// nothing in it as a host, unless a value has put a second slash behind the
	// first.
	if e.origin == "" && len(dst) > begin+1 && dst[begin+1] == '/' {
		return dst, leavesSite
	}
	end := len(dst)
	if own.has {
		dst, _ = expand(append(dst, '?'), own.raw, inQuery, caps)
	}
	dst = appendViewerQuery(dst, end+1, own.has, e.mode, filterQuery(req.query, e.allow, e.deny))
	if e.isSameURL(dst[begin:end], dst[end:], req) {
		return dst, alreadyThere
	}
	if hasFragment {
		dst, _ = expand(append(dst, '#'), fragment, inFragment, caps)
	}
	if len(dst) >= maxLocation {
		return dst, tooLong
	}
	return dst, redirects
}

// appendOrigin appends the target's origin.
func (e *entry) appendOrigin(dst []byte, req *request) ([]byte, bool) {
	if e.origin != distribution {
		return append(dst, e.origin...), true
	}
	domain := req.domain()
	for i := range len(domain) {
		if c := domain[i]; !ascii.IsWord(c) && c != '-' && c != '.' {
			return dst, false
		}
	}
	return append(append(dst, "https://"...), domain...), domain != ""
}

// isSameURL reports whether a target's path and query, with its question mark, are
// where req is. A rule for a host may lead from one name of the distribution to
// another; to others these names are one site.
func (e *entry) isSameURL(path, q []byte, req *request) bool {
	if !req.query.equal(q, e.mode == Drop) || !req.hasPath(path) {
		return false
	}
	if e.origin == "" {
		return true
	}
	scheme, host, _ := strings.Cut(e.origin, "://")
	if known := req.knownScheme(); known != "" && known != scheme {
		return false
	}
	if e.origin == distribution {
		host = req.domain()
	}
	if e.host != "" {
		return strings.EqualFold(hostname(host), req.host())
	}
	return req.isOwnHost(hostname(host))
}

// hasPath reports whether path is that of req, both in normal form.
func (req *request) hasPath(path []byte) bool {
	if bytes.IndexByte(path, '%') < 0 {
		return string(path) == req.normal
	}
	var normal [256]byte
	return string(appendNormal(normal[:0], string(path))) == req.normal
}
