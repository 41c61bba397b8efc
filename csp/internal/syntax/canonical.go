package syntax

import (
	"cmp"
	"slices"
	"strings"
)

// Rank gives the place of a directive in the canonical order.
func (d *Directive) Rank() int {
	switch {
	case d.ID == DirReportTo || d.ID == DirReportURI:
		return 2*int(DirectiveEnd) + int(d.ID)
	case d.ID == DirUnknown:
		return int(DirectiveEnd)
	}
	return int(d.ID)
}

func (d *Directive) Canonical() string {
	var tokens []string
	switch Directives[d.ID].Value {
	case ValueSources, ValueAncestors:
		tokens = CanonicalSources(d.Sources)
	case ValueSandbox, ValueWebRTC, valueTypesFor, ValueTrusted:
		for _, s := range d.Sources {
			if t := s.Text; Directives[d.ID].Value != ValueTrusted || strings.HasPrefix(t, "'") {
				tokens = append(tokens, AsciiLower(t))
			} else {
				tokens = append(tokens, t) // names of Trusted Types policies have a case
			}
		}
		slices.Sort(tokens)
	default:
		for _, s := range d.Sources {
			tokens = append(tokens, s.Text)
		}
	}
	return strings.Join(append([]string{d.Name}, Distinct(tokens)...), " ")
}

// CanonicalSources gives the tokens of a source list in canonical order.
func CanonicalSources(list []Source) []string {
	list = WithoutNone(list)
	if len(list) == 0 {
		return []string{"'none'"}
	}
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Source) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), strings.Compare(a.Canonical(), b.Canonical()))
	})
	tokens := make([]string, len(list))
	for i := range list {
		tokens[i] = list[i].Canonical()
	}
	return tokens
}

// rank puts keywords first, in the order of their constants, then nonces,
// hashes, schemes, hosts, and what is no source.
func (s *Source) rank() int {
	switch s.Kind {
	case SourceKeyword:
		return int(s.Keyword)
	case SourceInvalid:
		return int(keywordEnd) + 9
	case SourceNonce, SourceHash:
		return int(keywordEnd) + int(s.Kind) - int(SourceNonce)
	}
	return int(keywordEnd) + int(s.Kind)
}

// Canonical writes what has no case in lower case, and ports without zeros.
func (s *Source) Canonical() string {
	switch s.Kind {
	case SourceKeyword, SourceScheme:
		return AsciiLower(s.Text)
	case SourceNonce:
		return "'nonce-" + s.Value() + "'"
	case SourceHash:
		return "'" + s.Hash.String() + "-" + s.Value() + "'"
	case SourceHost:
		return AsciiLower(s.Text[:len(s.Text)-len(s.Path)]) + s.Path
	}
	return s.Text
}

// WithoutNone gives the list without 'none', which has no effect beside
// others, and none alone is the same as no sources.
func WithoutNone(list []Source) []Source {
	if FindKeyword(list, KwNone) == nil {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(s Source) bool { return s.Keyword == KwNone })
}

// Distinct gives the texts without repetitions.
func Distinct(texts []string) []string {
	seen := make(map[string]bool, len(texts))
	return slices.DeleteFunc(texts, func(t string) bool {
		again := seen[t]
		seen[t] = true
		return again
	})
}
