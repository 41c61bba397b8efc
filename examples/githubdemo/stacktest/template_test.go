package stacktest_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// A template is one of CloudFormation's, whose functions are worked out by resolved.
type template struct {
	Parameters map[string]struct{ Default any }
	Resources  map[string]struct {
		Type       string
		Properties map[string]any
	}
}

func readTemplate(t *testing.T, file string) template {
	t.Helper()
	var read template
	decode(t, file, &read)
	for id, r := range read.Resources {
		for name, v := range r.Properties {
			r.Properties[name] = read.resolved(v)
		}
		read.Resources[id] = r
	}
	return read
}

// resolved works out the functions in a value. A reference to a resource stays ${ID} or ${ID.ATTRIBUTE}.
func (tp template) resolved(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = tp.resolved(v[i])
		}
	case map[string]any:
		if name, found := v["Ref"].(string); found {
			return tp.reference(name)
		}
		if path, found := v["Fn::GetAtt"].([]any); found {
			return fmt.Sprintf("${%s.%s}", path[0], path[1])
		}
		if text, found := v["Fn::Sub"].(string); found {
			return regexp.MustCompile(`\$\{[^}]+\}`).ReplaceAllStringFunc(text, func(name string) string {
				return fmt.Sprint(tp.reference(name[2 : len(name)-1]))
			})
		}
		if join, found := v["Fn::Join"].([]any); found {
			var parts []string
			for _, part := range tp.resolved(join[1]).([]any) {
				parts = append(parts, fmt.Sprint(part))
			}
			return strings.Join(parts, join[0].(string))
		}
		for key := range v {
			v[key] = tp.resolved(v[key])
		}
	}
	return v
}

func (tp template) reference(name string) any {
	if p, found := tp.Parameters[name]; found {
		return p.Default
	}
	switch name {
	case "AWS::StackName":
		return "githubdemo"
	case "AWS::Partition":
		return "aws"
	}
	return "${" + name + "}"
}

// only returns the properties of the one resource of a type.
func (tp template) only(t *testing.T, kind string) map[string]any {
	t.Helper()
	var all []map[string]any
	for _, r := range tp.Resources {
		if r.Type == kind {
			all = append(all, r.Properties)
		}
	}
	if len(all) != 1 {
		t.Fatalf("got %d of %s, want one", len(all), kind)
	}
	return all[0]
}

func (tp template) stack(t *testing.T) stack {
	t.Helper()
	config := tp.only(t, "AWS::CloudFront::Distribution")["DistributionConfig"].(map[string]any)
	s := stack{Functions: map[string]function{}, Bucket: tp.bucket(t), Origins: as[[]origin](t, config["Origins"])}
	s.Signing = as[signing](t, tp.only(t, "AWS::CloudFront::OriginAccessControl")["OriginAccessControlConfig"])
	s.BucketPolicy = as[struct{ Statement []policyStatement }](t, tp.only(t, "AWS::S3::BucketPolicy")["PolicyDocument"]).Statement

	behaviors, _ := config["CacheBehaviors"].([]any)
	config["CacheBehaviors"] = len(behaviors)
	s.Distribution = as[distribution](t, config)
	settings := config["DefaultCacheBehavior"].(map[string]any)
	s.Distribution.DefaultCacheBehavior.Others = others(settings, "ViewerProtocolPolicy", "CachePolicyId", "Compress", "TargetOriginId",
		"AllowedMethods", "CachedMethods", "LambdaFunctionAssociations")
	s.addFunctions(t, tp, settings["LambdaFunctionAssociations"])
	return s
}

// addFunctions adds the functions of associations, and what their roles may do.
func (s *stack) addFunctions(t *testing.T, tp template, associations any) {
	t.Helper()
	roles := map[string]bool{}
	for _, a := range as[[]struct {
		EventType, LambdaFunctionARN string
		IncludeBody                  bool
	}](t, associations) {
		if _, twice := s.Functions[a.EventType]; twice {
			t.Errorf("two functions for %s", a.EventType)
		}
		properties, published := tp.version(a.LambdaFunctionARN)
		f := as[function](t, properties)
		f.Published, f.IncludeBody = published, a.IncludeBody
		f.Others = others(properties, "Runtime", "Handler", "Architectures", "MemorySize", "Timeout",
			"FunctionName", "Description", "Role", "Code", "CodeUri", "AutoPublishAlias")
		s.Functions[a.EventType] = f
		roles[fmt.Sprint(properties["Role"])] = true
	}
	for role := range roles {
		s.addRole(t, tp.Resources[strings.TrimSuffix(strings.TrimPrefix(role, "${"), ".Arn}")].Properties)
	}
}

// version finds the properties of the function whose version an association names, and reports whether it is a version.
func (tp template) version(arn string) (properties map[string]any, published bool) {
	name := strings.TrimSuffix(strings.TrimPrefix(arn, "${"), "}")
	if id, found := strings.CutSuffix(name, ".Version"); found { // SAM's
		return tp.Resources[id].Properties, tp.Resources[id].Properties["AutoPublishAlias"] != nil
	}
	if v := tp.Resources[name]; v.Type == "AWS::Lambda::Version" {
		id, _ := v.Properties["FunctionName"].(string)
		return tp.Resources[strings.Trim(id, "${}")].Properties, true
	}
	return tp.Resources[strings.TrimSuffix(name, ".Arn")].Properties, false
}

// addRole adds what a role trusts and may do. A policy that is attached to it is one that says all.
func (s *stack) addRole(t *testing.T, properties map[string]any) {
	t.Helper()
	role := as[struct {
		AssumeRolePolicyDocument struct{ Statement []policyStatement }
		Policies                 []struct {
			PolicyDocument struct{ Statement []policyStatement }
		}
		ManagedPolicyArns []string
	}](t, properties)
	s.Trusted = append(s.Trusted, role.AssumeRolePolicyDocument.Statement...)
	for _, p := range role.Policies {
		s.Granted = append(s.Granted, p.PolicyDocument.Statement...)
	}
	for _, arn := range role.ManagedPolicyArns {
		s.Granted = append(s.Granted, policyStatement{Effect: "Allow", Action: oneOrMore{arn}})
	}
}

func (tp template) bucket(t *testing.T) bucket {
	t.Helper()
	properties := tp.only(t, "AWS::S3::Bucket")
	b := as[bucket](t, properties["PublicAccessBlockConfiguration"])
	rest := as[struct {
		OwnershipControls struct {
			Rules []struct{ ObjectOwnership string }
		}
		BucketEncryption struct {
			ServerSideEncryptionConfiguration []struct{ ServerSideEncryptionByDefault struct{ SSEAlgorithm string } }
		}
		VersioningConfiguration struct{ Status string }
	}](t, properties)
	b.Versioning = rest.VersioningConfiguration.Status
	for _, r := range rest.OwnershipControls.Rules {
		b.ObjectOwnership += r.ObjectOwnership
	}
	for _, r := range rest.BucketEncryption.ServerSideEncryptionConfiguration {
		b.SSEAlgorithm += r.ServerSideEncryptionByDefault.SSEAlgorithm
	}
	return b
}
