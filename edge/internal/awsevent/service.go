// Package awsevent tells the events of AWS's services apart. A function that is wired to the wrong one then says so, in place of a
// riddle about missing members.
package awsevent

import "github.com/edgehelpers/lambdaedge/edge/internal/jsontext"

// Service returns the name of the service, other than Lambda@Edge, whose event text
// looks like, "" if that cannot be told.
//
// The marks are those of the sample events in AWS's Lambda Developer Guide.
func Service(text string) string {
	var (
		s     jsontext.Scanner
		found string
	)
	s.Init(text)
	for m := s.Object(); m.Next(); {
		switch m.Name {
		case "Records":
			for e := s.Array(); e.Next(); {
				found = first(found, recordService(&s))
			}
			continue
		case "viewer":
			found = first(found, "CloudFront Functions")
		case "httpMethod":
			found = first(found, "API Gateway (REST)")
		case "requestContext":
			found = first(contextService(&s), found)
			continue
		case "detail-type":
			found = first(found, "EventBridge")
		case "awslogs":
			found = first(found, "CloudWatch Logs")
		case "triggerSource":
			found = first(found, "Cognito")
		}
		s.Skip()
	}
	return found
}

// recordService reads one record of an event with records.
func recordService(s *jsontext.Scanner) (found string) {
	if s.Peek() != '{' {
		s.Skip()
		return ""
	}
	for m := s.Object(); m.Next(); {
		if (m.Name == "eventSource" || m.Name == "EventSource") && s.Peek() == '"' {
			found = serviceNames(s.String())
			continue
		}
		s.Skip()
	}
	return found
}

func serviceNames(eventSource string) string {
	switch eventSource {
	case "aws:s3":
		return "S3"
	case "aws:sns":
		return "SNS"
	case "aws:sqs":
		return "SQS"
	case "aws:dynamodb":
		return "DynamoDB Streams"
	case "aws:kinesis":
		return "Kinesis"
	case "aws:ses":
		return "SES"
	}
	return ""
}

// contextService reads the requestContext of the HTTP services.
func contextService(s *jsontext.Scanner) (found string) {
	if s.Peek() != '{' {
		s.Skip()
		return ""
	}
	for m := s.Object(); m.Next(); {
		switch m.Name {
		case "elb":
			found = "an Application Load Balancer"
		case "http":
			found = "API Gateway (HTTP) or a function URL"
		}
		s.Skip()
	}
	return found
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
