package js

// A context says whether a "/" begins a regular expression, for which the grammar has
// two lexical goals (12.1). It keeps as much of the grammar as that takes: what the open
// brackets are, and what the last token was. It is the method of Acorn's tokenizer.
type context struct {
	open    []bracket
	last    class
	operand bool // the last token ends an operand, so that "/" divides it
}

// A bracket is an open bracket, or a function or class whose body has not begun.
type bracket uint8

const (
	bracketNone      bracket = iota
	bracketBlock             // "{" of statements
	bracketObject            // "{" of an expression
	bracketSubst             // "${"
	bracketHead              // "(" of if, for, while and with
	bracketParen             // another "("
	bracketFunction          // a function or class that is a statement
	bracketFuncValue         // one that is an expression
)

func (c *context) top() bracket {
	if n := len(c.open); n > 0 {
		return c.open[n-1]
	}
	return bracketNone
}

// endsSubst reports whether a "}" ends a substitution in a template.
func (c *context) endsSubst() bool { return c.top() == bracketSubst }

// token sees a token, which a newline may precede. It reports whether it could: too
// many open brackets are too deep.
func (c *context) token(kind kind, text []byte, newline bool) bool {
	last := c.last
	c.last = classify(kind, text)
	switch c.last {
	case classUpdate: // it takes no operand away and makes none
	case classOf:
		c.operand = !c.operand || string(text) != "of" // "for (x of /a/)"
	case className, classOperand, classHead, classVar, classBracket, classDot:
		c.operand = true
	case classKeyword:
		c.operand = string(text) != "default" // "export default /a/"
	case classFunction:
		c.operand = true
		return c.push(c.function(last, newline))
	case classParen, classBrace, classSubst:
		b := c.bracket(last, newline)
		c.operand = false
		return c.push(b)
	case classParenEnd:
		c.pop(bracketHead, bracketParen, bracketParen)
	case classBraceEnd:
		c.pop(bracketBlock, bracketObject, bracketSubst)
	case classSemicolon, classColon, classComma:
		if c.top() >= bracketFunction { // as in {function: 1}
			c.open = c.open[:len(c.open)-1]
		}
		c.operand = false
	default:
		c.operand = false
	}
	return true
}

func (c *context) push(b bracket) bool {
	if len(c.open) == maxDepth {
		return false
	}
	c.open = append(c.open, b)
	return true
}

// pop closes the innermost bracket if it is one of those, and with it the function that
// it is the body of.
func (c *context) pop(brackets ...bracket) {
	c.operand = false
	for n := len(c.open); n > 0; n-- {
		b := c.open[n-1]
		if b >= bracketFunction {
			continue // it has no body
		}
		for _, fits := range brackets {
			if b == fits {
				c.open = c.open[:n-1]
				c.operand = b == bracketObject || b == bracketParen
				if top := c.top(); b == bracketBlock && top >= bracketFunction {
					c.open = c.open[:n-2]
					c.operand = top == bracketFuncValue
				}
				return
			}
		}
		return
	}
}

// bracket gives the bracket that the token opens.
func (c *context) bracket(last class, newline bool) bracket {
	switch {
	case c.last == classSubst:
		return bracketSubst
	case c.last == classParen && last == classHead:
		return bracketHead
	case c.last == classParen:
		return bracketParen
	case c.opensBlock(last, newline):
		return bracketBlock
	}
	return bracketObject
}

// opensBlock reports whether a "{" after a token begins a block, not an object.
func (c *context) opensBlock(last class, newline bool) bool {
	top := c.top()
	inBlock := top == bracketNone || top == bracketBlock
	switch last {
	case classStart, classElse, classSemicolon, classParenEnd, classBraceEnd, classArrow, classFunction:
		return true
	case classReturn:
		return newline
	case classColon, classBrace:
		return inBlock
	case classOf:
		return c.operand
	case className:
		return top >= bracketFunction
	case classVar:
		return false
	}
	return top >= bracketFunction || c.operand
}

// function gives what the keyword function or class after a token begins.
func (c *context) function(last class, newline bool) bracket {
	top := c.top()
	inBlock := top == bracketNone || top == bracketBlock
	switch last {
	case classOperator, classComma, classParen, classArrow, classSubst:
		return bracketFuncValue
	case classSemicolon:
		if top == bracketHead {
			return bracketFuncValue
		}
	case classReturn:
		if !newline {
			return bracketFuncValue
		}
	case classColon, classBrace:
		if !inBlock {
			return bracketFuncValue
		}
	}
	return bracketFunction
}
