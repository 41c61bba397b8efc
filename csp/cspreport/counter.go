package cspreport

import (
	"cmp"
	"slices"
	"strings"
)

// A Count is how many reports something is about.
type Count[T any] struct {
	Of    T
	Count int
}

// counts gives what a map has counted, most reports first.
func counts[T comparable](of map[T]int, compare func(a, b T) int) []Count[T] {
	all := make([]Count[T], 0, len(of))
	for t, n := range of {
		all = append(all, Count[T]{t, n})
	}
	slices.SortFunc(all, func(a, b Count[T]) int { return cmp.Or(cmp.Compare(b.Count, a.Count), compare(a.Of, b.Of)) })
	return all
}

// Noise gives the rules by which reports were left out, most reports first.
func (s *Summary) Noise() []Count[NoiseRule] {
	return counts(s.noise, func(a, b NoiseRule) int { return cmp.Compare(a.Match, b.Match) })
}

// Policies gives the policies that the reports name, most reports first, with one
// and the same nonce in all of them. They are what the browsers say, so that of
// old versions may be put in other words: those at hand are better.
func (s *Summary) Policies() []Count[string] {
	of := make(map[string]int)
	for policy, e := range s.policies.of {
		of[policy] = e.count
	}
	return counts(of, cmp.Compare[string])
}

// maxPolicies is how many policies a Summary keeps at least.
const maxPolicies = 20

// oneNonce stands for all nonces.
const oneNonce = "AAAAAAAAAAAAAAAAAAAAAA"

// withOneNonce puts the same nonce into the place of all nonces of a policy.
func withOneNonce(policy string) string {
	const begin = "'nonce-"
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(policy, begin)
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		end := strings.IndexAny(rest, "' ;,")
		if end < 0 {
			end = len(rest)
		}
		b.WriteString(begin + oneNonce)
		policy = rest[end:]
	}
}
