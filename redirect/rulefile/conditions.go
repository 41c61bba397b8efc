package rulefile

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/internal/ascii"
)

// conditionNames are the conditions that a line may have.
func conditionNames() []string {
	return []string{"Country", "Language", "Cookie", "Referer", "Method", "Role", "Sign", "signed"}
}

func isCondition(s string) bool { return strings.Contains(s, "=") }

// conditions reads what stands behind the status.
func (p *parser) conditions(parts []part) {
	if len(parts) == 0 {
		return
	}
	if p.dialect == Cloudflare {
		p.fail(parts[0].column, Syntax, "got %q behind the status; Cloudflare knows no conditions (Netlify does)", parts[0].text)
		return
	}
	var seen []string
	for _, c := range parts {
		key, value, ok := strings.Cut(c.text, "=")
		if !ok || value == "" {
			p.fail(c.column, Syntax, "got %q; must be a condition such as Country=de,at%s", c.text, didYouMean(key, conditionNames()))
			continue
		}
		name := conditionName(key)
		for _, s := range seen {
			if s == name {
				p.fail(c.column, Syntax, "a second %s; list its values with commas: %s=a,b", name, name)
			}
		}
		seen = append(seen, name)
		p.condition(c, name, strings.Split(value, ","))
	}
}

// conditionName returns key as conditionNames has it; Netlify takes small letters
// too.
func conditionName(key string) string {
	for _, name := range conditionNames() {
		if strings.EqualFold(name, key) {
			return name
		}
	}
	return key
}

func (p *parser) condition(c part, name string, values []string) {
	for _, v := range values {
		if v == "" {
			p.fail(c.column, Syntax, "got %q; a value between commas is empty", c.text)
			return
		}
	}
	when := &p.rule.When
	switch name {
	case "Country":
		if when.Country = p.countries(c, values); len(when.Country) == 0 {
			p.drop(c.column, "no viewer is in a country %q, whose code would have two letters (ISO 3166-1)", strings.Join(values, ","))
		}
	case "Language":
		when.Language = values
	case "Referer":
		when.Referer = values
	case "Method":
		when.Method = values
	case "Cookie":
		// Any of them is enough; rules ask for all of theirs.
		when.Cookie = []redirect.Field{{Name: values[0]}}
		p.cookies = values
	case "Role":
		p.pass(c.column, "Role asks for Netlify's own identity service, which is not there elsewhere: such requests pass on to the origin, whoever sends them; check the viewer there or in a function of your own")
	case "Sign", "signed":
		p.pass(c.column, "%s signs what Netlify fetches from another host, which is no redirect: such requests pass on to the origin", name)
	default:
		p.fail(c.column, Syntax, "unknown condition %q%s", name, didYouMean(name, conditionNames()))
	}
}

// countries returns those of the values that may be countries, and makes a note of
// the others.
func (p *parser) countries(c part, values []string) []string {
	var list []string
	for _, v := range values {
		if len(v) == 2 && ascii.IsLetter(v[0]) && ascii.IsLetter(v[1]) {
			list = append(list, v)
		} else if len(values) > 1 {
			p.note(c.column, Dropped, "no viewer is in a country %q, whose code would have two letters (ISO 3166-1)", v)
		}
	}
	return list
}
