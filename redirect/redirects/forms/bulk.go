package forms

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// isBulkOnly reports whether a part of pairs is one that bulk redirects have only.
func isBulkOnly(part int) bool {
	switch part {
	case colQuery, colSubdomains, colSubpath, colSuffix:
		return true
	}
	return false
}

// readBulk reads a pair as Cloudflare's bulk redirects are read: see its
// documentation, "How Bulk Redirects work" and "URL redirect parameters".
func (l *pairList) readBulk(p *pair) {
	s, ok := l.bulkSource(p[colFrom])
	r := redirect.Rule{Query: redirect.Drop}
	if isTrue(p[colQuery]) {
		r.Query = redirect.Preserve
	}
	ok = l.status(p, &r) && ok
	head, tail, okTo := "", "", true
	if !r.Pass {
		head, tail, okTo = l.bulkTarget(p)
	}
	if isTrue(p[colSubdomains]) {
		l.fail(p[colSubdomains].position, rulefile.Unsupported, "include_subdomains: a rule is for one host; write a line for each")
		return
	}
	if !ok || !okTo {
		return
	}
	if !isTrue(p[colSubpath]) {
		l.addBulk(p, s, r, head+tail)
		return
	}
	path, folder := strings.CutSuffix(s.path, "/")
	if !folder {
		l.addBulk(p, s, r, head+tail)
	}
	s.path, s.open = path+"/", true
	if l.suffix(p) {
		head = strings.TrimSuffix(head, "/") + "/:splat"
	}
	l.addBulk(p, s, r, head+tail)
}

func (l *pairList) addBulk(p *pair, s *source, r redirect.Rule, target string) {
	r.From = s.pattern()
	if !r.Pass {
		r.To = target
	}
	l.add(p, s, r)
}

// suffix reads preserve_path_suffix. Cloudflare's pages do not agree what a CSV file
// that leaves it out says, so that is not left unsaid.
func (l *pairList) suffix(p *pair) bool {
	if p[colSuffix].text != "" {
		return isTrue(p[colSuffix])
	}
	if !l.defaultSuffix {
		l.note(p[colSubpath].position, rulefile.Syntax, "preserve_path_suffix is left out; it is taken as FALSE, as Cloudflare's page on CSV files has it (its page on parameters has TRUE): write which it is")
	}
	return l.defaultSuffix
}

// bulkSource reads a source URL, whose scheme may be left out.
func (l *pairList) bulkSource(f field) (*source, bool) {
	text := f.text
	s := cutSource(text)
	if s.host == "" {
		s = cutSource("//" + text)
	}
	switch {
	case text == "":
		l.fail(f.position, rulefile.Syntax, "no source")
	case s.host == "" || strings.HasPrefix(text, "/"):
		l.fail(f.position, rulefile.Syntax, "source %q; must be a URL at Cloudflare, such as %q", text, "example.com"+text)
	case strings.ContainsAny(text, "?#"):
		l.fail(f.position, rulefile.Syntax, "source %q; Cloudflare takes no query and no fragment", text)
	default:
		return s, true
	}
	return s, false
}

// bulkTarget reads a target URL. What of the path goes along has its place between
// head and tail.
func (l *pairList) bulkTarget(p *pair) (head, tail string, ok bool) {
	head, tail, ok = l.cutTarget(p[colTo])
	if ok && strings.HasPrefix(tail, "?") && isTrue(p[colQuery]) {
		l.fail(p[colTo].position, rulefile.Syntax, "target %q; Cloudflare takes no query together with preserve_query_string", p[colTo].text)
		ok = false
	}
	return head, tail, ok
}
