package main

import (
	"bytes"
	"path/filepath"
	"strings"
)

// howTerraform is how Terraform's own files become one that is read.
const howTerraform = "want what \"terraform plan -out tfplan && terraform show -json tfplan > site.tfplan.json\" writes, or \"terraform show -json > state.json\""

// another says what a file is that people take for a configuration, and what makes one of it; "" for any other.
func another(file string, content []byte) string {
	top := members(content)
	switch {
	case len(bytes.TrimSpace(content)) == 0:
		return "the file is empty: " + wanted
	case filepath.Ext(file) == ".tf":
		return "Terraform's source: " + howTerraform
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return "a zip, or a plan of Terraform's as it is saved: " + howTerraform
	case top["terraform_version"] != nil && top["resources"] != nil:
		return "a state of Terraform's as it is saved: " + howTerraform
	case top["DistributionList"] != nil:
		return "the list of an account's distributions: want the output of \"aws cloudfront get-distribution-config --id ID\""
	case top["app"] != nil && filepath.Base(file) == "cdk.json":
		return "an app of CDK's: \"cdk synth\" writes its template into cdk.out"
	}
	return ""
}

// source says what in a folder without a configuration would make one; "" when nothing is known to.
func source(dir string) string {
	for _, known := range []struct{ pattern, way string }{
		{"cdk.json", "\"cdk synth\" makes one of the app in it"},
		{"*.tf", howTerraform},
	} {
		if found, _ := filepath.Glob(filepath.Join(dir, known.pattern)); len(found) > 0 {
			return " (" + strings.TrimPrefix(found[0], dir+string(filepath.Separator)) + " is none: " + known.way + ")"
		}
	}
	return ""
}
