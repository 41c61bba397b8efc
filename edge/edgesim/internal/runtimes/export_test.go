package runtimes

import "strconv"

// OpenOnce is Open with the answer of an interpreter that was asked before, so that a test asks it once.
func OpenOnce(c Config, asked Interpreter) (*Pool, error) {
	return openWith(c, func(family, string) (interpreter, error) { return interpreter(asked), nil })
}

// An Interpreter is what an interpreter answered.
type Interpreter interpreter

// FindNode asks the Node.js at path, or with "" the one in PATH.
func FindNode(path string) (Interpreter, error) {
	i, err := find(node, path)
	return Interpreter(i), err
}

// FindPython asks the Python in PATH.
func FindPython() (Interpreter, error) {
	i, err := find(python, "")
	return Interpreter(i), err
}

// WithVersion is the interpreter as one of another version.
func (i Interpreter) WithVersion(version int) Interpreter {
	i.version, i.release = version, strconv.Itoa(version)+".0.0"
	return i
}
