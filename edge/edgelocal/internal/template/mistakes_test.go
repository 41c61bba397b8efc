package template_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/template"
)

// write puts a file into a folder of the test's own.
func write(t *testing.T, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// What is no template is an error that says what there is and what is wanted.
func TestReadMistakes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, content, want string }{
		{"empty.yaml", "", "an empty file"},
		{"text.yaml", "hello", `got "hello", want an object with Resources`},
		{"list.json", "[]", "got a list of 0, want an object with Resources"},
		{"broken.yaml", "Resources:\n  A: [", "line 2"},
		{"broken.json", "{\n \"Resources\": {,\n}}", "line 2: invalid character ','"},
		{"jinja.yaml", "Resources:\n{% for s in sites %}\n  A: 1\n{% endfor %}\n", "the file has {{ }} or {% %}, from which another program makes a template: read what that program writes"},
		{"key.yaml", "? [a]\n: b\n", "line 1: a key that is no text"},
		{"merge.yaml", "a: {<<: text}", `<< merges "text", want an object`},
		{"other.json", `{"Distribution": {}}`, "no Resources: want a template of CloudFormation, SAM or CDK, or a serverless.yml"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			file := write(t, tc.name, tc.content)
			if _, err := template.Read(file, nil); err == nil || !strings.Contains(err.Error(), tc.want) || !strings.HasPrefix(err.Error(), file) {
				t.Errorf("got %v, want %q and the file's name", err, tc.want)
			}
		})
	}
	if _, err := template.Read(filepath.Join(t.TempDir(), "absent.yaml"), nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want that there is no such file", err)
	}
}

func TestNoDistribution(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"cdk-references/cdk.out/EdgeStack.template.json", "cfn-nested/edge/edge.yaml"} {
		if _, err := template.Read(filepath.Join(testdata, filepath.FromSlash(file)), nil); !errors.Is(err, template.ErrNoDistribution) {
			t.Errorf("%s: got %v, want ErrNoDistribution", file, err)
		}
	}
}

// What is wrong with a part of a template is a note, and the rest is read.
func TestNotes(t *testing.T) {
	t.Parallel()
	const end = "\n  Other: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: yes}}}\n"
	for _, tc := range []struct{ name, resources, want string }{
		{"no configuration", "  D: {Type: AWS::CloudFront::Distribution}", "f.yaml:2: Resources.D.Properties: no DistributionConfig: CloudFormation refuses it"},
		{"a key twice", "  D:\n    Type: AWS::CloudFront::Distribution\n    Type: AWS::CloudFront::Distribution\n    Properties: {DistributionConfig: {Enabled: true}}",
			"f.yaml:4: Resources.D.Type: a second time: CloudFormation refuses it; the last one is read"},
		{"a function without code", "  F: {Type: AWS::CloudFront::Function, Properties: {Name: f, FunctionCode: !Ref Nobody}}\n" + behavior("FunctionAssociations: [{EventType: viewer-request, FunctionARN: !GetAtt F.FunctionARN}]"),
			"f.yaml:2: Resources.F.Properties.FunctionCode: !Ref Nobody: no parameter or resource has the name \"Nobody\"; the function has no code here"},
		{"a policy that cannot be read", "  P: {Type: AWS::CloudFront::CachePolicy, Properties: {CachePolicyConfig: {Name: p, MinTTL: soon}}}\n" + behavior("CachePolicyId: !Ref P"),
			`f.yaml:2: Resources.P.Properties.CachePolicyConfig: awsconfig: CachePolicy`},
		{"a number that is not known", behavior("MinTTL: !ImportValue ttl"), "DefaultCacheBehavior.MinTTL: !ImportValue ttl: the output of another stack, which is not in this folder; it is left out"},
		{"a loop", "  Fn::ForEach::Sites: [Site, [a, b], {'Site${Site}': {Type: AWS::S3::Bucket}}]", "f.yaml:2: Resources.Fn::ForEach::Sites: a loop, which is not worked out, and its resources are not read: read what"},
		{"a macro", "  B: {Type: AWS::S3::Bucket}\nTransform: [AWS::Serverless-2016-10-31, Mine]\nResources:",
			"f.yaml:3: Transform: the macro Mine changes the template at a deployment, and is not run here: read what"},
		{"an origin that is not there", behavior("TargetOriginId: gone"), `DefaultCacheBehavior: no origin has the id "gone": CloudFront refuses it; one that nothing stands for is taken`},
		{"a behaviour without an origin", behavior("Compress: true"), `DefaultCacheBehavior: no TargetOriginId: CloudFront refuses it; the origin "origin" is taken`},
		{"an origin without an id", origin("example.com") + "\n", `f.yaml:5: Resources.D.Properties.DistributionConfig.Origins[0]: no Id: CloudFront refuses it; it is called "origin0" here`},
		{"no default behaviour", "  D: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {CacheBehaviors: [{PathPattern: /a, TargetOriginId: o}]}}}",
			`f.yaml:2: Resources.D.Properties.DistributionConfig: no DefaultCacheBehavior: CloudFront refuses it; one without functions is taken`},
		{"a placeholder for a host", origin("'<bucket>.s3.amazonaws.com'"), `"<bucket>.s3.amazonaws.com" is no domain name; the host is bucket-.s3.amazonaws.com.invalid here`},
		{"a variable that is not replaced", origin("'files.s3.${AWS::URLSuffix}'"), `"files.s3.${AWS::URLSuffix}" is no domain name; the host is files.s3.--AWS--URLSuffix.invalid here`},
		{"control characters", "  \"D\\e[31m\": {Type: AWS::CloudFront::Distribution}", "Resources.D\ufffd[31m.Properties: no DistributionConfig"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p, err := template.Read(write(t, "f.yaml", "Resources:\n"+tc.resources+end), nil)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(p.Notes, func(n template.Note) bool { return strings.Contains(n.String(), tc.want) }) {
				t.Errorf("got %v, want %q", p.Notes, tc.want)
			}
			if last := p.Distributions[len(p.Distributions)-1]; last.LogicalID != "Other" || string(last.Config) != `{"DistributionConfig":{"Enabled":true}}` {
				t.Errorf("the rest: got %s %s", last.LogicalID, last.Config)
			}
		})
	}
}

