package rulefile

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
)

// conditionNames are the conditions that a line may have.
func conditionNames() []string {
	return []string{"Country", "Language", "Cookie", "Referer", "Method", "Role", "Sign", "signed"}
}

// conditions reads what stands behind the status.
func (p *parser) conditions(r *redirect.Rule, parts []part) {
	if p.dialect == Cloudflare && len(parts) > 0 {
		p.fail(parts[0].column, Syntax, "got %q behind the status; Cloudflare knows no conditions (Netlify does)", parts[0].text)
		return
	}
	seen := map[string]bool{}
	for _, c := range parts {
		key, value, ok := strings.Cut(c.text, "=")
		if !ok || value == "" {
			p.fail(c.column, Syntax, "got %q; must be a condition such as Country=de,at%s", c.text, didYouMean(key, conditionNames()))
			continue
		}
		name := conditionName(key)
		if seen[name] {
			p.fail(c.column, Syntax, "a second %s; list its values with commas: %s=a,b", name, name)
		}
		seen[name] = true
		p.condition(r, c, name, strings.Split(value, ","))
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

func (p *parser) condition(r *redirect.Rule, c part, name string, values []string) {
	for _, v := range values {
		if v == "" {
			p.fail(c.column, Syntax, "got %q; a value between commas is empty", c.text)
			return
		}
	}
	switch name {
	case "Country":
		r.When.Country = values
	case "Language":
		r.When.Language = values
	case "Referer":
		r.When.Referer = values
	case "Method":
		r.When.Method = values
	case "Cookie":
		if len(values) > 1 {
			p.fail(c.column, Unsupported, "%q asks for several cookies; write a line for each", c.text)
			return
		}
		r.When.Cookie = []redirect.Field{{Name: values[0]}}
	case "Role":
		p.fail(c.column, Unsupported, "Role asks for Netlify's own identity service; a function has to check the viewer itself")
	case "Sign", "signed":
		p.fail(c.column, Unsupported, "%s signs what Netlify proxies; that is no redirect", name)
	default:
		p.fail(c.column, Syntax, "unknown condition %q%s", name, didYouMean(name, conditionNames()))
	}
}
