package template

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// FuzzRead: no panic and no end without an end, and what is read is JSON.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("../../testdata/*/template.y*ml")
	more, _ := filepath.Glob("../../testdata/*/*.template*")
	synthesized, _ := filepath.Glob("../../testdata/*/cdk.out/*.template.json")
	frameworks, _ := filepath.Glob("../../testdata/*/serverless.yml")
	for _, file := range slices.Concat(files, more, synthesized, frameworks) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("Resources: {D: {Type: 'AWS::CloudFront::Distribution', Properties: !Ref D}}"))
	f.Add([]byte("Resources: {D: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: {Origins: !Split ['', !GetAtt D.Id]}}}}"))
	for _, seed := range []string{
		"Transform: [Mine]\nResources: {D: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: {Origins: [{}], CacheBehaviors: [{}, {TargetOriginId: x}]}}}, 'Fn::ForEach::X': [Y, [a], {}]}",
		"Resources: {P: {Type: 'AWS::SSM::Parameter', Properties: {Name: a, Value: '{{resolve:ssm:a}}'}}, D: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: {Comment: '{{resolve:ssm:a:1}}'}}}}",
		"provider: {}\ncustom: '${self:custom.a}'\nfunctions: {f: {handler: a.b, url: true, events: [{http: x}], lambdaAtEdge: {distribution: D, pathPattern: '${file(fuzz.yml):a}'}}}\nresources: {Resources: {D: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: {}}}}}",
		"Resources: {F: {Type: 'AWS::Serverless::Function'}, D: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: {Aliases: [!GetAtt F.Version.FunctionArn, !GetAtt [F.Alias, AliasArn], !Sub '${F.Version.X}']}}}}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := parse("fuzz", data)
		if err != nil {
			return
		}
		p, err := read(d, nil)
		if err != nil {
			return
		}
		for _, n := range p.Notes {
			_ = n.String()
		}
		for _, distribution := range p.Distributions {
			if !json.Valid(distribution.Config) {
				t.Errorf("no JSON: %q", distribution.Config)
			}
		}
	})
}
