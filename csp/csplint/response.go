package main

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/csphtml"
	"github.com/edgehelpers/lambdaedge/csp/evaluator"
)

// evaluate looks at policies that are in no file.
func (o *options) evaluate(s source, header string, list csp.List, c evaluator.Conditions) report {
	r := report{source: s, header: header, policies: len(list)}
	for _, f := range o.findings(list, c) {
		r.findings = append(r.findings, finding{Finding: f})
	}
	return r
}

func (o *options) findings(list csp.List, c evaluator.Conditions) []csp.Finding {
	c.Level, c.Limit = evaluator.Level(o.level), o.limit
	found := evaluator.Evaluate(list, c)
	for i := range found {
		found[i].Mend = inUsersWords(found[i].Mend)
	}
	return found
}

// response looks at a response: its headers, and its page.
func (c *command) response(o *options, r *response) ([]report, error) {
	page, err := r.page()
	switch {
	case err != nil && (o.policySet || r.bodyOnly):
		return nil, fmt.Errorf("%s: %w", r, err)
	case err != nil:
		if err != errNoPage {
			c.note("%s: only its headers were looked at: %v", r, err)
		}
		return o.headers(r, nil), nil
	}
	if r.url == nil {
		r.url = o.originURL
	}
	return append(o.headers(r, page.Policies), o.pageOf(r, page)...), nil
}

var errNoPage = errors.New("no page to hold -policy against")

// page reads the page of a response.
func (r *response) page() (csphtml.Page, error) {
	switch {
	case (r.end == r.begin || !r.html) && (r.typed || !startsWithTag(r.body())) && !r.bodyOnly:
		return csphtml.Page{}, errNoPage
	case r.charset != "" && bytes.ContainsFunc(r.body(), func(c rune) bool { return c >= 0x80 }):
		return csphtml.Page{}, fmt.Errorf("the page is in %s, and hashes are of UTF-8", r.charset)
	}
	page, err := csphtml.HashHTML(bytes.NewReader(r.body()))
	if err != nil {
		return page, plain(err)
	}
	return page, nil
}

// headers looks at the policies in the headers. Those in the page's meta elements
// make up for what a header lacks, and the other way round.
func (o *options) headers(r *response, meta csp.List) []report {
	if o.policySet {
		return nil // -policy takes their place
	}
	var reports []report
	for _, header := range []string{csp.HeaderName, csp.ReportOnlyHeaderName} {
		list, enforced := r.list(header), header == csp.HeaderName
		if _, ok := r.policies[header]; !ok && (!enforced || !r.needsPolicy() || len(meta) > 0) {
			continue
		}
		all := list
		if enforced {
			all = append(slices.Clip(list), effective(meta)...)
		}
		found := report{source: r.source, header: header, policies: len(list)}
		for _, f := range o.findings(all, o.conditions(r, !enforced)) {
			if f.Position.Policy < len(list) {
				found.findings = append(found.findings, r.policies[header].place(f, r.text))
			}
		}
		reports = append(reports, found)
	}
	return reports
}

func (o *options) conditions(r *response, reportOnly bool) evaluator.Conditions {
	d := csp.Delivery{StatusCode: r.status, CacheControl: strings.Join(r.cache, ", ")}
	return evaluator.Conditions{ReportOnly: reportOnly, Static: r.static, Delivery: &d}
}

// effective gives policies of meta elements without what browsers ignore there.
func effective(meta csp.List) csp.List {
	list := make(csp.List, len(meta))
	for i, p := range meta {
		list[i] = p.Meta()
	}
	return list
}

// pageOf looks at the page of a response: the policies in its meta elements, and
// what all policies make of it.
func (o *options) pageOf(r *response, page csphtml.Page) []report {
	index := newPageIndex(r.body(), page.Loads)
	var reports []report
	if len(page.Policies) > 0 {
		reports = append(reports, o.meta(r, page.Policies, index))
	}
	enforced, monitored := r.list(csp.HeaderName), r.list(csp.ReportOnlyHeaderName)
	if o.policySet {
		enforced, monitored = nil, nil
		list, _ := csp.ParseList(o.policy)
		if o.reportOnly {
			monitored = list
		} else {
			enforced = list
		}
	}
	trial := newTrial(r.url, index, enforced, monitored)
	found := report{source: r.source}
	for _, f := range trial.findings(page, r.fresh) {
		found.findings = append(found.findings, r.text.at(f, r.begin+f.Position.Offset))
	}
	worstFirst(found.findings)
	if len(found.findings) > 0 {
		reports = append(reports, found)
	}
	return reports
}

// meta looks at the policies in meta elements.
func (o *options) meta(r *response, list csp.List, index *pageIndex) report {
	header := r.list(csp.HeaderName)
	alone := o.findings(list, evaluator.Conditions{Meta: true, Static: !r.fresh || r.static})
	if len(header) > 0 && !o.policySet {
		alone = slices.DeleteFunc(alone, func(f csp.Finding) bool { return f.Code != "ignored-in-meta" })
		for _, f := range o.findings(append(slices.Clip(header), effective(list)...), o.conditions(r, false)) {
			if f.Position.Policy >= len(header) {
				f.Position.Policy -= len(header)
				alone = append(alone, f)
			}
		}
	}
	found := report{source: r.source, header: "meta element", policies: len(list)}
	for _, f := range alone {
		if offset, ok := index.policyOffset(f.Position.Policy); ok {
			found.findings = append(found.findings, r.text.at(f, r.begin+offset))
		} else {
			found.findings = append(found.findings, finding{Finding: f})
		}
	}
	return found
}
