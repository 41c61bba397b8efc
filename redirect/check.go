package redirect

import (
	"fmt"
	"slices"
)

// A checker looks for the mistakes that only a table as a whole has.
type checker struct {
	*compiler
	mistakes  []*Mistake // in the order of the rules
	excess    []uint32   // the offsets of rules that are one too many
	table     *Table
	offsets   []uint32        // of the rules' records
	asksQuery bool            // conditions look at the query
	loops     map[string]bool // those that have been reported

	// What is being tried lies here, so that it is not allocated for each rule.
	rule    entry
	sampler sampler
	match   Match
}

func newChecker(k *compiler, t *Table, excess []uint32) *checker {
	c := &checker{compiler: k, excess: excess, table: t, offsets: k.builder.offsets, loops: map[string]bool{}}
	c.sampler.site, c.sampler.queries = k.site, []string{""}
	if slices.ContainsFunc(t.options, (*options).looksAtQuery) {
		// Some loops and chains show only if there is a query.
		c.sampler.queries = append(c.sampler.queries, "~query~=1")
	}
	c.asksQuery = slices.ContainsFunc(t.options, func(o *options) bool { return o.when.asksQuery() || o.unless.asksQuery() })
	return c
}

func (o *options) looksAtQuery() bool {
	return o.when.asksQuery() || o.unless.asksQuery() || o.mode != Preserve || len(o.allow)+len(o.deny) > 0
}

func (w *When) asksQuery() bool { return w.HasQuery || len(w.Query) > 0 }

// mistake reports one in the rule of record i, unless the user tolerates it.
func (k *checker) mistake(i int, kind, field, message string) {
	if slices.Contains(k.config.Tolerate, kind) {
		return
	}
	e := k.entryOf(i)
	m := &Mistake{Kind: kind, Rule: k.ruleOf(i), Line: e.line, From: e.from(), Field: field, Message: message}
	if m.Rule < len(k.config.Rules) {
		m.From = k.config.Rules[m.Rule].From
	}
	k.mistakes = append(k.mistakes, m)
}

// entryOf returns the rule of record i.
func (k *checker) entryOf(i int) (e entry) {
	k.table.decode(&e, k.offsets[i])
	e.exact = !hasSign(e.pattern)
	return e
}

// ruleOf returns the number of the rule of record i: those that are invalid have no
// record.
func (k *checker) ruleOf(i int) int {
	for _, number := range k.invalid {
		if number > i {
			break
		}
		i++
	}
	return i
}

// recordIndex returns the index of the record at offset, or -1.
func (k *checker) recordIndex(offset uint32) int {
	i, ok := slices.BinarySearch(k.offsets, offset)
	if !ok {
		return -1
	}
	return i
}

// name returns "line 3" or "rule 3" for record i.
func (k *checker) name(i int) string {
	if line := k.entryOf(i).line; line > 0 {
		return fmt.Sprintf("line %d", line)
	}
	return fmt.Sprintf("rule %d", k.ruleOf(i)+1)
}

// checkLimits reports it if rule i is one too many.
func (k *checker) checkLimits(i int) {
	if slices.Contains(k.excess, k.offsets[i]) {
		k.mistake(i, "limit", "From", fmt.Sprintf("more than %d rules begin like this up to their first wildcard, or are for this path; a lookup may have to try them one by one, so split the table", maxBucket))
	}
	if n := len(k.table.shapes); i == len(k.offsets)-1 && n > maxShapes {
		k.mistake(i, "limit", "From", fmt.Sprintf("the wildcards of the table stand in %d different places, more than %d; every lookup tries each, so split the table", n, maxShapes))
	}
}

// check looks at the rules one by one.
func (k *checker) check() {
	for i := range k.offsets {
		k.checkLimits(i)
		k.checkRule(i)
	}
}

// checkRule sends requests that rule i is for through the table, and reports if no
// such request can get to it or one does not end well.
func (k *checker) checkRule(i int) {
	e := &k.rule
	*e = k.entryOf(i)
	covering := -1
	reached, open := false, false
	var unredirected *sample // one that no rule redirects
	_, mayChain := slices.BinarySearch(k.builder.mayChain, e.offset)
	k.sampler.begin(e)
	for s := k.sampler.next(); s != nil; s = k.sampler.next() {
		k.match = Match{}
		offset := k.table.find(&k.match, &s.request, false, nil)
		switch {
		case offset == e.offset:
			// A chain or loop is reported once.
			if mayChain && k.followRedirects(i, s, k.match) {
				return
			}
			reached = true
		case offset == 0:
			unredirected = s.clone()
		default:
			if j := k.recordIndex(offset); k.covers(j, e) {
				covering = j
			} else {
				open = true
			}
		}
		if reached && e.exact {
			// Other spellings lead to the same place, and so do other queries if no
			// condition asks.
			if k.sampler.skipSpellings = true; !k.asksQuery {
				return
			}
		}
	}
	switch {
	case reached || open:
	case covering >= 0:
		k.reportCovered(i, e, covering)
	default:
		k.reportUnused(i, unredirected)
	}
}

// reportCovered reports that rule i never has its turn, because of rule j.
func (k *checker) reportCovered(i int, e *entry, j int) {
	other := k.entryOf(j)
	if other.host == e.host && other.scheme == e.scheme && other.pattern == e.pattern {
		k.mistake(i, "duplicate", "From", fmt.Sprintf("%s is for the same requests and comes first; delete one", k.name(j)))
		return
	}
	from := other.from()
	if rule := k.ruleOf(j); rule < len(k.config.Rules) {
		from = k.config.Rules[rule].From
	}
	k.mistake(i, "unreachable", "From", fmt.Sprintf("%s, %q, comes first and takes all of its requests; put this rule before that or delete it", k.name(j), shorten(from)))
}

// reportUnused reports that rule i redirects none of its requests, of which s is
// one.
func (k *checker) reportUnused(i int, s *sample) {
	var trace []step
	k.table.find(new(Match), &s.request, false, &trace)
	reason := outcome("no request is for it")
	for _, step := range trace {
		if step.offset == k.offsets[i] {
			reason = step.outcome
		}
	}
	switch reason {
	case alreadyThere:
		k.mistake(i, "loop", "To", "leads to where the request already is; delete it")
	case conditionsUnmet:
		k.mistake(i, "unreachable", "From", "its conditions exclude each other")
	default:
		k.mistake(i, "unreachable", "To", string(reason))
	}
}

// covers reports whether rule j is for all requests that d is for, as far as
// conditions go.
func (k *checker) covers(j int, d *entry) bool {
	e := k.entryOf(j)
	if e.host != "" && e.host != d.host || e.scheme != "" && e.scheme != d.scheme {
		return false
	}
	return e.when.isPartOf(&d.when) && (e.unless.isZero() || e.unless.isPartOf(&d.unless) && d.unless.isPartOf(&e.unless))
}

// isPartOf reports whether each condition of w is one of those of v.
func (w *When) isPartOf(v *When) bool {
	return isPart(w.Method, v.Method) && (!w.HasQuery || v.HasQuery) &&
		isPart(w.Header, v.Header) && isPart(w.Cookie, v.Cookie) && isPart(w.Query, v.Query) &&
		isPart(w.Referer, v.Referer) && isPart(w.Country, v.Country) && isPart(w.Language, v.Language)
}

func isPart[T comparable](a, b []T) bool { return len(a) == 0 || slices.Equal(a, b) }
