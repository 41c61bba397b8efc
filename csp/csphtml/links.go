package csphtml

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/internal/html"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// link handles an attribute of a link element (HTML, 4.6.7).
func (c *collector) link(t *html.Token, a *html.Attr) {
	name := string(a.Name)
	if name != "href" && name != "imagesrcset" {
		return
	}
	raw, _ := t.Attr("rel")
	at, ref := c.at+c.inTag(a), attrText(a.Raw)
	for rel := range strings.FieldsSeq(syntax.AsciiLower(attrText(raw))) {
		load := linkLoad(t, rel)
		load.URL = ref
		switch {
		case load.Directive == "":
		case name == "imagesrcset":
			if rel == "preload" && load.Directive == "img-src" {
				c.srcset(load, ref, at)
			}
		case load.Directive == "script-src":
			load.Integrity = c.addIntegrity(t) || rel == "modulepreload" && c.modules.hasIntegrity(ref)
			if c.addURL(load, at) && rel == "preload" && !load.Integrity {
				c.findOnce(findingScriptPreload, load.Directive, stripURL(ref), at)
			}
		default:
			c.addURL(load, at)
			if rel == "modulepreload" && load.Directive == "connect-src" {
				load.Directive = "script-src" // in WebKit
				c.addURL(load, at)
			}
		}
	}
}

// linkLoad gives what a link with a rel loads, but for its URL.
func linkLoad(t *html.Token, rel string) Load {
	switch rel {
	case "stylesheet":
		return Load{Directive: "style-src"}
	case "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon":
		return Load{Directive: "img-src"}
	case "manifest":
		return Load{Directive: "manifest-src"}
	case "compression-dictionary":
		return Load{Directive: "connect-src", Initiator: ByHint}
	case "prefetch", "next": // Firefox prefetches both
		return Load{Directive: "default-src", Initiator: ByHint}
	case "preload", "modulepreload":
		raw, _ := t.Attr("as")
		return Load{Directive: preloadDirective(rel, syntax.AsciiLower(attrText(raw))), Initiator: ByHint}
	}
	return Load{}
}

// preloadDirective gives the directive for what a link loads beforehand. Browsers ask
// script-src for all modules, workers too, but for those that are no scripts.
func preloadDirective(rel, as string) string {
	switch {
	case rel == "modulepreload" && as != "style" && as != "json":
		return "script-src"
	case rel == "preload" && as == "json":
		return ""
	}
	switch as {
	case "fetch", "font", "image", "json", "script", "style", "track": // HTML, 4.6.7.18, "translate a preload destination"
		return strings.TrimSuffix(csp.DirectiveFor(as), "-elem")
	case "worker": // in WebKit
		return "script-src"
	}
	return ""
}
