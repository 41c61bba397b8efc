package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/terraform"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// A project is a configuration file as it was read: a distribution's configuration, and what the file says besides of what on this
// machine stands for the names in it.
type project struct {
	file string
	form string // what kind of file it is, in words
	of   string // which of several distributions it is, in words; "" for the only one

	config    []byte                                // as awsconfig.Read takes it
	address   string                                // of the distribution in it, for Terraform
	functions map[string]settings.Code              // by ARN, Terraform address or name, as they stand in config
	websites  map[string]edgesim.WebsiteOrigin      // of buckets that are asked as such, by the origin's id, without their files
	terraform bool                                  // awsconfig reads its websites itself
	edge      map[string]edgesim.CloudFrontFunction // by ARN or Terraform address, without their stores
	stores    map[string]store                      // of those that have one, by the same
	buckets   map[string]files                      // what fills them, by the origin's id
	own       map[string]bool                       // origins that are buckets of the file, also those that it has as custom origins, by id
	later     map[string]string                     // what origins are whose address in config is made up, by the origin's id
	policies  awsconfig.Bindings                    // the file's own, by id; nothing else is bound in it
	folder    string                                // that fills the buckets which have none of their own; "" when the file names none
	problems  []string                              // what of the file could not be read, with its place and the way out
	notes     []string                              // what of the file CloudFront or Lambda does differently
}

// A form is a kind of configuration file.
type form struct {
	name string
	is   func(file string, content []byte) bool
	read func(o *options, file string, content []byte) (*project, error)
}

// forms are the kinds, in the order in which a file is tried; patterns are the files of a folder that are looked at.
func forms() []form {
	return []form{
		{"a distribution's configuration", isDistributionConfig, readDistributionConfig},
		{"what terraform show -json printed", isTerraform, readTerraform},
		{"a template", isTemplate, readTemplate},
	}
}

func patterns() []string {
	return []string{"*.json", "*.yaml", "*.yml", "*.template", "cdk.out/*.template.json", "cdk.out/assembly-*/*.template.json"}
}

// formOf is the kind of a file, or nil.
func formOf(file string, content []byte) *form {
	for _, f := range forms() {
		if f.is(file, content) {
			return &f
		}
	}
	return nil
}

const wanted = "want a template of CloudFormation, SAM or CDK with an AWS::CloudFront::Distribution, or the output of " +
	"\"aws cloudfront get-distribution-config --id ID\", or of \"terraform show -json\" for a plan or a state"

// findProject finds the configuration file of a folder, when there is one.
func findProject(dir string) (string, error) {
	found := settings.Find(dir, patterns(), func(file string, content []byte) bool { return formOf(file, content) != nil })
	if file, ok := nesting(dir, found); ok {
		return file, nil
	}
	for _, usual := range []string{"distribution.json", "template.yaml", "template.yml", "serverless.yml"} {
		if i := slices.Index(found, filepath.Join(dir, usual)); i >= 0 {
			return found[i], nil
		}
	}
	switch len(found) {
	case 0:
		return "", fmt.Errorf("no configuration in this folder%s: %s, in a file whose name ends in .json, .yaml, .yml or .template, or another file with -config FILE", source(dir), wanted)
	case 1:
		return found[0], nil
	}
	return "", fmt.Errorf("several configurations in this folder: say which with -config FILE: %s", strings.Join(found, ", "))
}

// nesting finds the template of which the one found is a nested stack, or may be, when none was found: it has the parameters.
func nesting(dir string, found []string) (string, bool) {
	if len(found) > 1 {
		return "", false
	}
	main := settings.Find(dir, patterns(), func(file string, content []byte) bool {
		return hasResources(file, content) && regexp.MustCompile(`AWS::CloudFormation::Stack\b|AWS::Serverless::Application\b`).Match(content) &&
			(len(found) == 0 || file != found[0] && bytes.Contains(content, []byte(filepath.Base(found[0]))))
	})
	if len(main) != 1 {
		return "", false
	}
	return main[0], true
}

// readProject reads a configuration file.
func readProject(o *options, file string) (*project, error) {
	content, err := o.readFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no such file", file)
	} else if err != nil {
		return nil, err
	}
	f := formOf(file, content)
	if f == nil && hasResources(file, content) {
		f = &form{"a template", hasResources, readTemplate}
	}
	if text := another(file, content); f == nil && text != "" {
		return nil, fmt.Errorf("%s: %s", file, text)
	}
	if f == nil {
		if err := json.Unmarshal(content, new(any)); err != nil && strings.HasSuffix(file, ".json") {
			return nil, fmt.Errorf("%s: no JSON: %s: %s", place(file, content, err), err, wanted)
		}
		return nil, fmt.Errorf("%s: not a configuration of a distribution: %s", file, wanted)
	}
	p, err := f.read(o, file, content)
	if err != nil {
		return nil, err
	}
	p.file, p.form = file, f.name
	return p, nil
}

// place is the file, with the line where its JSON breaks off.
func place(file string, content []byte, err error) string {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return file
	}
	before := content[:min(int(syntax.Offset), len(content))]
	return fmt.Sprintf("%s:%d", file, 1+bytes.Count(before, []byte("\n")))
}

// members are the names in a JSON object; nil for anything else.
func members(content []byte) map[string]json.RawMessage {
	var top map[string]json.RawMessage
	if json.Unmarshal(content, &top) != nil {
		return nil
	}
	return top
}

func isDistributionConfig(_ string, content []byte) bool {
	top := members(content)
	return top["DistributionConfig"] != nil || top["Distribution"] != nil || top["DefaultCacheBehavior"] != nil
}

func readDistributionConfig(_ *options, _ string, content []byte) (*project, error) {
	return &project{config: content}, nil
}

// isTerraform wants the distribution in it: other plans have none.
func isTerraform(_ string, content []byte) bool {
	top := members(content)
	return (top["values"] != nil || top["planned_values"] != nil) && bytes.Contains(content, []byte(`"aws_cloudfront_distribution"`))
}

func readTerraform(o *options, file string, content []byte) (*project, error) {
	s := terraform.Read(filepath.Dir(file), content)
	p := &project{config: content, address: o.distribution, terraform: true, functions: s.Functions, edge: s.CloudFrontFunctions, stores: map[string]store{}, folder: s.Folder}
	if p.address == "" && len(s.Distributions) > 1 {
		p.address = s.Distributions[0]
	}
	if slices.Contains(s.Distributions, p.address) {
		p.of = several(p.address, s.Distributions)
	}
	for key, has := range s.Stores {
		p.stores[key] = store{arn: has.ARN, name: has.Name}
	}
	return p, nil
}
