package page

// The sentences on CloudFront's error pages. Those of the Lambda functions are as seen in public reports.
const (
	NotParsable = "The Lambda function returned invalid json: The json output is not parsable."
	NotObject   = "The Lambda function returned invalid JSON: The JSON output must be an object type."
	HeaderEntry = "The Lambda function returned an invalid entry in the headers object: " +
		"Each header entry in the headers object must be an array."
	ReadOnly             = failedValidation + "The function tried to add, delete, or change a read-only header."
	Disallowed           = failedValidation + "The function tried to add a blacklisted header."
	InvalidBody          = failedValidation + "The body is not a string, is not an object, or exceeds the maximum size."
	InvalidURI           = failedValidation + "The specified URI is in an invalid format."
	InvalidOrigin        = "The Lambda function returned an invalid origin configuration: The value of DomainName is invalid."
	InvalidOriginHeaders = "The Lambda function returned an invalid origin configuration: One or more HeaderName or HeaderValue values are invalid." // amplify-cli issue 8604
	InvalidResult        = "The Lambda function returned an invalid request or response to CloudFront."
	FunctionFailed       = "The Lambda function associated with the CloudFront distribution is invalid or doesn't have the required permissions."
	FunctionThrottled    = "The Lambda function associated with the CloudFront distribution was throttled."

	BadRequest       = "Bad request."
	MethodNotAllowed = "This distribution is not configured to allow the HTTP request method that was used for this request."
	Country          = "The Amazon CloudFront distribution is configured to block access from your country."
	NoOrigin         = "CloudFront wasn't able to connect to the origin."

	failedValidation = "The Lambda function result failed validation: "
)

// The sentences for CloudFront Functions. What follows ValueInvalid is as seen for headers that are not in lower case, and by that example
// for the rest; HeaderReadOnly is by the example of HeaderDisallowed. The others are as seen in public reports.
const (
	FunctionNotRun   = "The CloudFront function associated with the CloudFront distribution is invalid or could not run."
	ValueInvalid     = "The CloudFront function returned an invalid value: "
	OriginRewrite    = "The CloudFront function returned an invalid value for origin rewrite."
	HeaderDisallowed = "The CloudFront function tried to add a disallowed header."
	HeaderReadOnly   = "The CloudFront function tried to add, delete, or change a read-only header."
)
