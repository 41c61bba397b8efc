package csp

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// matchesIntegrity is "Does integrity metadata match source list?", draft
// 6.7.2.4: it does if there is any, and all of it is in the list.
func matchesIntegrity(list []syntax.Source, metadata string) *syntax.Source {
	var first *syntax.Source
	for metadata != "" {
		item := metadata[:syntax.TokenLen(metadata)]
		metadata = strings.TrimLeft(metadata[len(item):], syntax.AsciiSpace)
		algorithm, value, ok := parseIntegrity(item)
		if !ok {
			continue
		}
		s := findHash(list, algorithm, value)
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

func findHash(list []syntax.Source, a syntax.HashAlgorithm, value string) *syntax.Source {
	for i := range list {
		if s := &list[i]; s.Kind == syntax.SourceHash && s.Hash == a && s.Value == value {
			return s
		}
	}
	return nil
}
