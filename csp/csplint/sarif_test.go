package main

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// sarifObjects is what the schema of SARIF 2.1.0 (sarif-schema-2.1.0.json) demands
// of the objects that csplint writes, by the property that holds them. None of them
// may have other properties than those of the schema.
var sarifObjects = map[string]struct{ required, optional []string }{
	"":                     {[]string{"version", "runs"}, []string{"$schema"}},
	"runs":                 {[]string{"tool"}, []string{"columnKind", "results"}},
	"tool":                 {[]string{"driver"}, nil},
	"driver":               {[]string{"name"}, []string{"version", "informationUri", "rules"}},
	"rules":                {[]string{"id"}, []string{"shortDescription", "help", "defaultConfiguration"}},
	"shortDescription":     {[]string{"text"}, nil},
	"help":                 {[]string{"text"}, nil},
	"defaultConfiguration": {nil, []string{"level"}},
	"results":              {[]string{"message"}, []string{"ruleId", "ruleIndex", "level", "locations"}},
	"message":              {[]string{"text"}, nil},
	"locations":            {nil, []string{"physicalLocation", "logicalLocations"}},
	"physicalLocation":     {[]string{"artifactLocation"}, []string{"region"}},
	"artifactLocation":     {nil, []string{"uri"}},
	"region":               {[]string{"startLine"}, []string{"startColumn"}},
	"logicalLocations":     {nil, []string{"fullyQualifiedName"}},
}

// checkSARIF holds a value, that of a property, to the schema.
func checkSARIF(t *testing.T, property string, value any) {
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			checkSARIF(t, property, item)
		}
	case map[string]any:
		object, known := sarifObjects[property]
		if !known {
			t.Errorf("%s: an object, want none", property)
		}
		for _, name := range object.required {
			if _, ok := value[name]; !ok {
				t.Errorf("%q has no %s: %v", property, name, value)
			}
		}
		for name, inner := range value {
			if !slices.Contains(object.required, name) && !slices.Contains(object.optional, name) {
				t.Errorf("%q has %s, which the schema has not", property, name)
			}
			checkSARIF(t, name, inner)
		}
	case string:
		checkSARIFText(t, property, value)
	case float64:
		if min := map[string]float64{"startLine": 1, "startColumn": 1}[property]; value < min || value != float64(int(value)) {
			t.Errorf("%s: got %v", property, value)
		}
	default:
		t.Errorf("%s: got %v", property, value)
	}
}

func checkSARIFText(t *testing.T, property, value string) {
	ok := value != ""
	switch property {
	case "version":
		ok = value == "2.1.0"
	case "columnKind":
		ok = value == "unicodeCodePoints"
	case "level":
		ok = slices.Contains([]string{"none", "note", "warning", "error"}, value)
	case "uri", "informationUri", "$schema":
		_, err := url.Parse(value)
		ok = err == nil && !strings.ContainsAny(value, " \\\u00e9")
	}
	if !ok {
		t.Errorf("%s: got %q", property, value)
	}
}

func TestSARIF(t *testing.T) {
	t.Parallel()
	dir := writeFiles(t)
	site := newSite(t)
	for _, args := range [][]string{
		{dir + "/site", dir + "/blocked.html", dir + "/headers.txt", dir + "/escapes.txt"},
		{"-policy", "script-src \u009b a\x1b", dir + "/site"},
		{site.URL + "/blocked", site.URL + "/escapes", "-"},
		{"-policy", "", "-min", "high"},
		{dir + "/site/sub"},
	} {
		var stdout, stderr bytes.Buffer
		c := command{strings.NewReader(blockedPage), &stdout, &stderr, false}
		c.run(append([]string{"-format", "sarif"}, args...))
		var log any
		if err := json.Unmarshal(stdout.Bytes(), &log); err != nil {
			t.Fatalf("%q: %v; %s", args, err, stderr.String())
		}
		checkSARIF(t, "", log)
		checkSARIFRules(t, stdout.Bytes())
	}
}

// checkSARIFRules: each result has the rule that its index names, and each rule has
// a text that helps.
func checkSARIFRules(t *testing.T, data []byte) {
	var log sarifLog
	if err := json.Unmarshal(data, &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if run.Results == nil || run.Tool.Driver.Rules == nil {
		t.Error("results or rules are null; want arrays (3.14.23, 3.19.23)")
	}
	for _, r := range run.Results {
		if rule := run.Tool.Driver.Rules[r.RuleIndex]; rule.ID != r.RuleID || rule.Help.Text == "" {
			t.Errorf("result of %s has rule %d, which is %+v", r.RuleID, r.RuleIndex, rule)
		}
	}
}

func TestFileURI(t *testing.T) {
	t.Parallel()
	needUnix(t)
	for name, want := range map[string]string{
		"public/a b%.html": "public/a%20b%25.html",
		"a:b.html":         "./a:b.html", // else a: is a scheme (RFC 3986, 4.2)
		"/srv/\u00e9.html": "file:///srv/%C3%A9.html",
	} {
		if got := fileURI(name); got != want {
			t.Errorf("%q: got %s; want %s", name, got, want)
		}
	}
}
