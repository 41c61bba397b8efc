package syntax

import (
	"slices"
	"strings"
)

// A Parser reads policies and collects what is odd.
type Parser struct {
	PolicyIndex int
	base        int // of the policy's text in the text that offsets are in
	Oddities    []Oddity

	odd     bool // some directive has a character that not all read alike
	again   bool // it is a second reading
	reading Reading

	// seen has the names of unknown directives; those of known ones are in
	// model.at. Without it, many different ones would take quadratic time.
	seen map[string]bool
}

// Parse follows the steps of draft 2.2.1.
func (r *Parser) Parse(text string, base int) *Policy {
	if text == "" {
		return nil
	}
	r.base, r.seen, r.odd = base, nil, false
	// Guesses that are right for a text with one space between tokens and
	// one after each semicolon.
	semicolons := strings.Count(text, ";")
	tokens := max(strings.Count(text, " ")-semicolons, 1)
	p := newPolicy(text, semicolons+1)
	sources := make([]Source, 0, min(tokens, 64))
	index := 0
	for start := 0; start <= len(text); {
		end := len(text)
		if n := strings.IndexByte(text[start:], ';'); n >= 0 {
			end = start + n
		}
		for start < end && IsSpace(text[start]) {
			start++
		}
		if piece := TrimSpace(text[start:end]); piece != "" {
			sources = r.directive(p, sources, piece, start, index)
			index++
		}
		start = end + 1
	}
	// Only now do the tokens lie where they stay: append may have moved them.
	from := 0
	for i := range p.Directives {
		d := &p.Directives[i]
		to := from + len(d.Sources)
		d.Sources = sources[from:to:to]
		from = to
	}
	if r.odd && !r.again {
		p.readings = readings(p)
	}
	return p
}

// newPolicy makes room for a policy and its directives, in one piece unless they are
// many.
func newPolicy(text string, directives int) *Policy {
	const few = 10
	if directives > few {
		return &Policy{Text: text, Directives: make([]Directive, 0, min(directives, 64))}
	}
	var room struct {
		Policy
		directives [few]Directive
	}
	room.Text, room.Directives = text, room.directives[:0]
	return &room.Policy
}

// directive takes one piece between semicolons into the policy, unless browsers
// ignore it, and appends its tokens to sources.
func (r *Parser) directive(p *Policy, sources []Source, piece string, offset, index int) []Source {
	n, found := scanToken(piece)
	name := AsciiLower(piece[:n])
	id := LookupDirective(name)
	if id != DirUnknown && p.at[id] != 0 || id == DirUnknown && r.seen[name] {
		if found |= classesIn(piece[n:]); !r.drops(found) {
			r.add(&oddDuplicateDirective, Oddity{Policy: r.PolicyIndex, Directive: index, Value: -1, Offset: r.base + offset, Name: name}, "")
			return sources
		}
	}
	p.Directives = append(p.Directives, Directive{ID: id, Index: index, Offset: offset, Name: name, Text: piece})
	d := &p.Directives[len(p.Directives)-1]
	from := len(sources)
	sources, value := appendTokens(sources, d)
	if found |= value; r.drops(found) {
		r.drop(p, d, found)
		p.Directives = p.Directives[:len(p.Directives)-1]
		clear(sources[from:])
		return sources[:from]
	}
	r.note(p, id, name)
	d.Sources = sources[from:]
	if found&classComma != 0 {
		r.lintComma(d)
	}
	r.lint(d)
	return sources
}

// note remembers the directive that was taken in last.
func (r *Parser) note(p *Policy, id DirectiveID, name string) {
	if id != DirUnknown {
		p.at[id] = int32(len(p.Directives))
		return
	}
	if r.seen == nil {
		r.seen = make(map[string]bool)
	}
	r.seen[name] = true
}

// drop reports a directive that is dropped for a character of it.
func (r *Parser) drop(p *Policy, d *Directive, found Class) {
	at := Oddity{Policy: r.PolicyIndex, Directive: d.Index, Value: -1, Offset: r.base + d.Offset}
	if found&classNonASCII != 0 {
		r.add(&oddNonASCII, at, d.Text)
	} else {
		at.Name, at.Offset = d.Name, at.Offset+indexClass(d.Text, classControl)
		r.add(&oddControl, at, "")
	}
	if r.odd = true; r.reading&DroppedNameCounts != 0 && d.ID != DirUnknown && p.at[d.ID] == 0 {
		p.at[d.ID] = dropped
	}
}

// appendTokens appends the tokens of d's value to sources, and gives the classes of
// their bytes.
func appendTokens(sources []Source, d *Directive) ([]Source, Class) {
	all := Class(0)
	for i := len(d.Name); i < len(d.Text); {
		if IsSpace(d.Text[i]) {
			i++
			continue
		}
		n, found := scanToken(d.Text[i:])
		all |= found
		if len(sources) == cap(sources) {
			sources = slices.Grow(sources, 1)
		}
		sources = sources[:len(sources)+1] // what lies there is zero
		s := &sources[len(sources)-1]
		s.Text, s.Offset = d.Text[i:i+n], d.Offset+i
		parseToken(d.ID, s)
		i += n
	}
	return sources, all
}

// scanToken gives the length of t up to ASCII whitespace, and the classes of the
// bytes.
func scanToken(t string) (int, Class) {
	found := Class(0)
	for i := range len(t) {
		k := Classes[t[i]]
		if k&classSpace != 0 {
			return i, found
		}
		found |= k
	}
	return len(t), found
}

// dropped is the place of a directive that is not in effect, and keeps others of its
// name from being so.
const dropped = -1

// drops reports whether a directive with characters of these classes is dropped.
func (r *Parser) drops(found Class) bool {
	return found&classNonASCII != 0 || found&classControl != 0 && r.reading&KeepControls == 0
}

// readings reads a policy again in all ways.
func readings(p *Policy) *[readingEnd]*Policy {
	var all [readingEnd]*Policy
	for how := range readingEnd {
		text := p.Text
		if how&TabIsSpace != 0 {
			text = strings.ReplaceAll(text, "\v", " ")
		}
		r := Parser{again: true, reading: how}
		all[how] = r.Parse(text, 0)
	}
	return &all
}
