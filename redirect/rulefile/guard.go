package rulefile

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
)

// Netlify's matcher keeps a rule with a splat from leading to itself: if the rule is
// for the target, too, a request whose path begins as the target does passes,
// whatever the rule's conditions are, and no later rule is tried (netlify-redirector
// 0.5.0; docs/redirect-hosts.md). Files rely on it:
//
//	/* /en/:splat 302 Language=en
//
// Whether the rule is for the target is seen here where it is so for all requests
// or for none. Of others a table passes those that would be redirected without end.

// setGuard sets what the host's guard is for.
func (p *parser) setGuard() {
	r := &p.rule
	if p.dialect != Netlify || r.Pass || r.To == "" || r.To[0] != '/' || strings.IndexByte(r.From, '*') < 0 {
		return
	}
	path, names := pathOf(r.From), p.captured()
	prefix := targetPrefix(r.To, names)
	head, rest := cutWildcard(path)
	switch {
	case prefix == "":
	case rest == "*" && (prefix == head || prefix+"/" == head):
		p.note(p.parts[p.to].column, Dropped, "the site never had this one: Netlify lets what begins like the target, %q, pass, and all that this line is for does; it passes here, too", prefix)
		r.Pass, r.When = true, redirect.When{}
		p.cookies = p.cookies[:0]
	default:
		if from := intersectPrefix(path, prefix); from != "" {
			p.guardFrom = strings.TrimSuffix(r.From, path) + from
		}
	}
}

// targetPrefix returns what Netlify compares with the beginning of paths: a target
// up to the splat if that is a segment, or else all of it; "" if it compares
// nothing.
func targetPrefix(to string, names []string) string {
	if i := strings.Index(to, "/:splat"); i >= 0 && (i+len("/:splat") == len(to) || to[i+len("/:splat")] == '/') {
		to = to[:i]
	}
	if strings.ContainsAny(to, "?#") {
		return ""
	}
	for _, name := range names {
		if strings.Contains(to, ":"+name) {
			return ""
		}
	}
	return to
}

// cutWildcard cuts a source at its first wildcard, and returns what is literal
// before it without backslashes; rest is "" if it has none.
func cutWildcard(path string) (head, rest string) {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		switch {
		case c == '\\' && i+1 < len(path):
			i++ // the next sign is text: see redirect.Quote
			c = path[i]
		case (c == '*' || c == ':') && isWildcard(path, i):
			return b.String(), path[i:]
		}
		b.WriteByte(c)
	}
	return b.String(), ""
}

// intersectPrefix returns a source for those of the paths that begin with prefix for
// which another source is; "" if that is not for all or for all of whole segments.
func intersectPrefix(path, prefix string) string {
	for whole := prefix; ; {
		head, rest := cutWildcard(path)
		tail, ok := strings.CutPrefix(prefix, head)
		switch {
		case rest == "*" && prefix+"/" == head:
			return redirect.Quote(whole) + "/*" // the last segment is literal
		case !ok || rest == "":
			return ""
		case rest == "*":
			return redirect.Quote(whole) + "*"
		}
		_, after, _ := strings.Cut(rest, "/")
		end := strings.IndexByte(tail, '/')
		switch {
		case rest[0] == '*' || tail == "" || end == 0:
			return ""
		case end < 0 && after == "*":
			return redirect.Quote(whole) + "*"
		case end < 0:
			return ""
		}
		path, prefix = "/"+after, tail[end:]
	}
}

// isWildcard reports whether a wildcard begins at i.
func isWildcard(path string, i int) bool {
	end := i + 1
	for end < len(path) && path[end] != '/' {
		end++
	}
	return len(redirect.Netlify.Names("/"+path[i:end])) > 0 && (path[i] == '*' || path[max(i-1, 0)] == '/')
}

// guardRule returns the rule that comes before that of the line, if it has a guard.
func (p *parser) guardRule() redirect.Rule {
	return redirect.Rule{From: p.guardFrom, Pass: true, Line: p.line}
}
