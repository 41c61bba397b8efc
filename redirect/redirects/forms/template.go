package forms

import "strings"

// A template is a rule's target: text, and the values of groups in it.
type template []templatePart

type templatePart struct {
	text  string
	group string // whose value stands behind the text; "" for none
	slash bool   // the text's last slash goes with the value
}

// expand returns the target for a variant. A group that is none of the pattern's is
// a value that a condition captures.
func (t template) expand(v variant) string {
	var b strings.Builder
	for _, p := range t {
		text := p.text
		value, known := v.values[p.group]
		switch {
		case p.group == "":
			value = ""
		case !known:
			value = ":" + p.group
		case p.slash && value == "":
			text = strings.TrimSuffix(text, "/")
		}
		b.WriteString(quoteNames(text, v.names) + value)
	}
	return b.String()
}
