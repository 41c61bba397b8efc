package csphttp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspcrypto"
)

// A Config says which policies a [Middleware] sends. At least one of Enforced and
// ReportOnly is needed.
type Config struct {
	_ [0]func() // no unkeyed literals, no comparison

	// Enforced and ReportOnly make the two policies of a nonce, as
	// csp.NewTemplate wants it; csp.StrictByNonce is such a function. They are
	// called by New and never again.
	Enforced, ReportOnly func(csp.Nonce) (csp.Policy, error)

	// ReportURL is where browsers send reports, absolute: https://…. It is
	// added to policies without report-to and report-uri of their own, and
	// given a name in the Reporting-Endpoints header. If it is "", nothing is added.
	ReportURL string

	// Cacheable goes with responses that were made without the nonce and that
	// caches may keep: static files. Hashes are at home in it
	// (csphtml.StaticSite), nonces are refused. If it is the zero Policy, these
	// responses have Enforced with a hash in the nonce's place that no code
	// has.
	Cacheable csp.Policy

	// Warn is told of responses that a handler made with the nonce and told shared
	// caches to keep, which the Middleware has forbidden, and of a nonce that was
	// asked for too late. It may be nil.
	Warn func(*http.Request, error)
}

// A Middleware puts policies into responses. Make one with [New], when the
// program starts. It is safe for concurrent use.
type Middleware struct {
	enforced, reportOnly csp.Template
	endpoints            string // value of Reporting-Endpoints, or ""

	// The policies of responses that caches may keep.
	cacheable, cacheableReportOnly string

	warn func(*http.Request, error)
}

// New compiles the policies. Everything that is wrong with the configuration is in
// the error.
func New(c Config) (*Middleware, error) {
	m := &Middleware{warn: c.Warn}
	var errs []error
	if c.Enforced == nil && c.ReportOnly == nil {
		errs = append(errs, errors.New("csphttp: got neither Enforced nor ReportOnly, want at least one; csp.StrictByNonce is a good one"))
	}
	endpoints, err := header(csp.Rollout{ReportURL: c.ReportURL}, csp.ReportingEndpointsHeaderName)
	if err != nil {
		return nil, errors.Join(append(errs, fmt.Errorf("csphttp: %w", err))...)
	}
	m.endpoints = endpoints
	if m.enforced, m.cacheable, err = compile(c.Enforced, c.ReportURL, csp.HeaderName); err != nil {
		errs = append(errs, fmt.Errorf("csphttp: Enforced: %w", err))
	}
	if m.reportOnly, m.cacheableReportOnly, err = compile(c.ReportOnly, c.ReportURL, csp.ReportOnlyHeaderName); err != nil {
		errs = append(errs, fmt.Errorf("csphttp: ReportOnly: %w", err))
	}
	if !c.Cacheable.IsZero() {
		if m.cacheable, err = cacheable(c.Cacheable, c.ReportURL); err != nil {
			errs = append(errs, fmt.Errorf("csphttp: Cacheable: %w", err))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return m, nil
}

// header gives the value of one of the headers of a rollout, "" if it has none of
// the name.
func header(r csp.Rollout, name string) (string, error) {
	headers, err := r.Headers()
	if err != nil {
		return "", err
	}
	for n, value := range headers {
		if n == name {
			return value, nil
		}
	}
	return "", nil
}

// compile makes the template for a header of what build builds, and the policy for
// responses without the nonce.
func compile(build func(csp.Nonce) (csp.Policy, error), reportURL, name string) (t csp.Template, without string, err error) {
	if build == nil {
		return t, "", nil
	}
	t, err = csp.NewTemplate(func(nonce csp.Nonce) (csp.Policy, error) {
		p, err := build(nonce)
		if err != nil {
			return csp.Policy{}, err
		}
		r := csp.Rollout{Enforced: p, ReportURL: reportURL}
		if name == csp.ReportOnlyHeaderName {
			r = csp.Rollout{ReportOnly: p, ReportURL: reportURL}
		}
		value, err := header(r, name)
		if err != nil {
			return csp.Policy{}, err
		}
		p, _ = csp.Parse(value)
		return p, nil
	})
	if err != nil {
		return t, "", err
	}
	nonce := cspcrypto.NewNonce()
	return t, strings.ReplaceAll(string(t.Append(nil, nonce)), "'nonce-"+nonce.Value()+"'", noCode), nil
}

// noCode is the hash of nothing that anybody knows. Where it stands in a nonce's
// place, 'unsafe-inline' beside it stays switched off (draft 6.7.3.2), and nothing
// matches.
const noCode = "'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='"

// cacheable gives the value of the header of a policy without nonces.
func cacheable(p csp.Policy, reportURL string) (string, error) {
	for d := range p.Directives() {
		for token := range d.Values() {
			if len(token) > 6 && strings.EqualFold(token[:7], "'nonce-") {
				return "", fmt.Errorf("got %s in %s; what caches keep must not have a nonce, take hashes (csphtml.HashFS)", token, d.Name())
			}
		}
	}
	return header(csp.Rollout{Enforced: p, ReportURL: reportURL}, csp.HeaderName)
}

type contextKey struct{}

// A use is the nonce of a request, and whether somebody has asked for it.
type use struct {
	nonce csp.Nonce
	asked atomic.Bool
}

// Nonce gives the nonce of the request that the context is of, for the nonce
// attributes of script and style elements. It needs no escaping there. It is ""
// if the request did not come through a [Middleware].
//
// Ask for it before the header is written, and only to make a page with it: the
// response is then kept out of caches.
func Nonce(ctx context.Context) string {
	u, _ := ctx.Value(contextKey{}).(*use)
	if u == nil {
		return ""
	}
	u.asked.Store(true)
	return u.nonce.Value()
}

// Handler gives the handler that answers as next does, with the policies in the
// header. Policies that next sets stay: browsers enforce them all. Where one
// Middleware is within another, both have one nonce.
//
// What answers in next's place must be within next: the page of a handler around
// this one that recovers from a panic has no policy.
func (m *Middleware) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		u, _ := r.Context().Value(contextKey{}).(*use)
		if u == nil {
			u = &use{nonce: cspcrypto.NewNonce()}
			r = r.WithContext(context.WithValue(r.Context(), contextKey{}, u))
		}
		g := &guard{ResponseWriter: w, m: m, r: r, use: u}
		next.ServeHTTP(g, r)
		g.end()
	})
}
