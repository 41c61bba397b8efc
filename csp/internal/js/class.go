package js

// A class is what a token means for what may follow.
type class uint8

const (
	classStart class = iota // before the first token
	className
	classOf        // the name "of" or "static"
	classOperand   // number, string, regular expression
	classOperator  // operators in words or not, and other punctuators that an operand follows
	classHead      // if, for, while, with
	classFunction  // function, class
	classVar       // var, const
	classElse      // else, do
	classReturn    // return
	classKeyword   // other keywords, export and default among them
	classParen     // "("
	classParenEnd  // ")"
	classBrace     // "{"
	classBraceEnd  // "}"
	classSubst     // "${"
	classBracket   // "]"
	classSemicolon // ";"
	classColon     // ":"
	classComma     // "," and "="
	classArrow
	classUpdate
	classDot
)

// classify gives the class of a token.
func classify(kind kind, text []byte) class {
	switch kind {
	case kindName:
		return classifyName(text)
	case kindPunctuation:
		return classifyByte(text[0])
	case kindSubst:
		return classSubst
	case kindArrow:
		return classArrow
	case kindUpdate:
		return classUpdate
	case kindDot:
		return classDot
	case kindSpread:
		return classOperator
	}
	return classOperand
}

func classifyName(text []byte) class {
	switch string(text) {
	case "case", "throw", "new", "in", "instanceof", "typeof", "void", "delete", "extends", "yield":
		return classOperator
	case "if", "for", "while", "with":
		return classHead
	case "function", "class":
		return classFunction
	case "var", "const":
		return classVar
	case "else", "do":
		return classElse
	case "return":
		return classReturn
	case "of", "static":
		return classOf
	case "export", "default", "try", "finally", "catch", "switch", "break", "continue", "debugger", "import":
		return classKeyword
	}
	return className
}

func classifyByte(c byte) class {
	switch c {
	case '(':
		return classParen
	case ')':
		return classParenEnd
	case '{':
		return classBrace
	case '}':
		return classBraceEnd
	case ']':
		return classBracket
	case ';':
		return classSemicolon
	case ':':
		return classColon
	case ',', '=':
		return classComma
	}
	return classOperator
}
