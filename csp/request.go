package csp

import (
	"github.com/edgehelpers/lambdaedge/csp/internal/match"
	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

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
	// text. It is what 'strict-dynamic' trusts. Workers always are.
	NotParserInserted bool

	// Engine is whose behaviour is asked for. The zero value, [AllEngines], is what
	// all three browsers do, and the draft's word where they differ.
	Engine Engine
}

// Allows reports whether a page of the given origin may load a URL, for the use
// that the directive stands for: see the fields of [Request]. It is
// AllowsRequest without nonce, integrity and redirects, for an element that
// stands in the page's text.
func (p Policy) Allows(directive, url, origin string) bool {
	r := Request{Directive: directive, URL: url, Origin: origin}
	return p.allows(&r)
}

// AllowsRequest reports whether the policy allows the request: draft 6.7.2.1,
// "Does request violate policy?".
func (p Policy) AllowsRequest(r Request) bool {
	return p.allows(&r)
}

func (p Policy) allows(r *Request) bool {
	var asked match.Set
	rules := r.Engine.rules().Noting(&asked)
	if d := p.request(r, rules, p.upgrades(rules)); r.Engine.settles(asked) {
		return d.Allowed
	}
	return decide(r.Engine, func(rules match.Rules) Decision { return p.request(r, rules, p.upgrades(rules)) }).Allowed
}

// Explain is [Policy.AllowsRequest] with the reason, and with the browsers that
// decide otherwise.
func (p Policy) Explain(r Request) Decision { return List{p}.Explain(r) }

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

// request decides about a request. upgraded says that a policy of the page upgrades
// insecure requests.
func (p Policy) request(r *Request, rules match.Rules, upgraded bool) Decision {
	id := syntax.LookupDirective(syntax.AsciiLower(r.Directive))
	switch id {
	case syntax.DirScriptSrc:
		id = syntax.DirScriptSrcElem
	case syntax.DirStyleSrc:
		id = syntax.DirStyleSrcElem
	}
	d := Decision{Effective: syntax.Directives[id].Name, action: requestAction(id), subject: r.URL}
	by := p.read(rules).Governing(id)
	if by == nil || !takesURLs(id) {
		d.Allowed = true
		return d
	}
	d.governs(by)
	if id == syntax.DirFormAction && r.Redirects > 0 && !rules.Have(match.FormRedirect) {
		d.Allowed = true
		return d
	}
	u, ok := match.ParseURL(r.URL)
	if !ok {
		return d
	}
	switch {
	case id == syntax.DirFrameAncestors:
		u.Path = "" // an ancestor is known by its origin
	case upgraded && id != syntax.DirBaseURI:
		rules.Upgrade(&u)
	}
	fetch(&d, id, by, r, &u, rules)
	return d
}

// asksScript reports whether the directive by, which answers for the effective
// directive id, asks what script directives ask (draft 6.7.1.1). A fallback asks
// what the effective directive would, and worker-src asks for URLs only (6.1.17);
// but script-src asks as itself for whatever is a script (6.1.10).
func asksScript(id syntax.DirectiveID, by *syntax.Directive, rules match.Rules) bool {
	switch {
	case id == syntax.DirScriptSrcElem, id == syntax.DirWorkerSrc && by.ID == syntax.DirScriptSrc:
		return true
	case id != syntax.DirWorkerSrc:
		return false
	case by.ID == syntax.DirDefaultSrc:
		return rules.Have(match.DefaultSrcWorker)
	}
	return isStrictDynamic(by) && rules.Have(match.StrictDynamicWorkerSrc)
}

func isStrictDynamic(by *syntax.Directive) bool {
	return syntax.FindKeyword(by.Sources, syntax.KwStrictDynamic) != nil
}

// fetch decides about a URL with the list of the directive by, which answers
// for the effective directive id.
func fetch(d *Decision, id syntax.DirectiveID, by *syntax.Directive, r *Request, u *match.URL, rules match.Rules) {
	list := by.Sources
	script := asksScript(id, by, rules)
	if script || id == syntax.DirStyleSrcElem {
		if s := matchesNonce(list, r.Nonce); s != nil {
			d.allow(s)
			return
		}
	}
	if script { // draft 6.7.1.1, "Script directives pre-request check"
		if s := matchesIntegrity(list, r.Integrity, rules); s != nil {
			d.allow(s)
			return
		}
		if s := syntax.FindKeyword(list, syntax.KwStrictDynamic); s != nil {
			d.dynamic = true
			if r.NotParserInserted || id == syntax.DirWorkerSrc {
				d.allow(s)
			}
			return
		}
	}
	m := match.Matcher{Rules: rules, Directive: by.ID, Redirected: r.Redirects > 0}
	prepare(&m, by, r.Origin, script)
	if s := m.Find(list, u); s != nil {
		d.allow(s)
	}
}

// prepare makes a matcher fit for the list of a directive, on a page of that origin.
func prepare(m *match.Matcher, by *syntax.Directive, origin string, script bool) {
	if needOrigin(by.Sources) {
		m.Self, _ = match.ParseURL(origin)
	}
	if !script && by.ID == syntax.DirDefaultSrc {
		if s := syntax.FindKeyword(by.Sources, syntax.KwStrictDynamic); s != nil && m.Rules.Have(match.StrictDynamicDefaultURLs) {
			m.Dynamic, m.DynamicAt = true, s.Offset
		}
	}
}

// needOrigin reports whether it depends on the page's origin what the sources match.
func needOrigin(list []syntax.Source) bool {
	for i := range list {
		s := &list[i]
		host := s.Kind == syntax.SourceHost || s.Quirks.Host()
		if s.Keyword == syntax.KwSelf || host && s.Scheme.Kind == syntax.SchemeNone {
			return true
		}
	}
	return false
}

// matchesNonce is "Does nonce match source list?", draft 6.7.2.3.
func matchesNonce(list []syntax.Source, nonce string) *syntax.Source {
	if nonce == "" {
		return nil
	}
	for i := range list {
		if s := &list[i]; s.Kind == syntax.SourceNonce && s.Value() == nonce {
			return s
		}
	}
	return nil
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
