package edge

// A rule is one row.
type rule struct {
	severity   severity
	triggers   triggerSet
	name       string // FieldError.Rule
	reason     string
	cure       string
	cloudFront string
	clause     string
	read       string
}

type severity uint8

const (
	refused severity = iota // Invoke fails
	warned                  // Function.Warn is told
)

// A triggerSet is a set of triggers, a bit each.
type triggerSet uint8

const (
	viewerRequest triggerSet = 1 << iota
	originRequest
	originResponse
	viewerResponse

	requests  = viewerRequest | originRequest
	responses = originResponse | viewerResponse
	all       = requests | responses
)

func (s triggerSet) has(t Trigger) bool {
	switch t {
	case ViewerRequest:
		return s&viewerRequest != 0
	case OriginRequest:
		return s&originRequest != 0
	case OriginResponse:
		return s&originResponse != 0
	case ViewerResponse:
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
	textDomain     = "The Lambda function returned an invalid origin configuration: The value of DomainName is invalid."
)

type ruleID int

const (
	ruleOutcome ruleID = iota
	ruleStatusRange
	ruleStatusFixed
	ruleStatusText
	ruleNoContentBody
	ruleNoContentBodyOrigin
	ruleHeaderName
	ruleHeaderValue
	ruleHeaderDisallowed
	ruleHeaderAdded
	ruleHeaderChanged
	ruleHeaderDeleted
	ruleViewerCountry
	ruleSetCookieRequest
	ruleStaleLength
	ruleResponseSize
	ruleResponseBody
	ruleViewerResponseBody
	ruleMemberReadOnly
	ruleURISlash
	ruleURIFormat
	ruleURIQuery
	ruleQueryFormat
	ruleQueryMark
	ruleURLLength
	ruleRequestLength
	ruleRequestLength2023
	ruleBodyAction
	ruleBodyEncoding
	ruleBodyBase64
	ruleBodyText
	ruleBodySize
	ruleBodySizeUnclear
	ruleBodyIgnored
	ruleBodyAdded
	ruleOriginTrigger
	ruleOriginKind
	ruleOriginHost
	ruleDomain
	ruleDomainLength
	ruleS3Domain
	ruleOriginText
	ruleOriginPath
	rulePort
	ruleProtocol
	ruleSSLProtocols
	ruleKeepalive
	ruleReadTimeout
	ruleCompletionTimeout
	ruleAuthMethod
	ruleIdentityRegion
	ruleIdentitySwitch
	ruleCustomHeader
	ruleCustomHeaderTwice
	ruleCustomHeaderSize
	ruleCount
)
