package cspreport

import (
	"cmp"
	"slices"
)

// A Summary is what many reports say together: groups of one cause each, most
// reports first, and what was left out as noise. The zero Summary has no reports.
//
// Whatever is added, its memory is bounded: it keeps at most twice [MaxGroups]
// groups and forty policies, and then forgets the rarer half. What somebody makes up
// does not drive out what happens often: a cause of more than one in MaxGroups of
// all reports is among the groups, though those of its reports may be missing that
// came while it was rare. With reports that are as long as they may be and all
// different a Summary takes 60 MB; with those of browsers, a few. It is not safe
// for concurrent use.
type Summary struct {
	groups   frequent[Cause, tally]
	noise    map[NoiseRule]int
	policies frequent[string, struct{}]
}

// MaxGroups is how many groups a [Summary] keeps at least, if there are so many.
const MaxGroups = 500

// Add adds a report.
func (s *Summary) Add(r Report) {
	if rule, ok := r.Noise(); ok {
		if s.noise == nil {
			s.noise = make(map[NoiseRule]int)
		}
		s.noise[rule]++
		return
	}
	r = r.WithoutPersonalData()
	cause := r.Cause()
	policy := withOneNonce(r.Policy)
	g := &s.groups.add(cause, MaxGroups).value
	if g.Count == 0 {
		g.Group = Group{Cause: cause, Example: r}
	}
	g.add(r, policy)
	if policy != "" {
		s.policies.add(policy, maxPolicies)
	}
}

// Groups gives the groups, those with most reports first.
func (s *Summary) Groups() []Group {
	groups := make([]Group, 0, len(s.groups.of))
	for _, e := range s.groups.of {
		groups = append(groups, e.value.Group)
	}
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Directive, b.Directive), cmp.Compare(a.Blocked, b.Blocked),
			cmp.Compare(a.SourceFile, b.SourceFile), cmp.Compare(a.Sample, b.Sample))
	})
	return groups
}

// Forgotten is the number of reports whose groups were dropped because there were
// too many.
func (s *Summary) Forgotten() int { return s.groups.forgotten }
