package main

import (
	"cmp"
	"net/url"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/edgehelpers/lambdaedge/csp"
)

// What is used of the Static Analysis Results Interchange Format, version 2.1.0
// plus Errata 01, by its names.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID                   string         `json:"id"`
		ShortDescription     sarifMessage   `json:"shortDescription"`
		Help                 sarifMessage   `json:"help"`
		DefaultConfiguration sarifConfigure `json:"defaultConfiguration"`
	}
	sarifConfigure struct {
		Level string `json:"level"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifMessage    `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		Physical *sarifPhysical `json:"physicalLocation,omitempty"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
	}
	sarifLogical struct {
		FullyQualifiedName string `json:"fullyQualifiedName"`
	}
)

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// sarif writes reports as a SARIF log of one run.
func (p printer) sarif(reports []report) error {
	rules := sarifRules(reports)
	results := []sarifResult{}
	for _, r := range reports {
		for _, f := range r.findings {
			index, _ := slices.BinarySearchFunc(rules, f.Code, func(r sarifRule, code string) int { return cmp.Compare(r.ID, code) })
			message := f.message() + "; " + f.Mend
			if r.header != "" {
				message = r.header + ": " + message
			}
			results = append(results, sarifResult{RuleID: f.Code, RuleIndex: index, Level: sarifLevel(f.Severity),
				Message: sarifMessage{message}, Locations: []sarifLocation{sarifLocationOf(r, f)}})
		}
	}
	driver := sarifDriver{Name: "csplint", InformationURI: "https://github.com/edgehelpers/lambdaedge", Rules: rules}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "(devel)" {
		driver.Version = info.Main.Version
	}
	return writeJSON(p.w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{{
		Tool: sarifTool{driver}, ColumnKind: "unicodeCodePoints", Results: results,
	}}})
}

// sarifRules gives a rule for each code that was found, in the words of its worst
// finding.
func sarifRules(reports []report) []sarifRule {
	worst := make(map[string]finding)
	for _, r := range reports {
		for _, f := range r.findings {
			if w, ok := worst[f.Code]; !ok || w.Severity < f.Severity {
				worst[f.Code] = f
			}
		}
	}
	rules := []sarifRule{}
	for code, f := range worst {
		rules = append(rules, sarifRule{ID: code, ShortDescription: sarifMessage{f.Reason},
			Help: sarifMessage{f.Reason + "; " + f.Mend}, DefaultConfiguration: sarifConfigure{sarifLevel(f.Severity)}})
	}
	slices.SortFunc(rules, func(a, b sarifRule) int { return cmp.Compare(a.ID, b.ID) })
	return rules
}

func sarifLevel(s csp.Severity) string {
	switch s {
	case csp.High:
		return "error"
	case csp.Medium:
		return "warning"
	}
	return "note"
}

// sarifLocationOf gives the place of a finding: in a file or a page by its URI, else
// by name.
func sarifLocationOf(r report, f finding) sarifLocation {
	if !r.isFile && !r.isURL {
		return sarifLocation{Logical: []sarifLogical{{r.String()}}}
	}
	physical := &sarifPhysical{Artifact: sarifArtifact{r.name}}
	if r.isFile {
		physical.Artifact.URI = fileURI(r.name)
	}
	if f.line > 0 {
		physical.Region = &sarifRegion{f.line, f.column}
	}
	return sarifLocation{Physical: physical}
}

// fileURI gives a file's name as a URI: a relative one stays relative, as viewers
// look for it below the repository.
func fileURI(name string) string {
	u := url.URL{Path: filepath.ToSlash(name)}
	if filepath.IsAbs(name) {
		u.Scheme = "file"
		if !strings.HasPrefix(u.Path, "/") {
			u.Path = "/" + u.Path // C:/a
		}
	}
	return u.String()
}
