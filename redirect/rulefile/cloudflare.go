package rulefile

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// checkRefused leaves a line out that Cloudflare refuses, if it does.
func (p *parser) checkRefused() {
	from, to := p.rule.From, p.rule.To
	switch index := strings.HasSuffix(to, "/index") || strings.HasSuffix(to, "/index.html"); {
	case index && to[0] == '/' && (strings.HasSuffix(from, "/*") || strings.HasSuffix(from, "/")):
		p.drop(p.parts[p.to].column, "Cloudflare refuses it, for it would serve %q as its folder, and so redirect without end", to)
	case p.nameConflict() != "":
		p.drop(p.parts[0].column, "Cloudflare makes a regular expression of the source, which fails since two parts of it are called %q", p.nameConflict())
	case strings.HasPrefix(to, "http://"):
		p.note(p.parts[p.to].column, Dropped, "the site never had this one: Cloudflare takes no target with http://; here it redirects")
	}
}

// nameConflict returns the name that two parts of the source have at Cloudflare, ""
// if none does. Names are replaced one after the other, so that a name at the
// beginning of a later one is replaced in there, too.
func (p *parser) nameConflict() string {
	from := p.rule.From
	if strings.IndexByte(from, ':') < 0 && strings.Count(from, "*") < 2 {
		return ""
	}
	names := Cloudflare.names(from)
	for i, name := range names {
		if slices.ContainsFunc(names[i+1:], func(later string) bool {
			return name == later || name != "splat" && strings.HasPrefix(later, name)
		}) {
			return name
		}
	}
	return ""
}

// limits counts the rules of a file as Cloudflare does.
type limits struct {
	static, dynamic int
	excess          [2]*Error // the notes of the first static and dynamic rule too many
	omitted         [2]int    // and how many there are behind it
}

// The limits are those of Workers' and Pages' documentation and of wrangler 4.86.0.
const (
	maxStatic  = 2000
	maxDynamic = 100
	maxLine    = 2000
)

// count counts a line that has a source.
func (l *limits) count(p *parser) {
	const dynamic = 1
	switch {
	case l.excess[dynamic] != nil:
		l.omitted[dynamic]++ // the host does not read on
	case len(p.text) > maxLine && len(utf16.Encode([]rune(strings.TrimSpace(p.text)))) > maxLine:
		p.note(p.parts[0].column, Dropped, "the site never had this one: Cloudflare leaves out lines of more than 2,000 characters; here it counts")
	case p.failed || len(p.parts) < 2 || len(p.parts) > 3:
		// A mistake comes first there.
	case l.dynamic == 0 && len(Cloudflare.names(p.rule.From)) == 0:
		if l.static++; l.static > maxStatic {
			l.exceed(p, 0)
		}
	default:
		if l.dynamic++; l.dynamic > maxDynamic {
			l.exceed(p, dynamic)
		}
	}
}

// exceed makes a note of a rule that is too many, one for all of the kind.
func (l *limits) exceed(p *parser, kind int) {
	if l.excess[kind] != nil {
		l.omitted[kind]++
		return
	}
	p.note(p.parts[0].column, Dropped, "")
	l.excess[kind] = p.file.Notes[len(p.file.Notes)-1]
}

// finish says in the notes how many rules they are about.
func (l *limits) finish() {
	for kind, what := range []string{
		"2,000 rules without a * or a placeholder",
		"100 rules from the first with a * or a placeholder on",
	} {
		if e := l.excess[kind]; e != nil {
			e.Message = "the site never had this one: Cloudflare takes " + what
			switch n := l.omitted[kind]; n {
			case 0:
			case 1:
				e.Message += ", and has left out 1 more line behind this"
			default:
				e.Message += fmt.Sprintf(", and has left out %d more lines behind this", n)
			}
			e.Message += "; here they count"
		}
	}
}
