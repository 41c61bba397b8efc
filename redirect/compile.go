package redirect

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
)

// Compile makes a table of the rules of c. It reports all mistakes at once, each as
// a [*Mistake], in the order of the rules, and returns no table if there is one.
//
// To find loops, chains and rules that can never apply, it makes requests up that
// each rule is for, and follows them through the table. What depends on the values
// in a request cannot all be found like that; so a table looks at redirects that
// may lead on without end before it answers with one.
func Compile(c Config) (*Table, error) {
	return CompileSeq(c, func(func(Rule) bool) {})
}

// CompileSeq is [Compile] for rules that come one at a time, after those of c, so
// that a large table is never there as a list of rules: it takes little more memory
// than its text twice.
func CompileSeq(c Config, rules iter.Seq[Rule]) (*Table, error) {
	origins, err := parseOrigins(c.Origins)
	if err = errors.Join(err, checkTolerate(c.Tolerate), checkTrigger(c.Trigger), checkSyntax(c.Syntax), checkIndex(c.Index),
		checkLanguages("redirect: Languages", c.Languages)); err != nil {
		return nil, err
	}
	s := &site{ignoreSlash: c.IgnoreSlash, languages: c.Languages, matcher: matcher{greedy: c.Syntax == Cloudflare}}
	if c.Index != "" {
		s.index = "/" + c.Index
	}
	k := &compiler{config: &c, origins: origins, site: s, builder: newBuilder(s)}
	for i := range c.Rules {
		k.add(&c.Rules[i])
	}
	for k.rule = range rules {
		k.add(&k.rule)
	}
	return k.finish()
}

// MustCompile is Compile for rules that are part of the program: it panics if they
// have a mistake.
func MustCompile(c Config) *Table {
	t, err := Compile(c)
	if err != nil {
		panic(err)
	}
	return t
}

// A compiler reads rules one at a time.
type compiler struct {
	config   *Config
	origins  []string // those of the config in normal form
	site     *site
	builder  *builder
	rules    int   // how many have been read
	invalid  []int // the numbers of those that cannot be in the table
	mistakes []*Mistake

	// What is being read lies here, so that it is not allocated for each rule.
	rule    Rule
	options options
}

// add reads a rule.
func (k *compiler) add(r *Rule) {
	number := k.rules
	k.rules++
	e := entry{line: r.Line, options: &k.options}
	if field, err := k.read(&e, r); err != nil {
		k.invalid = append(k.invalid, number)
		k.report(r, kindOf(err), field, err.Error())
		return
	}
	k.warn(r, &e)
	k.builder.add(&e, k.builder.options.add(e.options))
}

// report reports a mistake in the rule that is being read, unless the user
// tolerates it.
func (k *compiler) report(r *Rule, kind, field, message string) {
	if !slices.Contains(k.config.Tolerate, kind) {
		k.mistakes = append(k.mistakes, newMistake(r, k.rules-1, kind, field, message))
	}
}

// finish makes the table of the rules that have been read, and looks for the
// mistakes that only the whole has.
func (k *compiler) finish() (*Table, error) {
	var t *Table
	excess := k.builder.finish()
	form, err := k.builder.form(k.builder.mayLoop())
	if err == nil {
		t, err = Load(form)
	}
	if err != nil {
		return nil, err
	}
	checker := newChecker(k, t, excess)
	checker.check()
	mistakes := merge(k.mistakes, checker.mistakes)
	if len(mistakes) == 0 {
		return t, nil
	}
	return nil, errors.Join(mistakes...)
}

// merge returns the mistakes of two lists in the order of the rules.
func merge(a, b []*Mistake) []error {
	var all []error
	for len(a)+len(b) > 0 {
		if len(b) == 0 || len(a) > 0 && a[0].Rule <= b[0].Rule {
			all, a = append(all, a[0]), a[1:]
		} else {
			all, b = append(all, b[0]), b[1:]
		}
	}
	return all
}

