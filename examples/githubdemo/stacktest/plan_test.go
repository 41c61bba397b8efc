package stacktest_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// spelling has CloudFormation's names where they differ from Terraform's by more than capitals and underscores.
var spelling = map[string]string{
	"is_ipv6_enabled": "IPV6Enabled", "error_caching_min_ttl": "ErrorCachingMinTTL",
	"sse_algorithm": "SSEAlgorithm",
}

// ofFunctions has the attributes of a function that the table asks about or that are Terraform's own.
var ofFunctions = []string{
	"runtime", "handler", "packagetype", "architectures", "memorysize", "timeout", "publish",
	"functionname", "description", "role", "filename", "sourcecodehash", "tags", "region", "skipdestroy", "timeouts", "reservedconcurrentexecutions",
}

// named gives the attributes of a resource CloudFormation's names. What is not set in Terraform is null or an empty list.
func named(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = named(v[i])
		}
	case map[string]any:
		renamed := map[string]any{}
		for key, value := range v {
			if list, isList := value.([]any); value == nil || isList && len(list) == 0 {
				continue
			}
			name := spelling[key]
			if name == "" {
				name = strings.ReplaceAll(key, "_", "") // encoding/json does not mind capitals
			}
			renamed[name] = named(value)
		}
		return renamed
	}
	return v
}

// readPlan reads what terraform show -json tells of a plan.
func readPlan(t *testing.T, file string) stack {
	t.Helper()
	var plan struct {
		Planned struct {
			Root struct {
				Resources []struct {
					Type   string
					Index  string
					Values map[string]any
				}
			} `json:"root_module"`
		} `json:"planned_values"`
	}
	decode(t, file, &plan)
	s := stack{Planned: true, Functions: map[string]function{}}
	for _, r := range plan.Planned.Root.Resources {
		values := named(r.Values).(map[string]any)
		switch r.Type {
		case "aws_lambda_function":
			f := as[function](t, values)
			f.Published = values["publish"] == true
			f.Others = others(values, ofFunctions...)
			s.Functions[r.Index] = f
		case "aws_iam_role":
			s.Trusted = statements(t, values["assumerolepolicy"])
		case "aws_iam_role_policy":
			s.Granted = append(s.Granted, statements(t, values["policy"])...)
		case "aws_cloudfront_origin_access_control":
			s.Signing = as[signing](t, values)
		case "aws_cloudfront_distribution":
			s.Distribution = planned(t, values)
		default:
			s.Bucket.add(t, r.Type, values)
		}
	}
	return s
}

func statements(t *testing.T, policy any) []policyStatement {
	t.Helper()
	var p struct{ Statement []policyStatement }
	if err := json.Unmarshal([]byte(policy.(string)), &p); err != nil {
		t.Fatalf("%s: %v", policy, err)
	}
	return p.Statement
}

// planned reads a distribution, whose blocks are lists in Terraform.
func planned(t *testing.T, values map[string]any) distribution {
	t.Helper()
	defaults, _ := values["defaultcachebehavior"].([]any)
	ordered, _ := values["orderedcachebehavior"].([]any)
	if len(defaults) != 1 {
		t.Fatalf("got %d default behaviors", len(defaults))
	}
	settings := defaults[0].(map[string]any)
	d := as[distribution](t, map[string]any{
		"enabled": values["enabled"], "IPV6Enabled": values["IPV6Enabled"], "httpversion": values["httpversion"],
		"defaultrootobject": values["defaultrootobject"], "cachebehaviors": len(ordered),
		"defaultcachebehavior": settings, "customerrorresponses": values["customerrorresponse"],
	})
	d.DefaultCacheBehavior.Others = others(settings, "viewerprotocolpolicy", "cachepolicyid", "compress", "targetoriginid",
		"allowedmethods", "cachedmethods", "lambdafunctionassociation", "minttl")
	return d
}

// add adds what a resource says about the bucket.
func (b *bucket) add(t *testing.T, kind string, values map[string]any) {
	t.Helper()
	switch kind {
	case "aws_s3_bucket_public_access_block":
		access := as[bucket](t, values)
		access.ObjectOwnership, access.SSEAlgorithm, access.Versioning = b.ObjectOwnership, b.SSEAlgorithm, b.Versioning
		*b = access
	case "aws_s3_bucket_ownership_controls":
		b.ObjectOwnership = as[struct{ Rule []bucket }](t, values).Rule[0].ObjectOwnership
	case "aws_s3_bucket_server_side_encryption_configuration":
		rules := as[struct {
			Rule []struct{ ApplyServerSideEncryptionByDefault []bucket }
		}](t, values)
		b.SSEAlgorithm = rules.Rule[0].ApplyServerSideEncryptionByDefault[0].SSEAlgorithm
	case "aws_s3_bucket_versioning":
		b.Versioning = as[struct{ VersioningConfiguration []struct{ Status string } }](t, values).VersioningConfiguration[0].Status
	}
}
