package csphtml

import (
	"path"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/html"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A use is what an attribute has URLs for.
type use uint8

const (
	useNone      use = iota
	useAnimation     // values that an attribute with a URL gets, with semicolons between
	useBase
	useFollowed // by a click
	useFont
	useForm
	useFrame
	useImage
	useImages // a srcset attribute
	useImageObject
	useMedia
	useObject
	usePing
	useScript
	useStyle // a declaration of CSS
)

// directives has the directives that are asked about each use.
var directives = [...][]string{
	useBase:        {"base-uri"},
	useFont:        {"font-src"},
	useForm:        {"form-action"},
	useFrame:       {"frame-src"},
	useImage:       {"img-src"},
	useImages:      {"img-src"},
	useImageObject: {"object-src", "img-src"},
	useMedia:       {"media-src"},
	useObject:      {"object-src", "frame-src"},
	usePing:        {"connect-src"},
	useScript:      {"script-src"},
}

// useOf says what an attribute has URLs for: those that HTML lists in its index of
// attributes and in 16.2, and those of SVG that browsers load. What browsers do was
// measured with Chromium 156, Firefox 153 and WebKitGTK 2.50.6. Links are left out, as
// are style and srcdoc attributes.
func useOf(t *html.Token, a *html.Attr) use {
	if t.Foreign {
		return useOfForeign(t, a)
	}
	name := string(t.Name)
	switch string(a.Name) {
	case "src":
		return useOfSrc(t)
	case "href":
		switch name {
		case "base":
			return useBase
		case "a", "area":
			return useFollowed
		}
	case "action":
		if name == "form" {
			return useForm
		}
	case "formaction":
		if name == "button" || name == "input" {
			return useForm
		}
	case "poster":
		if name == "video" {
			return useImage
		}
	case "data":
		if name == "object" {
			return useOfObject(t, a)
		}
	case "srcset":
		if name == "img" || name == "source" || name == "image" {
			return useImages
		}
	case "ping":
		if name == "a" || name == "area" {
			return usePing
		}
	case "background":
		switch name {
		case "body", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "col", "colgroup":
			return useImage
		}
	}
	return useNone
}

// useOfSrc is useOf for src attributes.
func useOfSrc(t *html.Token) use {
	switch string(t.Name) {
	case "script":
		if l, ok := scriptLanguage(t); ok && (l == languageScript || l == languageModule) {
			return useScript
		}
	case "img", "image": // HTML, 13.2.6.4.7: "A start tag whose tag name is "image"": it is img
		return useImage
	case "input":
		if kind, _ := t.Attr("type"); syntax.EqualFold(attrText(kind), "image") {
			return useImage
		}
	case "iframe", "frame":
		return useFrame
	case "audio", "video", "source", "track":
		return useMedia
	case "embed":
		for i := range t.Attrs {
			if string(t.Attrs[i].Name) == "src" {
				return useOfObject(t, &t.Attrs[i])
			}
		}
	}
	return useNone
}

// useOfObject is useOf for the URLs of object and embed. WebKit takes what has the type
// or, without one, the extension of an image for an image element; Chromium takes what
// has not for a frame; both ask object-src too.
func useOfObject(t *html.Token, a *html.Attr) use {
	kind, _ := t.Attr("type")
	essence, _, _ := strings.Cut(syntax.AsciiLower(attrText(kind)), ";")
	if essence = syntax.TrimSpace(essence); essence == "" {
		file, _, _ := strings.Cut(attrText(a.Raw), "?")
		file, _, _ = strings.Cut(file, "#")
		switch syntax.AsciiLower(path.Ext(file)) {
		case ".apng", ".avif", ".bmp", ".cur", ".gif", ".ico", ".jfif", ".jpeg", ".jpg", ".pjp", ".pjpeg", ".png", ".webp":
			essence = "image/"
		}
	}
	if strings.HasPrefix(essence, "image/") && essence != "image/svg+xml" {
		return useImageObject
	}
	return useObject
}

// useOfForeign is useOf for elements of SVG and MathML.
func useOfForeign(t *html.Token, a *html.Attr) use {
	switch string(a.Name) {
	case "href", "xlink:href":
		return useOfForeignHref(t, a)
	case "fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker", "marker-start", "marker-mid", "marker-end":
		return useStyle // presentation attributes: SVG 2, 6.6
	case "from", "to", "values":
		if attribute, _ := t.Attr("attributename"); string(attribute) == "href" || string(attribute) == "xlink:href" {
			return useAnimation
		}
	}
	return useNone
}

func useOfForeignHref(t *html.Token, a *html.Attr) use {
	switch string(t.Name) {
	case "a":
		return useFollowed
	case "script":
		if l, ok := scriptLanguage(t); ok && (l == languageScript || l == languageModule) {
			return useScript
		}
	case "image", "feimage", "use", "lineargradient", "radialgradient", "pattern", "textpath", "mpath":
		if a.Raw[0] != '#' { // that is in the document itself
			return useImage
		}
	case "font-face-uri":
		return useFont
	}
	return useNone
}
