package main

import (
	"net/url"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
)

// A blockage is a kind of thing that is blocked.
type blockage struct {
	code     string
	severity csp.Severity
	what     string
	mend     string
}

var (
	blockedScript = blockage{"blocked-inline-script", csp.High, "this inline script",
		"add the hash to the directive, or move the script into a file that is allowed"}
	blockedHandler = blockage{"blocked-event-handler", csp.Medium, "this event handler",
		"use addEventListener in a script; the hash and 'unsafe-hashes' allow it too, but in every element"}
	blockedStyle = blockage{"blocked-inline-style", csp.Medium, "this inline style",
		"add the hash to the directive, or move the style into a file that is allowed"}
	blockedStyleAttr = blockage{"blocked-style-attribute", csp.Medium, "this style attribute",
		"use a class and a style sheet; the hash and 'unsafe-hashes' allow it too, but on every element"}
	blockedNavigation = blockage{"blocked-javascript-url", csp.Medium, "this javascript: URL",
		"use a button, and an event listener in a script"}
	blockedLoad = blockage{"blocked-load", csp.Medium, "this URL",
		"add the URL or its host to the directive, or take the element out"}
	blockedScheme = blockage{"blocked-load", csp.Medium, "this URL",
		"add its scheme to the directive, or take the element out"}
	blockedScriptLoad = blockage{"blocked-load", csp.High, "this script",
		"add its URL or its host to the directive, or take the element out"}
	blockedHint = blockage{"blocked-load", csp.Low, "what this link loads beforehand",
		"add the URL or its host to the directive, or take the link out"}
	blockedModule = blockage{"blocked-load", csp.High, "the import of this module",
		"add its URL or its host to the directive, or name the module with its hash under \"integrity\" in an import map, and add that hash"}
	blockedModuleByDynamic = blockage{"blocked-load", csp.High, "the import of this module",
		"name the module with its hash under \"integrity\" in an import map, and add that hash; 'strict-dynamic' switches hosts off"}
	blockedMapping = blockage{"blocked-load", csp.Low, "this module of the import map, should a script import it",
		"add its URL or its host to the directive, or name the module with its hash under \"integrity\" in the map, and add that hash"}
	blockedByDynamic = blockage{"blocked-load", csp.High, "this script",
		"give the element an integrity attribute whose hash is in the directive; 'strict-dynamic' switches hosts off"}
)

// engines are those that a page is held against.
var engines = [...]csp.Engine{csp.Chromium, csp.Firefox, csp.WebKit}

// A verdict is what policies say of a place in the page.
type verdict struct {
	csp.Decision // of the last engine
	list         csp.List
	enforced     bool
	engines      []csp.Engine // that block it
	maybe        bool         // on a host that the page may be on it is allowed
}

// who says who blocks it, with the verb: "browsers block", "WebKit reports".
func (v verdict) who(verb string) string {
	switch len(v.engines) {
	case len(engines):
		return "browsers " + verb
	case 1:
		return v.engines[0].String() + " " + verb + "s"
	}
	return v.engines[0].String() + " and " + v.engines[1].String() + " " + verb
}

// at makes a finding of a blockage. It says what a browser does, not what was meant.
func (b *blockage) at(offset int, value string, v verdict) csp.Finding {
	f := csp.Finding{Code: b.code, Severity: b.severity, Position: noPlace(offset), Directive: v.Directive, Value: value,
		Reason: "nothing in the directive allows " + b.what + ", so " + v.who("block") + " it", Mend: b.mend}
	if !v.enforced {
		f.Severity = csp.Low
		f.Reason = "nothing in the directive allows " + b.what + ", so " + v.who("report") + " it, and will block it once the report-only policy is enforced"
	}
	if v.maybe {
		f.Severity = csp.Low
		f.Reason += ", unless the page's own host makes it match"
		f.Mend += "; say with -origin which site the page is of"
	}
	if v.hasNonce() && b != &blockedHandler && b != &blockedStyleAttr && b != &blockedNavigation {
		f.Mend = "give the element the policy's nonce; or " + f.Mend
	}
	if v.Directive == "default-src" {
		own := strings.TrimSuffix(strings.TrimSuffix(v.Effective, "-elem"), "-attr")
		f.Mend += "; with " + own + " beside it, other things stay as default-src has them"
	}
	return f
}

// hasNonce reports whether the directive has a nonce that an element could have.
func (v verdict) hasNonce() bool { return v.has("'nonce-") && takesNonce(v.Effective) }

func takesNonce(directive string) bool {
	return directive == "script-src-elem" || directive == "style-src-elem"
}

func (v verdict) has(source string) bool {
	d, _ := v.list[v.Policy].Lookup(v.Directive)
	return strings.Contains(strings.ToLower(d.String()), source)
}

func blockageOf(l csphtml.Load, v verdict) *blockage {
	switch {
	case l.Initiator == csphtml.ByHint:
		return &blockedHint
	case l.Initiator == csphtml.ByImportMap:
		return &blockedMapping
	case isImport(l.Initiator) && v.has("'strict-dynamic'"):
		return &blockedModuleByDynamic
	case isImport(l.Initiator):
		return &blockedModule
	case l.Directive != "script-src" && hasHost(l.URL):
		return &blockedLoad
	case l.Directive != "script-src":
		return &blockedScheme
	case v.has("'strict-dynamic'"):
		return &blockedByDynamic
	}
	return &blockedScriptLoad
}

func isImport(i csphtml.Initiator) bool { return i == csphtml.ByImport || i == csphtml.ByImportCall }

// hasHost reports whether a URL is relative, or of a scheme whose URLs have hosts.
func hasHost(text string) bool {
	u, err := url.Parse(text)
	return err != nil || u.Scheme == "" || u.Host != ""
}
