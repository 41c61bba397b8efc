package forms

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// A source is a from in its parts.
type source struct {
	scheme, host, path, query string
	open                      bool // for all paths that begin so
}

// pattern returns the source as a rule's From.
func (s *source) pattern() string {
	path := redirect.Quote(s.path)
	if s.open {
		path += "*"
	}
	switch {
	case s.host == "":
		return path
	case s.scheme == "":
		return "//" + s.host + path
	}
	return s.scheme + "://" + s.host + path
}

// source reads a from: a path or a URL, with a query or without. If it ends in /*
// it is for all paths that begin so.
func (l *pairList) source(p *pair) (s *source, ok bool) {
	f := p[colFrom]
	s = cutSource(f.text)
	if s.host == "" && isName(s.path) {
		s.path = "/" + s.path
	}
	s.path, s.open = strings.CutSuffix(s.path, "/*")
	if s.open {
		s.path += "/"
	}
	s.open = s.open || isTrue(p[colPrefix])
	switch {
	case f.text == "":
		l.fail(f.position, rulefile.Syntax, "no source")
	case strings.HasPrefix(f.text, "^"):
		l.failRegexp(f)
	case !strings.HasPrefix(s.path, "/"):
		l.fail(f.position, rulefile.Syntax, "source %q; must begin with /, https:// or http://; did you mean %q or %q?", f.text, "/"+f.text, "https://"+f.text)
	case strings.Contains(f.text, "#"):
		l.fail(f.position, rulefile.Syntax, "source %q; browsers do not send the fragment, so leave it out", f.text)
	case strings.Contains(s.path, "*"):
		l.fail(f.position, rulefile.Unsupported, "source %q; a star stands for the rest of the path behind the last slash only; write %%2A for a star, or the line as a rule of a _redirects file", f.text)
	default:
		if strings.Contains(s.path, "/:") {
			l.note(f.position, rulefile.Placeholder, "source %q: the colon is a colon; a line for many paths ends in /*, or is a rule of a _redirects file", f.text)
		}
		return s, true
	}
	return s, false
}

// isName reports whether a from without a scheme is a path whose slash at the
// beginning is left out, as lists of short links have it: no host is without a dot.
func isName(from string) bool {
	first, _, _ := strings.Cut(from, "/")
	return first != "" && !strings.ContainsAny(first, ".*:^ ")
}

// cutSource cuts a from into its parts.
func cutSource(f string) *source {
	s := &source{path: f}
	if scheme, rest, ok := strings.Cut(f, "://"); ok && (strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http")) {
		s.scheme, s.path = strings.ToLower(scheme), rest
	} else if rest, ok := strings.CutPrefix(f, "//"); ok {
		s.path = rest
	}
	if len(s.path) < len(f) {
		s.cutHost()
	}
	s.path, _, _ = strings.Cut(s.path, "#")
	s.path, s.query, _ = strings.Cut(s.path, "?")
	return s
}

// cutHost cuts the host from the path, which is / if there is none.
func (s *source) cutHost() {
	i := strings.IndexAny(s.path, "/?#")
	switch {
	case i < 0:
		s.host, s.path = s.path, "/"
	case s.path[i] == '/':
		s.host, s.path = s.path[:i], s.path[i:]
	default:
		s.host, s.path = s.path[:i], "/"+s.path[i:]
	}
}
