// Package terraform finds in the JSON of "terraform show -json" what of a project's files stands behind its functions and buckets.
// The distribution itself is read by package awsconfig.
package terraform

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// Sources are the files of a project.
type Sources struct {
	Functions map[string]settings.Code // by address, ARN with and without its version, and name
	Folder    string                   // from which all of the bucket's objects are uploaded; "" when there is no such folder

	Distributions []string // addresses, in the file's order

	CloudFrontFunctions map[string]edgesim.CloudFrontFunction // by address and ARN; its key value store has the pairs of the file
	Stores              map[string]Store                      // of those that have one, by the same
}

// A document is what is read of a state or plan
// (https://developer.hashicorp.com/terraform/internals/json-format).
type document struct {
	Values  values `json:"values"`
	Planned values `json:"planned_values"`
	Prior   struct {
		Values values `json:"values"`
	} `json:"prior_state"` // has the data sources that a plan read
}

type values struct {
	Root module `json:"root_module"`
}

type module struct {
	Resources []resource `json:"resources"`
	Children  []module   `json:"child_modules"`
}

type resource struct {
	Address, Type string
	Values        map[string]any
}

// Read reads a state or plan whose paths are relative to dir. What is not to be read gives no sources.
func Read(dir string, content []byte) Sources {
	var d document
	s := Sources{Functions: map[string]settings.Code{}, CloudFrontFunctions: map[string]edgesim.CloudFrontFunction{}, Stores: map[string]Store{}}
	if json.Unmarshal(content, &d) != nil {
		return s
	}
	var all []resource
	for _, v := range []values{d.Prior.Values, d.Values, d.Planned} {
		all = v.Root.append(all)
	}
	archives := map[string]string{} // by the name of the zip: the folder or file that it is made from
	folders := map[string]bool{}
	for _, r := range all {
		switch r.Type {
		case "archive_file":
			archives[r.text("output_path")] = cmp.Or(r.text("source_dir"), r.text("source_file"))
		case "aws_s3_object":
			folders[folderOf(r.text("source"), r.text("key"))] = true
		}
	}
	stores := storesOf(all)
	for _, r := range all {
		switch r.Type {
		case "aws_lambda_function":
			s.add(dir, r, archives)
		case "aws_cloudfront_function":
			s.addCloudFront(r, stores)
		}
	}
	for _, r := range d.Planned.Root.append(d.Values.Root.append(nil)) { // not those that a plan destroys
		if r.Type == "aws_cloudfront_distribution" {
			s.Distributions = append(s.Distributions, r.Address)
		}
	}
	if len(folders) == 1 && !folders[""] {
		for folder := range folders {
			s.Folder = inside(dir, folder)
		}
	}
	return s
}

// append adds the resources of a module and of those in it.
func (m module) append(all []resource) []resource {
	all = append(all, m.Resources...)
	for _, child := range m.Children {
		all = child.append(all)
	}
	return all
}

func (r resource) text(name string) string {
	s, _ := r.Values[name].(string)
	return s
}

// add finds a function's code: the folder that its zip is made from, so that what is saved there is what runs, or the zip.
func (s *Sources) add(dir string, r resource, archives map[string]string) {
	code := settings.Code{Handler: r.text("handler"), Runtime: r.text("runtime")}
	zip := r.text("filename")
	for _, path := range []string{archives[zip], zip} {
		if path == "" || code.Path != "" {
			continue
		}
		if _, err := os.Stat(inside(dir, path)); err == nil || path == zip {
			code.Path = inside(dir, path)
		}
	}
	if code.Path == "" {
		return
	}
	for _, key := range []string{r.Address, withoutIndex(r.Address), r.text("arn"), r.text("qualified_arn"), r.text("function_name")} {
		if key != "" {
			s.Functions[key] = code
		}
	}
}

// addCloudFront finds a CloudFront Function, whose code is in the file.
func (s *Sources) addCloudFront(r resource, stores stores) {
	f := edgesim.CloudFrontFunction{Name: r.text("name"), Runtime: r.text("runtime"), Source: r.text("code")}
	if f.Source == "" { // known after the apply only
		return
	}
	store, values := stores.of(r)
	f.KeyValueStore = values
	for _, key := range []string{r.Address, withoutIndex(r.Address), r.text("arn")} {
		if key != "" {
			s.CloudFrontFunctions[key] = f
			if values != nil {
				s.Stores[key] = store
			}
		}
	}
}

// withoutIndex is an address without the indexes of count and for_each.
func withoutIndex(address string) string {
	return regexp.MustCompile(`\[[^\]]*\]`).ReplaceAllString(address, "")
}

// folderOf is what stands before an object's key in the name of its file.
func folderOf(source, key string) string {
	folder, ok := strings.CutSuffix(filepath.ToSlash(source), "/"+key)
	if !ok {
		return ""
	}
	return folder
}

func inside(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}
