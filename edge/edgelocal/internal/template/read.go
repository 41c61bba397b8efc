package template

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// maxStacks is how many templates of one folder are read together.
const maxStacks = 100

// Read reads a template of CloudFormation, SAM or CDK, as YAML or JSON, with values for its parameters. Parameters may also have the
// pseudo parameters AWS::Region and AWS::AccountId. Of a file in cdk.out, NAME.template.json, the other templates there are read with
// it, and the manifests of assets.
//
// An error is for a file that cannot be read at all, and [ErrNoDistribution]. All else is in the notes of the project.
func Read(file string, parameters map[string]string) (*Project, error) {
	d, err := readDocument(file)
	if err != nil {
		return nil, err
	}
	return read(d, parameters)
}

// ReadText reads a template whose text was read already, of the file that its notes name: those beside it are read from there.
func ReadText(file string, text []byte, parameters map[string]string) (*Project, error) {
	if err := checkSize(file, int64(len(text))); err != nil {
		return nil, err
	}
	d, err := parse(file, text)
	if err != nil {
		return nil, err
	}
	return read(d, parameters)
}

// read reads a template that is in memory.
func read(d *document, parameters map[string]string) (*Project, error) {
	file := d.file
	if isServerless(d.root) {
		fromServerless(d, parameters)
	}
	if object(d.root["Resources"]) == nil {
		return nil, fmt.Errorf("%s: no Resources: want a template of CloudFormation, SAM or CDK, or a serverless.yml", file)
	}
	g := &group{}
	main := newStack(d, g, parameters)
	g.stacks = []*stack{main}
	var notes []Note
	if strings.HasSuffix(file, ".template.json") {
		notes = g.neighbours(main, parameters)
	}
	for name := range parameters {
		if _, declared := main.parameters[name]; !declared && !strings.HasPrefix(name, "AWS::") {
			main.note("Parameters", "no parameter has the name %q, for which a value is given", name)
		}
	}
	for _, t := range slices.Clone(g.stacks) {
		t.nest(0)
	}
	p := &Project{File: file, Distributions: main.distributions()}
	for _, t := range g.stacks {
		notes = append(notes, t.notes...)
	}
	slices.SortFunc(notes, func(a, b Note) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Text, b.Text))
	})
	p.Notes = slices.Compact(notes)
	if len(p.Distributions) == 0 {
		return p, fmt.Errorf("%s: %w", file, ErrNoDistribution)
	}
	return p, nil
}

// neighbours reads what stands beside a template of cdk.out: other stacks' templates, manifests of assets, and the Regions of stacks.
func (g *group) neighbours(main *stack, parameters map[string]string) []Note {
	var notes []Note
	note := func(file string, err error) {
		notes = append(notes, Note{File: file, Text: "not read: " + err.Error()})
	}
	files, _ := filepath.Glob(filepath.Join(globQuote(main.dir), "*.template.json"))
	for _, file := range files[:min(len(files), maxStacks)] {
		if filepath.Clean(file) == filepath.Clean(main.file) || strings.HasSuffix(file, ".nested.template.json") {
			continue
		}
		d, err := readDocument(file)
		if err != nil {
			note(file, err)
			continue
		}
		g.stacks = append(g.stacks, newStack(d, g, parameters))
	}
	environments, err := readEnvironments(filepath.Join(main.dir, "manifest.json"))
	if err != nil {
		note(filepath.Join(main.dir, "manifest.json"), err)
	}
	for _, t := range g.stacks {
		if e, has := environments[filepath.Base(t.file)]; has {
			if _, given := parameters["AWS::Region"]; !given {
				t.region = e.region
			}
			if _, given := parameters["AWS::AccountId"]; !given {
				t.account = e.account
			}
		}
		manifest := strings.TrimSuffix(t.file, ".template.json") + ".assets.json"
		if t.assets, err = readAssets(manifest, t.dir); err != nil {
			note(manifest, err)
		}
	}
	return notes
}

// beside reads, once, the templates in the folder of the first stack that have outputs; in cdk.out they are read already. A stack there
// has the name of its file.
func (g *group) beside() []*stack {
	main := g.stacks[0]
	if g.looked || strings.HasSuffix(main.file, ".template.json") {
		return nil
	}
	g.looked = true
	first := len(g.stacks)
	for _, pattern := range []string{"*.yaml", "*.yml", "*.json", "*.template"} {
		files, _ := filepath.Glob(filepath.Join(globQuote(main.dir), pattern))
		for _, file := range files[:min(len(files), maxStacks)] {
			d, err := readDocument(file)
			if err != nil || object(d.root["Resources"]) == nil || object(d.root["Outputs"]) == nil || filepath.Clean(file) == filepath.Clean(main.file) {
				continue // no template, or none that exports
			}
			other := newStack(d, g, nil)
			other.region, other.account = main.region, main.account
			g.stacks = append(g.stacks, other)
		}
	}
	return g.stacks[first:]
}

// globQuote makes a folder's name one that stands for itself in a pattern.
func globQuote(dir string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(dir)
}

type environment struct{ account, region string }

// readEnvironments reads where CDK's stacks are deployed, by the name of the template. Not every stack says it.
func readEnvironments(file string) (map[string]environment, error) {
	var manifest struct {
		Artifacts map[string]struct {
			Environment string
			Properties  struct{ TemplateFile string }
		}
	}
	if err := readJSON(file, &manifest); err != nil {
		return nil, err
	}
	environments := map[string]environment{}
	for _, a := range manifest.Artifacts {
		account, region, ok := strings.Cut(strings.TrimPrefix(a.Environment, "aws://"), "/")
		if !ok || a.Properties.TemplateFile == "" {
			continue
		}
		e := environment{account, region}
		if e.account == "unknown-account" {
			e.account = someAccount
		}
		if e.region == "unknown-region" {
			e.region = someRegion
		}
		environments[a.Properties.TemplateFile] = e
	}
	return environments, nil
}

// readAssets reads a manifest of CDK's assets: the folder or file by the key under which it is uploaded.
func readAssets(file, dir string) (map[string]string, error) {
	var manifest struct {
		Files map[string]struct {
			Source       struct{ Path string }
			Destinations map[string]struct{ ObjectKey string }
		}
	}
	if err := readJSON(file, &manifest); err != nil {
		return nil, err
	}
	assets := map[string]string{}
	for _, f := range manifest.Files {
		for _, d := range f.Destinations {
			if f.Source.Path != "" {
				assets[d.ObjectKey] = filepath.Join(dir, filepath.FromSlash(f.Source.Path))
			}
		}
	}
	return assets, nil
}

// readJSON reads a file beside a template. One that is not there is empty.
func readJSON(file string, v any) error {
	data, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(data, v)
	}
	return err
}
