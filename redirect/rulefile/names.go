package rulefile

import (
	"cmp"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect/internal/ascii"
)

// names returns the names of what a source captures, in their order.
func (d Dialect) names(from string) []string {
	if strings.IndexByte(from, ':') < 0 && strings.IndexByte(from, '*') < 0 {
		return nil
	}
	return d.syntax().Names(from)
}

// checkTarget makes notes of what in the target looks like a value of the source and
// is none, or is another than it looks.
func (p *parser) checkTarget() {
	to := p.rule.To
	skip := 0 // scheme and host
	if i := strings.Index(to, "://"); i >= 0 {
		skip = len(to)
		if end := strings.IndexAny(to[i+3:], "/?#"); end >= 0 {
			skip = i + 3 + end
		}
	}
	if !strings.ContainsAny(to[skip:], ":*${") {
		return
	}
	names := p.captured()
	column := p.parts[p.to].column
	for i := skip; i < len(to); i++ {
		rest := to[i+1:]
		switch to[i] {
		case ':':
			i += p.checkName(names, to, i, column)
		case '*':
			p.note(column+i, Placeholder, "a * in a target stays a *; write :splat for what the * of the source stands for")
		case '$':
			if n := digits(rest); n != "" && len(names) > 0 {
				p.note(column+i, Placeholder, "$%s stays as it is; write the name that the source captures, such as :%s", n, names[0])
			}
		case '{':
			if name, _, ok := strings.Cut(rest, "}"); ok && ascii.Word(name) == name && name != "" {
				p.note(column+i, Placeholder, "{%s} stays as it is; placeholders are written :%s", name, cmp.Or(nearest(name, names), name))
			}
		}
	}
}

// captured returns the names that the rule's target may use.
func (p *parser) captured() []string {
	names := p.dialect.names(p.rule.From)
	for _, f := range p.rule.When.Query {
		if name, ok := strings.CutPrefix(f.Value, ":"); ok {
			names = append(names, name)
		}
	}
	return names
}

// checkName makes a note of the colon at to[i] if it may be meant for another name
// than it is read for, and returns the length of the name that it is read for.
func (p *parser) checkName(names []string, to string, i, column int) int {
	rest := to[i+1:]
	best, found := "", false
	for _, name := range names {
		if strings.HasPrefix(rest, name) && len(name) >= len(best) {
			best, found = name, true
		}
	}
	whole := ascii.Word(rest)
	switch {
	case found && len(whole) > len(best) && strings.Trim(whole[len(best):], "_") != "":
		p.note(column+i, Placeholder, ":%s is read as :%s and then %q, since the source captures no name %q", whole, best, whole[len(best):], whole)
	case found || whole == "" || strings.HasPrefix(rest[len(whole):], ":"):
		// Filled, or a colon that is text, as in "/:b:/".
	default:
		if near := nearest(whole, names); near != "" {
			p.note(column+i, Placeholder, ":%s is no name that the source captures, so it stays as it is; did you mean :%s?", whole, near)
		} else if i == 0 || !ascii.IsWord(to[i-1]) {
			p.note(column+i, Placeholder, ":%s is no name that the source captures, so it stays as it is%s", whole, namesHint(names))
		}
	}
	return len(best)
}

func namesHint(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "; it captures :" + strings.Join(names, ", :")
}
