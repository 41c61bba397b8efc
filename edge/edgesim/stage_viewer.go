package edgesim

import (
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/page"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/viewer"
)

// admit reads the viewer's request and applies what CloudFront checks before any function runs. It returns nil
// when the request may go on.
func (x *exchange) admit(r *http.Request) *message.Response {
	st := x.begin(StageViewer)
	defer x.end(st)
	path, query, ok := viewer.SplitTarget(x.trace.Viewer.Target)
	h := message.CloneHeader(r.Header, 1) // and Host
	if x.viewer.Proto == "1.0" {
		delete(h, "Accept-Encoding") // ServingCompressedFiles.html
	}
	x.behavior = x.s.behaviorFor(path)
	x.trace.Behavior = x.behavior.pattern
	st.say(x.behavior.note)
	x.takeMocks(st, h)
	x.request = &message.Request{Method: r.Method, ClientIP: x.viewer.ClientIP, URI: path, Query: query, Header: h}
	known := x.localNames(r, st)
	head := message.HeadSize(r.Header, query)
	length := len(x.trace.Viewer.Target)
	x.record.limits = [2]Limit{{"URL, bytes", length, viewer.MaxURL}, {"headers and query string, bytes", head, viewer.MaxHead}}
	st.Limits = x.record.limits[:]
	switch {
	case length > viewer.MaxURL:
		return x.refuse(st, http.StatusRequestURITooLong, page.BadRequest, "the URL has %d bytes, %d are allowed", length, viewer.MaxURL)
	case head > viewer.MaxHead:
		return x.refuse(st, 494, page.BadRequest, "headers and query string have %d bytes, %d are allowed", head, viewer.MaxHead)
	case !ok || viewer.BadEscape(path):
		return x.refuse(st, http.StatusBadRequest, page.BadRequest, "the request target is not a path with valid escapes")
	case r.Host == "":
		return x.refuse(st, http.StatusBadRequest, page.BadRequest, "no Host header")
	case !known:
		// "If you create the DNS record but don't add the CNAME in your CloudFront distribution configuration, then the request
		// returns a 403 error." (repost.aws/knowledge-center/cloudfront-troubleshoot-403-errors)
		return x.refuse(st, http.StatusForbidden, page.BadRequest, "the host %q is not the distribution's: neither %s, nor one of Aliases, nor a local name (Config.LocalNames adds some)", r.Host, x.s.domain)
	}
	if resp := x.protocolPolicy(st); resp != nil {
		return resp
	}
	if resp := x.admitBody(r, st); resp != nil {
		return resp
	}
	if resp := x.restrict(st); resp != nil {
		return resp
	}
	if x.s.config.Unknowns.RootObjectFirst {
		x.rootObject()
	}
	return nil
}

// takeMocks plays the viewer that the request's X-Mock headers ask for, and notes what of them has no effect.
func (x *exchange) takeMocks(st *Stage, h http.Header) {
	faults, notes := x.viewer.TakeMocks(h)
	st.Notes = append(st.Notes, notes...)
	seen := x.behavior.cloudFront
	if x.s.config.Distribution.GeoRestriction.on() {
		seen = append(slices.Clip(seen), viewerCountry)
	}
	st.Notes = append(st.Notes, x.viewer.UnseenMocks(seen)...)
	x.faults, notes = x.behavior.askedFor(faults)
	st.Notes = append(st.Notes, notes...)
}

// admitBody checks the method and takes the body.
func (x *exchange) admitBody(r *http.Request, st *Stage) *message.Response {
	length := lengthOf(r)
	hasBody := length != 0 && r.Body != nil && r.Body != http.NoBody
	most := x.s.config.MaxRequestBody
	switch {
	case !slices.Contains(x.behavior.allowed, r.Method):
		return x.refuse(st, http.StatusForbidden, page.MethodNotAllowed,
			"%q is not among the behaviour's allowed methods: %s", r.Method, strings.Join(x.behavior.allowed, ", "))
	case hasBody && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		return x.refuse(st, http.StatusForbidden, page.BadRequest, "a %s request with a body", r.Method) // RequestAndResponseBehaviorCustomOrigin.html
	case length > most:
		return x.refuse(st, http.StatusRequestEntityTooLarge, page.BadRequest, "the body has %d bytes, %d are allowed", length, most)
	case hasBody:
		x.request.Body = &message.Body{Reader: http.MaxBytesReader(nil, r.Body, most), Length: length}
	}
	if hasBody && length > 0 {
		x.request.Header["Content-Length"] = []string{strconv.FormatInt(length, 10)} // a request that a program made has it in no header
	}
	delete(x.request.Header, "Transfer-Encoding")
	if hasBody && length < 0 && r.ProtoMajor < 2 {
		message.SetChunked(x.request.Header) // net/http took it out; HTTP/2 has no such header (RFC 9113 section 8.2.2)
	}
	return nil
}

// lengthOf is the length of the request's body, -1 when it comes in chunks. A request that a program made to send, and not one
// that a server read, has 0 there for a body of unknown length as well.
func lengthOf(r *http.Request) int64 {
	made := r.RequestURI == "" && r.ContentLength == 0 && r.Body != nil
	if made || slices.Contains(r.TransferEncoding, "chunked") {
		return -1
	}
	return r.ContentLength
}

// localNames puts the distribution's own name into the request when the viewer used a local one. It reports false when the request
// names a host that is not the distribution's.
func (x *exchange) localNames(r *http.Request, st *Stage) (known bool) {
	host, port := viewer.SplitHost(r.Host)
	x.names = viewer.Names{Domain: x.s.domain}
	own := host == x.s.domain
	if !own && viewer.HasName(x.s.config.Distribution.Aliases, host) {
		own, x.names.Domain = true, host
	}
	if !own || port != "" {
		scheme := "http://"
		if r.TLS != nil {
			scheme = "https://"
		}
		x.names.Local, x.names.LocalBase = r.Host, scheme+r.Host
	}
	known = own || viewer.IsLocal(host) || viewer.HasName(x.s.localNames, host) || cameTo(r, host)
	changed := x.names.Inward(x.request.Header)
	if x.names.Local != "" && known {
		headers := "Host"
		for _, name := range changed {
			headers += ", " + name
		}
		st.say(headers + ": " + x.names.Local + " is " + x.names.Domain + " to functions")
	}
	return known
}

// cameTo reports whether the host is the address at which the request came in.
func cameTo(r *http.Request, host string) bool {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return false
	}
	address, _, err := net.SplitHostPort(local.String())
	return err == nil && address == host
}

// protocolPolicy applies the viewer protocol policy ("Require HTTPS for communication between viewers and
// CloudFront").
func (x *exchange) protocolPolicy(st *Stage) *message.Response {
	if x.viewer.HTTPS || x.behavior.ViewerProtocol == "" || x.behavior.ViewerProtocol == AllowAll {
		return nil
	}
	permanent := x.request.Method == http.MethodGet || x.request.Method == http.MethodHead
	if x.behavior.ViewerProtocol == HTTPSOnly || !permanent && x.viewer.Proto == "1.0" {
		return x.refuse(st, http.StatusForbidden, page.BadRequest, "http, and the behaviour's viewer protocol policy is %s", x.behavior.ViewerProtocol)
	}
	status := http.StatusTemporaryRedirect
	if permanent {
		status = http.StatusMovedPermanently
	}
	location := "https://" + x.names.Domain + message.Target(x.request.URI, x.request.Query)
	st.note("http is redirected to https")
	resp := page.New(status, page.Redirect, http.StatusText(status), x.trace.ID)
	resp.Header.Set("Location", location)
	return resp
}
