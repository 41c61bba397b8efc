package template

import (
	"net/url"
	"strings"
)

// eventDistribution is the logical id of the distribution that the framework makes of events.
const eventDistribution = "CloudFrontDistribution"

// event puts an event's behaviour and origin into the distribution that the framework makes. An event without a pathPattern is for the
// default behaviour.
func (s *serverless) event(path string, event, version map[string]any) {
	if s.resources[eventDistribution] == nil {
		s.lines["Resources."+eventDistribution] = s.line(path)
		s.resources[eventDistribution] = map[string]any{"Type": "AWS::CloudFront::Distribution", "Properties": map[string]any{
			"DistributionConfig": map[string]any{"Enabled": true, "Origins": []any{}, "CacheBehaviors": []any{}},
		}}
	}
	config := object(object(object(s.resources[eventDistribution])["Properties"])["DistributionConfig"])
	origin := eventOrigin(event["origin"])
	if origin == nil {
		s.note(path, "origin: got %s, want a URL or an object with DomainName", brief(event["origin"]))
		return
	}
	id, _ := text(origin["Id"])
	known := false
	for _, o := range list(config["Origins"]) {
		known = known || object(o)["Id"] == id
	}
	if !known {
		config["Origins"] = append(list(config["Origins"]), origin)
	}
	addAssociation(eventBehavior(config, event, id), event, version)
}

// eventBehavior is the behaviour of an event, a new one or that of an earlier event. What it leaves out has the framework's values:
// AWS's CachingOptimized and all protocols.
func eventBehavior(config, event map[string]any, origin string) map[string]any {
	pattern := event["pathPattern"]
	behavior := object(config["DefaultCacheBehavior"])
	if pattern != nil {
		behavior = nil
		for _, b := range list(config["CacheBehaviors"]) {
			if object(b)["PathPattern"] == pattern {
				behavior = object(b)
			}
		}
	}
	if behavior != nil {
		return behavior
	}
	behavior = map[string]any{"TargetOriginId": origin, "ViewerProtocolPolicy": "allow-all"}
	for name, v := range object(event["behavior"]) {
		behavior[name] = v
	}
	if behavior["CachePolicyId"] == nil && behavior["ForwardedValues"] == nil {
		behavior["CachePolicyId"] = "658327ea-f89d-4fab-a63d-7e88639e58f6"
	}
	if pattern == nil {
		config["DefaultCacheBehavior"] = behavior
		return behavior
	}
	behavior["PathPattern"] = pattern
	config["CacheBehaviors"] = append(list(config["CacheBehaviors"]), behavior)
	if config["DefaultCacheBehavior"] == nil { // the framework makes one without functions
		config["DefaultCacheBehavior"] = map[string]any{"TargetOriginId": origin, "ViewerProtocolPolicy": "allow-all", "CachePolicyId": behavior["CachePolicyId"], "ForwardedValues": behavior["ForwardedValues"]}
	}
	return behavior
}

// eventOrigin is the origin of an event: a URL ("s3://bucket.s3.amazonaws.com/files", "https://www.example.com/path"), or an origin as
// CloudFormation has it; nil when it is neither.
func eventOrigin(v any) map[string]any {
	if o := object(v); o["DomainName"] != nil {
		if o["Id"] == nil {
			o["Id"] = "origin of " + brief(o["DomainName"])
		}
		return o
	}
	s, _ := text(v)
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return nil
	}
	o := map[string]any{"Id": u.Scheme + "/" + u.Host + u.Path, "DomainName": u.Hostname(), "OriginPath": strings.TrimSuffix(u.Path, "/")}
	switch u.Scheme {
	case "s3":
		o["S3OriginConfig"] = map[string]any{}
	case "http":
		o["CustomOriginConfig"] = map[string]any{"OriginProtocolPolicy": "http-only"}
	default:
		o["CustomOriginConfig"] = map[string]any{"OriginProtocolPolicy": "match-viewer"}
	}
	return o
}
