package js

import "bytes"

// A parser follows import and export declarations (ECMAScript 16.2.2, 16.2.3) and
// import calls (13.3.10), token by token.
type parser struct {
	state  parserState
	found  Import
	bad    bool // the specifier is too long
	depth  int  // open brackets, in attributes
	braced bool // in the braces of a clause
	from   bool // the last token of a clause was "from"
	key    key
}

type parserState uint8

const (
	idle parserState = iota
	afterImport
	afterImportDot
	afterPhase // import.defer, import.source
	afterExport
	inClause // what is between import or export and from
	afterDeclaration
	afterWith
	inWith
	inCall // after "import("
	afterArgument
	inOptions
)

// A key says how much of "type:" has been read.
type key uint8

const (
	keyOther key = iota
	keyType
	keyColon
)

// token sees a token. property says that it is a name after a dot.
func (p *parser) token(s *Scanner, kind kind, text []byte, property bool) {
	if p.state != idle {
		if p.accepts(s, kind, text) {
			return
		}
		p.end(s)
	}
	p.begin(s, kind, text, property)
}

// begin sees a token that is none of an import.
func (p *parser) begin(s *Scanner, kind kind, text []byte, property bool) {
	if kind != kindName || property {
		return
	}
	switch string(text) {
	case "import":
		*p = parser{state: afterImport}
	case "export":
		if s.Module {
			*p = parser{state: afterExport}
		}
	}
}

// accepts sees a token, and reports whether it goes on with what has begun.
func (p *parser) accepts(s *Scanner, kind kind, text []byte) bool {
	punctuation := byte(0)
	if kind == kindPunctuation {
		punctuation = text[0]
	}
	switch p.state {
	case afterImport:
		switch {
		case punctuation == '(':
			p.state = inCall
		case kind == kindDot:
			p.state = afterImportDot
		case kind == kindString && s.Module:
			p.specifier(s, text, afterDeclaration)
		default:
			return s.Module && p.clause(s, kind, punctuation, text)
		}
		return true
	case afterImportDot:
		return p.advance(afterPhase, kind == kindName && (string(text) == "defer" || string(text) == "source"))
	case afterPhase:
		return p.advance(inCall, punctuation == '(')
	case afterExport:
		return (punctuation == '*' || punctuation == '{') && p.clause(s, kind, punctuation, text)
	case inClause:
		return p.clause(s, kind, punctuation, text)
	case afterDeclaration:
		return p.advance(afterWith, kind == kindName && (string(text) == "with" || string(text) == "assert"))
	case afterWith:
		return p.advance(inWith, punctuation == '{')
	case inCall:
		if kind == kindString {
			p.specifier(s, text, afterArgument)
			p.found.Dynamic = true
		}
		return kind == kindString
	case afterArgument:
		if punctuation == ')' {
			p.emit(s)
			return true
		}
		return p.advance(inOptions, punctuation == ',')
	case inWith, inOptions:
		p.attribute(s, kind, punctuation, text)
		return true
	}
	return false
}

func (p *parser) advance(next parserState, ok bool) bool {
	if ok {
		p.state = next
	}
	return ok
}

// clause sees a token between import or export and from, or the specifier.
func (p *parser) clause(s *Scanner, kind kind, punctuation byte, text []byte) bool {
	from := p.from && !p.braced
	p.state, p.from = inClause, false
	switch {
	case kind == kindName:
		p.from = string(text) == "from"
	case kind == kindString && from:
		p.specifier(s, text, afterDeclaration)
	case kind == kindString:
		return p.braced // "{'a-b' as c}"
	case punctuation == '{':
		p.braced = true
	case punctuation == '}':
		p.braced = false
	default:
		return punctuation == ',' || punctuation == '*'
	}
	return true
}

// attribute sees a token in the braces of "with", or in the second argument of a call.
func (p *parser) attribute(s *Scanner, kind kind, punctuation byte, text []byte) {
	last := p.key
	p.key = keyOther
	switch {
	case kind == kindSubst || punctuation == '(' || punctuation == '[' || punctuation == '{':
		p.depth++
	case p.depth > 0 && (punctuation == ')' || punctuation == ']' || punctuation == '}'):
		p.depth--
	case punctuation == ')' && p.state == inOptions || punctuation == '}' && p.state == inWith:
		p.emit(s)
	case punctuation == ':' && last == keyType:
		p.key = keyColon
	case kind == kindString && last == keyColon:
		p.found.Type = unquote(text)
	case (kind == kindString || kind == kindName) && string(text) == "type":
		p.key = keyType
	}
}

// specifier takes the string that a module is named by.
func (p *parser) specifier(s *Scanner, text []byte, next parserState) {
	p.state = next
	p.found.Specifier, p.found.Offset = unquote(text), s.lexer.begun
	p.bad = s.lexer.cut && !bytes.HasPrefix(bytes.ToLower(text[:min(len(text), 5)]), []byte("data:"))
}

// emit gives what was found.
func (p *parser) emit(s *Scanner) {
	if !p.bad && p.found.Specifier != "" {
		s.Found(p.found)
	}
	*p = parser{}
}

// end sees that what has begun does not go on. A declaration may end anywhere.
func (p *parser) end(s *Scanner) {
	if p.state == afterDeclaration || p.state == afterWith {
		p.emit(s)
	}
	*p = parser{}
}
