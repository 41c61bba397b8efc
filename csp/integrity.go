package csp

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/match"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// matchesIntegrity is "Does integrity metadata match source list?", draft
// 6.7.2.4: it does if there is any, and all of it is in the list.
func matchesIntegrity(list []syntax.Source, metadata string, rules match.Rules) *syntax.Source {
	var first *syntax.Source
	for metadata != "" {
		item := metadata[:syntax.TokenLen(metadata)]
		metadata = strings.TrimLeft(metadata[len(item):], syntax.AsciiSpace)
		algorithm, value, ok := parseIntegrity(item)
		if !ok || strings.ContainsAny(value, "-_") && !rules.Have(match.Base64URLAttribute) {
			continue
		}
		s := findIntegrity(list, algorithm, value, rules)
		if s == nil {
			return nil
		}
		if first == nil {
			first = s
		}
	}
	return first
}

// parseIntegrity takes one item of integrity metadata apart. Algorithms that
// are not known are skipped (Subresource Integrity, "parse metadata"), and so
// are options after "?".
func parseIntegrity(item string) (syntax.HashAlgorithm, string, bool) {
	item, _, _ = strings.Cut(item, "?")
	name, value, _ := strings.Cut(item, "-")
	a := syntax.LookupHashAlgorithm(name)
	return a, value, a != 0
}

// findIntegrity finds the hash-source of an item. In the draft its text is the same;
// browsers compare what it stands for.
func findIntegrity(list []syntax.Source, a syntax.HashAlgorithm, value string, rules match.Rules) *syntax.Source {
	for i := range list {
		s := &list[i]
		switch {
		case s.Hash != a || !countsAsHash(s, rules):
		case s.Value() == value, rules.Have(match.Base64URLIntegrity) && matchesDigest(s, syntax.ToStdBase64(value), rules):
			return s
		}
	}
	return nil
}
