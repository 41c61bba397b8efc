package main

import (
	"net/url"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
)

// mostHosts is how many hosts of a directive are tried as that of the page. Each
// takes a look at all sources of the directive, for each URL of the page.
const mostHosts = 16

// otherPages gives the pages on which a URL may be allowed, where the page is not
// known and the URL is blocked. One that names its host matches what asks for the
// page, 'self' and hosts without a scheme, at best on a page of the same origin. One
// that has the host of the page may be allowed on each host that the directive names.
func (t *trial) otherPages(target string, list csp.List, d csp.Decision) []*url.URL {
	u, err := parseWebURL(target)
	if err != nil {
		return nil
	}
	if u.Host != t.page.Host {
		return []*url.URL{u}
	}
	by, _ := list[d.Policy].Lookup(d.Directive)
	text := by.String()
	pages, known := t.pages[text]
	if !known {
		pages = hostsOf(by)
		t.pages[text] = pages
	}
	return pages
}

// hostsOf gives the hosts that the sources of a directive name, as pages on them.
func hostsOf(d csp.Directive) []*url.URL {
	var pages []*url.URL
	for source := range d.Values() {
		u := hostOf(source)
		if u == nil || slices.ContainsFunc(pages, func(p *url.URL) bool { return p.Scheme == u.Scheme && p.Host == u.Host }) {
			continue
		}
		if pages = append(pages, u); len(pages) == mostHosts {
			break
		}
	}
	return pages
}

// hostOf gives a page on the host of a source; nil if it has none.
func hostOf(source string) *url.URL {
	if !strings.Contains(source, "://") {
		source = "https://" + source
	}
	u, err := parseWebURL(strings.Replace(source, "://*.", "://page.", 1))
	if err != nil || strings.ContainsAny(u.Host, "*'") {
		return nil
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/"}
}
