package redirect

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Compile makes a table of the rules of c. It reports all mistakes at once, each as
// a [*Mistake], and returns no table if there is one.
//
// To find loops, chains and rules that can never apply, it makes requests up that
// each rule is for, and follows them through the table. What depends on the values
// in a request cannot all be found like that; so a table looks at redirects that
// may lead on without end before it answers with one.
func Compile(c Config) (*Table, error) {
	origins, err := parseOrigins(c.Origins)
	if err = errors.Join(err, checkTolerate(c.Tolerate), checkIndex(c.Index), checkLanguages("redirect: Languages", c.Languages)); err != nil {
		return nil, err
	}
	s := &site{ignoreSlash: c.IgnoreSlash, languages: c.Languages}
	if c.Index != "" {
		s.index = "/" + c.Index
	}
	k := &checker{config: &c}
	drafts := make([]draft, 0, len(c.Rules))
	k.rules = make([]int, 0, len(c.Rules))
	for i := range c.Rules {
		d, field, err := s.draft(&c.Rules[i], origins)
		if err != nil {
			k.invalid = append(k.invalid, newMistake(&c.Rules[i], i, kindOf(err), field, err.Error()))
			continue
		}
		drafts = append(drafts, d)
		k.rules = append(k.rules, i)
	}
	form, err := build(s, drafts)
	if err != nil {
		return nil, err
	}
	t, err := Load(string(form))
	if err != nil {
		return nil, err
	}
	k.check(t, drafts)
	if k.mistakes != nil {
		return nil, errors.Join(k.mistakes...)
	}
	return t, nil
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

// draft returns r in normal form, or what is wrong with it and which field that is
// in.
func (s *site) draft(r *Rule, origins []string) (d draft, field string, err error) {
	o := &options{
		status: r.Status, mode: r.Query, cacheControl: r.CacheControl,
		allow: r.AllowQuery, deny: r.DenyQuery, when: r.When, unless: r.Unless,
	}
	d = draft{entry: entry{line: r.Line, options: o}}
	o.conditional = !r.When.isZero() || !r.Unless.isZero()
	var errFrom, errWhen, errUnless, errTo error
	o.scheme, d.host, d.pattern, errFrom = s.parseFrom(r.From)
	errWhen = o.when.normalize("When")
	errUnless = o.unless.normalize("Unless")
	o.origin, d.template, errTo = checkTemplate(r.To, origins)
	if errTo == nil {
		errTo = d.checkNames()
	}
	if errTo != nil {
		errTo = fmt.Errorf("To %q: %w", shorten(r.To), errTo)
	}
	field = "From"
	if errFrom == nil && errTo != nil {
		field = "To"
	}
	return d, field, oneLine(errFrom, errTo, checkAnswer(r), errWhen, errUnless)
}

// parseFrom returns a rule's From in normal form.
func (s *site) parseFrom(from string) (scheme, host, pattern string, err error) {
	scheme, host, path, absolute := cutFrom(from)
	if absolute {
		if host, err = normalHost(host); err != nil {
			return "", "", "", err
		}
	}
	switch {
	case scheme != "" && scheme != "http" && scheme != "https":
		return "", "", "", bad("scheme", scheme, "must be https, http, or // for both")
	case !strings.HasPrefix(path, "/"):
		return "", "", "", errors.New("must begin with /, //host/ or https://host/")
	case strings.ContainsAny(path, "?#"):
		return "", "", "", errors.New("must be a path; ask for the query with When.Query")
	case len(path) >= maxLocation:
		return "", "", "", fmt.Errorf("no request has a path of %d bytes; CloudFront answers 414", len(path))
	}
	pattern = s.canonical(string(appendNormal(nil, path)))
	if err := checkPattern(pattern); err != nil {
		return "", "", "", err
	}
	return scheme, host, pattern, nil
}

// cutFrom cuts scheme and host from a rule's From.
func cutFrom(from string) (scheme, host, path string, absolute bool) {
	rest, ok := strings.CutPrefix(from, "//")
	if !ok {
		if scheme, rest, ok = strings.Cut(from, "://"); !ok {
			return "", "", from, false
		}
	}
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		return strings.ToLower(scheme), rest[:i], rest[i:], true
	}
	return strings.ToLower(scheme), rest, "/", true
}

// checkNames says which names of the template the rule does not capture. A colon
// that does not follow a slash or the like is a colon.
func (e *entry) checkNames() error {
	var names captures
	for rest := e.pattern; ; {
		_, name, after := cutName(rest)
		if name == "" {
			break
		}
		names.add(name, "")
		rest = after
	}
	if strings.Contains(e.pattern, "*") {
		names.add("splat", "")
	}
	for _, f := range e.when.Query {
		if name, ok := strings.CutPrefix(f.Value, ":"); ok {
			if slices.Contains(names.list[:names.n], capture{name, ""}) {
				return fmt.Errorf("two placeholders :%s", name)
			}
			if names.n == maxCaptures {
				return fmt.Errorf("more than %d placeholders", maxCaptures)
			}
			names.add(name, "")
		}
	}
	for rest := e.template; ; {
		before, name, _ := cutName(rest)
		if name == "" {
			return nil
		}
		k := names.longest(name)
		if k < 0 {
			return fmt.Errorf(":%s is not in From; write %%3A%s if the colon is a colon", name, name)
		}
		rest = rest[len(before)+1+len(names.list[k].name):]
	}
}
