package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
	"github.com/edgehelpers/lambdaedge/csp/evaluator"
)

// A report is what was found in one place.
type report struct {
	place    string // file, response, page...
	header   string // name of the header, or "meta element"; "" for a page itself
	policies int    // how many it is about
	page     []byte // which offsets are in, if there are no policies
	findings []csp.Finding
}

func worst(reports []report) (s csp.Severity) {
	for _, r := range reports {
		for _, f := range r.findings {
			s = max(s, f.Severity)
		}
	}
	return s
}

// look looks at everything that it is given.
func (o *options) look(policySet bool, args []string, stdin io.Reader) ([]report, error) {
	var reports []report
	if policySet {
		list, _ := csp.ParseList(o.policy)
		header := csp.HeaderName
		if o.reportOnly {
			header = csp.ReportOnlyHeaderName
		}
		reports = append(reports, o.evaluate("-policy", header, list, evaluator.Conditions{ReportOnly: o.reportOnly}))
	}
	for _, arg := range args {
		found, err := o.lookAt(arg, stdin)
		if err != nil {
			return nil, err
		}
		reports = append(reports, found...)
	}
	return reports, nil
}

func (o *options) lookAt(arg string, stdin io.Reader) ([]report, error) {
	if arg == "-" {
		return o.headers("standard input", stdin)
	}
	info, err := os.Stat(arg)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return o.pages(arg)
	}
	if o.table != "" || o.src != "" {
		return nil, fmt.Errorf("-table and -go take a folder, and %s is a file", arg)
	}
	f, err := os.Open(arg)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return o.headers(arg, f)
}

// evaluate looks at policies.
func (o *options) evaluate(place, header string, list csp.List, c evaluator.Conditions) report {
	c.Level, c.Limit = evaluator.Level(o.level), o.limit
	return report{place: place, header: header, policies: len(list), findings: evaluator.Evaluate(list, c)}
}

// pages looks at the pages in a folder, and writes their policies.
func (o *options) pages(dir string) ([]report, error) {
	fsys := os.DirFS(dir)
	pages, err := csphtml.HashFS(fsys)
	if err != nil {
		return nil, err
	}
	if len(pages) == 0 {
		return nil, fmt.Errorf("%s: no pages, files that end in .html or .htm", dir)
	}
	var reports []report
	for _, path := range slices.Sorted(maps.Keys(pages)) {
		page, name := pages[path], filepath.Join(dir, filepath.FromSlash(path))
		if len(page.Policies) > 0 {
			reports = append(reports, o.evaluate(name, "meta element", page.Policies, evaluator.Conditions{Meta: true, Static: true}))
		}
		if len(page.Findings) > 0 {
			content, err := fs.ReadFile(fsys, path[1:])
			if err != nil {
				return nil, err
			}
			reports = append(reports, report{place: name, page: content, findings: page.Findings})
		}
	}
	return reports, o.write(pages)
}

// write writes the policies of pages to the files that the flags name. Nothing is
// written if there is a mistake in any.
func (o *options) write(pages map[string]csphtml.Page) error {
	if o.table == "" && o.src == "" {
		return nil
	}
	preset := csphtml.StaticSite
	if o.preset == "strict" {
		preset = csphtml.StrictByHash
	}
	table, err := csphtml.NewTable(pages, preset)
	if err != nil {
		return err
	}
	src, err := table.GoSource(o.pkg, o.fn)
	if err != nil {
		return err
	}
	var errs []error
	for file, text := range map[string]string{o.table: table.String(), o.src: src} {
		if file != "" {
			errs = append(errs, os.WriteFile(file, []byte(text), 0o644))
		}
	}
	return errors.Join(errs...)
}

// line gives the line and column, both from 1, of an offset in a page.
func line(page []byte, offset int) (int, int) {
	before := page[:min(offset, len(page))]
	return 1 + bytes.Count(before, []byte("\n")), len(before) - bytes.LastIndexByte(before, '\n')
}
