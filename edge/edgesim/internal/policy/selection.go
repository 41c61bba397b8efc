package policy

import (
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
)

// A Selection chooses names. The zero Selection chooses none.
type Selection struct {
	mode     mode
	names    []string
	patterns bool // the names are patterns
}

type mode uint8

const (
	none mode = iota
	only
	allExcept
	all
)

// All selects every name.
func All() Selection { return Selection{mode: all} }

// Only selects the names given.
func Only(names ...string) Selection { return Selection{mode: only, names: slices.Clone(names)} }

// Like selects the names that one of the patterns matches, as [message.Wildcard] does.
func Like(patterns ...string) Selection {
	return Selection{only, slices.Clone(patterns), slices.ContainsFunc(patterns, func(p string) bool { return strings.ContainsAny(p, "*?") })}
}

// AllExcept selects every name but those given.
func AllExcept(names ...string) Selection {
	return Selection{mode: allExcept, names: slices.Clone(names)}
}

// None reports whether the selection chooses nothing.
func (s Selection) None() bool { return s.mode == none || s.mode == only && len(s.names) == 0 }

// Has reports whether the selection chooses the name; case counts, as it does for cookies and query strings.
func (s Selection) Has(name string) bool {
	switch s.mode {
	case only:
		return slices.Contains(s.names, name) || s.patterns && slices.ContainsFunc(s.names, func(p string) bool { return message.Wildcard(p, name) })
	case allExcept:
		return !slices.Contains(s.names, name)
	}
	return s.mode == all
}

// hasHeader is Has for header names, whose case does not count.
func (s Selection) hasHeader(name string) bool {
	named := containsFold(s.names, name)
	switch s.mode {
	case only:
		return named
	case allExcept:
		return !named
	}
	return s.mode == all
}

// containsFold reports whether a header is among the names.
func containsFold(names []string, header string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, header) })
}

// Equal reports whether the two are written alike.
func (s Selection) Equal(t Selection) bool {
	return s.mode == t.mode && s.patterns == t.patterns && slices.Equal(s.names, t.names)
}

// String is the selection in words.
func (s Selection) String() string {
	switch {
	case s.mode == all:
		return "all"
	case s.mode == allExcept:
		return "all except " + strings.Join(s.names, ", ")
	case s.None():
		return "none"
	}
	return strings.Join(s.names, ", ")
}

// listed are the names that a selection by [Only] lists.
func (s Selection) listed() []string {
	if s.mode != only {
		return nil
	}
	return s.names
}

// either selects what one of two selections selects.
func either(a, b Selection) Selection {
	switch {
	case a.None() || b.mode == all:
		return b
	case b.None() || a.mode == all:
		return a
	case a.mode == only && b.mode == only:
		return Selection{only, slices.Concat(a.names, b.names), a.patterns || b.patterns}
	case a.mode == only:
		return AllExcept(without(b.names, a)...)
	case b.mode == only:
		return AllExcept(without(a.names, b)...)
	}
	return AllExcept(without(a.names, AllExcept(b.names...))...)
}

// Without selects what s selects but the names.
func (s Selection) Without(names []string) Selection {
	switch s.mode {
	case all:
		return AllExcept(names...)
	case allExcept:
		return AllExcept(slices.Concat(s.names, names)...)
	}
	return Selection{s.mode, without(s.names, Only(names...)), s.patterns}
}

// without is the names that s does not select.
func without(names []string, s Selection) (rest []string) {
	for _, n := range names {
		if !s.Has(n) {
			rest = append(rest, n)
		}
	}
	return rest
}
