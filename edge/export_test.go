package edge

// RuleInfo is what the tests need to know of a row of the rule book.
type RuleInfo struct {
	Name               string
	Warns              bool
	Triggers           []Trigger
	Reason, Cure, Page string
	Read               string
}

// RuleBook returns the rows of the rule book.
func RuleBook() []RuleInfo {
	var book []RuleInfo
	for _, r := range rules {
		info := RuleInfo{Name: r.name, Warns: r.severity == warned, Reason: r.reason, Cure: r.cure, Page: r.clause, Read: r.read}
		for _, t := range []Trigger{ViewerRequest, OriginRequest, OriginResponse, ViewerResponse} {
			if r.triggers.has(t) {
				info.Triggers = append(info.Triggers, t)
			}
		}
		book = append(book, info)
	}
	return book
}

// HeaderLists returns the sorted lists of header names.
func HeaderLists() [][]string {
	return [][]string{
		disallowed[:], notCustom[:], readOnly(ViewerRequest), readOnly(OriginRequest),
		readOnly(OriginResponse), readOnly(ViewerResponse),
	}
}
