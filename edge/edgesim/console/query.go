package console

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// mostQuery is the length of a query; its terms are tried on every request.
const mostQuery = 1000

// A term is one condition of a query.
type term struct {
	field string // one of fieldNames; "" is the text of the list's line
	value string
	not   bool
}

// A query is what is typed in the filter: terms that all have to hold, such as
//
//	function:signer trigger:origin-request behavior:/api/* header:set-cookie status:404
//
// A word without a field is looked for in method, path, status, X-Cache and the cache's result. A term that begins with - must not hold;
// quotation marks keep spaces together.
type query []term

var fieldNames = []string{"function", "trigger", "behavior", "header", "status", "method", "path", "result", "is"}

// parseQuery reads a query. The error says which fields there are.
func parseQuery(s string) (query, error) {
	if len(s) > mostQuery {
		return nil, fmt.Errorf("console: the query has %d bytes, %d are allowed", len(s), mostQuery)
	}
	var q query
	var errs []error
	for _, word := range words(s) {
		t := term{value: word.text}
		if !word.quoted {
			t.value, t.not = strings.CutPrefix(word.text, "-")
		}
		name, value, found := strings.Cut(t.value, ":")
		name = strings.ToLower(name)
		if name == "behaviour" {
			name = "behavior"
		}
		switch {
		case word.quoted || !found || !isWord(name) || strings.HasPrefix(value, "//"): // a URL is text
		case !slices.Contains(fieldNames, name):
			errs = append(errs, fmt.Errorf("console: %s: is no field; there are %s; to look for the text put it in quotation marks",
				name, strings.Join(fieldNames, ", ")))
		case name == "is" && value != "error" && value != "warning" && value != "background":
			errs = append(errs, fmt.Errorf("console: is:%s: want is:error, is:warning or is:background", value))
		default:
			t.field, t.value = name, value
		}
		if t.field != "behavior" && t.field != "path" {
			t.value = strings.ToLower(t.value) // the index is in lower case but for these
		}
		if t.value != "" {
			q = append(q, t)
		}
	}
	return q, errors.Join(errs...)
}

// isWord reports whether s can be meant as the name of a field.
func isWord(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(c rune) bool { return c < 'a' || c > 'z' })
}

// A word is a part of a query between spaces. It is quoted when it begins with a quotation mark, so that it has no field.
type word struct {
	text   string
	quoted bool
}

// words splits a query at spaces that are not in quotation marks.
func words(s string) (all []word) {
	var text strings.Builder
	inside, began := false, false
	w := word{}
	end := func() {
		if began {
			w.text = text.String()
			all = append(all, w)
		}
		text.Reset()
		w, began = word{}, false
	}
	for _, c := range s {
		switch {
		case c == '"':
			w.quoted = w.quoted || !began
			inside, began = !inside, true
		case c == ' ' && !inside:
			end()
		default:
			text.WriteRune(c)
			began = true
		}
	}
	end()
	return all
}

// matches reports whether a record satisfies all terms.
func (q query) matches(r *record) bool {
	if len(q) == 0 {
		return true
	}
	x := newIndex(r)
	for _, t := range q {
		if t.matches(r, &x) == t.not {
			return false
		}
	}
	return true
}

func (t *term) matches(r *record, x *index) bool {
	switch t.field {
	case "function":
		return slices.ContainsFunc(x.functions, func(name string) bool { return strings.Contains(name, t.value) })
	case "trigger":
		return slices.ContainsFunc(r.summary.Stages, func(s step) bool { return s.Ran && string(s.Name) == t.value })
	case "behavior":
		return x.behavior == t.value
	case "header":
		return x.hasHeader(t.value)
	case "status":
		return likeStatus(r.summary.Status, t.value)
	case "method":
		return strings.EqualFold(r.summary.Method, t.value)
	case "path":
		return strings.Contains(r.summary.Target, t.value)
	case "result":
		return strings.HasPrefix(strings.ToLower(r.summary.Result), t.value) || r.summary.Cache == t.value
	case "is":
		s := r.summary
		return map[string]bool{"error": s.Problem, "warning": s.Warnings > 0, "background": s.Background}[t.value]
	}
	return strings.Contains(x.text, t.value)
}

// likeStatus reports whether a status has the digits, in which x stands for any: 404, 4xx, 50.
func likeStatus(status int, digits string) bool {
	text := fmt.Sprint(status)
	if len(digits) > len(text) {
		return false
	}
	for i := range len(digits) {
		if digits[i] != 'x' && digits[i] != text[i] {
			return false
		}
	}
	return true
}

// search answers which requests of the list a query finds, newest first: GET /api/find?q=...
func (a *api) search(w http.ResponseWriter, r *http.Request) {
	found, err := a.found(r)
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	seqs := make([]int64, len(found))
	for i := range found {
		seqs[i] = found[i].seq
	}
	reply(w, http.StatusOK, map[string][]int64{"found": seqs})
}

// found gives the records that a call is about: q is a query, and with quiet=1 what browsers ask for by themselves is left out.
func (a *api) found(r *http.Request) ([]record, error) {
	q, err := parseQuery(r.URL.Query().Get("q"))
	if err != nil {
		return nil, err
	}
	quiet := r.URL.Query().Get("quiet") == "1"
	all := a.console.kept.all()
	return slices.DeleteFunc(all, func(r record) bool { return quiet && r.summary.Noise || !q.matches(&r) }), nil
}
