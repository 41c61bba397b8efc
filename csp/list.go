package csp

import "strings"

// A List is the policies of a response. What is done must be allowed by all of
// them, so a list is the exact intersection of its policies (draft 8.1): to
// harden a response that has a policy already, append one. The empty List
// allows everything.
type List []Policy

// String gives the value for one header: the policies with commas between.
// Policies without directives are left out.
func (l List) String() string {
	var texts []string
	for _, p := range l {
		if !p.IsZero() {
			texts = append(texts, p.String())
		}
	}
	return strings.Join(texts, ", ")
}
