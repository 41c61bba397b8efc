package syntax

import "strings"

// A Parser reads policies and collects what is odd.
type Parser struct {
	PolicyIndex int
	base        int // of the policy's text in the text that offsets are in
	Oddities    []Oddity

	// seen has the names of unknown directives; those of known ones are in
	// model.at. Without it, many different ones would take quadratic time.
	seen map[string]bool
}

// policy follows the steps of draft 2.2.1.
func (r *Parser) Parse(text string, base int) *Policy {
	if text == "" {
		return nil
	}
	r.base, r.seen = base, nil
	// Guesses that are right for a text with one space between tokens and
	// one after each semicolon.
	semicolons := strings.Count(text, ";")
	tokens := max(strings.Count(text, " ")-semicolons, 1)
	m := &Policy{Text: text, Directives: make([]Directive, 0, min(semicolons+1, 64))}
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
			if d := r.directive(m, piece, start, index); d != nil {
				sources = appendTokens(sources, d)
				d.Sources = sources[from:]
				r.lint(d)
			}
			index++
		}
		start = end + 1
	}
	// Only now do the tokens lie where they stay: append may have moved them.
	from := 0
	for i := range m.Directives {
		d := &m.Directives[i]
		to := from + len(d.Sources)
		d.Sources = sources[from:to:to]
		from = to
	}
	return m
}

// directive takes one piece between semicolons into the policy. It gives nil if
// browsers ignore it.
func (r *Parser) directive(m *Policy, piece string, offset, index int) *Directive {
	at := Oddity{Policy: r.PolicyIndex, Directive: index, Value: -1, Offset: r.base + offset}
	name := AsciiLower(piece[:TokenLen(piece)])
	found := classesIn(piece)
	if found&classNonASCII != 0 {
		r.add(&oddNonASCII, at, piece)
		return nil
	}
	id := LookupDirective(name)
	if id != DirUnknown && m.at[id] != 0 || id == DirUnknown && r.seen[name] {
		at.Name = name
		r.add(&oddDuplicateDirective, at, "")
		return nil
	}
	if id != DirUnknown {
		m.at[id] = int32(len(m.Directives) + 1)
	} else {
		if r.seen == nil {
			r.seen = make(map[string]bool)
		}
		r.seen[name] = true
	}
	m.Directives = append(m.Directives, Directive{})
	d := &m.Directives[len(m.Directives)-1]
	d.Id, d.Index, d.Offset, d.Name, d.Text = id, index, offset, name, piece
	if found&(classControl|classComma) != 0 {
		r.lintText(d)
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
		parseToken(d.Id, s)
		i += n
	}
	return sources
}
