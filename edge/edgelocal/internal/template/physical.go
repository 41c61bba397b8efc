package template

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// physicalID is what Ref gives for a resource ("Return values" of its page in the template reference).
func (t *stack) physicalID(id string) any {
	kind, _, _ := t.resource(id)
	switch kind {
	case "AWS::S3::Bucket":
		return t.named(id, "BucketName", strings.ToLower(t.name+"-"+plainName(id)))
	case "AWS::Lambda::Function", "AWS::Serverless::Function":
		return t.functionName(id)
	case "AWS::Lambda::Version":
		return t.version(id, "1")
	case "AWS::Lambda::Alias":
		return t.version(id, t.propertyText(id, "Name"))
	case "AWS::CloudFront::Function":
		return t.named(id, "Name", t.name+"-"+id, "arn:aws:cloudfront::", t.account, ":function/")
	case "AWS::CloudFront::KeyValueStore":
		return t.named(id, "Name", t.name+"-"+id)
	case "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::Serverless::Api", "AWS::Serverless::HttpApi":
		return strings.ToLower(plainName(id))
	case "AWS::ApiGateway::Stage":
		return t.named(id, "StageName", "stage")
	case "AWS::SSM::Parameter":
		return t.named(id, "Name", id)
	}
	return id
}

// named is a resource's name: that of the template, or one of its logical id.
func (t *stack) named(id, property, generated string, prefix ...string) any {
	switch v := t.property(id, property).(type) {
	case *unresolved:
		return v
	case nil, noValue:
	default:
		if s, ok := text(v); ok {
			generated = s
		}
	}
	return strings.Join(prefix, "") + generated
}

// functionName is a function's name. One that cannot be resolved does not matter to anybody else.
func (t *stack) functionName(id string) string {
	name, ok := t.named(id, "FunctionName", t.name+"-"+id).(string)
	if !ok {
		name = t.name + "-" + id
	}
	return name
}

// functionARN is the ARN of a function, without a version.
func (t *stack) functionARN(nameOrARN string) string {
	if strings.HasPrefix(nameOrARN, "arn:") {
		return nameOrARN
	}
	return fmt.Sprintf("arn:aws:lambda:%s:%s:function:%s", t.region, t.account, nameOrARN)
}

// version is the ARN of a version or an alias of the function that a resource names.
func (t *stack) version(id, qualifier string) any {
	v := t.property(id, "FunctionName")
	if u, unknown := v.(*unresolved); unknown {
		return u
	}
	name, _ := text(v)
	return t.functionARN(name) + ":" + qualifier
}

// isSAMFunction reports whether a resource is a function of SAM.
func (t *stack) isSAMFunction(id string) bool {
	kind, _, _ := t.resource(id)
	return kind == "AWS::Serverless::Function"
}

// isSAMVersion reports whether Function.Version or Function.Alias is what SAM makes of AutoPublishAlias
// (sam-specification-generated-resources.html).
func (t *stack) isSAMVersion(id, what string) bool {
	return (what == "Version" || what == "Alias") && t.isSAMFunction(id)
}

func (t *stack) samVersion(id, what string) any {
	alias, ok := text(t.samProperty(id, "AutoPublishAlias"))
	if !ok {
		t.once("Resources."+id+".Properties", "no AutoPublishAlias: SAM refuses %s.%s; a first version is taken", id, what)
	}
	if what == "Version" {
		alias = "1"
	}
	return t.functionARN(t.functionName(id)) + ":" + alias
}

// samAttribute is an attribute of the version or alias that SAM makes of AutoPublishAlias: !GetAtt Function.Version.FunctionArn.
func (t *stack) samAttribute(id, what, name string) any {
	switch what + " " + name {
	case "Version FunctionArn", "Alias AliasArn":
		return t.samVersion(id, what)
	case "Version Version":
		return "1"
	}
	return t.unresolved("!GetAtt "+id+"."+what+"."+name, "no attribute of what SAM makes of AutoPublishAlias")
}

// implicitAPI is the id of the API that SAM makes of a function's Api or HttpApi events.
func (t *stack) implicitAPI(name string) string {
	if name == "ServerlessRestApi" || name == "ServerlessHttpApi" {
		return strings.ToLower(name)
	}
	return ""
}

// urlHost is the host of a function's URL.
func (t *stack) urlHost(function string) string {
	return strings.ToLower(plainName(function)) + ".lambda-url." + t.region + ".on.aws"
}

