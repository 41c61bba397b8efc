package edgesim

import (
	"net/http"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/signing"
)

// restrict lets the request in, or answers 403: first by the viewer's country, then by the signature. No function runs
// before ("If the request meets the requirements in the policy statement, CloudFront does the standard operations",
// private-content-signed-urls.html). The two 403 can have a custom error page (georestrictions.html;
// private-content-signed-cookies.html, "The error page for the secure portion of the site").
func (x *exchange) restrict(st *Stage) *message.Response {
	resp := x.restrictCountry(st)
	if resp == nil {
		resp = x.restrictSigned(st)
	}
	x.restricted = resp != nil
	return resp
}

// viewerCountry is the header with the country that a restriction goes by.
const viewerCountry = "Cloudfront-Viewer-Country"

// restrictCountry applies the geographic restriction of the distribution.
func (x *exchange) restrictCountry(st *Stage) *message.Response {
	g := &x.s.config.Distribution.GeoRestriction
	if !g.on() {
		return nil
	}
	country := x.viewer.CloudFrontHeader(viewerCountry)
	if country == "" {
		st.say("geographic restriction: let in, as the viewer's country is not known; X-Mock-CloudFront-Viewer-Country plays one")
		return nil
	}
	in := func(list []string) bool {
		return slices.ContainsFunc(list, func(c string) bool { return strings.EqualFold(c, country) })
	}
	switch {
	case in(g.Block):
		return x.refuse(st, http.StatusForbidden, page.Country, "geographic restriction: %q is on the block list", country)
	case len(g.Allow) > 0 && !in(g.Allow):
		return x.refuse(st, http.StatusForbidden, page.Country, "geographic restriction: %q is not on the allow list", country)
	}
	st.say("geographic restriction: let in")
	return nil
}

// restrictSigned lets only signed requests in where the behaviour has trusted key groups.
func (x *exchange) restrictSigned(st *Stage) *message.Response {
	b := x.behavior
	if len(b.keys) == 0 {
		return nil
	}
	scheme := "http://"
	if x.viewer.HTTPS {
		scheme = "https://"
	}
	note, refused := signing.Verify(&signing.Request{
		Origin: scheme + x.names.Domain, Local: x.names.LocalBase, Path: x.request.URI, Query: x.request.Query,
		Cookies: x.request.Header["Cookie"], ClientIP: x.viewer.ClientIP, Now: x.now,
	}, b.keys, x.s.config.Unknowns.EscapedPolicyQuery)
	if refused != nil {
		st.Error = refused.Code + ": " + refused.Why
		x.trace.Reason = st.Error
		return page.Refusal(refused.Code, refused.Message)
	}
	st.say(note)
	if !x.s.config.Unknowns.SignatureInViewerRequest {
		x.stripSignature()
	}
	return nil
}

// stripSignature takes out what was for CloudFront alone.
func (x *exchange) stripSignature() {
	if len(x.behavior.keys) == 0 {
		return
	}
	x.request.Query = signing.StripQuery(x.request.Query)
}

// stripCookies takes the signed cookies out of the request to the cache and the origin.
func (x *exchange) stripCookies() {
	lines := x.request.Header["Cookie"]
	if len(x.behavior.keys) == 0 || len(lines) == 0 || !x.s.config.Unknowns.DropSignedCookies {
		return
	}
	h := x.request.Header.Clone()
	delete(h, "Cookie")
	if left := signing.StripCookies(lines); len(left) > 0 {
		h["Cookie"] = left
	}
	x.request.Header = h
}
