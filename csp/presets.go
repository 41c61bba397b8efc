package csp

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// StrictByNonce gives a strict policy: only scripts with the nonce run, and what
// they load in their turn. Styles, images and the rest are not restricted. It is
// for pages that are made for every request; to make it for many, see
// [NewTemplate]:
//
//	script-src 'nonce-…' 'strict-dynamic' 'unsafe-inline' https:; object-src 'none';
//	base-uri 'none'; form-action 'self'; frame-ancestors 'self'
//
// 'unsafe-inline' and https: are for browsers that know neither nonces nor
// 'strict-dynamic'; the others ignore them.
func StrictByNonce(nonce Nonce) (Policy, error) {
	return strict([]ScriptSource{nonce})
}

// StrictByHash gives a strict policy like that of [StrictByNonce] for a page that
// is a file: only its own scripts run, and what they load in their turn. An
// external script needs an integrity attribute; without one it would be blocked, and
// that is an error. [StaticSite] allows such scripts by their URL.
func StrictByHash(page Page) (Policy, error) {
	var errs []error
	for _, l := range page.Loads {
		if l.Directive == "script-src" && !l.Integrity {
			errs = append(errs, fmt.Errorf("csp: script %q: a strict policy by hash blocks it; "+
				"give its element an integrity attribute with a sha256, sha384 or sha512 hash, or use csp.StaticSite", l.URL))
		}
	}
	if len(errs) > 0 {
		return Policy{}, errors.Join(errs...)
	}
	sources := hashSources[ScriptSource](nil, page.Scripts, page.Handlers)
	for _, h := range page.Integrity {
		sources = append(sources, h)
	}
	if len(sources) == 0 {
		return strictDirectives(ScriptSrc(None))
	}
	return strict(sources)
}

func strict(trusted []ScriptSource) (Policy, error) {
	return strictDirectives(ScriptSrc(append(trusted, StrictDynamic, UnsafeInline, SchemeOf("https:"))...))
}

func strictDirectives(script Directive) (Policy, error) {
	return New(script, ObjectSrc(None), BaseURI(None), FormAction(Self), FrameAncestors(Self))
}

// API gives the policy for responses that no browser should show as a page, JSON
// for example: it allows nothing.
func API() Policy {
	return Must(New(DefaultSrc(None), BaseURI(None), FormAction(None), FrameAncestors(None)))
}

// StaticSite gives a strict policy for a page that is a file: its inline code by
// hash, its scripts and style sheets by URL, the other things from the hosts that
// its elements name, and everything from its own origin but scripts, plugins
// and a base element if it has none. What its scripts and style sheets load from
// elsewhere it cannot know: allow it by [Policy.Append].
//
// It is an error if an element loads something from a URL that cannot be a source.
func StaticSite(page Page) (Policy, error) {
	s := sitePolicy{base: page.base()}
	directives := []Directive{
		DefaultSrc(Self),
		ScriptSrc(orNone(append(hashSources[ScriptSource](nil, page.Scripts, page.Handlers), widen[ScriptSource](s.loads(page, "script-src", true))...))...),
		StyleSrc(orNone(append(hashSources[StyleSource](nil, page.Styles, page.StyleAttrs), widen[StyleSource](s.loads(page, "style-src", true))...))...),
		ObjectSrc(orNone(s.loads(page, "object-src", false))...),
		BaseURI(orNone(s.loads(page, "base-uri", false))...),
		FormAction(s.selfAnd(page, "form-action")...),
		FrameAncestors(Self),
	}
	for _, d := range []struct {
		name string
		make func(...Location) Directive
	}{{"img-src", ImgSrc}, {"font-src", FontSrc}, {"media-src", MediaSrc}, {"frame-src", FrameSrc}, {"manifest-src", ManifestSrc},
		{"connect-src", func(l ...Location) Directive { return ConnectSrc(widen[ConnectSource](l)...) }}} {
		if sources := s.selfAnd(page, d.name); len(sources) > 1 {
			directives = append(directives, d.make(sources...))
		}
	}
	if err := errors.Join(s.errs...); err != nil {
		return Policy{}, err
	}
	return New(directives...)
}

// hashSources gives the hashes of elements and of attributes, and the keyword that
// the latter need.
func hashSources[S Source](sources []S, elements, attributes []Hash) []S {
	for _, h := range slices.Concat(elements, attributes) {
		sources = append(sources, any(h).(S))
	}
	if len(attributes) > 0 {
		sources = append(sources, any(UnsafeHashes).(S))
	}
	return sources
}

// widen turns locations into sources of a list that takes more than those.
func widen[S Source](locations []Location) []S {
	sources := make([]S, len(locations))
	for i, l := range locations {
		sources[i] = l.(S)
	}
	return sources
}

// orNone gives None for an empty list.
func orNone[S Source](sources []S) []S {
	if len(sources) == 0 {
		return []S{any(None).(S)}
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

func (s *sitePolicy) selfAnd(page Page, directive string) []Location {
	sources := []Location{Self}
	for _, l := range s.loads(page, directive, false) {
		if l != Self {
			sources = append(sources, l)
		}
	}
	return sources
}

// loads gives the sources of what a directive governs, whole URLs or hosts.
func (s *sitePolicy) loads(page Page, directive string, whole bool) []Location {
	var sources []Location
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
func (s *sitePolicy) source(url, directive string, whole bool) (Location, error) {
	scheme := schemeOf(url)
	switch {
	case isCrossOrigin(url):
	case scheme == "" && s.base != "" && directive != "base-uri":
		url, whole = s.base, false
	case scheme == "":
		return Self, nil
	case equalFold(scheme, "data") || equalFold(scheme, "blob"):
		if directive == "script-src" || directive == "object-src" || directive == "base-uri" {
			return nil, fmt.Errorf("csp: %q: allowing its scheme in %s would allow every script", url, directive)
		}
		return ParseScheme(scheme + ":")
	case equalFold(scheme, "mailto"): // a form's action; policies ask about it
		return ParseScheme(scheme + ":")
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
		return ParseHost(host)
	}
	return ParseHost(host + escapePath(url[path:]))
}

// escapePath escapes what cannot stand in the path of a source.
func escapePath(path string) string {
	var b strings.Builder
	for i := range len(path) {
		if c := path[i]; isAlpha(c) || isDigit(c) || strings.IndexByte("/-._~!$&'()*+=:@%", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
