package redirect

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A checker collects the mistakes in a table.
type checker struct {
	config   *Config
	rules    []int // the numbers of the rules of drafts
	drafts   []draft
	table    *Table
	queries  []string   // of witnesses
	invalid  []*Mistake // in rules without a draft, in their order
	mistakes []error
	loops    map[string]bool // those that have been reported
}

// mistake reports one, unless the user tolerates it.
func (k *checker) mistake(rule int, kind, field, message string) {
	if slices.Contains(k.config.Tolerate, kind) {
		return
	}
	k.mistakes = append(k.mistakes, newMistake(&k.config.Rules[rule], rule, kind, field, message))
}

// check looks for mistakes that only the table as a whole has.
func (k *checker) check(t *Table, drafts []draft) {
	k.table, k.drafts, k.loops = t, drafts, map[string]bool{}
	k.queries = []string{""}
	if slices.ContainsFunc(t.options, (*options).looksAtQuery) {
		// Some loops and chains show only if there is a query.
		k.queries = append(k.queries, "~query~=1")
	}
	for i := range drafts {
		k.unreadable(k.rules[i])
		k.try(i)
		if k.config.CacheKey == nil {
			continue
		}
		r := &k.config.Rules[k.rules[i]]
		if need := missing(r.CacheKey(), k.config.CacheKey); len(need) > 0 {
			k.mistake(k.rules[i], "uncached", "From", fmt.Sprintf("depends on %s, which must be in the cache key", strings.Join(need, ", ")))
		}
	}
	k.unreadable(len(k.config.Rules))
}

// unreadable reports the mistakes in rules up to rule that have no draft.
func (k *checker) unreadable(rule int) {
	for len(k.invalid) > 0 && k.invalid[0].Rule < rule {
		k.mistakes = append(k.mistakes, k.invalid[0])
		k.invalid = k.invalid[1:]
	}
}

func (o *options) looksAtQuery() bool {
	return o.when.HasQuery || o.unless.HasQuery || o.mode != Preserve || len(o.allow)+len(o.deny) > 0
}

// try sends requests that draft i is for through the table, and reports if no such
// request can get to it or one does not end well.
func (k *checker) try(i int) {
	d := &k.drafts[i]
	blocking := -1
	var lost *witness // one that no rule redirects
	reached, open := false, false
	for _, w := range newWitnesses(d, &k.table.site, k.queries) {
		var match Match
		place := k.table.find(&match, &w.visit, false, nil)
		switch j := k.draftAt(place); {
		case place == d.place:
			// A chain or loop is reported once.
			if k.follow(i, w, match) {
				return
			}
			reached = true
		case place == 0:
			lost = w
		case k.drafts[j].covers(d):
			blocking = j
		default:
			open = true
		}
	}
	switch {
	case reached || open:
	case blocking >= 0:
		k.blocked(i, blocking)
	default:
		k.refused(i, lost)
	}
}

// blocked reports that rule i never has its turn, because of rule j.
func (k *checker) blocked(i, j int) {
	d, e := &k.drafts[i], &k.drafts[j]
	other := &k.config.Rules[k.rules[j]]
	where := number(other, k.rules[j])
	if e.host == d.host && e.scheme == d.scheme && e.pattern == d.pattern {
		k.mistake(k.rules[i], "duplicate", "From", fmt.Sprintf("%s is for the same requests and comes first; delete one", where))
		return
	}
	k.mistake(k.rules[i], "unreachable", "From", fmt.Sprintf("%s, %q, comes first and takes all of its requests; put this rule before that or delete it", where, shorten(other.From)))
}

// refused reports that rule i redirects none of its requests, of which w is one.
func (k *checker) refused(i int, w *witness) {
	var trace []step
	k.table.find(new(Match), &w.visit, false, &trace)
	reason := refusal("no request is for it")
	for _, s := range trace {
		if s.place == k.drafts[i].place {
			reason = s.refused
		}
	}
	switch reason {
	case alreadyThere:
		k.mistake(k.rules[i], "loop", "To", "leads to where the request already is; delete it")
	case otherwise:
		k.mistake(k.rules[i], "unreachable", "From", "its conditions exclude each other")
	default:
		k.mistake(k.rules[i], "unreachable", "To", string(reason))
	}
}

// draftAt returns the index of the draft whose record lies at place, or -1.
func (k *checker) draftAt(place uint32) int {
	i, ok := slices.BinarySearchFunc(k.drafts, place, func(d draft, place uint32) int {
		return cmp.Compare(d.place, place)
	})
	if !ok {
		return -1
	}
	return i
}
