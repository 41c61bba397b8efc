package redirect

import (
	"strings"
)

// matchesReferer returns whether the Referer is in the list.
func (s *site) matchesReferer(list []string, req *request) truth {
	host, path, state := splitReferer(req.event.Header.Get("referer"))
	found := no
	if state == refererNone {
		// Absent is no answer at all, unless the rule says which it is.
		found = unknown
	}
	var buf [256]byte
	if !isNormal(path) {
		path = string(appendNormal(buf[:0], path))
	}
	path = s.canonical(path)
	for _, want := range list {
		switch {
		case want == "none":
			if state == refererNone {
				return yes
			}
		case want == "blocked":
			if state == refererBlocked {
				return yes
			}
		case state == refererPage && s.isPage(want, host, path, req):
			return yes
		}
	}
	return found
}

// isPage reports whether the page is the one that want stands for.
func (s *site) isPage(want, host, path string, req *request) bool {
	wantHost, wantPath := splitWant(want)
	if !matchHost(wantHost, host, req) {
		return false
	}
	if prefix, open := strings.CutSuffix(wantPath, "*"); open {
		return strings.HasPrefix(path, prefix)
	}
	return wantPath == "" || s.canonical(wantPath) == path
}

// splitWant splits an entry of When.Referer into host and path.
func splitWant(want string) (host, path string) {
	if i := strings.IndexByte(want, '/'); i >= 0 {
		host, path = want[:i], want[i:]
	} else {
		host = want
	}
	if host == "" {
		host = "self"
	}
	return host, path
}

// matchHost compares host with a server name of nginx's valid_referers, or with
// self.
func matchHost(want, host string, req *request) bool {
	switch {
	case want == "self":
		return req.isOwnHost(host)
	case strings.HasPrefix(want, "*."):
		return hasSuffixFold(host, want[1:])
	case strings.HasPrefix(want, "."):
		return hasSuffixFold(host, want) || strings.EqualFold(host, want[1:])
	case strings.HasSuffix(want, ".*"):
		n := len(want) - 1
		return len(host) > n && strings.EqualFold(host[:n], want[:n])
	}
	return strings.EqualFold(want, host)
}

// hasSuffixFold reports whether host is something and then suffix.
func hasSuffixFold(host, suffix string) bool {
	n := len(host) - len(suffix)
	return n > 0 && strings.EqualFold(host[n:], suffix)
}

// What there is to know of a Referer.
type refererState uint8

const (
	refererNone    refererState = iota // absent or empty
	refererBlocked                     // there, but not a URL of a page
	refererPage
)

// splitReferer returns host and path of the referring page. Its query, where
// anybody can write anything, is cut off first.
func splitReferer(referer string) (host, path string, state refererState) {
	if referer == "" {
		return "", "", refererNone
	}
	scheme, rest, ok := strings.Cut(referer, "://")
	if !ok || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return "", "", refererBlocked
	}
	if i := strings.IndexAny(rest, "?#"); i >= 0 {
		rest = rest[:i]
	}
	host, path = rest, "/"
	if i := strings.IndexAny(rest, `/\`); i >= 0 {
		host, path = rest[:i], rest[i:]
	}
	host = hostname(host[strings.LastIndexByte(host, '@')+1:])
	if host == "" {
		return "", "", refererBlocked
	}
	return host, path, refererPage
}

// checkReferer says what is wrong with an entry of When.Referer, and returns it in
// normal form.
func checkReferer(want string) (string, error) {
	if strings.Contains(want, "://") {
		return "", invalidValue("Referer: got", want, "the scheme is not looked at, write host and path")
	}
	if strings.ContainsAny(want, "?#") {
		return "", invalidValue("Referer: got", want, "the query is not looked at, write host and path")
	}
	host, path := splitWant(want)
	bare := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(host, "*"), "."), ".*")
	if _, err := normalHost(bare); err != nil || want == "" {
		return "", invalidValue("Referer: got", want, "must be a host, a path, self, none or blocked")
	}
	if i := strings.IndexByte(path, '*'); i >= 0 && i < len(path)-1 {
		return "", invalidValue("Referer: got", want, "* may stand at the end of the path only")
	}
	if path != "" {
		path = string(appendNormal(nil, path))
	}
	if strings.HasPrefix(want, "/") {
		return path, nil
	}
	return host + path, nil
}

// checkReferers returns a list in normal form.
func checkReferers(list []string) ([]string, error) {
	normal := make([]string, len(list))
	for i, want := range list {
		var err error
		if normal[i], err = checkReferer(want); err != nil {
			return nil, err
		}
	}
	return normal, nil
}
