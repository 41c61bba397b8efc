package edge

import (
	"iter"
	"strings"
)

// elements returns the elements of the header's lists with their weights, from 0 to 1,000: a weight has three decimal digits at most (RFC 9110, section
// 12.4.2). An element with a weight that is none is left out, and so is what follows the weight.
func (r *Request) elements(header string) iter.Seq2[string, int] {
	return func(yield func(element string, weight int) bool) {
		for i := range r.Header.Len() {
			if r.Header.fields.Name(i) != header {
				continue
			}
			for element := range strings.SplitSeq(r.Header.fields.At(i).Value, ",") {
				element, weight, ok := cutWeight(element)
				if ok && element != "" && !yield(element, weight) {
					return
				}
			}
		}
	}
}

// cutWeight cuts the parameter q off an element. Without one the weight is 1.
func cutWeight(element string) (rest string, weight int, ok bool) {
	for i := 0; i < len(element); i++ {
		if element[i] != ';' {
			continue
		}
		name, value, _ := strings.Cut(element[i+1:], "=")
		if name = trim(name); name != "q" && name != "Q" {
			continue
		}
		value, _, _ = strings.Cut(value, ";")
		weight, ok = parseWeight(trim(value))
		return trim(element[:i]), weight, ok
	}
	return trim(element), 1000, true
}

// parseWeight reads a qvalue: 0, 1, or a number between with one to three digits after its point (RFC 9110, section 12.4.2).
func parseWeight(s string) (weight int, ok bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	if whole != "0" && whole != "1" || len(fraction) > 3 || strings.Trim(fraction, "0123456789") != "" {
		return 0, false
	}
	for _, c := range []byte(whole + (fraction + "000")[:3]) {
		weight = weight*10 + int(c-'0')
	}
	return weight, weight <= 1000
}

func trim(s string) string { return strings.Trim(s, " \t") }
