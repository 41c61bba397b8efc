package prober

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// A Probe is one question to a browser: a page with policies, and something that the page does.
// Its JSON form, with the names in lower case, is a line of the command probe.
type Probe struct {
	// Origin is that of the page, such as "https://site.test:8443". Host names end in ".test", or are "localhost", names
	// below it, or IP addresses. "" means "http://site.test".
	Origin string `json:"origin,omitempty"`

	// Policies are the values of the page's Content-Security-Policy headers, one a header; the bytes are sent as they are.
	Policies []string `json:"policies,omitempty"`
	// ReportOnly are those of Content-Security-Policy-Report-Only. "{url}" in one stands for URL, see the kind "report".
	ReportOnly []string `json:"reportonly,omitempty"`
	// Meta are policies in meta elements of the page's head.
	Meta []string `json:"meta,omitempty"`

	// Kind is what the page does: one of [Kinds].
	Kind string `json:"kind"`
	// URL is what it asks for, absolute. A parameter is added to its query. Not for kinds that ask for nothing.
	URL string `json:"url,omitempty"`
	// Redirect is the absolute URL that the answer for URL redirects to. The probe then asks about this one.
	Redirect string `json:"redirect,omitempty"`
	// Nonce is the nonce attribute of the element.
	Nonce string `json:"nonce,omitempty"`
	// Integrity is the integrity attribute of the element.
	Integrity string `json:"integrity,omitempty"`
	// Text is the code or style of kinds that have one, and the body of external scripts; "" means [ScriptBody] for code,
	// [StyleBody] for styles and [StyleAttribute] for style attributes. For "html" and "report" it is the page's body as
	// markup, for "code" code of the prober's own that runs with the page's window and document, and calls settle("ran")
	// or settle("blocked"). In "html", "report" and "code", "{url}" stands for URL; in the policies of a page with "html",
	// "{hash}" stands for the hash source of the markup's first script element.
	Text string `json:"text,omitempty"`

	// As is the beginning that the URL must have when the server sees it, for requests that a browser may change before it
	// sends them. "" means that any request of the probe counts.
	As string `json:"as,omitempty"`
}

// What the server sends for scripts, and what kinds with inline code or styles have as their text.
const (
	ScriptBody     = "window.ran=1"
	StyleBody      = "i{color:rgb(1,2,3)}"
	StyleAttribute = "color:rgb(1,2,3)"
)

// Kinds returns the kinds of probe.
//
// Requests, by element or function: beacon, embed, es (EventSource), fetch, font, form (posts, from the page's own frame),
// frame, img, media, modulepreload, object, ping, prefetch, preload-img, script, module, sharedworker, style, track,
// worker, ws (WebSocket), xhr.
//
// Code and styles without a request: inline (a script element), handler (an onclick attribute), inlinestyle, styleattr,
// eval, function (new Function), timer (a string for setTimeout), wasm, javascript (a link with a javascript: URL),
// blobimg, blobworker, dataworker.
//
// Others: html (the parser reads the markup in Text: allowed means that the server saw the probe's URL, or that window.ran
// is set), code (see [Probe.Text]), page (the page is loaded, and has an image element with URL), report (the page is loaded, and URL is where a policy reports to).
func Kinds() []string {
	return []string{
		"beacon", "blobimg", "blobworker", "code", "dataworker", "embed", "es", "eval", "fetch", "font", "form", "frame",
		"function", "handler", "html", "img", "inline", "inlinestyle", "javascript", "media", "module", "modulepreload",
		"object", "page", "ping", "prefetch", "preload-img", "report", "script", "sharedworker", "style", "styleattr",
		"timer", "track", "wasm", "worker", "ws", "xhr",
	}
}

// A Result is what a browser did with a probe.
type Result struct {
	// Allowed reports whether the server saw the request, or the code ran.
	Allowed bool `json:"allowed"`
	// Sure is false if nothing told that it was blocked: neither an event nor an error came in time.
	Sure bool `json:"sure"`
	// Seen is the URL of the last request that the server saw for the probe, without the parameter; "" if there was none.
	Seen string `json:"seen,omitempty"`
	// Note is what the page saw: "load", "error", "violation of" with a directive's name, "ran" or "blocked".
	Note string `json:"note,omitempty"`
}

// String tells the result in a few words.
func (r Result) String() string {
	word := map[bool]string{true: "allowed", false: "blocked"}[r.Allowed]
	if !r.Sure {
		word = "blocked or late"
	}
	if r.Note != "" {
		word += ", " + r.Note
	}
	if r.Seen != "" {
		word += ", seen as " + r.Seen
	}
	return word
}

// check says what is wrong with a probe.
func (p Probe) check() error {
	if !slices.Contains(Kinds(), p.Kind) {
		return fmt.Errorf("kind %q: not one of %s", p.Kind, strings.Join(Kinds(), ", "))
	}
	for _, address := range []string{p.origin(), p.URL, p.Redirect} {
		if isSent(address) && !isProbed(hostOf(address)) {
			return fmt.Errorf("%s: the host of %q is neither below .test nor localhost nor an IP address", p.Kind, address)
		}
	}
	return nil
}

// hostOf returns the host of a URL that may have an odd path, or "" if it has none.
func hostOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	authority := rest[:len(rest)-len(strings.TrimLeftFunc(rest, func(r rune) bool { return !strings.ContainsRune("/?#", r) }))]
	parsed, err := url.Parse("//" + authority)
	if err != nil {
		return authority
	}
	return parsed.Hostname()
}

const usualOrigin = "http://site.test"

func (p Probe) origin() string { return cmp.Or(p.Origin, usualOrigin) }

// isAlone reports whether the probe cannot share its page with others: it leaves the page, or needs it from its start.
func (p Probe) isAlone() bool {
	return slices.Contains([]string{"code", "form", "html", "javascript", "page", "report", "timer"}, p.Kind)
}

// page is what two probes must have in common to share a page.
func (p Probe) page() string {
	return fmt.Sprintf("%q %q %q %q", p.origin(), p.Policies, p.ReportOnly, p.Meta)
}
