package csp

// The names of the response headers that carry a policy, and of the one that
// names the endpoints of [ReportTo].
const (
	// HeaderName is the header of an enforced policy (draft 3.1).
	HeaderName = "Content-Security-Policy"

	// ReportOnlyHeaderName is the header of a policy that is only monitored:
	// violations are reported and nothing is blocked (draft 3.2).
	ReportOnlyHeaderName = "Content-Security-Policy-Report-Only"

	// ReportingEndpointsHeaderName is the header that gives the names used by
	// [ReportTo] their URLs (Reporting API, section 3.3).
	ReportingEndpointsHeaderName = "Reporting-Endpoints"
)
