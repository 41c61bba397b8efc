package forms

import (
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
	"github.com/edgehelpers/lambdaedge/redirect/rulefile"
)

// readVercel reads the redirects of vercel.json, or those of Next.js.
func readVercel(fb *fileBuilder, s string) {
	n := fb.parseJSON(s)
	if n == nil {
		return
	}
	v := &vercelReader{fileBuilder: fb, list: n}
	if n.kind == object {
		v.config(n)
	}
	if v.list == nil || !fb.isKind(v.list, "redirects", list) {
		return
	}
	// Next.js sends viewers from /a/ to /a, so its sources are without the slash;
	// Vercel does so, or the other way round, if it is told to.
	fb.file.IgnoreSlash = fb.file.Format == Next || n.has("trailingSlash")
	v.noSlash = fb.file.IgnoreSlash && (n.get("trailingSlash") == nil || n.get("trailingSlash").text != "true")
	if fb.file.Format == Next {
		fb.note(v.list.position, rulefile.Syntax, "Next.js takes small and capital letters of a source for the same; here they differ")
	}
	for _, item := range v.list.items {
		v.redirect(item)
	}
	v.finish()
}

type vercelReader struct {
	*fileBuilder
	list     *node // of redirects
	basePath string
	locales  bool // sources begin with a locale
	noSlash  bool // no path ends in a slash when its turn comes
	sources  []*vercelSource
}

// config reads what vercel.json, or next.config.js as JSON, has besides redirects.
func (v *vercelReader) config(n *node) {
	v.list = n.get("redirects")
	v.basePath, _ = v.text(n, "basePath")
	v.locales = n.has("i18n")
	for _, m := range n.members {
		switch m.name {
		case "cleanUrls":
			if m.value.text == "true" {
				v.note(m.position, rulefile.Unsupported, "cleanUrls: Vercel leads from /a.html to /a, too; that is not read")
			}
		case "trailingSlash":
			v.note(m.position, rulefile.Unsupported, "trailingSlash: that Vercel adds or cuts the slash is not read; the redirects are for paths with and without it")
		case "routes":
			v.routes(m.value)
		case "bulkRedirectsPath":
			v.note(m.position, rulefile.Unsupported, "bulkRedirectsPath: these files are to be read by themselves")
		}
	}
}

// routes reports those that redirect.
func (v *vercelReader) routes(n *node) {
	for _, item := range n.items {
		if status := item.get("status"); status != nil && strings.HasPrefix(status.text, "3") {
			v.fail(item.position, rulefile.Unsupported, "routes are not read; write this one among the redirects, without a regular expression")
		}
	}
}

// A vercelSource is a redirect that has been read but for its source, whose syntax
// depends on the other sources.
type vercelSource struct {
	variants []variant
	hosts    []string // what comes before the path: "" for any host
	target   template
	rule     redirect.Rule
	from, to position
}

// redirect reads an item of the list.
func (v *vercelReader) redirect(n *node) {
	if !v.isKind(n, "a redirect", object) {
		return
	}
	if n.get("internal") != nil && n.get("internal").text == "true" {
		v.note(n.position, rulefile.Unsupported, "internal: this is Next.js' own, and is left out")
		return
	}
	begin := len(v.errs)
	v.checkMembers(n, "a redirect", "source", "destination", "permanent", "statusCode", "has", "missing", "basePath", "locale", "priority", "regex", "env", "internal")
	source, at := v.text(n, "source")
	destination, to := v.text(n, "destination")
	s := &vercelSource{from: at, to: to, rule: redirect.Rule{Query: redirect.Merge}, hosts: []string{""}}
	switch {
	case source == "" || destination == "":
		if len(v.errs) == begin {
			v.fail(n.position, rulefile.Syntax, "a redirect without source or without destination")
		}
		return
	case !strings.HasPrefix(source, "/"):
		v.fail(at, rulefile.Syntax, "source %q; must begin with /", source)
		return
	case v.locales && n.get("locale") == nil:
		v.fail(at, rulefile.Unsupported, "a source for each locale; write them out, with %q: false", "locale")
	case !isTarget(destination):
		v.fail(to, rulefile.Syntax, "destination %q; must begin with /, https:// or http://", destination)
	}
	if base := v.base(n); base != "" {
		source = base + strings.TrimSuffix(source, "/")
		if strings.HasPrefix(destination, "/") {
			destination = base + strings.TrimSuffix(destination, "/")
		}
	}
	list, keys, err := parsePath(source, v.noSlash)
	if err != nil {
		v.fail(at, rulefile.Unsupported, "source %q has %v", source, err)
		return
	}
	s.variants = list
	v.vercelStatus(n, &s.rule)
	keys = append(keys, v.conditions(n, s, destination)...)
	s.target = parseDestination(destination, keys, v.file.Format == Next)
	if len(v.errs) == begin {
		v.sources = append(v.sources, s)
	}
}

// base returns what Next.js puts before source and destination.
func (v *vercelReader) base(n *node) string {
	if b := n.get("basePath"); b != nil && b.text == "false" {
		return ""
	}
	return v.basePath
}

// vercelStatus reads the status: permanent is 308 or 307, and Vercel's default 308.
func (v *vercelReader) vercelStatus(n *node, r *redirect.Rule) {
	permanent, code := n.get("permanent"), n.get("statusCode")
	r.Status = 308
	switch {
	case permanent != nil && v.isKind(permanent, "permanent", boolean):
		if permanent.text == "false" {
			r.Status = 307
		}
	case code != nil && v.isKind(code, "statusCode", number):
		v.setStatus(r, field{code.position, code.text, true})
	case permanent == nil && code == nil && v.file.Format == Next:
		v.fail(n.position, rulefile.Syntax, "neither permanent nor statusCode")
	}
}

// finish makes rules of the sources. One in which a name stands right behind a letter
// asks for a syntax that reads names so everywhere in the file, and in which the
// first of several in a segment takes as much as it can, not as little.
func (v *vercelReader) finish() {
	for _, s := range v.sources {
		if slices.ContainsFunc(s.variants, func(v variant) bool { return v.inWord }) {
			v.file.Syntax = redirect.Cloudflare
		}
	}
	for _, s := range v.sources {
		if v.file.Syntax == redirect.Cloudflare && slices.ContainsFunc(s.variants, func(v variant) bool { return v.several }) {
			v.fail(s.from, rulefile.Unsupported, "several placeholders in one segment, in a file in which one stands right behind a letter or a digit elsewhere; put the two redirects into files of their own")
			continue
		}
		for _, host := range s.hosts {
			for _, variant := range s.variants {
				r := s.rule
				r.From = host + variant.from
				if !r.Pass {
					r.To = s.target.expand(variant)
				}
				v.add(r, s.from, s.to)
			}
		}
	}
}
