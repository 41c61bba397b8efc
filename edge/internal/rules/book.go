package rules

import "slices"

// Of returns the rule.
func Of(id ID) Rule { return book[id] }

// All returns all rules.
func All() []Rule { return slices.Clone(book[:]) }

// The rule book: what CloudFront refuses, and what its documents and its practice
// disagree about. Each row says for which triggers it holds, what is wrong, the way
// out, the text that CloudFront shows in its place where one is known, and where
// it stands: a page of
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ with the date
// of the copy that was read. "seen" marks what was observed in public reports and
// is on no page.
var book = [count]Rule{
	Outcome: {
		Refused, requests, "outcome",
		"the handler decided nothing", "return the *edge.Request to continue or an *edge.Response to answer",
		textNotJSON, pageEvent, april2026,
	},

	// Status.
	StatusRange: {
		Refused, requests | originResponse, "status-range",
		"the status must be from 200 to 599", "set StatusCode",
		"", pageGenerate, april2026,
	},
	StatusFixed: {
		Refused, viewerResponse, "status-fixed",
		"a viewer-response function cannot change the status", "change it in origin-response",
		"", pageLambda, april2026,
	},
	StatusText: {
		Refused, all, "status-text",
		"a status description must be UTF-8 without control characters", "leave it empty for CloudFront's own",
		"", pageRestrictions + ", URI and query string encoding", april2026,
	},
	NoContentBody: {
		Refused, viewerRequest, "no-content-body",
		"status 204 with a body", "leave the body out or answer 200",
		"", pageGenerate, april2026,
	},
	NoContentBodyOrigin: {
		Warned, originRequest | originResponse, "no-content-body-origin",
		"status 204 with a body; documented as an error in viewer-request, unknown here", "leave the body out or answer 200",
		"", pageGenerate, april2026,
	},

	// Headers.
	HeaderName: {
		Refused, all, "header-name",
		"this is not a header name (RFC 9110, section 5.6.2: letters, digits and !#$%&'*+-.^_`|~)", "",
		"", pageEvent, april2026,
	},
	HeaderValue: {
		Refused, all, "header-value",
		"a header value must be UTF-8 without control characters", "percent-encode it or cut it out",
		"", "seen: invalid character : '%0D' in header value", "2026-09-30",
	},
	HeaderURI: {
		Warned, all, "header-uri",
		"a URI has no characters outside ASCII (RFC 3986, section 2); viewers have got question marks in their place", "percent-encode them",
		"", "seen: mdn/yari issue 1891", "2026-09-30",
	},
	HeaderDisallowed: {
		Refused, all, "header-disallowed",
		"no function may add this header", "use another name",
		textDisallowed, pageRestrictions + "#function-restrictions-headers", newer,
	},
	HeaderAdded: {
		Refused, all, "read-only-added",
		"this header is read-only in this trigger and must not be added", "leave it to CloudFront",
		textReadOnly, pageRestrictions + "#function-restrictions-read-only-headers", april2026,
	},
	HeaderChanged: {
		Refused, all, "read-only-changed",
		"this header is read-only in this trigger and must not be changed", "leave it as it came",
		textReadOnly, pageRestrictions + "#function-restrictions-read-only-headers", april2026,
	},
	HeaderDeleted: {
		Refused, all, "read-only-deleted",
		"this header is read-only in this trigger and must not be deleted", "leave it as it came: edit what came in place of making a new one",
		textReadOnly, pageRestrictions + "#function-restrictions-read-only-headers", april2026,
	},
	ViewerCountry: {
		Refused, viewerRequest, "viewer-country",
		"a viewer-request function must not add CloudFront-Viewer-Country", "read it in origin-request, where a policy adds it",
		"", pageLambda, april2026,
	},
	SetCookieRequest: {
		Warned, requests, "set-cookie-request",
		"Set-Cookie is a response header and has no meaning in a request", "set it in a response, or use Cookie",
		"", "seen: RFC 6265, section 4.1", april2026,
	},
	StaleLength: {
		Warned, originResponse, "stale-content-length",
		"the body is replaced but content-length is still the old one's", `add r.Header.Del("content-length")`,
		"", pageGenerate, april2026,
	},

	// Bodies and sizes of responses.
	ResponseSize: {
		Refused, requests | originResponse, "response-size",
		"the response with its headers is too large", "let the origin serve it, or answer in an origin trigger",
		textBody, pageQuotas + "#limits-lambda-at-edge", april2026,
	},
	ResponseBody: {
		Refused, all, "response-body",
		"edge.Text must be UTF-8 without U+0000", "use edge.Binary",
		textBody, pageGenerate, april2026,
	},
	ViewerResponseBody: {
		Warned, viewerResponse, "viewer-response-body",
		"a body in viewer-response is on no page of AWS's documents", "replace the body in origin-response",
		"", pageGenerate, april2026,
	},

	// Requests.
	MemberReadOnly: {
		Refused, requests, "member-read-only",
		"this member is read-only", "leave it as it came",
		"", pageEvent, april2026,
	},
	URISlash: {
		Refused, requests, "uri-slash",
		"the URI must begin with a slash", "add it",
		textURI, pageEvent, april2026,
	},
	URIFormat: {
		Refused, requests, "uri-format",
		"the URI must be UTF-8 without spaces and control characters", "percent-encode it: (&url.URL{Path: p}).EscapedPath()",
		textURI, "seen: decoded spaces", "2026-09-30",
	},
	URIQuery: {
		Warned, requests, "uri-query",
		"the URI is only the path; this has a question mark or a number sign", "put the query in QueryString",
		"", pageEvent, april2026,
	},
	QueryFormat: {
		Refused, requests, "query-format",
		"a query string must be UTF-8 without spaces, control characters and number signs", "use url.QueryEscape or url.Values.Encode",
		"", pageRestrictions + ", URI and query string encoding", april2026,
	},
	QueryMark: {
		Warned, requests, "query-mark",
		"the query string begins with a question mark, which becomes part of it", "leave the question mark out",
		"", pageEvent, april2026,
	},
	URLLength: {
		Refused, requests, "url-length",
		"the URI and the query string together are too long", "shorten them",
		"", pageRestrictions, april2026,
	},
	RequestLength: {
		Refused, all, "length",
		"the headers, with the query string of a request, are too large", "send less",
		"", pageQuotas + "#limits-general", newer,
	},
	RequestLength2023: {
		Warned, all, "length-2023",
		"the headers, with the query string of a request, are larger than some of AWS's pages still allow", "send less",
		"", pageQuotas + "#limits-general", april2026,
	},

	// Request bodies.
	BodyAction: {
		Refused, requests, "body-action",
		"the action of a body must be read-only or replace", "use RequestBody.Replace or ReplaceText",
		textBody, pageEvent, april2026,
	},
	BodyEncoding: {
		Refused, requests, "body-encoding",
		"the encoding of a body must be base64 or text", "use RequestBody.Replace or ReplaceText",
		textBody, pageEvent, april2026,
	},
	BodyBase64: {
		Refused, requests, "body-base64",
		"the data is not base64", "use RequestBody.Replace",
		textBody, pageEvent, april2026,
	},
	BodyText: {
		Refused, requests, "body-text",
		"a body's members must be UTF-8 without U+0000", "use RequestBody.Replace",
		textBody, pageEvent, april2026,
	},
	BodySize: {
		Refused, requests, "body-size",
		"the body is too large", "send less, or leave the viewer's body in place",
		textBody, pageLambda, april2026,
	},
	BodySizeUnclear: {
		Warned, requests, "body-size-unclear",
		"the body is larger than AWS's rounded figure for base64, yet no larger than what it stands for", "stay below",
		"", pageLambda, april2026,
	},
	BodyIgnored: {
		Warned, requests, "body-ignored",
		"the body has changed but its action is read-only, so that the viewer's own goes on", "use RequestBody.Replace or ReplaceText",
		"", pageEvent, april2026,
	},
	BodyAdded: {
		Warned, requests, "body-added",
		"a body is added to a request that came without one", "include the body in the function's association",
		"", pageEvent, april2026,
	},

	// Origins.
	OriginTrigger: {
		Refused, viewerRequest, "origin-trigger",
		"an origin can be set in origin-request only", "associate the function with origin-request",
		"", pageEvent, april2026,
	},
	OriginKind: {
		Refused, originRequest, "origin-kind",
		"the origin must be either a custom or an S3 origin", "leave it as it came or set one of the two",
		"The Lambda function returned an invalid origin configuration", pageEvent, april2026,
	},
	OriginHost: {
		Warned, originRequest, "origin-host",
		"the origin has changed but the Host header is the old one's, which most origins refuse", "use Request.SetOrigin",
		"", "seen: lambda-examples.html sets both", april2026,
	},
	Domain: {
		Refused, originRequest, "origin-domain",
		"the domain name must be a host name: not empty, no address, no port", "put the port in Port",
		textDomain, pageEvent, april2026,
	},
	DomainLength: {
		Refused, originRequest, "origin-domain-length",
		"the domain name is too long", "",
		textDomain, pageEvent, april2026,
	},
	S3Domain: {
		Refused, originRequest, "s3-domain-case",
		"the domain name of a bucket must be in lower case", "write it in lower case",
		textDomain, pageEvent, april2026,
	},
	OriginText: {
		Refused, originRequest, "origin-text",
		"an origin's members must be UTF-8 without control characters", "",
		"", pageRestrictions + ", URI and query string encoding", april2026,
	},
	OriginPath: {
		Refused, originRequest, "origin-path",
		`an origin's path must be empty, or begin with a slash and not end with one, URL-encoded, at most 255 bytes for a custom origin`, `for the root use ""`,
		"", pageEvent, april2026,
	},
	Port: {
		Refused, originRequest, "origin-port",
		"the port must be 80, 443 or from 1024 to 65535", "",
		"", pageEvent, april2026,
	},
	Protocol: {
		Refused, originRequest, "origin-protocol",
		"the protocol must be http or https", "",
		"", pageEvent, april2026,
	},
	SSLProtocols: {
		Warned, originRequest, "origin-ssl-protocols",
		"documented are TLSv1.2, TLSv1.1, TLSv1 and SSLv3", "",
		"", pageEvent, april2026,
	},
	Keepalive: {
		Warned, originRequest, "origin-keepalive",
		"documented are 1 to 120 seconds, 300 on the newest quota page", "",
		"", pageEvent + " and " + pageQuotas, newer,
	},
	ReadTimeout: {
		Warned, originRequest, "origin-read-timeout",
		"documented are 1 to 120 seconds", "",
		"", pageEvent, april2026,
	},
	CompletionTimeout: {
		Warned, originRequest, "origin-completion-timeout",
		"the response completion timeout must be at least the read timeout, or 0 for none", "",
		"", pageEvent, april2026,
	},
	AuthMethod: {
		Warned, originRequest, "s3-auth-method",
		"documented are origin-access-identity and none", "with an origin access control leave it as it came",
		"", pageEvent, april2026,
	},
	IdentityRegion: {
		Warned, originRequest, "s3-identity-region",
		"an origin access identity needs the bucket's region", "set Region",
		"", pageEvent + "; an example of AWS's own leaves it empty", april2026,
	},
	IdentitySwitch: {
		Warned, originRequest, "s3-identity-switch",
		"an origin access identity cannot be used when a custom origin is replaced", "",
		"", pageEvent + "; an example of AWS's own does it", april2026,
	},
	CustomHeader: {
		Refused, originRequest, "custom-header",
		"an origin's custom headers must not have this one", "use another name",
		textHeaders, pageCustom + "#add-origin-custom-headers-denylist", april2026,
	},
	CustomHeaderTwice: {
		Refused, originRequest, "custom-header-twice",
		"an origin's custom header must not be a header of the request, too", "delete one of them",
		textHeaders, pageEvent, april2026,
	},
	CustomHeaderSize: {
		Warned, originRequest, "custom-header-size",
		"a distribution's own custom headers may have a name of 256 and a value of 1,783 bytes at most", "",
		"", pageQuotas + "#limits-custom-headers", april2026,
	},
}
