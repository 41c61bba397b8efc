package rulefile

import "fmt"

// A shadowing counts the rules before which a page that exists comes at Netlify,
// which calls that so. Those for many paths are worth to be told, once for all: some
// of these paths may be those of pages.
type shadowing struct {
	rules int
	first *Error
}

// count counts a rule that redirects, if it is one of those.
func (s *shadowing) count(p *parser) {
	if p.dialect != Netlify || p.forced || len(p.dialect.names(p.rule.From)) == 0 {
		return
	}
	if s.rules++; s.first == nil {
		s.first = &Error{Line: p.line, Column: p.parts[0].column, Kind: Shadowing}
	}
}

// finish returns what there is to say, at the first of the rules.
func (s *shadowing) finish() *Error {
	which := ""
	switch s.rules {
	case 0:
		return nil
	case 1:
	case 2:
		which = ", as in 1 more rule with a * or a placeholder"
	default:
		which = fmt.Sprintf(", as in %d more rules with a * or a placeholder", s.rules-1)
	}
	s.first.Message = fmt.Sprintf("no ! behind the status%s: at Netlify a page that exists comes first, here the rule does; "+
		"above it write %q for a page that is to stay, or write the ! if there is none", which, "/page /page 200")
	return s.first
}
