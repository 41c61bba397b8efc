package rulefile

import (
	"strconv"
	"strings"
)

// from reads the source.
func (p *parser) from(from part) {
	p.rule.From = from.text
	absolute := from.special && isURL(from.text)
	switch {
	case absolute && p.dialect == Cloudflare:
		p.fail(from.column, Syntax, "source %q; must be a path at Cloudflare, which matches no hosts", from.text)
	case strings.HasPrefix(from.text, "//"):
		p.fail(from.column, Syntax, "source %q; begins with two slashes, by which neither host means a site; write %q%s", from.text, "/"+strings.TrimLeft(from.text, "/"), p.urlHint(from.text))
	case absolute || from.text[0] == '/':
	default:
		// Both hosts take a source without its slash for a path.
		p.rule.From = "/" + from.text
	}
	if strings.Contains(p.rule.From, "/.") && hasDots(pathOf(p.rule.From)) {
		p.fail(from.column, Syntax, "source %q; browsers do not send . and .. as segments; write the path that is meant", from.text)
	}
	if from.special && strings.ContainsAny(from.text, "?#") {
		p.cutFrom(from, absolute)
	}
	if p.dialect == Netlify && strings.HasPrefix(pathOf(p.rule.From), "/.netlify") {
		p.drop(from.column, "Netlify refuses sources that begin with /.netlify, which it keeps for itself")
	}
}

// hasDots reports whether a segment of path is . or .., so that no request has it.
func hasDots(path string) bool {
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "." || segment == ".." {
			return true
		}
	}
	return false
}

// urlHint offers the URL that a source with two slashes may mean.
func (p *parser) urlHint(from string) string {
	if p.dialect == Cloudflare {
		return ""
	}
	return " or " + strconv.Quote("https:"+from)
}

// isURL reports whether a source is one, of whatever scheme, or else a path.
func isURL(from string) bool { return from[0] != '/' && strings.Contains(from, "://") }

// pathOf returns the path of a source.
func pathOf(from string) string {
	if !isURL(from) {
		return from
	}
	_, rest, _ := strings.Cut(from, "://")
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		return rest[i:]
	}
	return "/"
}

// cutFrom does what the host does with a source that has a query or a fragment.
func (p *parser) cutFrom(from part, absolute bool) {
	at := strings.IndexAny(p.rule.From, "?#")
	path, rest := p.rule.From[:at], p.rule.From[at:]
	switch {
	case p.dialect == Cloudflare || absolute:
		p.rule.From = path
		p.note(from.column, Syntax, "%s cuts %q off the source, so the rule is for %q with any query", p.dialect.host(), rest, path)
	case rest[0] == '?':
		query, _, _ := strings.Cut(rest[1:], "#")
		p.drop(from.column, "Netlify takes %q for a part of the path, which no request has there; write %q if it is to be asked for",
			rest, strings.TrimSpace(path+" "+strings.ReplaceAll(query, "&", " ")))
	default:
		p.drop(from.column, "Netlify takes %q for a part of the path, which no browser sends; write %q if all of that page is meant", rest, path)
	}
}
