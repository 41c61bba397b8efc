package stacktest_test

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// An invariant is what holds in every stack.
type invariant struct {
	name, reason string
	got          func(stack) any
	want         any
	applied      bool // not known in a plan: the Terraform stack's own tests ask it
}

const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6"

func invariants() []invariant {
	return []invariant{
		{name: "triggers", reason: "one function each", got: func(s stack) any { return slices.Sorted(maps.Keys(s.Functions)) }, want: []string{"origin-response", "viewer-request"}},
		{name: "runtime", reason: "Restrictions on Lambda@Edge: Node.js and Python only", got: each(func(f function) any {
			return regexp.MustCompile(`^(nodejs2[24]\.x|python3\.1[234])$`).MatchString(f.Runtime)
		}), want: both(true)},
		{name: "handler", reason: "edgepack's index.mjs and index.py", got: each(func(f function) any { return f.Handler }), want: both("index.handler")},
		{name: "zip", reason: "Lambda@Edge takes no image", got: each(func(f function) any { return cmp.Or(f.PackageType, "Zip") }), want: both("Zip")},
		{name: "architecture", reason: "Lambda@Edge runs x86_64 only", got: each(func(f function) any { return f.Architectures }), want: both([]string{"x86_64"})},
		{name: "memory", reason: "the strictest reading for viewer triggers", got: each(func(f function) any { return f.MemorySize }), want: both(128)},
		{name: "timeout", reason: "the strictest reading for viewer triggers", got: each(func(f function) any { return f.Timeout }), want: both(5)},
		{name: "published", reason: "CloudFront takes a numbered version only", got: each(func(f function) any { return f.Published }), want: both(true)},
		{name: "body", reason: "neither function reads one", got: each(func(f function) any { return f.IncludeBody }), want: both(false), applied: true},
		{name: "nothing refused", reason: "no environment, layers, VPC, queue, file system, key or log group of one's own",
			got: each(func(f function) any { return f.Others }), want: both([]string(nil))},

		{name: "trust", reason: "Lambda starts the functions, and their replicas elsewhere", got: trusted, want: []string{"edgelambda.amazonaws.com", "lambda.amazonaws.com"}},
		{name: "rights", reason: "logs, and nothing else", got: granted, want: []string{
			"Allow logs:CreateLogGroup, logs:CreateLogStream, logs:PutLogEvents on arn:aws:logs:*:*:log-group:/aws/lambda/us-east-1.githubdemo-origin-response",
			"Allow logs:CreateLogGroup, logs:CreateLogStream, logs:PutLogEvents on arn:aws:logs:*:*:log-group:/aws/lambda/us-east-1.githubdemo-viewer-request",
		}},

		{name: "bucket", reason: "private, without access lists, encrypted, versioned", got: func(s stack) any { return s.Bucket },
			want: bucket{true, true, true, true, "BucketOwnerEnforced", "AES256", "Enabled"}},
		{name: "bucket's policy", reason: "this distribution reads it, over HTTPS, and no one else", got: bucketPolicy, applied: true, want: []string{
			"Allow s3:GetObject to service cloudfront.amazonaws.com, of this distribution", "Deny s3:* to everyone, over plain HTTP",
		}},
		{name: "signing", reason: "CloudFront signs every request to the bucket", got: func(s stack) any { return s.Signing }, want: signing{"s3", "always", "sigv4"}},
		{name: "origin", reason: "the bucket itself, not its website, and signed", got: origins, applied: true,
			want: []origin{{"${Bucket.RegionalDomainName}", "${AccessControl.Id}"}}},
		{name: "distribution", reason: "one behavior over one origin; a key that is not there is 403 at the bucket", got: func(s stack) any { return s.Distribution }, want: distribution{
			Enabled: true, IPV6Enabled: true, HttpVersion: "http2and3", DefaultRootObject: "index.html",
			DefaultCacheBehavior: behavior{ViewerProtocolPolicy: "redirect-to-https", CachePolicyId: cachingOptimized, Compress: true},
			CustomErrorResponses: []errorResponse{{403, 404, 10, "/404.html"}, {404, 404, 10, "/404.html"}},
		}},
	}
}

// TestInvariants asks the table of every stack.
func TestInvariants(t *testing.T) {
	for tool, s := range stacks(t) {
		for _, i := range invariants() {
			if i.applied && s.Planned {
				continue
			}
			t.Run(tool+"/"+i.name, func(t *testing.T) {
				if diff := gocmp.Diff(i.want, i.got(s)); diff != "" {
					t.Errorf("%s (-want +got):\n%s", i.reason, diff)
				}
			})
		}
	}
}

