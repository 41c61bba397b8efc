package redirect

import (
	"errors"
	"fmt"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge"
	"github.com/edgehelpers/lambdaedge/redirect/internal/ascii"
)

// normalize checks w and puts it in normal form, in lists of its own: those of the
// caller stay as they are.
func (w *When) normalize(name string) error {
	var errs []error
	report := func(err error) { errs = append(errs, err) }
	for _, m := range w.Method {
		if !isToken(m) || strings.ContainsAny(m, "abcdefghijklmnopqrstuvwxyz") {
			report(invalidValue("Method: got", m, "must be a method in upper case"))
		}
	}
	report(checkFields("Header", w.Header, true))
	report(checkFields("Cookie", w.Cookie, false))
	report(checkFields("Query", w.Query, false))
	referers, err := checkReferers(w.Referer)
	report(err)
	w.Referer = referers
	for _, c := range w.Country {
		if len(c) != 2 || !ascii.IsLetter(c[0]) || !ascii.IsLetter(c[1]) {
			report(invalidValue("Country: got", c, "must be two letters (ISO 3166-1)"))
		}
	}
	report(checkLanguages("Language", w.Language))
	if err := oneLine(errs...); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// checkFields says what is wrong with a list of fields.
func checkFields(kind string, fields []Field, token bool) error {
	var errs []error
	for _, f := range fields {
		switch {
		case f.Name == "":
			errs = append(errs, errors.New(kind+": a field without a name"))
		case token && !isToken(f.Name):
			errs = append(errs, invalidValue(kind+": got", f.Name, "must be the name of a header"))
		}
		if name, ok := strings.CutPrefix(f.Value, ":"); ok && kind == "Query" {
			if !isCaptureName(name) {
				errs = append(errs, invalidValue("Query: got", f.Value, "a placeholder's name is a letter and then letters, digits, _, - and ."))
			}
		}
	}
	return oneLine(errs...)
}

// isCaptureName reports whether s can be the name of what a query condition
// captures.
func isCaptureName(s string) bool {
	for i := range len(s) {
		if c := s[i]; !ascii.IsWord(c) && c != '-' && c != '.' {
			return false
		}
	}
	return s != "" && ascii.IsLetter(s[0])
}

// checkLanguages says what is wrong with a list of languages.
func checkLanguages(where string, list []string) error {
	for _, l := range list {
		if !isLanguage(l) {
			return invalidValue(where+": got", l, "must be a tag such as fr or pt-BR")
		}
	}
	return nil
}

func checkIndex(index string) error {
	if strings.ContainsAny(index, "/?#*") {
		return invalidValue("redirect: Index: got", index, "must be the name of a file, such as index.html")
	}
	return nil
}

func checkTrigger(t edge.Trigger) error {
	if t != "" && t != edge.ViewerRequest && t != edge.OriginRequest {
		return invalidValue("redirect: Trigger: got", string(t), "must be viewer-request or origin-request, where there is a request to answer")
	}
	return nil
}

func checkSyntax(x Syntax) error {
	if x > Cloudflare {
		return fmt.Errorf("redirect: Syntax: got %d; must be Standard, Netlify or Cloudflare", x)
	}
	return nil
}

// checkPass says what a rule that lets requests pass must not have.
func checkPass(r *Rule) error {
	if r.To != "" || r.Status != 0 || r.Query != Preserve || len(r.AllowQuery)+len(r.DenyQuery) > 0 || r.CacheControl != "" {
		return errors.New("lets requests pass as they are; leave To, Status, Query, AllowQuery, DenyQuery and CacheControl out")
	}
	return nil
}

// checkAnswer says what is wrong with the rest of r.
func checkAnswer(r *Rule) error {
	var errs []error
	if r.Status != 0 && !isRedirect(r.Status) {
		errs = append(errs, fmt.Errorf("status %d; must be 301, 302, 303, 307 or 308, or 0 for 302 and 307", r.Status))
	}
	if r.Query > Drop {
		errs = append(errs, fmt.Errorf("query mode %s; must be Preserve, Merge, TargetWins or Drop", r.Query))
	}
	for i := range len(r.CacheControl) {
		if c := r.CacheControl[i]; c < ' ' || c >= 0x7f {
			errs = append(errs, invalidValue("CacheControl: got", r.CacheControl, "must be printable ASCII"))
			break
		}
	}
	return oneLine(errs...)
}

// isToken reports whether s is a token of RFC 9110, section 5.6.2.
func isToken(s string) bool {
	for i := range len(s) {
		if !ascii.IsWord(s[i]) && strings.IndexByte("!#$%&'*+-.^`|~", s[i]) < 0 {
			return false
		}
	}
	return s != ""
}

// oneLine joins the errors of one rule, nil ones left out.
func oneLine(errs ...error) error {
	var all error
	for _, err := range errs {
		switch {
		case err == nil:
		case all == nil:
			all = err
		default:
			all = fmt.Errorf("%w; %w", all, err)
		}
	}
	return all
}
