package main

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

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

// An edgeFunction is a CloudFront Function that runs.
type edgeFunction struct {
	edgesim.CloudFrontFunction
	open     *edgesim.OpenCloudFrontFunction
	versions int
}

// reopen has the code as it is now answer. When it does not start the version before it goes on.
func (f *edgeFunction) reopen() error {
	next := f.CloudFrontFunction
	next.Version = versionName(f.versions + 1)
	if err := f.open.Replace(next); err != nil {
		return errors.New(openError(err, f.Path))
	}
	f.versions++
	return nil
}

// versionName is what a version is called in traces.
func versionName(n int) string {
	return fmt.Sprintf("version %d, opened at %s", n, time.Now().Format(time.TimeOnly))
}

// CloudFrontFunction implements awsconfig.Resolver. Nil does not run.
func (b *binder) CloudFrontFunction(n awsconfig.FunctionName) *edgesim.OpenCloudFrontFunction {
	key := cmp.Or(n.ARN, n.Address, n.Trigger)
	if known, is := b.edge[key]; is {
		if known == nil {
			b.instead(n.At)
			return nil
		}
		return known.open
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
	case f.Source == "":
		b.withoutCode(n)
		b.edge[key] = nil
		return nil
	}
	f.Name = cmp.Or(n.Name, n.Trigger)
	f.KeyValueStore = b.keyValueStore(n, f.KeyValueStore)
	f.Version = versionName(1)
	open, err := f.Open()
	b.edge[key] = nil
	if err != nil {
		if code.Path != "" {
			b.files = append(b.files, code.Path)
		}
		b.instead(n.At)
		b.problem("%s: %s: it does not run, and requests pass", n.At, openError(err, code.Path))
		return nil
	}
	b.edge[key] = &edgeFunction{f, open, 1}
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
