package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/template"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// isTemplate wants a distribution in it: other templates have none. A serverless.yml may have one in its events, or in a file of its
// resources.
func isTemplate(file string, content []byte) bool {
	has := func(content []byte) bool { return strings.Contains(string(content), "AWS::CloudFront::Distribution") }
	if !isServerless(content) {
		return has(content) && hasResources(file, content)
	}
	if has(content) || regexp.MustCompile(`(?m)^\s*-\s*cloudFront\s*:`).Match(content) {
		return true
	}
	for _, named := range regexp.MustCompile(`\$\{file\(([^${}()]+)\)`).FindAllSubmatch(content, -1) {
		other, err := settings.ReadFile(filepath.Join(filepath.Dir(file), filepath.FromSlash(string(named[1]))))
		if err == nil && has(other) {
			return true
		}
	}
	return false
}

// isServerless reports whether a file is one of the Serverless Framework, whatever is in it.
func isServerless(content []byte) bool {
	return regexp.MustCompile(`(?m)^provider\s*:`).Match(content) && regexp.MustCompile(`(?m)^(functions|resources)\s*:`).Match(content)
}

// hasResources reports whether a file is a template, whatever is in it: one that was named may have its distribution in a nested stack.
func hasResources(_ string, content []byte) bool {
	return isServerless(content) || regexp.MustCompile(`(?m)^[\s{]*"?Resources"?\s*:`).Match(content)
}

// readTemplate reads a template of CloudFormation, SAM or CDK.
func readTemplate(o *options, file string, content []byte) (*project, error) {
	read, err := template.ReadText(file, content, o.parameters)
	if err != nil {
		return nil, after(notesOf(read), err)
	}
	d, err := chooseDistribution(file, read.Distributions, o.distribution)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, each := range read.Distributions {
		ids = append(ids, each.LogicalID)
	}
	p := &project{of: several(d.LogicalID, ids), config: d.Config, policies: d.Policies, notes: notesOf(read),
		functions: map[string]settings.Code{}, buckets: map[string]files{}, websites: map[string]edgesim.WebsiteOrigin{}, later: map[string]string{}, own: map[string]bool{}}
	for arn, f := range d.Functions {
		for _, problem := range f.Problems {
			p.problems = append(p.problems, fmt.Sprintf("%s:%d: function %s: %s", f.File, f.Line, f.Name, problem))
		}
		if f.Dir != "" || f.Inline != "" {
			p.functions[arn] = settings.Code{Path: f.Dir, Inline: f.Inline, Handler: f.Handler, Runtime: f.Runtime}
		}
	}
	p.edge, p.stores = cloudFrontFunctions(d)
	p.policies.KeyGroups = keyGroups(p, d)
	for id, origin := range d.Origins {
		if w := origin.Website; w != nil {
			p.websites[id] = p.website(file, id, w)
		}
		p.later[id] = known(origin)
		p.own[id] = origin.Kind == template.BucketOrigin && origin.LogicalID != ""
		if len(origin.Folders) == 0 {
			continue
		}
		files, err := openFolders(origin.Folders)
		if err != nil {
			p.problems = append(p.problems, fmt.Sprintf("%s: origin %q: %v", file, id, err))
			continue
		}
		p.buckets[id] = files
	}
	return p, nil
}

// notesOf are a template's notes, also of one without a distribution, which may be in a file that could not be read.
func notesOf(read *template.Project) (notes []string) {
	if read == nil {
		return nil
	}
	for _, n := range read.Notes {
		notes = append(notes, n.String())
	}
	return notes
}

// known says of an origin that the template makes, and whose address a deployment makes up, what it is; "" for others.
func known(o template.Origin) string {
	switch {
	case o.LogicalID == "":
	case o.Kind == template.APIGatewayOrigin:
		return "is the template's API " + o.LogicalID + ", whose address is known after a deployment"
	case o.Kind == template.FunctionURLOrigin:
		return "is the URL of the template's function " + o.LogicalID + ", which is known after a deployment"
	}
	return ""
}

// chooseDistribution is the one with the logical id. Without an id it is one that is not for staging, if there is such a one; of these the
// first in the file that has functions, or else the first.
func chooseDistribution(file string, all []template.Distribution, id string) (*template.Distribution, error) {
	var ids []string
	for i := range all {
		if all[i].LogicalID == id {
			return &all[i], nil
		}
		ids = append(ids, all[i].LogicalID)
	}
	if id != "" {
		return nil, fmt.Errorf("%s: -distribution: got %q, the file has %s", file, id, strings.Join(ids, ", "))
	}
	without := func(d template.Distribution) int {
		if len(d.Functions)+len(d.CloudFrontFunctions) > 0 {
			return 0
		}
		return 1
	}
	staging := func(d template.Distribution) int {
		if d.Staging {
			return 1
		}
		return 0
	}
	first := slices.MinFunc(all, func(a, b template.Distribution) int {
		inFile := 0
		if a.File == b.File {
			inFile = a.Line - b.Line
		}
		return cmp.Or(staging(a)-staging(b), without(a)-without(b), inFile)
	})
	return &first, nil
}

// several says which of several distributions is served; "" when there is one.
func several(chosen string, all []string) string {
	others := slices.DeleteFunc(slices.Clone(all), func(name string) bool { return name == chosen })
	if len(others) == 0 {
		return ""
	}
	return fmt.Sprintf("; of its distributions %s, -distribution NAME for another: %s", chosen, strings.Join(others, ", "))
}
