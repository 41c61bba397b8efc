package csp

import (
	"errors"
	"iter"
	"strconv"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp/internal/syntax"
)

// A Rollout is a policy on its way into use: one that is enforced, a stricter one
// that is monitored, and where both report to. The zero Rollout is no policy.
type Rollout struct {
	Enforced   Policy
	ReportOnly Policy

	// ReportURL is where browsers send reports, absolute: https://…. Policies
	// with report-to or report-uri of their own keep them. If it is empty,
	// nothing is added.
	ReportURL string
}

// reportEndpoint is the name of ReportURL in the headers.
const reportEndpoint = "csp-endpoint"

// Headers gives the names and values of the headers: [HeaderName],
// [ReportOnlyHeaderName] and [ReportingEndpointsHeaderName], those that are
// needed. They are the same for every response:
//
//	headers, err := rollout.Headers() // when the program starts
//	for name, value := range headers {
//		response.Header.Set(name, value)
//	}
//
// The report-only policy goes without the directives that have no effect there:
// see [Policy.ReportOnly]. It is an error if it reports nowhere, if ReportURL is
// no https URL, or if a policy cannot stand in a header.
func (r Rollout) Headers() (iter.Seq2[string, string], error) {
	var errs []error
	if r.ReportURL != "" {
		if !strings.HasPrefix(syntax.AsciiLower(r.ReportURL), "https://") {
			errs = append(errs, errors.New("csp: rollout: got report URL "+strconv.Quote(r.ReportURL)+", want one that begins with https://"))
		} else if err := syntax.CheckURIReference(r.ReportURL); err != nil {
			errs = append(errs, errors.New("csp: rollout: report "+err.Error()))
		}
	}
	enforced, err1 := r.report(r.Enforced)
	reportOnly, err2 := r.report(r.ReportOnly.ReportOnly())
	errs = append(errs, err1, err2)
	if !reportOnly.IsZero() && !reports(reportOnly) {
		errs = append(errs, errors.New("csp: rollout: the report-only policy has no effect, as it reports nowhere; set ReportURL, or give it csp.ReportTo"))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return func(yield func(string, string) bool) {
		if !enforced.IsZero() && !yield(HeaderName, enforced.String()) {
			return
		}
		if !reportOnly.IsZero() && !yield(ReportOnlyHeaderName, reportOnly.String()) {
			return
		}
		if r.ReportURL != "" {
			yield(ReportingEndpointsHeaderName, reportEndpoint+`="`+r.ReportURL+`"`)
		}
	}, nil
}

// report lets a policy report to ReportURL.
func (r Rollout) report(p Policy) (Policy, error) {
	if err := syntax.CheckHeaderValue(p.String()); err != nil {
		return Policy{}, errors.New("csp: rollout: " + err.Error())
	}
	if r.ReportURL == "" || p.IsZero() || reports(p) {
		return p, nil
	}
	return p.With(ReportURI(r.ReportURL), ReportTo(reportEndpoint))
}

func reports(p Policy) bool {
	return p.directive(syntax.DirReportTo) != nil || p.directive(syntax.DirReportURI) != nil
}

// ReportOnly gives the policy for a report-only header: without sandbox (draft
// 6.3.2) and upgrade-insecure-requests, which browsers ignore there and complain
// about. To be of use, it has [ReportTo] or [ReportURI].
func (p Policy) ReportOnly() Policy {
	return p.withoutSome("sandbox", "upgrade-insecure-requests", "block-all-mixed-content")
}

// Meta gives the policy for a meta element: without frame-ancestors, report-uri
// and sandbox, which browsers ignore there (draft 3.3).
func (p Policy) Meta() Policy {
	return p.withoutSome("frame-ancestors", "report-uri", "sandbox")
}

// withoutSome is Without, but leaves a policy that has none of them as it is.
func (p Policy) withoutSome(names ...string) Policy {
	for _, name := range names {
		if _, ok := p.Lookup(name); ok {
			return p.Without(names...)
		}
	}
	return p
}

// MetaElement gives the HTML of the meta element that carries [Policy.Meta]. It
// must come before everything that the policy is to govern, so early in the page's
// head. A header is better where one can be sent.
func (p Policy) MetaElement() string {
	escape := strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;")
	return `<meta http-equiv="` + HeaderName + `" content="` + escape.Replace(p.Meta().String()) + `">`
}
