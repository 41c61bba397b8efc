package csp

// DirectiveNames gives the names of all directives that the package knows.
func DirectiveNames() []string {
	var names []string
	for id := dirUnknown + 1; id < directiveEnd; id++ {
		names = append(names, directives[id].name)
	}
	return names
}

// KnowsDirective reports whether the package knows a directive of that name.
func KnowsDirective(name string) bool { return lookupDirective(name) != dirUnknown }

// LongestProbe gives the greatest number of names that a look-up compares.
func LongestProbe() int {
	longest := 0
	for id := dirUnknown + 1; id < directiveEnd; id++ {
		n := 1
		for i := directiveSlot(directives[id].name); directiveIndex[i] != id; i++ {
			n++
		}
		longest = max(longest, n)
	}
	return longest
}
