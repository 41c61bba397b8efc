// Package edgelog writes what a function does as lines of JSON, one for each request and those that the handlers add:
//
//	log := &edgelog.Logger{}
//	edge.Start(&edge.Function{
//		ViewerRequest:  log.Request(route),
//		ViewerResponse: log.Response(secure),
//		Warn:           log.Warning,
//	})
//
// # Lines
//
// A line of a request is
//
//	{"timestamp":"2026-10-14T09:30:00.000Z","level":"INFO","message":"answered",
//	 "requestId":"8476a536-e9f4-11e8-9739-2dfe598c3fcd",
//	 "cloudFrontRequestId":"4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==",
//	 "distributionId":"EDFDVBD6EXAMPLE","trigger":"viewer-request","region":"eu-central-1",
//	 "traceId":"1-5bef4de7-ad49b0e87f6ef6c87fc2e700",
//	 "request":{"method":"GET"},"status":302,"durationMs":0.123}
//
// on one line. The message is continued, answered, edited (a response), failed or panicked; what edge refuses of a handler's outcome comes later, in
// the line of [edge.Start]. requestId is Lambda's, as in its own lines; cloudFrontRequestId
// is the x-amz-cf-id header of the viewer's answer and x-edge-request-id in the access logs. traceId is the root of the X-Amzn-Trace-Id header if the request has one,
// or else of Lambda's; [PassTrace] sends it on to the origin. What is not known is left out. timestamp and level are
// named as Lambda's level filter wants them (monitoring-cloudwatchlogs-log-level.html of Lambda's guide).
//
// Standard output is where lines go, and from there to CloudWatch Logs in the region in which the function ran, near the viewer: look in each of
// them, in the log group /aws/lambda/us-east-1.NAME. Lambda@Edge delivers lines as it can, and not each of them
// (edge-functions-logs.html of CloudFront's guide).
//
// # Nothing personal
//
// A line has no path, query, address or header unless [Logger.Show] names it, and then query, cookies, credentials and addresses are filled with x and 0, as
// edgetest.Redact does, unless [Logger.Personal] is set. The text of a handler's error is in the line as it is, as it is in
// the line that [edge.Start] writes: keep a viewer's data out of errors. Text that could end a line or change what a terminal shows is escaped.
//
// # Metrics
//
// With [Logger.Metrics] the lines that have numbers of [Milliseconds] or [Count] are CloudWatch's embedded metric format, too: CloudWatch makes metrics of
// them without a call of the function (CloudWatch_Embedded_Metric_Format_Specification.html of CloudWatch's guide, which wants them on standard output).
//
// # Middleware
//
// What stands around a handler is a function of the form
//
//	func(edge.RequestHandler) edge.RequestHandler
//
// such as [Logger.Request] and [PassTrace]. Another one is written in the same way, and they nest, the first one outermost:
//
//	ViewerRequest: log.Request(edgelog.PassTrace(members(route)))
//
// See the example of the package. A middleware passes on the context that it was given, or one made of it; returns what the
// handler returned, unless it has another decision to make; and never makes an error into a request that goes on.
//
// # Programs
//
// Package edgelog needs no fmt, reflect or log/slog, and makes a zip some 25 KB larger. Package [github.com/edgehelpers/lambdaedge/edge/edgelog/slogedge] has a
// handler for log/slog whose lines look like these; log/slog makes it some 230 KB larger.
package edgelog
