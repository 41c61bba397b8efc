package main

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"

	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/settings"
	"github.com/edgehelpers/lambdaedge/edge/edgelocal/internal/template"
	"github.com/edgehelpers/lambdaedge/edge/edgesim"
	"github.com/edgehelpers/lambdaedge/edge/edgesim/awsconfig"
)

// cloudFrontFunctions are those of a template, with the files that fill their stores.
func cloudFrontFunctions(p *project, d *template.Distribution) map[string]edgesim.CloudFrontFunction {
	all := map[string]edgesim.CloudFrontFunction{}
	for arn, f := range d.CloudFrontFunctions {
		c := edgesim.CloudFrontFunction{Name: f.Name, Runtime: f.Runtime, Source: f.Code}
		for _, store := range f.KeyValueStores { // there is one at most
			c.KeyValueStore = readStore(p, d, d.KeyValueStores[store])
		}
		all[arn] = c
	}
	return all
}

// readStore reads the file of a key value store; a store whose file is not here is empty.
func readStore(p *project, d *template.Distribution, s template.KeyValueStore) *edgesim.KeyValueStore {
	if s.Source == "" {
		p.problems = append(p.problems, d.File+": key value store "+s.Name+": its data is not on this machine: it is empty here")
		return &edgesim.KeyValueStore{}
	}
	content, err := os.ReadFile(s.Source)
	if err == nil {
		var read *edgesim.KeyValueStore
		if read, err = edgesim.ReadKeyValueStore(content); err == nil {
			return read
		}
	}
	p.problems = append(p.problems, words(d.File+": key value store "+s.Name+": "+s.Source+": "+err.Error()+": it is empty here"))
	return &edgesim.KeyValueStore{}
}

// keyGroups are those of a template. A key that CloudFront would not take is left out.
func keyGroups(p *project, d *template.Distribution) map[string][]edgesim.PublicKey {
	all := map[string][]edgesim.PublicKey{}
	for id, g := range d.KeyGroups {
		for _, k := range g.Keys {
			key, err := edgesim.ParsePublicKey(k.ID, []byte(k.PEM))
			if err != nil {
				p.problems = append(p.problems, words(d.File+": key group "+g.Name+": "+err.Error()))
				continue
			}
			all[id] = append(all[id], key)
		}
	}
	return all
}

// CloudFrontFunction implements awsconfig.Resolver. Nil does not run, which the configuration's notes say.
func (b *binder) CloudFrontFunction(n awsconfig.FunctionName) *edgesim.OpenCloudFrontFunction {
	key := cmp.Or(n.ARN, n.Address, n.Trigger)
	if open, known := b.edge[key]; known {
		return open
	}
	f, known := b.project.edge[cmp.Or(n.ARN, n.Address)]
	n.Name = cmp.Or(n.Name, f.Name)
	code, said := b.sayCode(n.ARN, n.Address, n.Name, n.Trigger)
	if !known && !said {
		if code, said = settings.GuessCode(b.dir, n.Name); filepath.Ext(code.Path) != ".js" {
			said = false
		}
	}
	switch {
	case said:
		f.Name, f.Path, f.Source, f.Runtime = n.Name, code.Path, "", cmp.Or(code.Runtime, f.Runtime)
		b.files = append(b.files, code.Path)
	case !known:
		b.open = append(b.open, open{"functions", cmp.Or(n.Name, n.Trigger), "./functions/" + n.Name + ".js", n.ARN})
		return nil
	}
	open, err := f.Open()
	if err != nil {
		b.problem("%s: %s", n.At, strings.TrimPrefix(err.Error(), "edgesim: "))
		return nil
	}
	for _, warning := range open.Warnings() {
		b.problem("%s: CloudFront Function %s: %s", n.At, open.Name(), warning)
	}
	b.edge[key] = open
	return open
}
