package syntax

import "strings"

// A Policy is a policy as it was read: draft 2.2.1. It is never changed once it is made.
type Policy struct {
	Text       string
	Directives []Directive // those in effect, in the order written
	at         [DirectiveEnd]int32

	// readings has what the text means to those who read it in another way, or
	// is nil if there is no character in it that makes a difference.
	readings *[readingEnd]*Policy
}

// A Reading is a set of ways in which some read odd characters.
type Reading uint8

const (
	KeepControls      Reading = 1 << iota // a directive with a control character counts
	TabIsSpace                            // a vertical tab is white space
	DroppedNameCounts                     // a dropped directive is the first of its name
	readingEnd
)

// ReadAlike reports whether all read the policy in the same way.
func (p *Policy) ReadAlike() bool { return p == nil || p.readings == nil }

// Read gives the policy as it is read in that way.
func (p *Policy) Read(how Reading) *Policy {
	if p == nil || p.readings == nil {
		return p
	}
	return p.readings[how]
}

// IsEmpty reports whether there is no directive in the policy in any reading.
func (p *Policy) IsEmpty() bool {
	if p == nil || p.readings == nil {
		return p.IsZero()
	}
	for _, q := range p.readings {
		if !q.IsZero() {
			return false
		}
	}
	return true
}

// IsZero reports whether there is no directive in the policy.
func (p *Policy) IsZero() bool { return p == nil || len(p.Directives) == 0 }

// Directive finds the directive of an ID, or nil.
func (p *Policy) Directive(id DirectiveID) *Directive {
	if p == nil || p.at[id] <= 0 {
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
	ID      DirectiveID
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
	tokens, _ := appendTokens(nil, d)
	return tokens
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
