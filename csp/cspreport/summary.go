package cspreport

import (
	"cmp"
	"slices"
)

// A Summary is what many reports say together: groups of one cause each, most
// reports first, and what was left out as noise. The zero Summary has no reports.
// Whatever is added, its memory is bounded: it keeps at most twice [MaxGroups]
// groups and forty policies, and then forgets the rarer half, so that what
// somebody makes up does not drive out what happens often. It is not safe for
// concurrent use.
type Summary struct {
	groups   map[Cause]*Group
	noise    map[NoiseRule]int
	policies map[string]int

	forgotten int
}

// MaxGroups is how many groups a [Summary] keeps at least, if there are so many.
const MaxGroups = 500

// Add adds a report.
func (s *Summary) Add(r Report) {
	if s.groups == nil {
		s.groups, s.noise, s.policies = make(map[Cause]*Group), make(map[NoiseRule]int), make(map[string]int)
	}
	if rule, ok := r.Noise(); ok {
		s.noise[rule]++
		return
	}
	r = r.WithoutPersonalData()
	cause := r.Cause()
	g := s.groups[cause]
	if g == nil {
		if len(s.groups) == 2*MaxGroups {
			s.forget()
		}
		g = &Group{Cause: cause, Example: r}
		s.groups[cause] = g
	}
	g.add(r)
	s.addPolicy(r.Policy)
}

// forget drops the rarer half of the groups.
func (s *Summary) forget() {
	for _, g := range s.Groups()[MaxGroups:] {
		s.forgotten += g.Count
		delete(s.groups, g.Cause)
	}
}

// Groups gives the groups, those with most reports first.
func (s *Summary) Groups() []Group {
	groups := make([]Group, 0, len(s.groups))
	for _, g := range s.groups {
		groups = append(groups, *g)
	}
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Directive, b.Directive), cmp.Compare(a.Blocked, b.Blocked),
			cmp.Compare(a.SourceFile, b.SourceFile), cmp.Compare(a.Sample, b.Sample))
	})
	return groups
}

// Forgotten is the number of reports whose groups were dropped because there were
// too many.
func (s *Summary) Forgotten() int { return s.forgotten }
