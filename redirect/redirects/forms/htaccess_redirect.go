package forms

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/internal/ascii"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// redirect reads a directive of mod_alias: [status] path [URL].
func (h *htaccessReader) redirect(name string, words []field) {
	args := words[1:]
	code := 302
	if name == "redirectpermanent" {
		code = 301
	}
	if (name == "redirect" || name == "redirectmatch") && len(args) > 0 {
		if n, ok := apacheStatus(args[0].text); ok {
			code, args = n, args[1:]
		}
	}
	want := 2
	if code < 300 || code > 399 {
		want = 1
	}
	switch {
	case len(args) != want && want == 1:
		h.fail(words[0].position, rulefile.Syntax, "%s with status %d; must have a path and nothing behind it", words[0].text, code)
	case len(args) != want:
		h.fail(words[0].position, rulefile.Syntax, "%s; must have a status or none, a path and a URL", words[0].text)
	case want == 2 && !isRedirect(code):
		h.fail(words[0].position, rulefile.Unsupported, "status %d; must be 301, 302, 303, 307 or 308", code)
	case want == 2 && !isTarget(args[1].text) && !strings.HasPrefix(args[1].text, "$1"):
		h.fail(args[1].position, rulefile.Syntax, "target %q; must begin with /, https:// or http://", args[1].text)
	case name == "redirectmatch":
		h.escapes(args[0])
		h.match(code, args)
	default:
		h.escapes(args[0])
		h.prefix(code, args)
	}
}

// escapes says what Apache does with escapes in what it compares with paths.
func (h *htaccessReader) escapes(f field) {
	if strings.Contains(f.text, "%") {
		h.note(f.position, rulefile.Syntax, "%q: Apache compares it with paths in which escapes have been decoded, so it was for none there; here it is for those with the escape", f.text)
	}
}

// apacheStatus returns the status that a word is.
func apacheStatus(word string) (status int, ok bool) {
	switch strings.ToLower(word) {
	case "permanent":
		return 301, true
	case "temp":
		return 302, true
	case "seeother":
		return 303, true
	case "gone":
		return 410, true
	}
	if len(word) != 3 {
		return 0, false
	}
	for i := range len(word) {
		if !ascii.IsDigit(word[i]) {
			return 0, false
		}
		status = 10*status + int(word[i]-'0')
	}
	return status, true
}

// prefix reads Redirect, which is for a path and all below it. What of the path
// comes behind goes along: "/old" and "/old/x" lead to target and target/x.
func (h *htaccessReader) prefix(code int, args []field) {
	path := args[0]
	if !strings.HasPrefix(path.text, "/") {
		h.fail(path.position, rulefile.Syntax, "path %q; must begin with /", path.text)
		return
	}
	if strings.ContainsAny(path.text, "?#") {
		h.note(path.position, rulefile.Dropped, "the site never had this one: Apache compares %q with the path, in which there is no query and no fragment; it is left out here, too", path.text)
		return
	}
	folder := strings.HasSuffix(path.text, "/")
	var t template
	if len(args) > 1 {
		to := args[1].text
		if _, host, ok := strings.Cut(to, "://"); ok && folder && !strings.Contains(host, "/") {
			h.fail(args[1].position, rulefile.Syntax, "target %q; Apache puts the rest of the path right behind the host: end it with /", to)
			return
		}
		t = template{{text: literal(to), group: "rest"}}
	}
	list, err := prefixVariants(path.text, folder)
	if err != nil {
		h.fail(path.position, rulefile.Unsupported, "%q has %v", path.text, err)
		return
	}
	h.addVariants(code, args, list, t)
}

// prefixVariants returns those of a path and of all that is below it.
func prefixVariants(path string, folder bool) ([]variant, error) {
	exact, err := variant{}.text(path, nil)
	if err != nil {
		return nil, err
	}
	if folder {
		return only(exact.splat([]string{"rest"}, false))
	}
	below, err := exact.text("/", []string{"rest"})
	if err != nil {
		return nil, err
	}
	below, err = below.splat([]string{"rest"}, false)
	exact.values["rest"] = ""
	return []variant{exact, below}, err
}

// addVariants adds the rules of a directive.
func (h *htaccessReader) addVariants(code int, args []field, list []variant, t template) {
	from := args[0].position
	to := args[len(args)-1].position
	for i, v := range list {
		r := redirect.Rule{From: v.from, Status: code, Query: redirect.TargetWins}
		switch {
		case isRedirect(code):
			r.To = t.expand(v)
			if strings.HasPrefix(r.To, "//") {
				// Apache makes a URL of it, so that this is a path there.
				r.To = r.To[1:]
			}
		case i == 0:
			h.pass(&r, from, code)
		default:
			r = redirect.Rule{From: v.from, Pass: true}
		}
		h.add(r, from, to)
	}
}
