package csphtml

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// StrictByHash gives a strict policy like that of [csp.StrictByNonce] for a page that
// is a file: only its own scripts run, and scripts whose elements they make. Its own
// forms, plugins and base element are allowed as [StaticSite] does.
//
// An external script needs an integrity attribute, or, if it is a module, an import map
// before it that has its integrity; without it would be blocked, and that is an error.
// [StaticSite] allows such scripts by their URL.
//
// What a script imports needs that import map too: without it Chromium and Firefox block
// the import, and WebKit does not. That is no error, as not every import is made; the
// imports of the page's own text, and what else browsers do not agree on, are in
// Page.Findings with what to do about them. What external modules import is not seen.
func StrictByHash(page Page) (csp.Policy, error) {
	var errs []error
	for _, l := range page.Loads {
		if l.Directive == "script-src" && l.Initiator == ByElement && !l.Integrity {
			errs = append(errs, fmt.Errorf("csp: script %q: a strict policy by hash blocks it; "+
				"give its element an integrity attribute with a sha256, sha384 or sha512 hash, or use csphtml.StaticSite", l.URL))
		}
	}
	s := sitePolicy{base: page.base()}
	objects, bases, forms := s.loads(page, "object-src", false), s.loads(page, "base-uri", false), s.selfAnd(page, "form-action")
	if err := errors.Join(append(errs, s.errs...)...); err != nil {
		return csp.Policy{}, err
	}
	sources := hashSources[csp.ScriptSource](nil, page.Scripts, page.Handlers)
	for _, h := range page.Integrity {
		sources = append(sources, h)
	}
	for _, m := range page.Modules {
		for _, h := range m.Hashes {
			sources = append(sources, h)
		}
	}
	strict, err := csp.Strict(sources...)
	if err != nil {
		return csp.Policy{}, err
	}
	return strict.With(csp.ObjectSrc(orNone(objects)...), csp.BaseURI(orNone(bases)...), csp.FormAction(forms...))
}

// StaticSite gives a strict policy for a page that is a file: its inline code by
// hash, its scripts, imports and style sheets by URL, the other things from the hosts
// that the page names, and everything from its own origin but scripts, plugins
// and a base element if it has none. What its external scripts and style sheets load from
// elsewhere it cannot know: allow it by [csp.Policy.Append].
//
// It is an error if the page loads something from a URL that cannot be a source.
func StaticSite(page Page) (csp.Policy, error) {
	s := sitePolicy{base: page.base()}
	scripts := hashSources[csp.ScriptSource](nil, page.Scripts, page.Handlers)
	styles := hashSources[csp.StyleSource](nil, page.Styles, page.StyleAttrs)
	others := s.selfAnd(page, "default-src")
	directives := []csp.Directive{
		csp.DefaultSrc(widen[csp.Source](others)...),
		csp.ScriptSrc(orNone(append(scripts, widen[csp.ScriptSource](s.loads(page, "script-src", true))...))...),
		csp.StyleSrc(orNone(append(styles, widen[csp.StyleSource](s.loads(page, "style-src", true))...))...),
		csp.ObjectSrc(orNone(s.loads(page, "object-src", false))...),
		csp.BaseURI(orNone(s.loads(page, "base-uri", false))...),
		csp.FormAction(s.selfAnd(page, "form-action")...),
		csp.FrameAncestors(csp.Self),
	}
	for _, d := range []struct {
		name string
		make func(...csp.Location) csp.Directive
	}{{"img-src", csp.ImgSrc}, {"font-src", csp.FontSrc}, {"media-src", csp.MediaSrc}, {"frame-src", csp.FrameSrc}, {"manifest-src", csp.ManifestSrc},
		{"connect-src", func(l ...csp.Location) csp.Directive { return csp.ConnectSrc(widen[csp.ConnectSource](l)...) }}} {
		// The hosts of default-src are for prefetching only.
		if sources := s.selfAnd(page, d.name); len(sources) > 1 || len(others) > 1 {
			directives = append(directives, d.make(sources...))
		}
	}
	if err := errors.Join(s.errs...); err != nil {
		return csp.Policy{}, err
	}
	return csp.New(directives...)
}

// hashSources gives the hashes of elements and of attributes, and the keyword that
// the latter need.
func hashSources[S csp.Source](sources []S, elements, attributes []csp.Hash) []S {
	for _, h := range slices.Concat(elements, attributes) {
		sources = append(sources, any(h).(S))
	}
	if len(attributes) > 0 {
		sources = append(sources, any(csp.UnsafeHashes).(S))
	}
	return sources
}

// widen turns locations into sources of a list that takes more than those.
func widen[S csp.Source](locations []csp.Location) []S {
	sources := make([]S, len(locations))
	for i, l := range locations {
		sources[i] = l.(S)
	}
	return sources
}

// orNone gives None for an empty list.
func orNone[S csp.Source](sources []S) []S {
	if len(sources) == 0 {
		return []S{any(csp.None).(S)}
	}
	return sources
}

// base gives the URL that relative ones are relative to, if the page names one
// on another host.
func (p Page) base() string {
	for _, l := range p.Loads {
		if l.Directive == "base-uri" && isCrossOrigin(l.URL) {
			return l.URL
		}
	}
	return ""
}

// A sitePolicy turns the URLs of a page into sources.
type sitePolicy struct {
	base string
	errs []error
}

func (s *sitePolicy) selfAnd(page Page, directive string) []csp.Location {
	sources := []csp.Location{csp.Self}
	for _, l := range s.loads(page, directive, false) {
		if l != csp.Self {
			sources = append(sources, l)
		}
	}
	return sources
}

// loads gives the sources of what a directive governs, whole URLs or hosts.
func (s *sitePolicy) loads(page Page, directive string, whole bool) []csp.Location {
	var sources []csp.Location
	for _, l := range page.Loads {
		if l.Directive != directive {
			continue
		}
		source, err := s.source(l.URL, directive, whole)
		if err != nil {
			s.errs = append(s.errs, fmt.Errorf("%w (%s of the page)", err, directive))
		} else if !slices.Contains(sources, source) {
			sources = append(sources, source)
		}
	}
	return sources
}

// source gives the source for a URL in the page.
func (s *sitePolicy) source(url, directive string, whole bool) (csp.Location, error) {
	scheme := schemeOf(url)
	switch {
	case isCrossOrigin(url):
	case scheme == "" && s.base != "" && directive != "base-uri":
		url, whole = s.base, false
	case scheme == "":
		return csp.Self, nil
	case !strings.HasPrefix(url[len(scheme)+1:], "//"): // data: for example, and mailto: of a form
		if directive == "script-src" || directive == "object-src" || directive == "base-uri" {
			return nil, fmt.Errorf("csp: %q: allowing its scheme in %s would allow every script", url, directive)
		}
		return csp.ParseScheme(scheme + ":")
	}
	url, _, _ = strings.Cut(url, "#")
	url, _, _ = strings.Cut(url, "?")
	authority := strings.Index(url, "//") + len("//")
	path := len(url)
	if n := strings.IndexByte(url[authority:], '/'); n >= 0 {
		path = authority + n
	}
	host := strings.TrimPrefix(url[:path], "//")
	if !whole {
		return csp.ParseHost(host)
	}
	return csp.ParseHost(host + escapePath(url[path:]))
}

// escapePath escapes what cannot stand in the path of a source.
func escapePath(path string) string {
	var b strings.Builder
	for i := range len(path) {
		if c := path[i]; syntax.IsAlpha(c) || syntax.IsDigit(c) || strings.IndexByte("/-._~!$&'()*+=:@%", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
