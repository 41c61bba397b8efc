package syntax

import "strings"

// A model is a policy as it was read: draft 2.2.1. It is never changed once it is made.
type Policy struct {
	Text       string
	Directives []Directive // those in effect, in the order written
	at         [DirectiveEnd]int32
}

// IsZero reports whether there is no directive in the policy.
func (p *Policy) IsZero() bool { return p == nil || len(p.Directives) == 0 }

// Directive finds the directive of an ID, or nil.
func (p *Policy) Directive(id DirectiveID) *Directive {
	if p == nil || p.at[id] == 0 {
		return nil
	}
	return &p.Directives[p.at[id]-1]
}

// Governing gives the directive that answers for id, or nil: draft 6.8.4,
// "Should fetch directive execute".
func (p *Policy) Governing(id DirectiveID) *Directive {
	if p == nil {
		return nil
	}
	for _, f := range Fallbacks(id) {
		if d := p.Directive(f); d != nil {
			return d
		}
	}
	return nil
}

// A Directive is a name and a value.
type Directive struct {
	Id      DirectiveID
	Index   int      // number of the piece of the policy it stands in, for positions
	Offset  int      // of the name in the policy's text
	Name    string   // in lower case
	Text    string   // as written, name included, without space around it
	Sources []Source // the tokens of the value; taken apart if it is a source list
}

// Tokens gives the tokens of the value. Those of a directive that was built
// and is in no policy yet have to be found first.
func (d *Directive) Tokens() []Source {
	if d.Sources != nil || d.Text == "" {
		return d.Sources
	}
	return appendTokens(nil, d)
}

// OneLine gives the directive with single spaces: a text that was parsed may
// have line ends in it, which must not get into a header.
func (d *Directive) OneLine() string {
	if !strings.ContainsAny(d.Text, "\t\n\f\r") {
		return d.Text
	}
	text := d.Text[:len(d.Name)]
	for _, s := range d.Tokens() {
		text += " " + s.Text
	}
	return text
}

// Has reports whether the value has a token, in any ASCII case.
func (d *Directive) Has(token string) bool {
	for i := range d.Sources {
		if EqualFold(d.Sources[i].Text, token) {
			return true
		}
	}
	return false
}

// HasExactly reports whether the value has a token as it is written.
func (d *Directive) HasExactly(token string) bool {
	for i := range d.Sources {
		if d.Sources[i].Text == token {
			return true
		}
	}
	return false
}

// parseToken takes a token of a directive's value apart, if it is a source.
func parseToken(id DirectiveID, s *Source) {
	switch Directives[id].Value {
	case ValueSources, ValueAncestors:
		s.parse()
	}
}

// FindKeyword finds a keyword in a list, or gives nil.
func FindKeyword(list []Source, k Keyword) *Source {
	for i := range list {
		if list[i].Kind == SourceKeyword && list[i].Keyword == k {
			return &list[i]
		}
	}
	return nil
}
