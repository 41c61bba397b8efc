package forms_test

import (
	"testing"

	"github.com/edgehelpers/lambdaedge/redirect/redirects/forms"
)

func TestJSON(t *testing.T) {
	tests := []sample{
		{"object", forms.JSON, "{\n \"/a\": \"/b\",\n \"/c\": [\"/d\", 302],\n \"/e\": {\"to\": \"/f\", \"status\": 307}\n}",
			[]string{"2: /a -> /b 301 TargetWins", "3: /c -> /d 302 TargetWins", "4: /e -> /f 307 TargetWins"}, nil, nil, "pairs by their names"},
		{"lists", forms.JSON, `[["/a", "/b"], ["/c", "/d", "308"]]`, []string{"1: /a -> /b 301 TargetWins", "1: /c -> /d 308 TargetWins"}, nil, nil, "from, to and status"},
		{"objects", forms.JSON, `[{"from": "/a", "to": "/b"}, {"source": "/c", "target": "/d", "statusCode": 302, "permanent": true}]`, []string{"1: /a -> /b 301 TargetWins", "1: /c -> /d 302 TargetWins"}, nil, nil, "names of all kinds"},
		{"several-sources", forms.JSON, `{"redirects": [{"from": ["/a", "/b"], "to": "/c"}]}`, []string{"1: /a -> /c 301 TargetWins", "1: /b -> /c 301 TargetWins"}, nil, nil, "as @docusaurus/plugin-client-redirects has them"},
		{"prefix", forms.JSON, `[{"prefix": "/a/", "to": "/b/"}, {"prefix": "/c", "to": "https://d.example"}, {"from": "/e/*", "to": "/f"}]`,
			[]string{"1: /a/* -> /b/:splat 301 TargetWins", "1: /e/* -> /f 301 TargetWins", "1: /c* -> https://d.example/:splat 301 TargetWins"}, nil, nil, "to takes its place; a from with a star may do without"},
		{"redirects", forms.JSON, `{"redirects": {"/a": "/b"}}`, []string{"1: /a -> /b 301 TargetWins"}, nil, nil, "an object in an object"},
		{"null", forms.JSON, `[{"from": "/a", "to": "/b", "status": null}]`, []string{"1: /a -> /b 301 TargetWins"}, nil, nil, "left out"},
		{"escapes", forms.JSON, `{"\/\u0061": "\/b"}`, []string{"1: /a -> /b 301 TargetWins"}, nil, nil, "JSON's"},
		{"other-names", forms.JSON, `{"version": 2, "redirects": [{"from": "/a", "to": "/b", "note": "x"}, {"from": "/c", "to": "/d", "note": "y"}]}`, []string{"1: /a -> /b 301 TargetWins", "1: /c -> /d 301 TargetWins"},
			[]string{`1:2: unsupported: "version" is not read`, `1:57: unsupported: "note" is not read`}, nil, "noted once each"},
		{"not-a-target", forms.JSON, "{\n \"/a\": 7,\n \"/b\": null,\n \"/c\": \"/d\"}", []string{"4: /c -> /d 301 TargetWins"}, nil, []string{"2:8: syntax: the target of /a is a number; must be a text", "3:8: syntax: the target of /b is null"}, "no text"},
		{"not-a-part", forms.JSON, `[{"from": {}, "to": "/b"}]`, nil, nil, []string{"1:11: syntax: a part of a redirect is an object; must be a text"}, "no text"},
		{"no-source", forms.JSON, "[\n{\"to\": \"/b\"}]", nil, nil, []string{"2:1: syntax: no source"}, "of the object"},
		{"no-sources", forms.JSON, `[{"from": [], "to": "/b"}]`, nil, nil, []string{"1:2: syntax: no source"}, "an empty list"},
		{"length", forms.JSON, `[["/a"], [], {"redirect": "/x"}]`, nil, []string{`1:15: unsupported: "redirect" is not read`}, []string{"1:2: syntax: a list of 1 values", "1:10: syntax: a list of 0 values", "1:14: syntax: no source", "1:14: syntax: no target"}, "from and to at least"},
		{"named-list", forms.JSON, "{\"external\": [{\"source\": \"/a\", \"destination\": \"/b\"}],\n\"internal\": [],\n\"pairs\": [[\"/c\", \"/d\"]]}", nil, []string{`2:1: unsupported: "internal" is not read`},
			[]string{`1:2: unsupported: "external" is the name of a list; the redirects of a file are a list that stands alone or is called redirects`, `3:1: unsupported: "pairs" is the name of a list`}, "nodejs.org has rewrites under internal"},
		{"short-links", forms.JSON, `{"001": "https://x.example/1"}`, []string{"1: /001 -> https://x.example/1 301 TargetWins"}, nil, nil, "a slash is left out"},
		{"text", forms.JSON, `"/a"`, nil, nil, []string{"1:1: syntax: the file is a text; must be a list or an object"}, "no pairs"},
		{"not-json", forms.JSON, "{\n  \"/a\": \"/b\",\n}", nil, nil, []string{"3:1: syntax: not JSON: invalid character '}'"}, "a comma too many"},
		{"cut-off", forms.JSON, "[\n{\"from\":", nil, nil, []string{"2:9: syntax: not JSON: ends too early"}, "where it ends"},
		{"more", forms.JSON, "[[\"/a\", \"/b\"]]\n[]", nil, nil, []string{"2:1: syntax: not JSON: more behind the value"}, "two values"},
		{"javascript", forms.JSON, "[\n  {\n from: '/a', to: '/b' }]", nil, nil, []string{"3:2: syntax: not JSON: invalid character 'f'"}, "no quotation marks"},
		{"empty", forms.JSON, "[]", nil, nil, []string{"1:0: syntax: no redirects"}, "nothing to read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, tt.try)
	}
}
