package redirect

import (
	"errors"
	"fmt"
	"strings"
)

// Compile makes a table of the rules of c. It reports all mistakes at once, and
// returns no table if there is one.
func Compile(c Config) (*Table, error) {
	origins, err := parseOrigins(c.Origins)
	if err != nil {
		return nil, err
	}
	t := &Table{site: site{ignoreSlash: c.IgnoreSlash, languages: c.Languages}}
	if c.Index != "" {
		t.site.index = "/" + c.Index
	}
	var mistakes []error
	for i := range c.Rules {
		e, err := t.site.compile(&c.Rules[i], origins)
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("redirect: rule %d, %q: %w", i+1, c.Rules[i].From, err))
		}
		t.entries = append(t.entries, e)
	}
	if mistakes != nil {
		return nil, errors.Join(mistakes...)
	}
	return t, nil
}

// MustCompile is Compile for rules in the program: it panics if they have a
// mistake.
func MustCompile(c Config) *Table {
	t, err := Compile(c)
	if err != nil {
		panic(err)
	}
	return t
}

func (s *site) compile(r *Rule, origins []string) (entry, error) {
	scheme, host, path := cutFrom(r.From)
	e := entry{host: host, line: r.Line, options: &options{
		scheme: scheme, status: r.Status, mode: r.Query, allow: r.AllowQuery, deny: r.DenyQuery,
		when: r.When, unless: r.Unless, cacheControl: r.CacheControl,
	}}
	e.conditional = !r.When.isZero() || !r.Unless.isZero()
	if !strings.HasPrefix(path, "/") {
		return e, fmt.Errorf("must begin with /")
	}
	e.pattern = s.canonical(string(appendNormal(nil, path)))
	if err := checkPattern(e.pattern); err != nil {
		return e, err
	}
	var err error
	e.origin, e.template, err = checkTemplate(r.To, origins)
	if err != nil {
		return e, fmt.Errorf("to %q: %w", r.To, err)
	}
	if r.Status != 0 && !isRedirect(r.Status) {
		return e, fmt.Errorf("status %d; must be 301, 302, 303, 307, 308, or 0 for the right one", r.Status)
	}
	if e.when.Referer, err = checkReferers(r.When.Referer); err != nil {
		return e, err
	}
	e.unless.Referer, err = checkReferers(r.Unless.Referer)
	return e, err
}

// cutFrom cuts scheme and host from a rule's From.
func cutFrom(from string) (scheme, host, path string) {
	rest, ok := strings.CutPrefix(from, "//")
	if !ok {
		if scheme, rest, ok = strings.Cut(from, "://"); !ok {
			return "", "", from
		}
	}
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		return scheme, strings.ToLower(rest[:i]), rest[i:]
	}
	return scheme, strings.ToLower(rest), "/"
}
