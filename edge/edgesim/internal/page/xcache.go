package page

// The values of X-Cache.
const (
	Hit        = "Hit from cloudfront"
	Miss       = "Miss from cloudfront"
	Refresh    = "RefreshHit from cloudfront"
	Error      = "Error from cloudfront"
	Redirect   = "Redirect from cloudfront"
	Generated  = "LambdaGeneratedResponse from cloudfront"
	Validation = "LambdaValidationError from cloudfront"
	Execution  = "LambdaExecutionError from cloudfront"
	Throttled  = "LambdaLimitExceeded from cloudfront"

	// Of CloudFront Functions.
	FunctionGenerated  = "FunctionGeneratedResponse from cloudfront"
	FunctionValidation = "FunctionValidationError from cloudfront"
	FunctionExecution  = "FunctionExecutionError from cloudfront"
	FunctionLimit      = "FunctionThrottledError from cloudfront" // as seen in public reports
)