// behavior is a distribution whose default behaviour has a setting.
func behavior(setting string) string {
	return "  D:\n    Type: AWS::CloudFront::Distribution\n    Properties:\n      DistributionConfig:\n        DefaultCacheBehavior:\n          " + setting
}

// TestServerlessCode: where the framework's functions have their code and their names.
func TestServerlessCode(t *testing.T) {
	t.Parallel()
	p, err := template.Read(write(t, "serverless.yml", `
service: {name: site}
provider: {name: aws, runtime: nodejs22.x}
functions:
  built: {handler: index.handler, package: {artifact: built.zip}, lambdaAtEdge: {distribution: D, eventType: viewer-request}}
  named: {name: mine, handler: index.handler, lambdaAtEdge: {distribution: D, eventType: origin-request}}
resources: {Resources: {D: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {DefaultCacheBehavior: {TargetOriginId: o}}}}}}
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range p.Distributions[0].Functions {
		got[f.Name] = filepath.Base(f.Dir)
	}
	want := map[string]string{"site-dev-built": "built.zip", "mine": filepath.Base(filepath.Dir(p.File))}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestScalars: what CloudFormation takes for a number or a switch (AWS::CloudFront::Distribution DefaultCacheBehavior).
func TestScalars(t *testing.T) {
	t.Parallel()
	for setting, want := range map[string]string{
		"MinTTL: 60.0": `"MinTTL":60`, "MinTTL: '60.00'": `"MinTTL":60`, "MinTTL: 0.5": `"MinTTL":0.5`, "MinTTL: '60'": `"MinTTL":"60"`,
		"Compress: yes": `"Compress":true`, "Compress: 'false'": `"Compress":false`, "TargetOriginId: 7": `"TargetOriginId":"7"`,
	} {
		p, err := template.Read(write(t, "f.yaml", "Resources:\n"+behavior(setting)), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(p.Distributions[0].Config); !strings.Contains(got, want+",") && !strings.Contains(got, want+"}") {
			t.Errorf("%s: got %s, want %s", setting, got, want)
		}
	}
}

// origin is a distribution whose origin has a domain name.
func origin(domain string) string {
	return "  D:\n    Type: AWS::CloudFront::Distribution\n    Properties:\n      DistributionConfig: {Origins: [{DomainName: " + domain + "}], DefaultCacheBehavior: {}}"
}

// What is given for parameters takes the place of defaults; what no parameter asks for is named.
func TestParameters(t *testing.T) {
	t.Parallel()
	file := filepath.Join(testdata, "cfn-conditions", "template.yaml")
	p, err := template.Read(file, map[string]string{
		"BucketName": "mine", "Stage": "dev", "ViewerRequestArn": "arn:aws:lambda:us-east-1:111122223333:function:auth:3", "OriginRequestArn": "", "Nobody": "x",
		"AWS::Region": "eu-west-1",
	})
	if err != nil {
		t.Fatal(err)
	}
	got := string(p.Distributions[0].Config)
	for _, want := range []string{
		`"DomainName":"mine.s3.amazonaws.com"`, `"GeoRestriction":{"RestrictionType":"none"}`,
		`"LambdaFunctionAssociations":[{"EventType":"viewer-request","LambdaFunctionARN":"arn:aws:lambda:us-east-1:111122223333:function:auth:3"}]`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if !slices.ContainsFunc(p.Notes, func(n template.Note) bool {
		return n.Text == `no parameter has the name "Nobody", for which a value is given`
	}) {
		t.Errorf("got %v, want a note on Nobody", p.Notes)
	}
}

// TestRefusals: each row is a setting of a function on lambda-at-edge-function-restrictions.html or cloudfront-limits.html.
func TestRefusals(t *testing.T) {
	t.Parallel()
	const page = " (lambda-at-edge-function-restrictions.html)"
	for _, tc := range []struct{ setting, trigger, want string }{
		{"Environment: {Variables: {A: b}}", "origin-request", "Environment: Lambda@Edge takes no function with environment variables: put the values into the code, or into custom headers of the origin" + page},
		{"Environment: {Variables: {}}", "origin-request", ""},
		{"Layers: [!Ref L]", "origin-request", "Layers: Lambda@Edge takes no function with layers: put them into the package" + page},
		{"VpcConfig: {SubnetIds: [s]}", "origin-request", "VpcConfig: Lambda@Edge takes no function with access to a VPC" + page},
		{"DeadLetterConfig: {TargetArn: a}", "origin-request", "DeadLetterConfig: Lambda@Edge takes no function with a dead-letter queue" + page},
		{"TracingConfig: {Mode: Active}", "origin-request", "Tracing: Lambda@Edge takes no function with X-Ray" + page},
		{"TracingConfig: {Mode: PassThrough}", "origin-request", ""},
		{"PackageType: Image", "origin-request", "PackageType: Lambda@Edge takes no function with a container image" + page},
		{"Architectures: [arm64]", "origin-request", "Architectures: Lambda@Edge takes no function with arm64: want x86_64" + page},
		{"Architectures: [x86_64]", "origin-request", ""},
		{"EphemeralStorage: {Size: 1024}", "origin-request", "EphemeralStorage: Lambda@Edge takes no function with more than 512 MB of ephemeral storage" + page},
		{"EphemeralStorage: {Size: 512}", "origin-request", ""},
		{"KmsKeyArn: a", "origin-request", "KmsKeyArn: Lambda@Edge takes no function with a key of one's own" + page},
		{"RuntimeManagementConfig: {UpdateRuntimeOn: Manual}", "origin-request", "RuntimeManagementConfig: Lambda@Edge takes no function with runtime management other than Auto" + page},
		{"Runtime: java21", "origin-request", "Runtime: Lambda@Edge takes no function with the runtime java21: want one of Node.js or Python" + page},
		{"Timeout: 31", "origin-request", "Timeout: 31 s on origin-request, Lambda@Edge takes 30 s at most (cloudfront-limits.html)"},
		{"Timeout: 30", "origin-response", ""},
		{"Timeout: 6", "viewer-request", "Timeout: 6 s on viewer-request, Lambda@Edge takes 5 s after one page of AWS's and 30 s after another"},
		{"MemorySize: 1024", "viewer-response", "MemorySize: 1024 MB on viewer-response, Lambda@Edge takes 128 MB after one page of AWS's and more after another"},
		{"MemorySize: 1024", "origin-response", ""},
	} {
		t.Run(tc.setting+" "+tc.trigger, func(t *testing.T) {
			t.Parallel()
			p, err := template.Read(write(t, "f.yaml", "Resources:\n  F: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: x}, "+tc.setting+"}}\n"+
				"  V: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref F}}\n"+
				behavior("LambdaFunctionAssociations: [{EventType: "+tc.trigger+", LambdaFunctionARN: !Ref V}]")+"\n"), nil)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			if tc.want != "" {
				want = []string{tc.want}
			}
			for _, f := range p.Distributions[0].Functions {
				if diff := cmp.Diff(want, f.Problems); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
			}
		})
	}
}