// read sets e to r in normal form, or returns what is wrong with it and which field
// that is in.
func (k *compiler) read(e *entry, r *Rule) (field string, err error) {
	o := e.options
	*o = options{
		pass: r.Pass, status: r.Status, mode: r.Query, cacheControl: r.CacheControl,
		allow: r.AllowQuery, deny: r.DenyQuery, when: r.When, unless: r.Unless,
		conditional: !r.When.isZero() || !r.Unless.isZero(),
	}
	var errFrom, errWhen, errUnless, errTo error
	o.scheme, e.host, e.pattern, errFrom = k.parseFrom(r.From)
	if o.conditional {
		errWhen = o.when.normalize("When")
		errUnless = o.unless.normalize("Unless")
	}
	if r.Pass {
		errTo = checkPass(r)
	} else if o.origin, e.template, errTo = checkTemplate(r.To, k.origins); errTo != nil {
		errTo = fmt.Errorf("To %q: %w", shorten(r.To), errTo)
	}
	err = oneLine(errFrom, errTo, checkAnswer(r), errWhen, errUnless)
	if err == nil {
		e.plain, err = e.isPlain()
	}
	field = "From"
	if errFrom == nil && errTo != nil {
		field = "To"
	}
	return field, err
}

// isPlain reports whether the target is a path in which no name stands.
func (e *entry) isPlain() (bool, error) {
	path := strings.IndexByte(e.template, '?') < 0 && strings.IndexByte(e.template, '#') < 0
	if !hasSign(e.pattern) && len(e.when.Query) == 0 {
		return path, nil // nearly all rules
	}
	names, err := e.names()
	return path && !names.occurIn(e.template), err
}

// parseFrom returns a rule's From in normal form.
func (k *compiler) parseFrom(from string) (scheme, host, pattern string, err error) {
	scheme, host, path, absolute := cutFrom(from)
	if absolute {
		if host, err = normalHost(host); err != nil {
			return "", "", "", err
		}
	}
	switch {
	case scheme != "" && scheme != "http" && scheme != "https":
		return "", "", "", invalidValue("scheme", scheme, "must be https, http, or // for both")
	case !strings.HasPrefix(path, "/"):
		return "", "", "", errors.New("must begin with /, //host/ or https://host/")
	case strings.IndexByte(path, '?') >= 0 || strings.IndexByte(path, '#') >= 0:
		return "", "", "", errors.New("must be a path; ask for the query with When.Query")
	case len(path) >= maxLocation:
		return "", "", "", fmt.Errorf("no request has a path of %d bytes; CloudFront answers 414", len(path))
	}
	if pattern, err = k.config.Syntax.parse(path); err != nil {
		return "", "", "", err
	}
	return scheme, host, k.site.canonical(pattern), nil
}

// cutFrom cuts scheme and host from a rule's From.
func cutFrom(from string) (scheme, host, path string, absolute bool) {
	rest, ok := strings.CutPrefix(from, "//")
	if !ok {
		if scheme, rest, ok = strings.Cut(from, "://"); !ok || strings.IndexByte(scheme, '/') >= 0 {
			return "", "", from, false
		}
	}
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		return strings.ToLower(scheme), rest[:i], rest[i:], true
	}
	return strings.ToLower(scheme), rest, "/", true
}

// names returns the names that the rule captures, without values.
func (e *entry) names() (names captures, err error) {
	if hasSign(e.pattern) {
		for rest := e.pattern; ; {
			_, name, after := cutName(rest)
			if name == "" {
				break
			}
			names.add(name, "")
			rest = after
		}
		if _, _, splat := cutSplat(e.pattern); splat {
			names.add("splat", "")
		}
	}
	for _, f := range e.when.Query {
		name, ok := strings.CutPrefix(f.Value, ":")
		switch {
		case !ok:
			continue
		case slices.Contains(names.list[:names.n], capture{name, ""}):
			return names, fmt.Errorf("two placeholders :%s", name)
		case names.n == maxCaptures:
			return names, fmt.Errorf("more than %d placeholders", maxCaptures)
		}
		names.add(name, "")
	}
	return names, nil
}

// occurIn reports whether one of the names stands in a template.
func (c *captures) occurIn(template string) bool {
	for c.n > 0 {
		i := strings.IndexByte(template, ':')
		if i < 0 {
			return false
		}
		if c.longestPrefix(template[i+1:]) >= 0 {
			return true
		}
		template = template[i+1:]
	}
	return false
}

// trigger returns where the table is to run.
func (c *Config) trigger() edge.Trigger {
	switch {
	case c.Trigger != "":
		return c.Trigger
	case c.CacheKey != nil:
		return edge.OriginRequest
	}
	return edge.ViewerRequest
}
