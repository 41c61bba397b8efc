package template

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The template around the expressions of TestIntrinsics.
const around = `
Parameters:
  Name: {Type: String, Default: site}
  Count: {Type: Number, Default: 2}
  Names: {Type: CommaDelimitedList, Default: 'a, b,c'}
  Needed: {Type: String}
  Choice: {Type: String, AllowedValues: [first, second]}
  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /stored}
Mappings:
  RegionMap:
    us-east-1: {HVM64: ami-1, Zones: [a, b]}
Conditions:
  Yes: !Equals [!Ref Name, site]
  No: !Not [!Condition Yes]
  Both: !And [!Condition Yes, !Condition No]
  Any: !Or [!Condition Yes, !Condition No]
  Loop: !Not [!Condition Loop]
  Asks: !Equals [!ImportValue x, y]
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Named: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub '${Name}-files'}}
  Function: {Type: AWS::Lambda::Function, Properties: {FunctionName: f}}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Function}}
  Alias: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Function, Name: live}}
  Sam: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live}}
  Topic: {Type: AWS::SNS::Topic}
  One: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref Other}}
  Other: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref One}}
  Setting: {Type: AWS::SSM::Parameter, Properties: {Name: /app/host, Value: !Ref Name}}
  Publisher: {Type: Custom::Publish, Properties: {ServiceToken: !GetAtt Sam.Arn, Function: !GetAtt Function.Arn}}
Outputs: {Exported: {Value: !Ref Count, Export: {Name: !Sub '${AWS::StackName}-count'}}}
Value: `

