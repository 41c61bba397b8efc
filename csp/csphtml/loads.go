package csphtml

import (
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/html"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// load handles an attribute that may have a URL in it.
func (c *collector) load(t *html.Token, a *html.Attr) {
	if len(a.Raw) == 0 {
		return
	}
	if string(t.Name) == "link" && !t.Foreign {
		c.link(t, a)
		return
	}
	u := useOf(t, a)
	if u == useNone || u == useFollowed && !mayRun(a.Raw) || c.isRepeated(u, a.Raw) {
		return
	}
	at := c.at + c.inTag(a)
	value := attrText(a.Raw)
	switch u {
	case useScript:
		c.loadScript(t, value, at)
	case usePing:
		for ref := range strings.FieldsSeq(value) {
			c.addURL(Load{Directive: "connect-src", URL: ref}, at)
		}
	case useAnimation:
		for ref := range strings.SplitSeq(value, ";") {
			c.addURL(Load{Directive: "img-src", URL: ref}, at)
		}
	case useImages:
		c.srcset(Load{Directive: "img-src"}, value, at)
	case useStyle:
		c.readDeclarations([]byte(value), at)
	case useFollowed:
		if url := stripURL(value); syntax.EqualFold(schemeOf(url), "javascript") {
			c.find(findingJavaScriptURL, "script-src", url, at)
		}
	default:
		if u == useBase {
			c.modules.setBase(value)
		}
		for _, directive := range directives[u] {
			c.addURL(Load{Directive: directive, URL: value}, at)
		}
	}
}

// isRepeated reports whether a URL has been seen as it stands in the page, as that of an
// image in every row of a table. Scripts are told by more than their URL.
func (c *collector) isRepeated(u use, raw []byte) bool {
	const longest = 1 << 10 // longer ones, of data: most often, are not kept
	if u == useScript || mayRun(raw) || len(raw) > longest {
		return false
	}
	if c.seen.raw[loadKey{u, string(raw)}] {
		return true
	}
	c.seen.raw[loadKey{u, string(raw)}] = true
	return false
}

// loadScript takes the URL of a script element.
func (c *collector) loadScript(t *html.Token, ref string, at int64) {
	language, _ := scriptLanguage(t)
	load := Load{Directive: "script-src", URL: ref}
	load.Integrity = c.addIntegrity(t) || language == languageModule && c.modules.hasIntegrity(ref)
	if !c.addURL(load, at) {
		return
	}
	if !load.Integrity && isCrossOrigin(stripURL(ref)) {
		c.findOnce(findingNoIntegrity, load.Directive, stripURL(ref), at)
	}
	if language == languageModule && len(c.modules.integrity) == 0 {
		c.findOnce(findingExternalModule, load.Directive, stripURL(ref), at)
	}
}

// addIntegrity takes the integrity attribute of a script or a link, and reports whether
// it has a hash that browsers understand.
func (c *collector) addIntegrity(t *html.Token) bool {
	if t.Foreign {
		return false
	}
	raw, _ := t.Attr("integrity")
	hashes := integrityHashes(attrText(raw))
	for _, h := range hashes {
		c.add(&c.page.Integrity, h)
	}
	return len(hashes) > 0
}

// srcset takes the images of a srcset attribute (HTML, 4.8.4.3.4, "parse a srcset
// attribute"). A URL may have commas in it.
func (c *collector) srcset(l Load, value string, at int64) {
	for rest := strings.TrimLeft(value, syntax.AsciiSpace+","); rest != ""; rest = strings.TrimLeft(rest, syntax.AsciiSpace+",") {
		token := rest[:syntax.TokenLen(rest)]
		rest = rest[len(token):]
		if l.URL = strings.TrimRight(token, ","); l.URL == token { // sizes follow
			_, rest, _ = strings.Cut(rest, ",")
		}
		c.addURL(l, at)
	}
}

// mayRun reports whether a raw URL may be a javascript: one.
func mayRun(raw []byte) bool {
	return raw[0] <= ' ' || raw[0]|0x20 == 'j' || raw[0] == '&'
}

// addURL adds what is loaded from a URL that stands at an offset, and reports whether
// anything is.
func (c *collector) addURL(l Load, at int64) bool {
	l.URL = stripURL(l.URL)
	switch scheme := syntax.AsciiLower(schemeOf(l.URL)); {
	case l.URL == "":
		return false
	case scheme == "javascript":
		c.find(findingJavaScriptURL, "script-src", l.URL, at)
		return false
	case scheme == "about": // nothing is fetched, and no policy asked
		return false
	case scheme == "data" && l.Directive == "script-src":
		c.find(findingDataScript, l.Directive, "data:", at)
		return false
	case scheme == "data":
		if n := strings.IndexByte(l.URL, ','); n >= 0 {
			l.URL = l.URL[:n+1]
		}
	}
	if !c.seen.loads[l] {
		c.seen.loads[l] = true
		c.page.Loads = append(c.page.Loads, l)
	}
	return true
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
