package main

import (
	"cmp"
	"path/filepath"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/template"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// cloudFrontFunctions are those of a template, and the stores of those that have one, by ARN.
func cloudFrontFunctions(d *template.Distribution) (map[string]edgesim.CloudFrontFunction, map[string]store) {
	all, stores := map[string]edgesim.CloudFrontFunction{}, map[string]store{}
	for arn, f := range d.CloudFrontFunctions {
		all[arn] = edgesim.CloudFrontFunction{Name: f.Name, Runtime: f.Runtime, Source: f.Code}
		for _, s := range f.KeyValueStores { // there is one at most
			stores[arn] = store{arn: s, name: d.KeyValueStores[s].Name, file: d.KeyValueStores[s].Source, from: d.KeyValueStores[s].ImportSource}
		}
	}
	return all, stores
}

// CloudFrontFunction implements awsconfig.Resolver. Nil does not run.
func (b *binder) CloudFrontFunction(n awsconfig.FunctionName) *edgesim.OpenCloudFrontFunction {
	key := cmp.Or(n.ARN, n.Address, n.Trigger)
	if open, known := b.edge[key]; known {
		if open == nil {
			b.instead(n.At)
		}
		return open
	}
	f := b.project.edge[cmp.Or(n.ARN, n.Address)]
	n.Name = cmp.Or(n.Name, f.Name, lastName(n.Address))
	code, said := b.sayCode(n.ARN, n.Address, n.Name, n.Trigger)
	if !said && f.Source == "" {
		if code, said = settings.GuessCode(b.dir, n.Name); filepath.Ext(code.Path) != ".js" {
			said = false
		}
	}
	switch {
	case said:
		f.Path, f.Source, f.Runtime = code.Path, "", cmp.Or(code.Runtime, f.Runtime)
		b.files = append(b.files, code.Path)
	case f.Source == "":
		b.withoutCode(n)
		b.edge[key] = nil
		return nil
	}
	f.Name = cmp.Or(n.Name, n.Trigger)
	f.KeyValueStore = b.keyValueStore(n, f.KeyValueStore)
	open, err := f.Open()
	b.edge[key] = open
	if err != nil {
		b.instead(n.At)
		b.problem("%s: %s: it does not run, and requests pass", n.At, openError(err, code.Path))
		return nil
	}
	for _, warning := range open.Warnings() {
		b.problem("%s: CloudFront Function %s: %s", n.At, open.Name(), warning)
	}
	return open
}

// withoutCode says of a CloudFront Function that its code is not known.
func (b *binder) withoutCode(n awsconfig.FunctionName) {
	name := cmp.Or(n.Name, n.Trigger)
	b.instead(n.At)
	b.problem("%s: %s: the code of the CloudFront Function %s is not known: it does not run, and requests pass: say which file it is, with -env '%[3]s=FILE.js' or under functions in %[4]s",
		n.At, n.Trigger, name, settings.FileName)
	b.open = append(b.open, open{"functions", name, "./functions/" + name + ".js", n.ARN})
}

// openError is why a CloudFront Function was not opened, in one line.
func openError(err error, path string) string {
	text := strings.TrimPrefix(err.Error(), "edgesim: ")
	if path != "" {
		text = strings.Replace(text, ": open "+path+": ", ": "+path+": ", 1)
		text = strings.Replace(text, "read "+path+": ", path+": ", 1)
	}
	return strings.ReplaceAll(text, "\n", "; ")
}

// lastName is the name in a Terraform address: "pages" of aws_cloudfront_function.pages.
func lastName(address string) string { return address[strings.LastIndexByte(address, '.')+1:] }
