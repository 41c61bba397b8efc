package rulefile

import (
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/internal/ascii"
)

// target returns the index of the part that is the target, -1 if there is none. For
// a rule that has none and needs none it is the number of parts.
func (p *parser) target() int {
	for i, part := range p.parts[1:] {
		if p.dialect == Netlify && i == 0 && digits(part.text) != "" {
			return p.missingTarget()
		}
		if isTarget(part.text) {
			if i > 0 && p.dialect == Cloudflare {
				p.fail(p.parts[1].column, Syntax, "got %q between source and target; Cloudflare knows no conditions (Netlify does)", p.parts[1].text)
				return -1
			}
			if !p.checkHost(part) {
				return -1
			}
			return i + 1
		}
	}
	p.failTarget()
	return -1
}

// checkHost reports whether a target leads to a host that one can name.
func (p *parser) checkHost(to part) bool {
	if strings.HasPrefix(to.text, "//") {
		p.fail(to.column, Syntax, "target %q; leads to another site, which nobody sees; write %q, or %q if a path is meant", to.text, "https:"+to.text, "/"+strings.TrimLeft(to.text, "/"))
		return false
	}
	if to.text[0] == '/' {
		return true
	}
	_, rest, _ := strings.Cut(to.text, "://")
	host := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		host = rest[:i]
	}
	if _, port, _ := strings.Cut(host, ":"); ascii.Word(port) != "" && strings.IndexByte(host, '@') < 0 {
		p.fail(to.column, Syntax, "target %q; its host would depend on the request, and so could be anybody's; write a line for each host", to.text)
		return false
	}
	return true
}

// missingTarget is target for a line that has none: "/a/* 200" serves these paths
// themselves.
func (p *parser) missingTarget() int {
	status := p.parts[1]
	n := value(digits(status.text))
	switch {
	case n >= 200 && n < 300 && strings.HasSuffix(p.rule.From, "/*"):
		return len(p.parts)
	case n == 200 || n >= 400 && n < 600:
		p.drop(status.column, "Netlify refuses a line without a target; its requests are answered by what is there")
	default:
		p.fail(status.column, Syntax, "no target before the status %q; write source, target and status, such as %q", status.text, p.parts[0].text+" /new 301")
	}
	return -1
}

// failTarget says why no part is a target.
func (p *parser) failTarget() {
	switch {
	case len(p.parts) == 1:
		p.fail(p.parts[0].column+len(p.parts[0].text), Syntax, "no target; write source, target and status, such as %q", p.parts[0].text+" /new 301")
	case len(p.parts) == 2 && strings.Contains(p.parts[1].text, "=") && p.dialect == Netlify:
		p.fail(p.parts[1].column+len(p.parts[1].text), Syntax, "no target after the parameter %q", p.parts[1].text)
	default:
		bad := p.parts[1]
		hint := strconv.Quote("/" + bad.text)
		if strings.Contains(bad.text, ".") && !strings.Contains(bad.text, "://") {
			hint += " or " + strconv.Quote("https://"+bad.text)
		}
		if i := strings.Index(bad.text, "://"); i >= 0 {
			hint = strconv.Quote("https" + bad.text[i:])
		}
		p.fail(bad.column, Syntax, "target %q; must begin with /, https:// or http://; did you mean %s?", bad.text, hint)
	}
}

func isTarget(s string) bool {
	return s[0] == '/' || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}
