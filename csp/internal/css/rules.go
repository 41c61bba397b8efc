package css

// A bracket is an open bracket, or an open function.
type bracket byte

const (
	bracketParen    bracket = '('
	bracketSquare   bracket = '['
	bracketBrace    bracket = '{'
	bracketImageSet bracket = 'i' // image-set(, whose strings are URLs (CSS Images 4, 2.6)
	bracketFontFace bracket = 'f' // of @font-face
)

// A rule is the at-rule whose prelude, what is between its name and "{" or ";", is
// being read. URLs in it load nothing, but for the first of @import.
type rule uint8

const (
	ruleNone rule = iota
	ruleImport
	ruleFontFace
	ruleOther
)

// atRule begins an at-rule. It may stand where a declaration may.
func (s *Scanner) atRule(name string) {
	if n := len(s.open); n > 0 && s.open[n-1] != bracketBrace && s.open[n-1] != bracketFontFace {
		return
	}
	s.rule, s.ruleOpen = ruleOther, len(s.open)
	switch {
	case s.Declarations:
	case name == "import" && len(s.open) == 0:
		s.rule = ruleImport
	case name == "font-face":
		s.rule = ruleFontFace
	}
}

// function begins a function: its name and "(" have been read.
func (s *Scanner) function(name string) {
	switch name {
	case "url":
		s.beginURL()
	case "image-set", "-webkit-image-set":
		s.other()
		s.push(bracketImageSet)
	default:
		s.other()
		s.push(bracketParen)
	}
}

// other sees a token that is no URL, so that none can follow in @import.
func (s *Scanner) other() {
	if s.rule == ruleImport {
		s.rule = ruleOther
	}
}

// stringKind gives what a string is that is not in "url(".
func (s *Scanner) stringKind() Kind {
	switch n := len(s.open); {
	case s.rule == ruleImport:
		return s.urlKind()
	case s.rule == ruleNone && n > 0 && s.open[n-1] == bracketImageSet:
		return Image
	}
	return 0
}

// urlKind gives what a URL is for, or 0 if it is for nothing.
func (s *Scanner) urlKind() Kind {
	switch {
	case s.rule == ruleImport:
		s.rule = ruleOther
		return Sheet
	case s.rule != ruleNone:
		return 0
	case s.fonts > 0:
		return Font
	}
	return Image
}

// punctuation reads a token of one byte.
func (s *Scanner) punctuation(c byte) {
	s.other()
	inPrelude := s.rule != ruleNone && len(s.open) == s.ruleOpen
	switch c {
	case ';':
		if inPrelude {
			s.rule = ruleNone
		}
	case '(', '[':
		s.push(bracket(c))
	case '{':
		b := bracketBrace
		if inPrelude {
			if s.rule == ruleFontFace {
				b = bracketFontFace
			}
			s.rule = ruleNone
		}
		s.push(b)
	case ')':
		s.pop(bracketParen, bracketImageSet)
	case ']':
		s.pop(bracketSquare, bracketSquare)
	case '}':
		if s.pop(bracketBrace, bracketFontFace) && len(s.open) < s.ruleOpen {
			s.rule = ruleNone
		}
	}
}

func (s *Scanner) push(b bracket) {
	if len(s.open) == maxDepth {
		s.state = tooDeep
		return
	}
	if b == bracketFontFace {
		s.fonts++
	}
	s.open = append(s.open, b)
}

// pop closes the innermost bracket if it is one of two kinds. Another closes nothing
// (CSS Syntax 5.4.8).
func (s *Scanner) pop(a, b bracket) bool {
	n := len(s.open)
	if n == 0 || s.open[n-1] != a && s.open[n-1] != b {
		return false
	}
	if s.open[n-1] == bracketFontFace {
		s.fonts--
	}
	s.open = s.open[:n-1]
	return true
}
