package rulefile

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/internal/ascii"
)

// parse reads the parts of a line as a rule, and reports whether there is one.
func (p *parser) parse() bool {
	if len(p.parts) == 0 {
		return false
	}
	p.rule = redirect.Rule{Line: p.line}
	p.cookies = p.cookies[:0]
	p.from(p.parts[0])
	if p.dialect == Cloudflare && p.file != nil {
		p.limits.count(p)
	}
	p.to = p.target()
	if p.to < 0 {
		return false
	}
	r := &p.rule
	rest := p.parts[min(p.to+1, len(p.parts)):]
	if p.to < len(p.parts) {
		r.To = p.parts[p.to].text
		if p.parts[p.to].special {
			r.To = cutEmptyQuery(r.To)
		}
		p.query(p.parts[1:p.to])
		if p.dialect == Cloudflare {
			p.checkRefused()
		}
	} else {
		rest = p.parts[1:]
	}
	if p.dropped {
		return false
	}
	r.Status = 301
	if p.dialect == Cloudflare {
		r.Status = 302
	}
	switch {
	case len(rest) == 0:
	case p.dialect == Cloudflare || !isCondition(rest[0].text):
		rest = p.status(rest[0], rest[1:])
	default:
		p.note(rest[0].column, Dropped, "the site never had this one: Netlify takes no condition without a status before it; here the status is 301")
	}
	p.conditions(rest)
	if p.parts[0].special {
		p.setGuard()
	}
	if r.Pass {
		r.To, r.Status, r.Query = "", 0, redirect.Preserve
	}
	return !p.failed && !p.dropped
}

// cutEmptyQuery cuts the question mark off a target that has nothing behind it:
// to both hosts that is no query, so that the viewer's goes along.
func cutEmptyQuery(to string) string {
	if i := strings.IndexByte(to, '?'); i >= 0 && (i+1 == len(to) || to[i+1] == '#') {
		return to[:i] + to[i+1:]
	}
	return to
}

// pass makes the rule one for requests that pass on to the origin.
func (p *parser) pass(column int, format string, args ...any) {
	p.rule.Pass = true
	p.note(column, Unsupported, format, args...)
}

// query reads the parameters that a rule asks for. A rule that does carries no
// query of its own accord: what it wants of it, it names.
func (p *parser) query(parts []part) {
	r := &p.rule
	r.Query = redirect.TargetWins
	for _, q := range parts {
		name, value, ok := strings.Cut(q.text, "=")
		name, text := literalName(name)
		value, more, cut := strings.Cut(value, "=")
		switch {
		case !ok:
			p.note(q.column, Syntax, "Netlify leaves %q out, which is no parameter name=value; if it belongs to the source, write its space as %%20", q.text)
			continue
		case name == "" || value == "":
			p.fail(q.column, Syntax, "got %q; must be name=value or name=:placeholder", q.text)
		case !text:
			p.drop(q.column, "to Netlify the name of a parameter is a regular expression, and %q is another than it looks; write a backslash before each such sign: %q", name, quoteName(name)+"="+value)
		case strings.Contains(q.text, "&"):
			p.fail(q.column, Syntax, "got %q; separate parameters with spaces: %q", q.text, strings.ReplaceAll(q.text, "&", " "))
		case cut:
			p.note(q.column, Syntax, "Netlify leaves %q out and asks for %q; write = in a value as %%3D", "="+more, name+"="+value)
		}
		r.Query = redirect.Drop
		r.When.Query = append(r.When.Query, redirect.Field{Name: name, Value: value})
	}
}

// literalName returns the name that a parameter's regular expression stands for; ok
// is false if it stands for more, or for nothing.
func literalName(expression string) (name string, ok bool) {
	if strings.IndexFunc(expression, isSpecial) < 0 {
		return expression, true
	}
	var b strings.Builder
	for i := 0; i < len(expression); i++ {
		switch c := rune(expression[i]); {
		case c == '\\' && i+1 < len(expression) && !ascii.IsWord(expression[i+1]):
			i++
			b.WriteByte(expression[i])
		case isSpecial(c):
			return expression, false
		default:
			b.WriteByte(expression[i])
		}
	}
	return b.String(), true
}

// isSpecial reports whether c is more than itself in a regular expression. A point
// is, but hardly ever meant so.
func isSpecial(c rune) bool { return strings.ContainsRune(`\[](){}*+?|^$`, c) }

// quoteName returns name as a regular expression for it.
func quoteName(name string) string {
	var b strings.Builder
	for _, c := range name {
		if isSpecial(c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}
