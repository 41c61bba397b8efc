package rulefile

import (
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
)

// rule reads the parts of a line as a rule.
func (p *parser) rule(r *redirect.Rule) place {
	at := place{p.line, p.parts[0].column, 0}
	p.from(r, p.parts[0])
	to := p.target()
	if to < 0 {
		return at
	}
	at.to = p.parts[to].column
	r.To = p.parts[to].text
	p.query(r, p.parts[1:to])
	rest := p.parts[to+1:]
	r.Status = 301
	if p.dialect == Cloudflare {
		r.Status = 302
	}
	if len(rest) > 0 && (p.dialect == Cloudflare || !strings.Contains(rest[0].text, "=")) {
		p.status(r, rest[0])
		rest = rest[1:]
	}
	p.conditions(r, rest)
	return at
}

// from reads the source.
func (p *parser) from(r *redirect.Rule, from part) {
	r.From = from.text
	absolute := strings.Contains(from.text, "://")
	switch {
	case absolute && p.dialect == Cloudflare:
		p.fail(from.column, Syntax, "source %q; must be a path at Cloudflare, which matches no hosts", from.text)
	case strings.ContainsAny(from.text, "?"):
		p.fail(from.column, Syntax, "source %q; the query is not part of it%s", from.text, p.queryHint(from.text))
	case strings.Contains(from.text, "#"):
		p.fail(from.column, Syntax, "source %q; browsers do not send the fragment, so leave it out", from.text)
	case strings.HasPrefix(from.text, "//"):
		p.fail(from.column, Syntax, "source %q; must be a path with one slash, or a URL", from.text)
	case absolute || from.text[0] == '/':
	default:
		// Both hosts take a source without its slash for a path.
		r.From = "/" + from.text
	}
	if p.dialect == Netlify && strings.HasPrefix(r.From, "/.netlify/") {
		p.fail(from.column, Unsupported, "source %q; Netlify keeps /.netlify/ for itself", from.text)
	}
}

func (p *parser) queryHint(from string) string {
	if p.dialect == Cloudflare {
		return ", and Cloudflare would ignore it"
	}
	path, query, _ := strings.Cut(from, "?")
	return "; write " + strconv.Quote(path+" "+strings.ReplaceAll(query, "&", " "))
}

// target returns the index of the part that is the target, -1 if there is none.
func (p *parser) target() int {
	for i, part := range p.parts[1:] {
		if isTarget(part.text) {
			if i > 0 && p.dialect == Cloudflare {
				p.fail(p.parts[1].column, Syntax, "got %q between source and target; Cloudflare knows no conditions (Netlify does)", p.parts[1].text)
				return -1
			}
			return i + 1
		}
	}
	switch {
	case len(p.parts) == 1:
		p.fail(p.parts[0].column+len(p.parts[0].text), Syntax, "no target; write source, target and status, such as %q", p.parts[0].text+" /new 301")
	case isStatus(p.parts[1].text):
		p.fail(p.parts[1].column, Unsupported, "no target: that serves the path itself with status %s, which is no redirect", p.parts[1].text)
	case len(p.parts) == 2 && strings.Contains(p.parts[1].text, "="):
		p.fail(p.parts[1].column+len(p.parts[1].text), Syntax, "no target after the parameter %q", p.parts[1].text)
	default:
		bad := p.parts[1]
		hint := strconv.Quote("/" + bad.text)
		if strings.Contains(bad.text, ".") && !strings.Contains(bad.text, "://") {
			hint += " or " + strconv.Quote("https://"+bad.text)
		}
		if strings.Contains(bad.text, "://") {
			hint = strconv.Quote("https" + bad.text[strings.Index(bad.text, "://"):])
		}
		p.fail(bad.column, Syntax, "target %q; must begin with /, https:// or http://; did you mean %s?", bad.text, hint)
	}
	return -1
}

func isTarget(s string) bool {
	return s[0] == '/' || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

func isStatus(s string) bool {
	_, err := strconv.ParseUint(strings.TrimSuffix(s, "!"), 10, 16)
	return err == nil
}

// query reads the parameters that a rule asks for. A rule that does carries no
// query of its own accord: what it wants of it, it names.
func (p *parser) query(r *redirect.Rule, parts []part) {
	r.Query = redirect.TargetWins
	for _, q := range parts {
		name, value, ok := strings.Cut(q.text, "=")
		switch {
		case !ok || name == "":
			p.fail(q.column, Syntax, "got %q between source and target; must be name=value or name=:placeholder", q.text)
		case strings.Contains(q.text, "&"):
			p.fail(q.column, Syntax, "got %q; separate parameters with spaces: %q", q.text, strings.ReplaceAll(q.text, "&", " "))
		}
		r.Query = redirect.Drop
		r.When.Query = append(r.When.Query, redirect.Field{Name: name, Value: value})
	}
}

// status reads the status.
func (p *parser) status(r *redirect.Rule, s part) {
	text := s.text
	if p.dialect == Netlify {
		text = strings.TrimSuffix(text, "!")
	}
	n, err := strconv.ParseUint(text, 10, 16)
	switch {
	case err != nil || n < 100 || n > 999:
		p.fail(s.column, Syntax, "status %q; must be 301, 302, 303, 307 or 308%s", s.text, p.statusHint(s.text))
	case n == 301 || n == 302 || n == 303 || n == 307 || n == 308:
		r.Status = int(n)
	case n == 200:
		p.fail(s.column, Unsupported, "status 200 asks for a rewrite, which is no redirect; for pages of an application set the distribution's error pages")
	case n >= 400:
		p.fail(s.column, Unsupported, "status %d asks for an error page, which is no redirect; set the distribution's error pages", n)
	default:
		p.fail(s.column, Syntax, "status %d; must be 301, 302, 303, 307 or 308", n)
	}
}

func (p *parser) statusHint(s string) string {
	switch {
	case p.dialect == Cloudflare && strings.HasSuffix(s, "!"):
		return "; the exclamation mark is Netlify's"
	case p.dialect == Cloudflare && strings.Contains(s, "="):
		return "; Cloudflare knows no conditions (Netlify does)"
	}
	if near := nearest(s, []string{"301", "302", "303", "307", "308"}); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}
