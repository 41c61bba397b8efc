package syntax

import "strings"

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
	p := &Policy{Text: text, Directives: make([]Directive, 0, min(semicolons+1, 64))}
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
			from := len(sources)
			if d := r.directive(p, piece, start, index); d != nil {
				sources = appendTokens(sources, d)
				d.Sources = sources[from:]
				r.lint(d)
			}
			index++
		}
		start = end + 1
	}
	// Only now do the tokens lie where they stay: append may have moved thep.
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

// directive takes one piece between semicolons into the policy. It gives nil if
// browsers ignore it.
func (r *Parser) directive(p *Policy, piece string, offset, index int) *Directive {
	at := Oddity{Policy: r.PolicyIndex, Directive: index, Value: -1, Offset: r.base + offset}
	name := AsciiLower(piece[:TokenLen(piece)])
	found := classesIn(piece)
	id := LookupDirective(name)
	if r.drops(found) {
		switch {
		case found&classNonASCII != 0:
			r.add(&oddNonASCII, at, piece)
		default:
			at.Name, at.Offset = name, at.Offset+indexClass(piece, classControl)
			r.add(&oddControl, at, "")
		}
		if r.odd = true; r.reading&DroppedNameCounts != 0 && id != DirUnknown && p.at[id] == 0 {
			p.at[id] = dropped
		}
		return nil
	}
	if id != DirUnknown && p.at[id] != 0 || id == DirUnknown && r.seen[name] {
		at.Name = name
		r.add(&oddDuplicateDirective, at, "")
		return nil
	}
	if id != DirUnknown {
		p.at[id] = int32(len(p.Directives) + 1)
	} else {
		if r.seen == nil {
			r.seen = make(map[string]bool)
		}
		r.seen[name] = true
	}
	p.Directives = append(p.Directives, Directive{})
	d := &p.Directives[len(p.Directives)-1]
	d.ID, d.Index, d.Offset, d.Name, d.Text = id, index, offset, name, piece
	if found&classComma != 0 {
		r.lintComma(d)
	}
	return d
}

// appendTokens appends the tokens of d's value to sources.
func appendTokens(sources []Source, d *Directive) []Source {
	for i := len(d.Name); i < len(d.Text); {
		if IsSpace(d.Text[i]) {
			i++
			continue
		}
		n := TokenLen(d.Text[i:])
		sources = append(sources, Source{})
		s := &sources[len(sources)-1]
		s.Text, s.Offset = d.Text[i:i+n], d.Offset+i
		parseToken(d.ID, s)
		i += n
	}
	return sources
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
