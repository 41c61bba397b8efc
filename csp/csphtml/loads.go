package csphtml

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/internal/html"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// load handles an attribute that may hold a URL.
func (c *collector) load(t *html.Token, a *html.Attr) {
	if len(a.Raw) == 0 {
		return
	}
	directive := governs(t, a.Name)
	if directive == "" || directive == "link" && !mayRun(a.Raw) {
		return
	}
	if directive != "script-src" && !mayRun(a.Raw) {
		if c.seen.raw[loadKey{directive, string(a.Raw)}] {
			return // as an image that stands in every row of a table
		}
		c.seen.raw[loadKey{directive, string(a.Raw)}] = true
	}
	value := attrText(a.Raw)
	if directive == "srcset" {
		for candidate := range strings.SplitSeq(value, ",") {
			if url := firstToken(candidate); url != "" {
				c.addLoad(Load{Directive: "img-src", URL: url})
			}
		}
		return
	}
	url := stripURL(value)
	switch scheme := schemeOf(url); {
	case syntax.EqualFold(scheme, "javascript"):
		c.find(findingJavaScriptURL, "script-src", url, c.at+c.inTag(a))
		return
	case directive == "link":
		return // links are looked at for javascript: only
	case directive == "script-src" && syntax.EqualFold(scheme, "data"):
		c.find(findingDataScript, directive, "data:", c.at+c.inTag(a))
		return
	}
	load := Load{Directive: directive, URL: url}
	if directive == "script-src" {
		integrity, _ := t.Attr("integrity")
		load.Integrity = hasIntegrity(attrText(integrity))
		if !load.Integrity && isCrossOrigin(url) {
			c.find(findingNoIntegrity, directive, url, c.at+c.inTag(a))
		}
	}
	c.addLoad(load)
}

// mayRun reports whether a raw URL may be a javascript: one.
func mayRun(raw []byte) bool {
	return raw[0] <= ' ' || raw[0]|0x20 == 'j' || raw[0] == '&'
}

func (c *collector) addLoad(l Load) {
	if !c.seen.loads[l] {
		c.seen.loads[l] = true
		c.page.Loads = append(c.page.Loads, l)
	}
}

// governs names the directive that governs the URL in an attribute: "" if it
// holds none that counts, "link" if it is only followed, "srcset" if it is a list
// of images.
func governs(t *html.Token, attr []byte) string {
	switch string(attr) {
	case "src":
		switch string(t.Name) {
		case "script":
			if isCode(t) {
				return "script-src"
			}
		case "img", "input":
			return "img-src"
		case "iframe", "frame":
			return "frame-src"
		case "audio", "video", "source", "track":
			return "media-src"
		case "embed":
			return "object-src"
		}
	case "href", "xlink:href":
		switch string(t.Name) {
		case "base":
			return "base-uri"
		case "link":
			return governsLink(t)
		case "a", "area":
			return "link"
		case "image", "feimage":
			return "img-src"
		case "script":
			if t.Foreign && isCode(t) {
				return "script-src"
			}
		}
	case "action":
		if string(t.Name) == "form" {
			return "form-action"
		}
	case "formaction":
		return "form-action"
	case "poster":
		return "img-src"
	case "data":
		if string(t.Name) == "object" {
			return "object-src"
		}
	case "srcset", "imagesrcset":
		return "srcset"
	}
	return ""
}

// governsLink is governs for link elements.
func governsLink(t *html.Token) string {
	rel, _ := t.Attr("rel")
	as, _ := t.Attr("as")
	directive := ""
	for token := range strings.FieldsSeq(syntax.AsciiLower(attrText(rel))) {
		switch token {
		case "stylesheet":
			return "style-src"
		case "icon", "apple-touch-icon":
			directive = "img-src"
		case "manifest":
			directive = "manifest-src"
		case "modulepreload":
			directive = "script-src"
		case "preload":
			if len(as) > 0 {
				directive = strings.TrimSuffix(csp.DirectiveFor(syntax.AsciiLower(attrText(as))), "-elem")
			}
		}
	}
	return directive
}

// hasIntegrity reports whether integrity metadata has a hash that browsers
// understand.
func hasIntegrity(metadata string) bool {
	for item := range strings.FieldsSeq(metadata) {
		item, _, _ = strings.Cut(item, "?")
		if _, err := csp.ParseHash(item); err == nil {
			return true
		}
	}
	return false
}

// stripURL takes away what the URL Standard's parser ignores.
func stripURL(url string) string {
	url = strings.TrimFunc(url, func(r rune) bool { return r <= ' ' })
	if strings.ContainsAny(url, "\t\n\r") {
		url = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(url)
	}
	return url
}

// schemeOf gives the scheme of an absolute URL, "" of another.
func schemeOf(url string) string {
	if n := syntax.SchemeLen(url); n > 0 && n < len(url) && url[n] == ':' {
		return url[:n]
	}
	return ""
}

// isCrossOrigin reports whether a URL in a page names a host.
func isCrossOrigin(url string) bool {
	return strings.HasPrefix(url, "//") || syntax.EqualFold(schemeOf(url), "https") || syntax.EqualFold(schemeOf(url), "http")
}

func firstToken(s string) string {
	s = syntax.TrimSpace(s)
	return s[:syntax.TokenLen(s)]
}