// TestIntrinsics: what the pages of the CloudFormation template reference say of each function.
func TestIntrinsics(t *testing.T) {
	t.Parallel()
	type list = []any
	for _, tc := range []struct {
		expression string
		want       any    // what is not resolved is its expression with a question mark
		clause     string // of intrinsic-function-reference-NAME.html, or another page
	}{
		// ref: "the value of the parameter", "typically the resource's physical ID"
		{`!Ref Name`, "site", "ref: a parameter"},
		{`{Ref: Name}`, "site", "ref: the full form"},
		{`!Ref Names`, list{"a", "b", "c"}, "parameters-section-structure: CommaDelimitedList, space is trimmed"},
		{`!Ref Needed`, "needed", "no Default"},
		{`!Ref Choice`, "first", "no Default, AllowedValues"},
		{`!Ref Stored`, "?Ref Stored", "the value is not in the template"},
		{`!Ref Bucket`, "t-bucket", "ref: a bucket's name"},
		{`!Ref Named`, "site-files", "ref: a name of one's own"},
		{`!Ref Version`, "arn:aws:lambda:us-east-1:111122223333:function:f:1", "aws-resource-lambda-version: Ref"},
		{`!Ref Alias`, "arn:aws:lambda:us-east-1:111122223333:function:f:live", "aws-resource-lambda-alias: Ref"},
		{`!Ref Sam.Version`, "arn:aws:lambda:us-east-1:111122223333:function:t-Sam:1", "SAM, referencing generated resources"},
		{`!Ref Sam.Alias`, "arn:aws:lambda:us-east-1:111122223333:function:t-Sam:live", "the same"},
		{`!Ref Nobody`, "?!Ref Nobody", "neither parameter nor resource"},
		{`!Ref One`, "?Ref One", "names that refer to each other"},
		{`[!Ref 'AWS::AccountId', !Ref 'AWS::Partition', !Ref 'AWS::Region', !Ref 'AWS::StackName', !Ref 'AWS::URLSuffix']`,
			list{"111122223333", "aws", "us-east-1", "t", "amazonaws.com"}, "pseudo-parameter-reference"},
		{`[a, !Ref 'AWS::NoValue']`, list{"a"}, "pseudo-parameter-reference: removes the property"},
		{`{a: !Ref 'AWS::NoValue', b: c}`, map[string]any{"b": "c"}, "the same"},

		{`!GetAtt Bucket.RegionalDomainName`, "t-bucket.s3.us-east-1.amazonaws.com", "getatt, aws-resource-s3-bucket"},
		{`{Fn::GetAtt: [Bucket, DomainName]}`, "t-bucket.s3.amazonaws.com", "getatt: the full form"},
		{`{Fn::GetAtt: Bucket.Arn}`, "arn:aws:s3:::t-bucket", "getatt: one text"},
		{`!GetAtt Bucket.WebsiteURL`, "http://t-bucket.s3-website-us-east-1.amazonaws.com", "AWS General Reference: website endpoints"},
		{`!GetAtt [Function, !Sub 'Arn']`, "arn:aws:lambda:us-east-1:111122223333:function:f", "getatt: the attribute may be a Ref"},
		{`!GetAtt Topic.TopicName`, "?!GetAtt Topic.TopicName", "known after the deployment only"},
		{`!GetAtt Publisher.FunctionArn`, "arn:aws:lambda:us-east-1:111122223333:function:f:1", "a custom resource that publishes"},
		{`!GetAtt Publisher.Message`, "?!GetAtt Publisher.Message", "its other attributes"},

		{`!Sub '${Name}.${AWS::Region}.${Bucket.Arn}'`, "site.us-east-1.arn:aws:s3:::t-bucket", "sub: parameters, resources, attributes"},
		{`!Sub ['www.${Domain}-${Name}', {Domain: !Ref Count}]`, "www.2-site", "sub: a map of variables"},
		{`!Sub 'a ${!Literal} b'`, "a ${Literal} b", "sub: ${!Literal} resolves to ${Literal}"},
		{`!Sub '$Name {Name} ${'`, "$Name {Name} ${", "sub: no variable"},
		{`!GetAtt Sam.Version.FunctionArn`, "arn:aws:lambda:us-east-1:111122223333:function:t-Sam:1", "SAM, an attribute of a generated resource"},
		{`!GetAtt [Sam.Version, Version]`, "1", "the same, as a list"},
		{`!GetAtt Sam.Alias.AliasArn`, "arn:aws:lambda:us-east-1:111122223333:function:t-Sam:live", ""},
		{`!GetAtt Sam.Version.Name`, "?!GetAtt Sam.Version.Name", ""},
		{`!Sub '${Sam.Version}'`, "arn:aws:lambda:us-east-1:111122223333:function:t-Sam:1", "SAM, in Fn::Sub"},
		{`!Sub '${Nobody}'`, "?!Ref Nobody", "an unknown variable"},
		{`!Sub '${Names}'`, "?${Names}", "sub: a list is no text"},

		{`!Join [':', [a, !Ref Count, true]]`, "a:2:true", "join"},
		{`!Join ['', !Ref Names]`, "abc", "join: a list that is a Ref"},
		{`!Join ['', []]`, "", "join: nothing"},
		{`!Join [',', [!Ref Nobody]]`, "?!Ref Nobody", "join: a part is unknown"},
		{`!Select [1, [a, b]]`, "b", "select: from 0"},
		{`!Select ['0', !Ref Names]`, "a", "select: the index may be text"},
		{`!Select [3, [a, b]]`, "?!Select 3.", "select: out of bounds is an error"},
		{`!Select [2, !Split ['/', 'https://example.com/a']]`, "example.com", "split, select"},
		{`!Split ['|', 'a||c']`, list{"a", "", "c"}, "split: empty parts stay"},
		{`!FindInMap [RegionMap, !Ref 'AWS::Region', HVM64]`, "ami-1", "findinmap"},
		{`!FindInMap [RegionMap, us-east-1, Zones]`, list{"a", "b"}, "findinmap: a list"},
		{`!FindInMap [RegionMap, eu-west-1, HVM64]`, "?!FindInMap RegionMap.eu-west-1.HVM64", "findinmap: not there"},
		{`!FindInMap [RegionMap, eu-west-1, HVM64, {DefaultValue: none}]`, "none", "findinmap-enhancements"},
		{`!ToJsonString {a: [!Ref Name]}`, `{"a":["site"]}`, "ToJsonString"},

		{`!If [Yes, a, b]`, "a", "conditions: if"},
		{`!If [No, a, !If [Any, c, d]]`, "c", "conditions: or, nested"},
		{`!If [Both, a, b]`, "b", "conditions: and"},
		{`!If [Loop, a, b]`, "a", "a condition of itself: the inner one is false"},
		{`!If [Asks, a, b]`, "b", "cannot be worked out: false"},
		{`!If [Nobody, a, b]`, "b", "no such condition: false"},
		{`[!If [No, a, !Ref 'AWS::NoValue']]`, list{}, "conditions: NoValue in a list"},

		{`!ImportValue t-count`, "2", "importvalue: an export of this folder"},
		{`!ImportValue elsewhere`, "?!ImportValue elsewhere", "importvalue"},
		{`!Base64 text`, "?!Base64 text", "not worked out"},
		{`{Fn::Transform: {Name: AWS::Include}}`, "?!Transform …", "not worked out"},
		{`!Cidr [10.0.0.0/16, 1]`, "?!Cidr 10.0.0.0/16.1", "not worked out"},
		{`'{{resolve:ssm:/app/host}}'`, "site", "dynamic-references: of a parameter that the template sets"},
		{`!Sub 'https://{{resolve:ssm:/app/host:2}}.${Name}'`, "https://{{resolve:ssm:/app/host:2}}.site", ""},
		{`'https://{{resolve:ssm:/app/host:2}}.example.com'`, "https://site.example.com", "a part of the text, with a version"},
		{`'a-{{resolve:ssm:/none}}'`, "?{{resolve:ssm:/none}}", ""},
		{`'a-{{resolve:ssm:/app/host'`, `?"a-{{resolve:ssm:/app/host"`, "not closed"},
		{`'{{resolve:secretsmanager:name}}'`, `?"{{resolve:secretsmanager:name}}"`, "dynamic-references"},
		{`2010-09-09`, "2010-09-09", "a date is text"},
		{`1.10`, "1.10", "a number keeps how it is written"},
	} {
		t.Run(tc.expression, func(t *testing.T) {
			t.Parallel()
			d, err := parse("t.yaml", []byte(around+tc.expression+"\n"))
			if err != nil {
				t.Fatal(err)
			}
			g := &group{}
			s := newStack(d, g, nil)
			g.stacks = []*stack{s}
			if diff := cmp.Diff(tc.want, shown(s.eval("Value", d.root["Value"]))); diff != "" {
				t.Errorf("%s: -want +got:\n%s", tc.clause, diff)
			}
		})
	}
}

