// Package rules is the book of what CloudFront refuses in the answer of a function: which rule holds in which trigger and where it
// stands, the headers that are not a function's to set, the limits, and what a value may have. It judges no answer; package edge does.
package rules

// A Rule is one row of the book.
type Rule struct {
	Severity   Severity
	Triggers   Triggers
	Name       string // a word for it that does not change
	Reason     string // what it is
	Cure       string // the way out, "" if the reason says it
	CloudFront string // the text that CloudFront shows where it is broken, "" if it is not known
	Clause     string // the page that says so
	Read       string // the date of the copy that was read
}

// A Severity says what becomes of an answer that breaks a rule.
type Severity uint8

const (
	Refused Severity = iota // CloudFront shows its 502 page
	Warned                  // AWS's documents contradict each other, or its practice
)

// Triggers is a set of triggers, a bit each.
type Triggers uint8

const (
	viewerRequest Triggers = 1 << iota
	originRequest
	originResponse
	viewerResponse

	requests  = viewerRequest | originRequest
	responses = originResponse | viewerResponse
	all       = requests | responses
)

// Has reports whether the trigger, by its name in events, is in the set.
func (s Triggers) Has(trigger string) bool {
	switch trigger {
	case "viewer-request":
		return s&viewerRequest != 0
	case "origin-request":
		return s&originRequest != 0
	case "origin-response":
		return s&originResponse != 0
	case "viewer-response":
		return s&viewerResponse != 0
	}
	return false
}

// The dates of the copies: AWS's guide as crawled in April 2026, and a newer
// export of it that bears no date.
const (
	april2026 = "2026-04-13"
	newer     = "2026, after April"
)

// Pages that several rows name.
const (
	pageEvent        = "lambda-event-structure.html"
	pageGenerate     = "lambda-generating-http-responses.html"
	pageRestrictions = "edge-function-restrictions-all.html"
	pageLambda       = "lambda-at-edge-function-restrictions.html"
	pageQuotas       = "cloudfront-limits.html"
	pageCustom       = "add-origin-custom-headers.html"
)

// CloudFront's own texts, as seen on its 502 pages.
const (
	textReadOnly   = "The Lambda function result failed validation: The function tried to add, delete, or change a read-only header."
	textDisallowed = "The Lambda function result failed validation: The function tried to add a blacklisted header."
	textBody       = "The Lambda function result failed validation: The body is not a string, is not an object, or exceeds the maximum size."
	textURI        = "The Lambda function result failed validation: The specified URI is in an invalid format."
	textNotJSON    = "The Lambda function returned invalid json: The json output is not parsable"
	textHeaders    = "The Lambda function returned an invalid origin configuration: One or more HeaderName or HeaderValue values are invalid."
	textDomain     = "The Lambda function returned an invalid origin configuration: The value of DomainName is invalid."
)

// An ID names a rule.
type ID int

const (
	Outcome ID = iota
	StatusRange
	StatusFixed
	StatusText
	NoContentBody
	NoContentBodyOrigin
	HeaderName
	HeaderValue
	HeaderURI
	HeaderDisallowed
	HeaderAdded
	HeaderChanged
	HeaderDeleted
	ViewerCountry
	SetCookieRequest
	StaleLength
	ResponseSize
	ResponseBody
	ViewerResponseBody
	MemberReadOnly
	URISlash
	URIFormat
	URIQuery
	QueryFormat
	QueryMark
	URLLength
	RequestLength
	RequestLength2023
	BodyAction
	BodyEncoding
	BodyBase64
	BodyText
	BodySize
	BodySizeUnclear
	BodyIgnored
	BodyAdded
	OriginTrigger
	OriginKind
	OriginHost
	Domain
	DomainLength
	S3Domain
	OriginText
	OriginPath
	Port
	Protocol
	SSLProtocols
	Keepalive
	ReadTimeout
	CompletionTimeout
	AuthMethod
	IdentityRegion
	IdentitySwitch
	CustomHeader
	CustomHeaderTwice
	CustomHeaderSize
	count
)
