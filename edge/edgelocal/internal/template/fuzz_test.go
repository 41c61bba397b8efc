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
