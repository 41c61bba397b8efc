package redirect

// plain appends the places of the first records of the rules for path on any host,
// whose key is given. The others follow by flagNext.
func (t *Table) plain(places []uint32, path string, key uint64) []uint32 {
	if t.anyHost == 0 || path == "" {
		return places
	}
	return probe(places, t.exact, key)
}

// shaped appends those of the rules that are for more than one path or for a host,
// which lie under as many keys as there are shapes.
func (t *Table) shaped(places []uint32, v *visit, path string) []uint32 {
	var cut segments
	var folded [64]byte
	host := ""
	for _, sh := range t.shapes {
		if sh.shape[0]&shapeHost != 0 && host == "" {
			host = string(appendLower(folded[:0], v.host()))
		}
		if sh.shape[0]&shapeExact != 0 {
			places = probe(places, t.exact, sh.exactKey(sh.seed, host, path))
			continue
		}
		if cut.n == 0 {
			cut.cut(path)
		}
		if h, ok := sh.key(sh.seed, host, &cut); ok {
			places = probe(places, t.wildcards, h)
		}
	}
	return places
}

// probe appends the places of the records that may lie under h in slots.
func probe(places []uint32, slots string, h uint64) []uint32 {
	n := len(slots) / slotLen
	if n == 0 {
		return places
	}
	tag := tagOf(h)
	i := slotOf(h, n)
	for range n {
		if slots[i] == 0 {
			break
		}
		if slots[i] == tag {
			places = append(places, load32(slots[n+4*i:]))
		}
		if i++; i == n {
			i = 0
		}
	}
	return places
}

// has reports whether a record may lie under h in slots.
func has(slots string, h uint64) bool {
	n := len(slots) / slotLen
	if n == 0 {
		return false
	}
	tag := tagOf(h)
	i := slotOf(h, n)
	for range n {
		if slots[i] == 0 {
			return false
		}
		if slots[i] == tag {
			return true
		}
		if i++; i == n {
			i = 0
		}
	}
	return false
}

// next decodes the first of the rules at places, in the order of the table, into e,
// and puts the next one with the same key in its place.
func (t *Table) next(e *entry, places []uint32) []uint32 {
	first := 0
	for i, p := range places {
		if p < places[first] {
			first = i
		}
	}
	place := places[first]
	more := t.decode(e, place)
	// Rules follow each other in order, also in a compiled form that is damaged, so
	// that a search ends.
	if more > place {
		places[first] = more
		return places
	}
	places[first] = places[len(places)-1]
	return places[:len(places)-1]
}

// decode decodes the record at place, and returns the place of the next rule with
// the same key, 0 if there is none. What it returns for a damaged record is a rule
// without a pattern, which matches nothing.
func (t *Table) decode(e *entry, place uint32) (more uint32) {
	*e = entry{place: place}
	if uint64(place) >= uint64(len(t.records)) {
		return 0
	}
	r := reader{s: t.records[place:]}
	flags := r.uint()
	if flags&flagNext != 0 {
		more = r.uint32()
	}
	e.line = int(r.uint())
	from := r.string()
	e.template = r.string()
	option := flags >> flagBits
	if r.bad || option >= uint64(len(t.options)) || len(e.template) == 0 || e.template[0] != '/' {
		return more
	}
	e.follow, e.exact, e.plain = flags&flagFollow != 0, flags&flagExact != 0, flags&flagPlain != 0
	e.options = t.options[option]
	e.host, e.pattern = cutHost(from)
	return more
}

// cutHost cuts the host from a record's host and pattern.
func cutHost(from string) (host, pattern string) {
	for i := range len(from) {
		if from[i] == '/' {
			return from[:i], from[i:]
		}
	}
	return "", ""
}

// appendLower appends s with its ASCII letters in lower case.
func appendLower(dst []byte, s string) []byte {
	for i := range len(s) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		dst = append(dst, c)
	}
	return dst
}