// each asks both functions, by trigger.
func each(ask func(function) any) func(stack) any {
	return func(s stack) any {
		answers := map[string]any{}
		for trigger, f := range s.Functions {
			answers[trigger] = ask(f)
		}
		return answers
	}
}

func both(v any) any { return map[string]any{"viewer-request": v, "origin-response": v} }

// trusted lists the services that may take the role; what is no such statement is in the list as it is.
func trusted(s stack) any {
	var all []string
	for _, st := range s.Trusted {
		principal, _ := st.Principal.(map[string]any)
		if st.Effect != "Allow" || !slices.Equal(st.Action, oneOrMore{"sts:AssumeRole"}) || len(principal) != 1 || principal["Service"] == nil {
			all = append(all, fmt.Sprint(st))
			continue
		}
		all = append(all, strings.Fields(strings.Trim(fmt.Sprint(principal["Service"]), "[]"))...)
	}
	slices.Sort(all)
	return all
}

// granted lists what the role may do on which log group; a group and its streams are one.
func granted(s stack) any {
	var all []string
	for _, st := range s.Granted {
		slices.Sort(st.Action)
		for _, resource := range append(st.Resource, []string{"nothing"}[:max(0, 1-len(st.Resource))]...) {
			all = append(all, fmt.Sprintf("%s %s on %s", st.Effect, strings.Join(st.Action, ", "), strings.TrimSuffix(resource, ":*")))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// origins lists the origins, without the hashes and paths in the names that CDK makes up.
func origins(s stack) any {
	made := regexp.MustCompile(`[0-9A-F]{8}\b|DistributionOrigin1S3Origin`)
	var all []origin
	for _, o := range s.Origins {
		all = append(all, origin{made.ReplaceAllString(o.DomainName, ""), made.ReplaceAllString(o.OriginAccessControlId, "")})
	}
	return all
}

// bucketPolicy says in words what the statements are that a stack has.
func bucketPolicy(s stack) any {
	source := regexp.MustCompile(`^map\[StringEquals:map\[AWS:SourceArn:arn:aws:cloudfront::\$\{AWS::AccountId\}:distribution/\$\{Distribution[0-9A-F]*\}\]\]$`)
	var all []string
	for _, st := range s.BucketPolicy {
		who, when := fmt.Sprint(st.Principal), fmt.Sprint(st.Condition)
		switch who {
		case "map[Service:cloudfront.amazonaws.com]":
			who = "service cloudfront.amazonaws.com"
		case "*", "map[AWS:*]":
			who = "everyone"
		}
		switch {
		case source.MatchString(when):
			when = "of this distribution"
		case when == "map[Bool:map[aws:SecureTransport:false]]":
			when = "over plain HTTP"
		}
		all = append(all, fmt.Sprintf("%s %s to %s, %s", st.Effect, strings.Join(st.Action, ", "), who, when))
	}
	slices.Sort(all)
	return all
}

// TestNothingElseIsMade: the templates have what the table asks about, and what says why it is there.
func TestNothingElseIsMade(t *testing.T) {
	folder := made(t, "LAMBDAEDGE_TEMPLATES", ".ci/templates")
	if folder == "" {
		t.Skip("LAMBDAEDGE_TEMPLATES is not set")
	}
	demo := []string{
		"AWS::CloudFront::Distribution", "AWS::CloudFront::OriginAccessControl", "AWS::IAM::Role", "AWS::Logs::LogGroup", "AWS::Logs::LogGroup",
		"AWS::S3::Bucket", "AWS::S3::BucketPolicy",
	}
	for tool, own := range map[string][]string{
		"sam": {"AWS::Serverless::Function", "AWS::Serverless::Function"},
		"cdk": {
			"AWS::Lambda::Function", "AWS::Lambda::Function", "AWS::Lambda::Version", "AWS::Lambda::Version",
			// BucketDeployment, which uploads the pages
			"AWS::IAM::Policy", "AWS::IAM::Role", "AWS::Lambda::Function", "AWS::Lambda::LayerVersion", "Custom::CDKBucketDeployment",
		},
	} {
		var types []string
		for _, r := range readTemplate(t, filepath.Join(folder, tool+".json")).Resources {
			types = append(types, r.Type)
		}
		slices.Sort(types)
		if diff := gocmp.Diff(slices.Sorted(slices.Values(append(own, demo...))), types); diff != "" {
			t.Errorf("%s: resources (-want +got):\n%s", tool, diff)
		}
	}
}
