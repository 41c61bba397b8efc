package main

import (
	"slices"
	"strings"
	"time"

	"github.com/edgehelpers/lambdaedge/csp"
	"github.com/edgehelpers/lambdaedge/csp/cspreport"
)

// The form of csplint reports in JSON. Fields are added, never renamed.
type (
	jsonReports struct {
		Reports   int         `json:"reports"` // those left out as noise included
		Causes    []jsonCause `json:"causes"`
		Forgotten int         `json:"forgotten,omitempty"` // reports of causes too many to keep
		Noise     []jsonNoise `json:"noise"`

		Policy        string           `json:"policy,omitempty"`
		PolicyReports int              `json:"policyReports,omitempty"` // that name it, for it is what their senders say; 0 if -policy gave it
		Warning       string           `json:"warning,omitempty"`       // if there are additions
		Suggested     string           `json:"suggested,omitempty"`     // "" if there is no change, or no -policy
		Additions     []jsonAddition   `json:"additions"`
		Unresolved    []jsonUnresolved `json:"unresolved"`
		Allowed       []jsonCause      `json:"allowed"` // by the policy as it is
	}
	jsonCause struct {
		Count      int        `json:"count"`
		ReportOnly int        `json:"reportOnly"`
		Directive  string     `json:"directive"`
		Blocked    string     `json:"blocked"`
		Sample     string     `json:"sample,omitempty"`
		SourceFile string     `json:"sourceFile,omitempty"`
		Pages      []string   `json:"pages"`
		URLs       []string   `json:"urls"`
		First      *time.Time `json:"first,omitempty"`
		Last       *time.Time `json:"last,omitempty"`
	}
	jsonNoise struct {
		Count int    `json:"count"`
		Cause string `json:"cause"`
		Match string `json:"match"`
	}
	jsonAddition struct {
		Reports   int         `json:"reports"`
		Policy    int         `json:"policy"` // index, from 0
		Directive string      `json:"directive"`
		Sources   []string    `json:"sources"`
		Effect    string      `json:"effect"` // what it lets pages do
		Opens     []jsonOpens `json:"opens"`
	}
	jsonOpens struct {
		Code      string `json:"code"`
		Severity  string `json:"severity"`
		Directive string `json:"directive,omitempty"`
		Value     string `json:"value,omitempty"`
		Reason    string `json:"reason"`
		Mend      string `json:"mend"`
	}
	jsonUnresolved struct {
		jsonCause
		Reason string      `json:"reason"`
		Mend   string      `json:"mend"`
		Opens  []jsonOpens `json:"opens"` // what an addition would have opened
	}
)

func (v *reportsView) json() jsonReports {
	s := v.suggestion
	out := jsonReports{Reports: v.reports, Causes: causesOf(v.causes), Forgotten: v.forgotten, Noise: []jsonNoise{},
		Policy: v.policy, PolicyReports: v.ofReports, Additions: []jsonAddition{}, Unresolved: []jsonUnresolved{}, Allowed: causesOf(s.Allowed)}
	for _, n := range v.noiseRules {
		out.Noise = append(out.Noise, jsonNoise{n.Count, n.Of.Cause, n.Of.Match})
	}
	if len(s.Additions) > 0 {
		out.Warning = strings.ReplaceAll(reportsWarning, "\n", " ")
		if v.ofReports == 0 {
			out.Suggested = s.After.String()
		}
	}
	for _, a := range s.Additions {
		out.Additions = append(out.Additions, jsonAddition{a.Reports, a.Policy, a.Directive, a.Sources, a.Effect(), opensOf(a.Opens)})
	}
	for _, u := range s.Unresolved {
		out.Unresolved = append(out.Unresolved, jsonUnresolved{causeOf(u.Group), u.Reason, u.Mend, opensOf(u.Opens)})
	}
	return out
}

func causesOf(groups []cspreport.Group) []jsonCause {
	causes := make([]jsonCause, len(groups))
	for i, g := range groups {
		causes[i] = causeOf(g)
	}
	return causes
}

func causeOf(g cspreport.Group) jsonCause {
	return jsonCause{g.Count, g.ReportOnly, g.Directive, g.Blocked, g.Sample, g.SourceFile,
		slices.Concat([]string{}, g.Pages), slices.Concat([]string{}, g.URLs), timeOrNil(g.First), timeOrNil(g.Last)}
}

func timeOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func opensOf(findings []csp.Finding) []jsonOpens {
	opens := make([]jsonOpens, len(findings))
	for i, f := range findings {
		opens[i] = jsonOpens{f.Code, f.Severity.String(), f.Directive, f.Value, f.Reason, f.Mend}
	}
	return opens
}
