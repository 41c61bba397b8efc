// Package crawl reads a built site and finds the pages that only forward, so that
// they become redirects. Generators write such pages where there is no server to
// send redirects:
//
//	Hugo          aliases
//	Docusaurus    @docusaurus/plugin-client-redirects
//	Jekyll        jekyll-redirect-from, whose pages may be files without extension
//	MkDocs        mkdocs-redirects
//	Sphinx        sphinx-reredirects, whose refresh stands in a noscript element
//	Astro         static redirects; a delay of 2 seconds stands for a temporary one
//
// All of them have a refresh in a meta element, and that is what [Dir] looks for:
//
//	<meta http-equiv="refresh" content="0; url=https://www.example.com/new/">
//	<link rel="canonical" href="https://www.example.com/new/">
//
// # Where a page is
//
// A page has the addresses that hosts serve it at:
//
//	old/index.html   /old/ and /old/index.html
//	old.html         /old.html, and /old if nothing else in the site is there
//	old              /old, if the file begins as HTML does
//
// Pages are files whose names end in .html, .htm or .xhtml, and files without an
// extension, or with that of a server's script (.php, .asp, .aspx, .jsp, .cfm), that
// begin with <!doctype html or <html. Files and folders whose names begin with a dot
// are no part of the site, but for .well-known. Symbolic links are not followed, and
// pages of more than [MaxPage] bytes are not read; a note says so.
//
// # Where it leads
//
// The refresh is read as browsers read it (HTML standard, shared declarative refresh
// steps), and its target is resolved against the page's address and base element as
// browsers do it (WHATWG URL standard).
//
//	content                    meaning
//	0; url=/new/               a permanent redirect, 301
//	2; url=/new/               a temporary one, 302, as search engines take it, up to [MaxDelay]
//	0;URL='/new/'  0,/new/     other spellings of the same
//	5                          reloads the page: no redirect
//	30; url=/next/             shows a page and then the next one: no redirect, but a note
//
// The target is that of the refresh, since it is where viewers have been led. If the
// canonical link names another page, a note says so.
//
// A refresh in a noscript element counts only if a script of the page has the same
// target in it. Pages that forward by a script alone are not found.
//
// # The site's own address
//
// Targets on the site's own host become paths. Which host that is, and under which
// path the site lies there, [Options.Base] says. Without it, what most pages say of
// themselves in their canonical links counts; if none does, the host and path at
// which most of the targets are pages of the site. If that tells nothing either,
// targets with a host keep it.
//
// # What is left out
//
// A page that leads to itself, directly or by way of others, a target that is no
// http URL, and all that package redirect refuses are left out. Each has a note; no
// page is left out silently.
package crawl
