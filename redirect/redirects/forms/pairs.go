package forms

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// A pair is a redirect as lists have it: from, to, and what is said of them. Each
// part is in a column of a CSV file, or a member of a JSON object.
type pair [columns]field

// A field is a part of a pair. It is set if it is not left out, even if it is empty.
type field struct {
	position
	text string
	set  bool
}

// The parts of a pair.
const (
	colFrom = iota
	colTo
	colStatus
	colPermanent
	colPrefix // the from is for all paths that begin so
	colRegex

	// Cloudflare's.
	colQuery
	colSubdomains
	colSubpath
	colSuffix

	columns
)

// column returns the part that a name stands for, -1 if none.
func column(name string) int {
	letters := func(r rune) rune {
		if r == ' ' || r == '_' || r == '-' {
			return -1
		}
		return r
	}
	switch strings.ToLower(strings.Map(letters, name)) {
	case "from", "fromurl", "frompath", "source", "sourceurl", "sourcepath", "src", "origin", "old", "oldurl", "oldpath", "oldlink", "redirectfrom", "short", "shorturl", "shortlink":
		return colFrom
	case "to", "tourl", "topath", "target", "targeturl", "targetpath", "destination", "destinationurl", "destinationpath", "dest", "desturl", "new", "newurl", "newpath", "newlink", "redirectto", "long", "longurl", "longlink":
		return colTo
	case "status", "statuscode", "code", "httpcode", "httpstatus", "redirectcode", "redirecttype":
		return colStatus
	case "permanent":
		return colPermanent
	case "prefix":
		return colPrefix
	case "regex":
		return colRegex
	case "preservequerystring":
		return colQuery
	case "includesubdomains":
		return colSubdomains
	case "subpathmatching":
		return colSubpath
	case "preservepathsuffix":
		return colSuffix
	}
	return -1
}

// A pairList is pairs that are being read. Their order does not matter in the file:
// a table tries the one that says more of a request first.
type pairList struct {
	*fileBuilder
	bulk          bool     // as Cloudflare reads them
	defaultSuffix bool     // preserve_path_suffix where it is left out
	unknown       []string // names that are not read
	ranked        []rankedRule
}

type rankedRule struct {
	rule     redirect.Rule
	from, to position
	rank     rank
}

// A rank says which of two rules says more of a request: with parameters before
// without, one path before many, long beginnings before short, with a host before
// without, with a scheme before without.
type rank [5]int

func (l *pairList) add(p *pair, s *source, r redirect.Rule) {
	k := rank{}
	if len(r.When.Query) == 0 {
		k[0] = 1
	}
	if s.open {
		k[1], k[2] = 1, -len(s.path)
	}
	if s.host == "" {
		k[3] = 1
	}
	if s.scheme == "" {
		k[4] = 1
	}
	l.ranked = append(l.ranked, rankedRule{r, p[colFrom].position, p[colTo].position, k})
}

// finish hands the rules over in their order.
func (l *pairList) finish() {
	slices.SortStableFunc(l.ranked, func(a, b rankedRule) int { return slices.Compare(a.rank[:], b.rank[:]) })
	for _, r := range l.ranked {
		l.fileBuilder.add(r.rule, r.from, r.to)
	}
}

// read reads one pair.
func (l *pairList) read(p *pair) {
	begin := len(l.errs)
	for i := range p {
		p[i].text = strings.TrimSpace(p[i].text)
	}
	for _, c := range []int{colPermanent, colPrefix, colRegex, colQuery, colSubdomains, colSubpath, colSuffix} {
		l.boolean(&p[c])
	}
	if len(l.errs) > begin {
		return
	}
	if isTrue(p[colRegex]) {
		l.failRegexp(p[colFrom])
		return
	}
	if l.bulk {
		l.readBulk(p)
		return
	}
	s, ok := l.source(p)
	r := redirect.Rule{Query: redirect.TargetWins}
	ok = l.status(p, &r) && ok
	if !r.Pass {
		var okTo bool
		r.To, okTo = l.target(p[colTo], s.open, isTrue(p[colPrefix]))
		ok = ok && okTo
	}
	if !l.query(p[colFrom].position, s.query, &r) || !ok {
		return
	}
	// People paste URLs with whatever scheme the old site had. A rule that asks for
	// http could not hold at viewer-request.
	s.scheme = ""
	r.From = s.pattern()
	l.add(p, s, r)
}

func (l *pairList) failRegexp(f field) {
	l.fail(f.position, rulefile.Unsupported, "source %q; regular expressions are not read: write it as a path, or as a rule of a _redirects file", f.text)
}

// target reads a to. Where from is for many paths, a star or :splat at its end is
// what the star of from stands for; a prefix gives way to it.
func (l *pairList) target(f field, open, prefix bool) (string, bool) {
	head, tail, ok := l.cutTarget(f)
	switch {
	case prefix:
		return head + ":splat" + tail, ok
	case open && tail == "":
		for _, end := range []string{"/*", "/:splat"} {
			if before, found := strings.CutSuffix(f.text, end); found {
				return literal(before, "splat") + "/:splat", ok
			}
		}
	}
	return head + tail, ok
}

// cutTarget reads a to, and cuts it where its path ends.
func (l *pairList) cutTarget(f field) (head, tail string, ok bool) {
	t := f.text
	switch {
	case t == "":
		l.fail(f.position, rulefile.Syntax, "no target")
	case strings.HasPrefix(t, "//"):
		l.fail(f.position, rulefile.Syntax, "target %q; must begin with one /, https:// or http://", t)
	case !isTarget(t):
		l.fail(f.position, rulefile.Syntax, "target %q; must begin with /, https:// or http://; did you mean %q or %q?", t, "/"+t, "https://"+t)
	default:
		head, tail = cutPath(t)
		return literal(head, "splat"), literal(tail, "splat"), true
	}
	return "", "", false
}

// status reads status and permanent. A pair is permanent if it does not say.
func (l *pairList) status(p *pair, r *redirect.Rule) bool {
	r.Status = 301
	switch s := p[colStatus]; {
	case s.text != "":
		return l.setStatus(r, s)
	case p[colPermanent].set && !isTrue(p[colPermanent]):
		r.Status = 302
	}
	return true
}

// boolean reads a boolean; one that is left out is false.
func (l *pairList) boolean(f *field) {
	switch strings.ToLower(f.text) {
	case "true", "t", "1", "yes":
		f.text = "true"
	case "", "false", "f", "0", "no":
	default:
		l.fail(f.position, rulefile.Syntax, "got %q; must be true or false", f.text)
	}
}

// isTrue reports whether a boolean that has been read is true.
func isTrue(f field) bool { return f.text == "true" }

// query makes the parameters of a from conditions. They stay out of the target; the
// viewer's others go along.
func (l *pairList) query(at position, query string, r *redirect.Rule) bool {
	for part := range strings.SplitSeq(query, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		name, err1 := url.QueryUnescape(name)
		value, err2 := url.QueryUnescape(value)
		if cmp.Or(err1, err2) != nil || name == "" || strings.HasPrefix(value, ":") || strings.HasSuffix(value, "*") || strings.HasSuffix(name, "*") {
			l.fail(at, rulefile.Unsupported, "the parameter %q of the source; must be name=value, without a colon at the beginning of the value and a star at its end", part)
			return false
		}
		r.When.Query = append(r.When.Query, redirect.Field{Name: name, Value: value})
		if !r.Pass {
			r.DenyQuery = append(r.DenyQuery, name)
		}
	}
	return true
}
