package edgesim

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/message"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/internal/policy"
)

// A ResponseHeadersPolicy says which headers of an answer are removed, added or replaced on its way from the cache or the origin to
// the viewer-response function ("Add or remove HTTP headers in CloudFront responses with a policy"). What is in the cache stays as
// it came. Answers of a viewer-request function, redirects to https and CloudFront's own pages stay as they are.
type ResponseHeadersPolicy struct {
	Name, ID string

	Remove  []string         // names of headers of the origin's that the viewer does not get
	CORS    *CORSHeaders     // nil: none
	Headers []ResponseHeader // security headers and custom ones

	// ServerTiming is the percentage of answers, 0 to 100, that have a Server-Timing header. A request with the header
	// Pragma: server-timing gets one whatever the percentage, if it is above 0.
	ServerTiming float64
}

// A ResponseHeader is a header that a policy adds.
type ResponseHeader struct {
	Name, Value string
	Override    bool // it takes the place of the origin's; otherwise the origin's own stays
}

// CORSHeaders are the headers with which a policy answers CORS requests, which have an Origin. Methods, Headers and MaxAge are for
// preflights.
type CORSHeaders struct {
	Origins     []string // "*", or origins; "*" in one is a part of the host, or the port: https://*.example.com, http://localhost:*
	Methods     []string // nil: no Access-Control-Allow-Methods
	Headers     []string // nil: no Access-Control-Allow-Headers
	Expose      []string // nil: no Access-Control-Expose-Headers
	MaxAge      int      // in seconds; 0: no Access-Control-Max-Age
	Credentials bool
	Override    bool // these headers take the place of the origin's; otherwise a single one of the origin's keeps all of these out
}

// compile brings a policy into the form that answers are changed by; nil stays nil.
func (p *ResponseHeadersPolicy) compile() *policy.ResponseHeaders {
	if p == nil {
		return nil
	}
	c := &policy.ResponseHeaders{}
	for _, name := range p.Remove {
		c.Remove = append(c.Remove, http.CanonicalHeaderKey(name))
	}
	for _, h := range p.Headers {
		c.Set = append(c.Set, policy.Header{Name: http.CanonicalHeaderKey(h.Name), Value: h.Value, Override: h.Override})
	}
	if o := p.CORS; o != nil {
		c.CORS = &policy.CORS{
			Origins: slices.Clone(o.Origins), Methods: slices.Clone(o.Methods), Headers: slices.Clone(o.Headers), Expose: slices.Clone(o.Expose),
			MaxAge: o.MaxAge, Credentials: o.Credentials, Override: o.Override,
		}
	}
	return c
}

// check reports everything that is wrong with a policy (cloudfront-limits.html, "Quotas on policies"; creating-response-headers-policies.html).
func (p *ResponseHeadersPolicy) check() error {
	if p == nil {
		return nil
	}
	var errs []error
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if p.ServerTiming < 0 || p.ServerTiming > 100 {
		wrong("ServerTiming: got %v, want a percentage from 0 to 100", p.ServerTiming)
	}
	set := map[string]bool{}
	for _, h := range p.Headers {
		name := http.CanonicalHeaderKey(h.Name)
		switch {
		case !message.IsToken(h.Name):
			wrong("Headers: %q is no header name", h.Name)
		case message.ControlAt(h.Value) >= 0:
			wrong("Headers: %s: the value has a control character", h.Name)
		case set[name]:
			wrong("Headers: %s stands twice", h.Name)
		case strings.HasPrefix(name, "Access-Control-"):
			wrong("Headers: %s: set it with CORS", h.Name)
		}
		set[name] = true
	}
	for _, name := range p.Remove {
		if !message.IsToken(name) {
			wrong("Remove: %q is no header name", name)
		}
	}
	if o := p.CORS; o != nil {
		if len(o.Origins) == 0 {
			wrong("CORS: Origins is empty: want \"*\" or origins such as https://www.example.com")
		}
		if o.MaxAge < 0 {
			wrong("CORS: MaxAge: got %d, want 0 or more seconds", o.MaxAge)
		}
		if o.Credentials && slices.Contains(slices.Concat(o.Origins, o.Methods, o.Headers, o.Expose), "*") {
			wrong(`CORS: with Credentials nothing may be "*"`)
		}
	}
	return errors.Join(errs...)
}