// shown is a value with expressions for what is not resolved, and text for numbers.
func shown(v any) any {
	switch v := v.(type) {
	case *unresolved:
		return "?" + v.expression
	case []any:
		shownList := []any{}
		for _, item := range v {
			shownList = append(shownList, shown(item))
		}
		return shownList
	case map[string]any:
		members := map[string]any{}
		for name, item := range v {
			members[name] = shown(item)
		}
		return members
	}
	if s, ok := text(v); ok {
		return s
	}
	return v
}

// Names that double with every step have an end, and so have values that lead to each other on many ways.
func TestBounds(t *testing.T) {
	t.Parallel()
	var doubling, waysOut strings.Builder
	for i := range 64 {
		fmt.Fprintf(&doubling, "  B%d: {Type: 'AWS::S3::Bucket', Properties: {BucketName: !Sub '${B%d}${B%[2]d}'}}\n", i, i+1)
		fmt.Fprintf(&waysOut, "  C%d: !And [!Condition C%d, !Condition C%d]\n", i, (i+1)%64, (i+2)%64)
	}
	doubling.WriteString("  B64: {Type: 'AWS::S3::Bucket', Properties: {BucketName: ab}}\n")
	variables := "provider: {name: aws}\nresources: {}\nfunctions: {f: {handler: '${self:custom.v0}'}}\ncustom:\n"
	for i := range 64 {
		variables += fmt.Sprintf("  v%d: '${self:custom.v%d}${self:custom.v%[2]d}'\n", i, i+1)
	}
	if _, err := read(mustParse(t, "serverless.yml", variables+"  v64: ab\n"), nil); !errors.Is(err, ErrNoDistribution) {
		t.Errorf("variables: got %v", err)
	}
	for name, tc := range map[string]struct{ file, want string }{
		"doubling text":      {"Resources:\n" + doubling.String() + "Value: !Ref B0\n", "too long"},
		"conditions":         {"Conditions:\n" + waysOut.String() + "Value: !If [C0, a, !Ref Nobody]\n", "no parameter or resource"},
		"a deep value":       {"Value: " + strings.Repeat("[", 100) + strings.Repeat("]", 100), "deeper than 64 levels"},
		"a deep object":      {`{"Value": ` + strings.Repeat(`{"a":`, 100) + "1" + strings.Repeat("}", 101), "deeper than 64 levels"},
		"aliases":            {bomb(), "more than 200000 values"},
		"an alias of itself": {"Value: &a [*a]", "deeper than 64 levels"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := "t.yaml"
			if strings.HasPrefix(tc.file, "{") {
				file = "t.json"
			}
			var got string
			if d, err := parse(file, []byte(tc.file)); err != nil {
				got = err.Error()
			} else {
				g := &group{}
				s := newStack(d, g, nil)
				g.stacks = []*stack{s}
				if u, unknown := s.eval("Value", d.root["Value"]).(*unresolved); unknown {
					got = u.why
				}
			}
			if !strings.Contains(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func mustParse(t *testing.T, file, content string) *document {
	t.Helper()
	d, err := parse(file, []byte(content))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// bomb is a list of lists of lists, each ten times the same alias.
func bomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x]\n")
	for i := range 9 {
		fmt.Fprintf(&b, "a%d: &a%[1]d [%s]\n", i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	return b.String()
}
