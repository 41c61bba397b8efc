package csp

import "strings"

// matchesIntegrity is "Does integrity metadata match source list?", draft
// 6.7.2.4: it does if there is any, and all of it is in the list.
func matchesIntegrity(list []source, metadata string) *source {
	var first *source
	for metadata != "" {
		item := metadata[:tokenLen(metadata)]
		metadata = strings.TrimLeft(metadata[len(item):], asciiSpace)
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
func parseIntegrity(item string) (hashAlgorithm, string, bool) {
	item, _, _ = strings.Cut(item, "?")
	name, value, _ := strings.Cut(item, "-")
	a := lookupHashAlgorithm(name)
	return a, value, a != 0
}

func findHash(list []source, a hashAlgorithm, value string) *source {
	for i := range list {
		if s := &list[i]; s.kind == sourceHash && s.hash == a && s.value == value {
			return s
		}
	}
	return nil
}
