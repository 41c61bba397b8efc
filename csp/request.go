package csp

import "github.com/edgehelpers/lambdaedge/csp/internal/syntax"

// A Request is what a page is about to load, or to do with a URL.
type Request struct {
	// Directive is what the request is for: the name of a fetch directive
	// ("img-src", "script-src-elem", "connect-src"; script-src and style-src
	// stand for their elements), or base-uri, form-action or
	// frame-ancestors. Use [DirectiveFor] to find it for a destination.
	Directive string

	// URL is the absolute URL that is about to be loaded; after redirects it
	// is the one that they led to. Its host is in Punycode. A text that is no
	// such URL matches nothing.
	URL string

	// Origin is the origin of the page, "https://www.example.com". It decides what
	// 'self' is, and the scheme of sources without one. An opaque origin is
	// "null" or "".
	Origin string

	// Redirects is how many redirects led to URL. After the first, paths
	// are not compared (draft 7.6).
	Redirects int

	// Nonce and Integrity are the attributes of the script, style or link
	// element. Leave Nonce empty if the element is "not nonceable" (draft
	// 6.7.3.1).
	Nonce, Integrity string

	// NotParserInserted says that a script made the element, not the page's
	// text. It is what 'strict-dynamic' trusts.
	NotParserInserted bool
}

// Allows reports whether a page of the given origin may load a URL, for the use
// that the directive stands for: see the fields of [Request]. It is
// AllowsRequest without nonce, integrity and redirects, for an element that
// stands in the page's text.
func (p Policy) Allows(directive, url, origin string) bool {
	d := p.request(&Request{Directive: directive, URL: url, Origin: origin})
	return d.Allowed
}

// AllowsRequest reports whether the policy allows the request: draft 6.7.2.1,
// "Does request violate policy?".
func (p Policy) AllowsRequest(r Request) bool {
	d := p.request(&r)
	return d.Allowed
}

// Explain is [Policy.AllowsRequest] with the reason.
func (p Policy) Explain(r Request) Decision { return p.request(&r) }

// AllowsBase reports whether a base element may have that href.
func (p Policy) AllowsBase(url, origin string) bool { return p.Allows("base-uri", url, origin) }

// AllowsFormAction reports whether a form may be sent to that URL.
func (p Policy) AllowsFormAction(url, origin string) bool {
	return p.Allows("form-action", url, origin)
}

// AllowsFrameAncestor reports whether the page, of that origin, may be shown
// in a frame of a page whose origin is ancestor. Ask for each of several
// ancestors: all must be allowed.
func (p Policy) AllowsFrameAncestor(ancestor, origin string) bool {
	return p.Allows("frame-ancestors", ancestor, origin)
}

// request decides about a request.
func (p Policy) request(r *Request) Decision {
	id := syntax.LookupDirective(syntax.AsciiLower(r.Directive))
	switch id {
	case syntax.DirScriptSrc:
		id = syntax.DirScriptSrcElem
	case syntax.DirStyleSrc:
		id = syntax.DirStyleSrcElem
	}
	d := Decision{Effective: syntax.Directives[id].Name, action: requestAction(id), subject: r.URL}
	by := p.governing(id)
	if by == nil || !takesURLs(id) {
		d.Allowed = true
		return d
	}
	d.governs(by)
	u, ok := parseURL(r.URL)
	if !ok {
		return d
	}
	self, _ := parseURL(r.Origin)
	p.fetch(&d, id, by, r, &u, &self)
	return d
}

// asksScript reports whether the directive by, which answers for the effective
// directive id, asks what script directives ask (draft 6.7.1.1). A fallback asks
// what the effective directive would, and worker-src asks for URLs only (6.1.17);
// but script-src asks as itself for whatever is a script (6.1.10).
func asksScript(id, by syntax.DirectiveID) bool {
	return id == syntax.DirScriptSrcElem || id == syntax.DirWorkerSrc && by == syntax.DirScriptSrc
}

// fetch decides about a URL with the list of the directive by, which answers
// for the effective directive id.
func (p Policy) fetch(d *Decision, id syntax.DirectiveID, by *syntax.Directive, r *Request, u, self *location) {
	list := by.Sources
	script := asksScript(id, by.Id)
	if script || id == syntax.DirStyleSrcElem {
		if s := matchesNonce(list, r.Nonce); s != nil {
			d.allow(s)
			return
		}
	}
	if script { // draft 6.7.1.1, "Script directives pre-request check"
		if s := matchesIntegrity(list, r.Integrity); s != nil {
			d.allow(s)
			return
		}
		if s := syntax.FindKeyword(list, syntax.KwStrictDynamic); s != nil {
			d.dynamic = true
			if r.NotParserInserted {
				d.allow(s)
			}
			return
		}
	}
	if s := matchesURL(list, u, self, r.Redirects > 0); s != nil {
		d.allow(s)
	}
}

func takesURLs(id syntax.DirectiveID) bool {
	v := syntax.Directives[id].Value
	return v == syntax.ValueSources || v == syntax.ValueAncestors
}

func requestAction(id syntax.DirectiveID) action {
	switch id {
	case syntax.DirConnectSrc:
		return actionConnect
	case syntax.DirFrameSrc, syntax.DirFencedFrameSrc, syntax.DirChildSrc:
		return actionFrame
	case syntax.DirFormAction:
		return actionForm
	case syntax.DirFrameAncestors:
		return actionAncestor
	case syntax.DirBaseURI:
		return actionBase
	}
	return actionLoad
}

// DirectiveFor gives the directive for requests with a destination of the
// Fetch Standard, "image" for example: draft 6.8.1, "Get the effective
// directive for request". It is "" for "report", which no directive governs, and
// connect-src for those it does not know.
func DirectiveFor(destination string) string {
	switch destination {
	case "manifest":
		return "manifest-src"
	case "object", "embed":
		return "object-src"
	case "frame", "iframe":
		return "frame-src"
	case "fencedframe":
		return "fenced-frame-src"
	case "audio", "track", "video":
		return "media-src"
	case "font":
		return "font-src"
	case "image":
		return "img-src"
	case "style":
		return "style-src-elem"
	case "script", "xslt", "audioworklet", "paintworklet":
		return "script-src-elem"
	case "serviceworker", "sharedworker", "worker":
		return "worker-src"
	case "report":
		return ""
	}
	return "connect-src"
}
