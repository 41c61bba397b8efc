package csp

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Canonical gives the policy in a form that is the same for all policies that
// differ in order, letter case, white space and repetition only: default-src
// first, then the other directives in the order of their functions here, unknown
// ones by name, reporting last; in each the sources by kind and then by
// text. 'none' beside other sources goes, and an empty list has 'none'. It
// allows exactly what the policy allows.
func (p Policy) Canonical() Policy {
	all := slices.Collect(p.Directives())
	slices.SortStableFunc(all, func(a, b Directive) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), strings.Compare(a.name, b.name))
	})
	texts := make([]string, len(all))
	for i, d := range all {
		texts[i] = d.canonical()
	}
	q, _ := Parse(strings.Join(texts, "; "))
	return q
}

// rank gives the place of a directive in the canonical order.
func (d *Directive) rank() int {
	switch {
	case d.id == dirReportTo || d.id == dirReportURI:
		return 2*int(directiveEnd) + int(d.id)
	case d.id == dirUnknown:
		return int(directiveEnd)
	}
	return int(d.id)
}

func (d *Directive) canonical() string {
	var tokens []string
	switch directives[d.id].value {
	case valueSources, valueAncestors:
		tokens = canonicalSources(d.sources)
	case valueSandbox, valueWebRTC, valueTypesFor, valueTrusted:
		for _, s := range d.sources {
			if t := s.text; directives[d.id].value != valueTrusted || strings.HasPrefix(t, "'") {
				tokens = append(tokens, asciiLower(t))
			} else {
				tokens = append(tokens, t) // names of Trusted Types policies have a case
			}
		}
		slices.Sort(tokens)
	default:
		for _, s := range d.sources {
			tokens = append(tokens, s.text)
		}
	}
	return strings.Join(append([]string{d.name}, distinct(tokens)...), " ")
}

// canonicalSources gives the tokens of a source list in canonical order.
func canonicalSources(list []source) []string {
	list = withoutNone(list)
	if len(list) == 0 {
		return []string{"'none'"}
	}
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b source) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), strings.Compare(a.canonical(), b.canonical()))
	})
	tokens := make([]string, len(list))
	for i := range list {
		tokens[i] = list[i].canonical()
	}
	return tokens
}

// rank puts keywords first, in the order of their constants, then nonces,
// hashes, schemes, hosts, and what is no source.
func (s *source) rank() int {
	switch s.kind {
	case sourceKeyword:
		return int(s.keyword)
	case sourceInvalid:
		return int(keywordEnd) + 9
	case sourceNonce, sourceHash:
		return int(keywordEnd) + int(s.kind) - int(sourceNonce)
	}
	return int(keywordEnd) + int(s.kind)
}

// canonical writes what has no case in lower case, and ports without zeros.
func (s *source) canonical() string {
	switch s.kind {
	case sourceKeyword, sourceScheme:
		return asciiLower(s.text)
	case sourceNonce:
		return "'nonce-" + s.value + "'"
	case sourceHash:
		return "'" + s.hash.String() + "-" + s.value + "'"
	case sourceHost:
		t := asciiLower(s.text[:len(s.text)-len(s.path)])
		if s.port >= 0 {
			t = t[:strings.LastIndexByte(t, ':')+1] + strconv.Itoa(int(s.port))
		}
		return t + s.path
	}
	return s.text
}

// withoutNone gives the list without 'none', which has no effect beside
// others, and none alone is the same as no sources.
func withoutNone(list []source) []source {
	if findKeyword(list, kwNone) == nil {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(s source) bool { return s.keyword == kwNone })
}

// distinct gives the texts without repetitions.
func distinct(texts []string) []string {
	seen := make(map[string]bool, len(texts))
	return slices.DeleteFunc(texts, func(t string) bool {
		again := seen[t]
		seen[t] = true
		return again
	})
}
