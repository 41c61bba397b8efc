package rulefile

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
)

// Netlify's matcher keeps a rule with a splat from leading to itself: a request whose
// path begins as the target does passes, whatever the rule's conditions are, and no
// later rule is tried (netlify-redirector 0.5.0; docs/redirect-hosts.md). Files rely
// on it:
//
//	/* /en/:splat 302 Language=en

// guard sets what the host's guard is for.
func (p *parser) guard() {
	p.guarded = ""
	r := &p.rule
	if p.dialect != Netlify || r.Pass || r.To == "" || r.To[0] != '/' || strings.IndexByte(r.From, '*') < 0 {
		return
	}
	path, names := pathOf(r.From), p.captured()
	own := ownPath(r.To, names)
	head, ok := beforeSplat(path)
	switch {
	case own == "" || !ok:
	case strings.HasPrefix(head, own):
		p.note(p.parts[p.to].column, Dropped, "the site never had this one: Netlify lets requests pass that begin as the target does, with %q, and all that are for this line do; they pass here, too", own)
		r.Pass, r.When = true, redirect.When{}
		p.cookies = p.cookies[:0]
	case strings.HasPrefix(own, head) && len(path) == len(head)+1:
		p.guarded = strings.TrimSuffix(r.From, path) + redirect.Quote(own) + "*"
	}
}

// ownPath returns what Netlify compares with the beginning of paths: a target up to
// the splat if that is a segment, or else all of it; "" if it compares nothing.
func ownPath(to string, names []string) string {
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

// beforeSplat returns what is literal at the beginning of a source with a splat.
func beforeSplat(path string) (head string, ok bool) {
	end := len(path)
	for i := range len(path) {
		last := i+1 == len(path) || path[i+1] == '/'
		switch {
		case path[i] == '*' && last:
			return path[:min(i, end)], true
		case path[i] == ':' && path[max(i-1, 0)] == '/' && !last:
			end = min(i, end)
		}
	}
	return "", false
}

// guardRule returns the rule that comes before that of the line, if it is guarded.
func (p *parser) guardRule() redirect.Rule {
	return redirect.Rule{From: p.guarded, Pass: true, Line: p.line}
}
