package crawl

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/redirect"
)

// locate returns where a page is.
func (c *crawler) locate(p *page) location {
	at := c.base
	at.path += "/" + escapePath(p.file)
	return at
}

// paths returns the paths at which a file is served, the best first, and without the
// path under which the site is.
func (c *crawler) paths(file string) []string {
	whole := "/" + escapePath(file)
	folder, name := path.Split(file)
	switch {
	case name == "index.html", name == "index.htm" && !c.files[folder+"index.html"]:
		return []string{"/" + escapePath(folder), whole}
	case path.Ext(name) == ".html" && name != ".html" && !c.exists(strings.TrimSuffix(file, ".html")):
		return []string{whole, strings.TrimSuffix(whole, ".html")}
	}
	return []string{whole}
}

// exists reports whether something in the site is served at a path without
// extension, or for it as a folder.
func (c *crawler) exists(name string) bool {
	return c.files[name] || c.files[name+"/index.html"] || c.files[name+"/index.htm"]
}

// addRedirects finds out where each page that forwards leads.
func (c *crawler) addRedirects() {
	for _, p := range c.pages {
		switch {
		case p.line == 0:
			c.site.Pages++
		case p.reason != "":
			c.site.Pages++
			c.leaveOut(p.file, p.line, "%s", p.reason)
		default:
			c.add(p)
		}
	}
	slices.SortStableFunc(c.site.Found, func(a, b Found) int { return cmp.Compare(a.From, b.From) })
}

// add adds the redirects that stand for a page.
func (c *crawler) add(p *page) {
	from := c.pageBase(p)
	to, err := from.resolve(p.target)
	target, reason := c.target(to)
	if err != nil {
		reason = err
	}
	if reason != nil {
		c.leaveOut(p.file, p.line, "it leads to %v", reason)
		return
	}
	paths := c.paths(p.file)
	for i, path := range paths {
		paths[i] = c.base.path + path
	}
	if c.isOwn(to) && slices.ContainsFunc(paths, func(path string) bool { return samePath(path, normalPath(to.path)) }) {
		c.leaveOut(p.file, p.line, "it leads to itself, %q", target)
		return
	}
	f := Found{To: target, Status: 301, File: p.file, Line: p.line, Notes: c.notes(p, from, to)}
	if p.delay > 0 {
		f.Status = 302
	}
	for _, f.From = range paths {
		c.site.Found = append(c.site.Found, f)
	}
}

// pageBase returns what a page's targets are resolved against: its address, or what
// its base element says.
func (c *crawler) pageBase(p *page) location {
	at := c.locate(p)
	if p.base == "" {
		return at
	}
	if base, err := at.resolve(p.base); err == nil {
		return base
	}
	return at
}

// target returns what a rule leads to for to, or why there is no such rule.
func (c *crawler) target(to location) (string, error) {
	if c.isOwn(to) && !strings.HasPrefix(to.path, "//") {
		to.host = ""
	}
	var origins []string
	if to.host != "" {
		origins = append(origins, to.origin())
	}
	t, err := redirect.Local(to.String(), origins...)
	if err == nil {
		return t.String(), nil
	}
	if inner := errors.Unwrap(err); inner != nil {
		err = inner
	}
	return "", fmt.Errorf("%q: %w", to.String(), err)
}

// isOwn reports whether to is on the site's own host.
func (c *crawler) isOwn(to location) bool { return to.host == c.base.host }

// notes says what is odd about a page that leads to to.
func (c *crawler) notes(p *page, from, to location) []string {
	var notes []string
	if p.delay > 0 {
		notes = append(notes, fmt.Sprintf("it forwards after %d seconds, so the redirect is a temporary one", p.delay))
	}
	if note := c.canonicalNote(p, from, to); note != "" {
		notes = append(notes, note)
	}
	if p.file == "404.html" {
		notes = append(notes, "many hosts show this page for all that is not there; the rule is for its own path alone")
	}
	return notes
}

// canonicalNote says that the canonical link names another page than the refresh.
// The fragment, which canonical links are written without, does not matter, nor
// does the host if it may be the site's own.
func (c *crawler) canonicalNote(p *page, from, to location) string {
	if p.canonical == "" {
		return ""
	}
	canonical, err := from.resolve(p.canonical)
	if err != nil {
		return fmt.Sprintf("the canonical link %q is no page; the refresh counts", p.canonical)
	}
	unknown := c.base.host == "" && (to.host == "" || canonical.host == "")
	to.rest, _, _ = strings.Cut(to.rest, "#")
	canonical.rest, _, _ = strings.Cut(canonical.rest, "#")
	host := to.host == canonical.host && to.scheme == canonical.scheme || c.isOwn(to) && c.isOwn(canonical) || unknown
	if host && normalPath(to.path) == normalPath(canonical.path) && to.rest == canonical.rest {
		return ""
	}
	return fmt.Sprintf("the canonical link names %q; the refresh counts, since it is where viewers have been led", canonical)
}

// samePath reports whether two paths differ at most in a slash at the end.
func samePath(a, b string) bool { return folder(a) == folder(b) }

// folder returns a path without the slash at its end.
func folder(path string) string {
	if len(path) > 1 {
		return strings.TrimSuffix(path, "/")
	}
	return path
}