// attribute is what GetAtt gives.
func (t *stack) attribute(path, kind, id, name string) any {
	ref, isText := text(t.ref(path, id))
	if !isText {
		return t.ref(path, id)
	}
	switch kind + " " + name {
	case "AWS::Lambda::Function Arn", "AWS::Serverless::Function Arn":
		return t.functionARN(ref)
	case "AWS::Serverless::Function Version", "AWS::Lambda::Version Version":
		return "1"
	case "AWS::Lambda::Version FunctionArn", "AWS::CloudFront::Function FunctionARN", "AWS::CloudFront::Function FunctionMetadata.FunctionARN":
		return ref
	case "AWS::Lambda::Url FunctionUrl":
		return "https://" + t.urlHost(id) + "/"
	case "AWS::CloudFront::KeyValueStore Arn":
		return fmt.Sprintf("arn:aws:cloudfront::%s:key-value-store/%s", t.account, ref)
	case "AWS::CloudFront::Distribution DomainName":
		return "d111111abcdef8.cloudfront.net"
	case "AWS::ApiGatewayV2::Api ApiEndpoint", "AWS::Serverless::HttpApi ApiEndpoint":
		return "https://" + ref + ".execute-api." + t.region + ".amazonaws.com"
	case "Custom::CrossRegionStringParameterReader FunctionArn":
		return t.stored(t.propertyText(id, "ParameterName"))
	}
	switch output, of := strings.CutPrefix(name, "Outputs."); {
	case of:
		return t.output(id, output)
	case kind == "AWS::S3::Bucket":
		return t.bucketAttribute(ref, id, name)
	case kind == "Custom::CrossRegionExportReader":
		return t.stored(name)
	case strings.HasPrefix(kind, "Custom::"), kind == "AWS::CloudFormation::CustomResource":
		return t.custom(id, name)
	case strings.HasPrefix(kind, "AWS::CloudFront::") && (name == "Id" || strings.HasSuffix(name, "Id")):
		return ref
	}
	return t.unresolved("!GetAtt "+id+"."+name, "an attribute of "+kind+", which is known after the deployment only")
}

func (t *stack) bucketAttribute(bucket, id, name string) any {
	switch name {
	case "Arn":
		return "arn:aws:s3:::" + bucket
	case "DomainName":
		return bucket + ".s3.amazonaws.com"
	case "RegionalDomainName":
		return bucket + ".s3." + t.region + ".amazonaws.com"
	case "DualStackDomainName":
		return bucket + ".s3.dualstack." + t.region + ".amazonaws.com"
	case "WebsiteURL":
		return "http://" + bucket + "." + websiteLabel(t.region) + ".amazonaws.com"
	}
	return t.unresolved("!GetAtt "+id+"."+name, "no attribute of a bucket")
}

// websiteLabel is the part of a website's host that names the Region: with a hyphen in the older Regions, a dot in all others
// (s3-website endpoints in the AWS General Reference, "Amazon S3 website endpoints").
func websiteLabel(region string) string {
	switch region {
	case "us-east-1", "us-west-1", "us-west-2", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "eu-west-1", "sa-east-1", "us-gov-west-1":
		return "s3-website-" + region
	}
	return "s3-website." + region
}

// custom is an attribute of a custom resource. People have some that publish a version of a function, or copy it to us-east-1: one that
// names a single function of the template, and whose attribute is called an ARN or a version, is taken for such.
func (t *stack) custom(id, name string) any {
	_, properties, _ := t.resource(id)
	functions := map[string]bool{}
	for _, property := range slices.Sorted(maps.Keys(properties)) {
		s, ok := text(t.property(id, property))
		if owner, function := t.function(t.functionARN(s)); ok && property != "ServiceToken" && owner != nil {
			functions[owner.functionARN(owner.functionName(function))] = true
		}
	}
	for arn := range functions {
		if lower := strings.ToLower(name); len(functions) == 1 && (strings.Contains(lower, "arn") || strings.Contains(lower, "version")) {
			t.once("Resources."+id, "a custom resource: its attribute %s is taken for a version of %s", name, arn)
			return arn + ":1"
		}
	}
	return t.unresolved("!GetAtt "+id+"."+name, "an attribute of a custom resource, which is known after the deployment only")
}
