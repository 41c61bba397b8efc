package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/template"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
)

// isTemplate wants a distribution in it: other templates have none. A serverless.yml may have one in its events.
func isTemplate(file string, content []byte) bool {
	if strings.Contains(string(content), "AWS::CloudFront::Distribution") && hasResources(file, content) {
		return true
	}
	return regexp.MustCompile(`(?m)^provider\s*:`).Match(content) && regexp.MustCompile(`(?m)^\s*-\s*cloudFront\s*:`).Match(content)
}

// hasResources reports whether a file is a template, whatever is in it: one that was named may have its distribution in a nested stack.
func hasResources(_ string, content []byte) bool {
	return regexp.MustCompile(`(?m)^[\s{]*"?Resources"?\s*:`).Match(content)
}

// readTemplate reads a template of CloudFormation, SAM or CDK.
func readTemplate(o *options, file string, _ []byte) (*project, error) {
	read, err := template.Read(file, o.parameters)
	if err != nil {
		return nil, err
	}
	d, err := chooseDistribution(file, read.Distributions, o.distribution)
	if err != nil {
		return nil, err
	}
	p := &project{config: d.Config, policies: d.Policies, functions: map[string]settings.Code{}, buckets: map[string]files{}, websites: map[string]edgesim.WebsiteOrigin{}, later: map[string]string{}}
	for _, n := range read.Notes {
		p.notes = append(p.notes, n.String())
	}
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

// chooseDistribution is the one with the logical id, or the only one that is not for staging.
func chooseDistribution(file string, all []template.Distribution, id string) (*template.Distribution, error) {
	var ids []string
	var primary []*template.Distribution
	for i := range all {
		if all[i].LogicalID == id || id == "" && len(all) == 1 {
			return &all[i], nil
		}
		ids = append(ids, all[i].LogicalID)
		if !all[i].Staging {
			primary = append(primary, &all[i])
		}
	}
	if id == "" && len(primary) == 1 {
		return primary[0], nil
	}
	return nil, fmt.Errorf("%s: say which distribution with -distribution: got %q, the file has %s", file, id, strings.Join(ids, ", "))
}
