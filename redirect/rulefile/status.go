package rulefile

import (
	"strconv"
	"strings"
)

// status reads the status, and returns what of the parts behind it is left: a
// status with a # in it may have a comment there.
func (p *parser) status(s part, rest []part) []part {
	number := digits(s.text)
	n := value(number)
	switch {
	case p.dialect == Cloudflare && number != s.text || n < 200 || n > 599 || n >= 300 && n < 400 && !isRedirect(n):
		p.fail(s.column, Syntax, "status %q; must be 301, 302, 303, 307 or 308%s", s.text, p.statusHint(s.text))
		return rest
	case isRedirect(n):
		p.rule.Status = int(n)
	case n != 200 && p.dialect == Cloudflare:
		p.drop(s.column, "Cloudflare takes no status %d in this file; set the distribution's error pages for what is not there", n)
	default:
		p.pass(s.column, "%s: such requests pass on to the origin%s", p.statusPurpose(n), p.statusAlternative(n))
	}
	odd, forced := strings.CutSuffix(s.text[len(number):], "!")
	p.forced = forced
	if odd == "" {
		return rest
	}
	p.note(s.column, Syntax, "Netlify reads %q as %s", s.text, number)
	if strings.Contains(odd, "#") {
		// What is no condition is a comment.
		for i, c := range rest {
			if !isCondition(c.text) {
				return rest[:i]
			}
		}
	}
	return rest
}

func isRedirect(n uint64) bool { return n == 301 || n == 302 || n == 303 || n == 307 || n == 308 }

// leadsToItself reports whether the target is the source. With status 200 such a
// line only keeps later ones from what it is for.
func (p *parser) leadsToItself() bool {
	from, to := p.rule.From, p.rule.To
	head, splat := strings.CutSuffix(from, "/*")
	return to == "" || to == from || splat && to == head+"/:splat" // "/a/* 200" has no target
}

// digits returns the digits that s begins with. Netlify reads the status so, and
// leaves out what follows.
func digits(s string) string {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return s[:n]
}

// value returns the number that these digits are, 0 if that is too large for a status.
func value(digits string) (n uint64) {
	for i := range len(digits) {
		if n = n*10 + uint64(digits[i]-'0'); n > 999 {
			return 0
		}
	}
	return n
}

// statusPurpose says what a status that does not redirect is for.
func (p *parser) statusPurpose(n uint64) string {
	switch {
	case n == 200 && strings.Contains(p.rule.To, "://"):
		return "status 200 fetches from another host, which is no redirect"
	case n == 200 && p.leadsToItself():
		return "status 200 serves what is there, which is no redirect"
	case n == 200:
		return "status 200 asks for a rewrite, which is no redirect"
	case n == 404:
		return "status 404 asks for an error page, which is no redirect"
	}
	return "status " + strconv.FormatUint(n, 10) + " is no redirect"
}

// statusAlternative says what to do for a status that does not redirect.
func (p *parser) statusAlternative(n uint64) string {
	switch {
	case n == 200 && strings.Contains(p.rule.To, "://") && p.dialect == Cloudflare:
		return ", though Cloudflare refuses the line: it takes only paths there"
	case n == 200 && strings.Contains(p.rule.To, "://"):
		return "; make that host an origin of the distribution, with a behavior for these paths"
	case n == 200 && p.leadsToItself():
	case n == 200 && strings.HasSuffix(p.rule.From, "/*") && strings.IndexByte(p.rule.To, ':') < 0:
		return "; for pages of an application set the distribution's error pages"
	case n == 200:
		return "; to serve another path, change it in a function of your own"
	case n == 404:
		return "; set the distribution's error pages"
	}
	return ""
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
