package edgesim

// The sentences on CloudFront's error pages. Those of the Lambda functions are as seen in public reports.
const (
	pageNotParsable = "The Lambda function returned invalid json: The json output is not parsable."
	pageNotObject   = "The Lambda function returned invalid JSON: The JSON output must be an object type."
	pageHeaderEntry = "The Lambda function returned an invalid entry in the headers object: " +
		"Each header entry in the headers object must be an array."
	pageReadOnly   = pageValidation + "The function tried to add, delete, or change a read-only header."
	pageDisallowed = pageValidation + "The function tried to add a blacklisted header."
	pageBody       = pageValidation + "The body is not a string, is not an object, or exceeds the maximum size."
	pageURI        = pageValidation + "The specified URI is in an invalid format."
	pageOrigin     = "The Lambda function returned an invalid origin configuration: The value of DomainName is invalid."
	pageInvalid    = "The Lambda function returned an invalid request or response to CloudFront."
	pageExecution  = "The Lambda function associated with the CloudFront distribution is invalid or doesn't have the required permissions."
	pageThrottled  = "The Lambda function associated with the CloudFront distribution was throttled."

	pageBadRequest = "Bad request."
	pageMethod     = "This distribution is not configured to allow the HTTP request method that was used for this request."
	pageNoOrigin   = "CloudFront wasn't able to connect to the origin."

	pageValidation = "The Lambda function result failed validation: "
)
