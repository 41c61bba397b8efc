package csp

import "strings"

// Parse reads the text of one policy, as in a meta element or a header without
// commas: draft 2.2.1, "Parse a serialized CSP". It takes any text and never
// fails: what browsers ignore has no effect, and stays in [Policy.String]. What
// was odd is in the findings, in the order of the text; after a thousand the
// last one says that there are more.
//
// A comma has no meaning in one policy; a header that may have several is read
// with [ParseList].
func Parse(text string) (Policy, []Finding) {
	r := parser{}
	p := r.policy(text, 0)
	return p, r.findings
}

// ParseList reads a header value, the policies in it with commas between:
// draft 2.2.2, "Parse a serialized CSP list". Several headers of the same
// name make one list: join their values with a comma, or append their lists.
// Policies without directives are dropped. It takes any text and never fails.
func ParseList(text string) (List, []Finding) {
	r := parser{}
	var list List
	base := 0
	for piece := range strings.SplitSeq(text, ",") {
		// "Splitting on commas" strips ASCII whitespace from the pieces.
		before := 0
		for before < len(piece) && isSpace(piece[before]) {
			before++
		}
		r.policyIndex = len(list)
		first := len(r.findings)
		if p := r.policy(trimSpace(piece[before:]), base+before); !p.IsZero() {
			list = append(list, p)
		} else {
			for i := first; i < len(r.findings); i++ {
				r.findings[i].Position.Policy = -1
			}
		}
		base += len(piece) + 1
	}
	return list, r.findings
}

// A parser reads policies and collects findings.
type parser struct {
	policyIndex int
	base        int // of the policy's text in the text with the findings' offsets
	findings    []Finding

	// seen has the names of unknown directives; those of known ones are in
	// compiled.at. Without it, many different ones would take quadratic time.
	seen map[string]bool
}

// policy follows the steps of draft 2.2.1.
func (r *parser) policy(text string, base int) Policy {
	if text == "" {
		return Policy{}
	}
	r.base, r.seen = base, nil
	// Guesses that are right for a text with one space between tokens and
	// one after each semicolon.
	semicolons := strings.Count(text, ";")
	tokens := max(strings.Count(text, " ")-semicolons, 1)
	c := &compiled{text: text, directives: make([]Directive, 0, min(semicolons+1, 64))}
	sources := make([]source, 0, min(tokens, 64))
	index := 0
	for start := 0; start <= len(text); {
		end := len(text)
		if n := strings.IndexByte(text[start:], ';'); n >= 0 {
			end = start + n
		}
		for start < end && isSpace(text[start]) {
			start++
		}
		if piece := trimSpace(text[start:end]); piece != "" {
			from := len(sources)
			if d := r.directive(c, piece, start, index); d != nil {
				sources = appendTokens(sources, d)
				d.sources = sources[from:]
				r.lint(d)
			}
			index++
		}
		start = end + 1
	}
	// Only now do the tokens lie where they stay: append may have moved them.
	from := 0
	for i := range c.directives {
		d := &c.directives[i]
		to := from + len(d.sources)
		d.sources = sources[from:to:to]
		from = to
	}
	return Policy{c}
}

// directive takes one piece between semicolons into the policy. It gives nil if
// browsers ignore it.
func (r *parser) directive(c *compiled, piece string, offset, index int) *Directive {
	at := Position{Policy: r.policyIndex, Directive: index, Value: -1, Offset: r.base + offset}
	name := asciiLower(piece[:tokenLen(piece)])
	found := classesIn(piece)
	if found&classNonASCII != 0 {
		r.add(findingNonASCII, at, "", piece)
		return nil
	}
	id := lookupDirective(name)
	if id != dirUnknown && c.at[id] != 0 || id == dirUnknown && r.seen[name] {
		r.add(findingDuplicateDirective, at, name, "")
		return nil
	}
	if id != dirUnknown {
		c.at[id] = int32(len(c.directives) + 1)
	} else {
		if r.seen == nil {
			r.seen = make(map[string]bool)
		}
		r.seen[name] = true
	}
	c.directives = append(c.directives, Directive{})
	d := &c.directives[len(c.directives)-1]
	d.id, d.index, d.offset, d.name, d.text = id, index, offset, name, piece
	if found&(classControl|classComma) != 0 {
		r.lintText(d)
	}
	return d
}

// appendTokens appends the tokens of d's value to sources.
func appendTokens(sources []source, d *Directive) []source {
	for i := len(d.name); i < len(d.text); {
		if isSpace(d.text[i]) {
			i++
			continue
		}
		n := tokenLen(d.text[i:])
		sources = append(sources, source{})
		s := &sources[len(sources)-1]
		s.text, s.offset = d.text[i:i+n], d.offset+i
		parseToken(d.id, s)
		i += n
	}
	return sources
}
