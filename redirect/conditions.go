package redirect

import (
	"iter"
	"strings"
)

// A truth is the value of a condition, in a logic of three.
type truth uint8

const (
	no truth = iota
	yes
	unknown // the request does not say; the rule is then not for it
)

// applies reports whether the conditions of a rule let req through, and adds what
// the query conditions capture to caps.
func (s *site) applies(when, unless *When, req *request, caps *captures) bool {
	return s.holds(when, req, caps) == yes && (unless.isZero() || s.holds(unless, req, nil) == no)
}

// holds returns no if any condition of w is not met, yes if all are.
func (s *site) holds(w *When, req *request, caps *captures) truth {
	switch {
	case len(w.Method) > 0 && !hasMethod(w.Method, req.method),
		w.HasQuery && req.query.raw == "",
		!hasHeaders(w.Header, req),
		!hasCookies(w.Cookie, req),
		!hasParameters(w.Query, req, caps):
		return no
	}
	all := yes
	if len(w.Referer) > 0 {
		all = and(all, s.matchesReferer(w.Referer, req))
	}
	if len(w.Country) > 0 {
		all = and(all, matchesCountry(w.Country, req))
	}
	if len(w.Language) > 0 {
		all = and(all, truthOf(s.matchesLanguage(w.Language, req)))
	}
	return all
}

func and(a, b truth) truth {
	if a == no || b == no {
		return no
	}
	return max(a, b)
}

func truthOf(ok bool) truth {
	if ok {
		return yes
	}
	return no
}

// isZero reports whether w has no condition.
func (w *When) isZero() bool {
	return !w.HasQuery && len(w.Method)+len(w.Header)+len(w.Cookie)+len(w.Query)+
		len(w.Referer)+len(w.Country)+len(w.Language) == 0
}

func hasMethod(list []string, method string) bool {
	for _, m := range list {
		if m == method || m == "GET" && method == "HEAD" {
			return true
		}
	}
	return false
}

func hasHeaders(fields []Field, req *request) bool {
	for _, f := range fields {
		found := false
		for _, value := range req.header(f.Name) {
			found = found || f.Value == "" || matchText(f.Value, value)
		}
		if !found {
			return false
		}
	}
	return true
}

func hasCookies(fields []Field, req *request) bool {
	for _, f := range fields {
		found := false
		for value := range req.cookies(f.Name) {
			found = found || f.Value == "" || matchText(f.Value, value)
		}
		if !found {
			return false
		}
	}
	return true
}

// cookies yields the values of the cookies of that name, which may stand in any
// Cookie field: HTTP/2 clients send one field for each (RFC 9113, section 8.2.3).
func (req *request) cookies(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, line := range req.header("cookie") {
			for more := true; more; {
				var pair string
				pair, line, more = strings.Cut(line, ";")
				have, value, _ := strings.Cut(strings.Trim(pair, " \t"), "=")
				if have == name && !yield(value) {
					return
				}
			}
		}
	}
}

// hasParameters looks for the first parameter of each name.
func hasParameters(fields []Field, req *request, caps *captures) bool {
	for _, f := range fields {
		value, ok := req.parameter(f.Name)
		name, capturing := strings.CutPrefix(f.Value, ":")
		switch {
		case !ok, !capturing && f.Value != "" && !matchEncoded(f.Value, value):
			return false
		case capturing && caps != nil:
			caps.add(name, value)
		}
	}
	return true
}

// matchText reports whether value is want, or begins with it if want ends in *.
func matchText(want, value string) bool {
	if prefix, open := strings.CutSuffix(want, "*"); open {
		return strings.HasPrefix(value, prefix)
	}
	return want == value
}

// matchesCountry returns whether the viewer is in one of the countries.
func matchesCountry(countries []string, req *request) truth {
	country := req.cloudfront("cloudfront-viewer-country")
	if country == "" {
		return unknown
	}
	for _, c := range countries {
		if strings.EqualFold(c, country) {
			return yes
		}
	}
	return no
}
